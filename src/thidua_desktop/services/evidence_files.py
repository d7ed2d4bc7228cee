"""A file that proves something, to be looked at in the window; and what it proves, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.attachments import Attachment, can_be_seen
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence, Score, criterion_name
from thidua_desktop.domain.drawings import Unshowable
from thidua_desktop.domain.errors import UnshowableError
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.domain.proposals import Proposal, Submission, nominee_name
from thidua_desktop.services.attachments import read_attachment
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.ports import Ports, Work

_MOST_WORDS = 30
_OPEN = "chưa ghi"


@dataclass(frozen=True, slots=True)
class FileToSee:
    """A file, and what it proves: each as label and words."""

    name: str
    mime: str
    content: bytes
    proves: tuple[tuple[str, str], ...]


def see_attachment(ports: Ports, attachment_id: UUID) -> FileToSee:
    """Return the file of an attachment to be looked at.

    Raises:
        NotFoundError: the attachment is gone.
        UnshowableError: it is no PDF and no picture.
        FileMissingError, FileChangedError, UnfitFileError: as `save_attachment`.
    """
    with ports.store.read() as work:
        attachment = work.records.get(Attachment, attachment_id)
        if not can_be_seen(attachment.mime):
            raise UnshowableError(attachment.name, Unshowable.TYPE)
        return FileToSee(
            attachment.name,
            attachment.mime,
            read_attachment(ports, work, attachment_id),
            tuple(_proves(work, attachment)),
        )


def _proves(work: Work, attachment: Attachment) -> Iterator[tuple[str, str]]:
    document = work.records.find(PlanDocument, attachment.document_id)
    if document is not None:
        yield "Văn bản", f"{document.number} {document.summary}".strip()
    evidence = work.records.find(Evidence, attachment.evidence_id)
    if evidence is None:
        return
    score = work.records.find(Score, evidence.score_id)
    criterion = work.records.find(
        Criterion, score.criterion_id if score is not None else evidence.criterion_id
    )
    if criterion is not None:
        yield "Tiêu chí", criterion_name(criterion, most=_MOST_WORDS)
    proposal = work.records.find(Proposal, evidence.proposal_id)
    if proposal is not None:
        nominee = find_nominee(work, proposal)
        award = work.records.find(AwardForm, proposal.award_form_id)
        names = (nominee_name(nominee) if nominee else "", award.name if award else "")
        yield "Đề nghị", " · ".join(name for name in names if name) or _OPEN
    letter = work.records.find(Submission, evidence.submission_id)
    if letter is not None:
        yield "Tờ trình", letter.number or _OPEN
    yield "Kết quả, minh chứng", evidence.wording or _OPEN
