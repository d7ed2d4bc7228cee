"""Are the files that records name here, and what they were: every one is read through."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.attachments import Attachment, FileFault, FileState
from thidua_desktop.domain.criteria import Checklist, Evidence, Score
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.domain.proposals import Proposal, Submission, nominee_name
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.ports import Work


def file_faults(work: Work) -> tuple[FileFault, ...]:
    """Return every file that is damaged, or missing where a record shows it."""
    shown = _shown(work)
    faults = []
    for sha in sorted(work.exchange.all_named_blobs()):
        is_here = work.blobs.size(sha) is not None
        state = work.blobs.state(sha)
        if is_here and state is FileState.HERE and work.blobs.is_sound(sha):
            continue
        if is_here and state is not FileState.MISSING:
            faults.append(FileFault(sha, FileState.CHANGED, shown.get(sha, ())))
        elif sha in shown:
            faults.append(FileFault(sha, FileState.MISSING, shown[sha]))
    return tuple(faults)


def set_aside_damaged(work: Work, faults: tuple[FileFault, ...]) -> None:
    """Put damaged files aside, so that their sender is asked for them, and drop what no op names.

    Only inside a writing transaction that has put no file.
    """
    for fault in faults:
        if fault.state is FileState.CHANGED:
            work.blobs.set_aside(fault.sha)
    work.blobs.sweep(work.exchange.all_named_blobs())


def _shown(work: Work) -> dict[str, tuple[str, ...]]:
    """Return the dossiers that each file shows in."""
    found: dict[str, dict[str, None]] = {}
    for attachment in work.records.having(Attachment):
        for dossier in _dossiers(work, attachment):
            found.setdefault(str(attachment.file), {})[dossier] = None
    for letter in work.records.having(Submission):
        if letter.snapshot is not None:
            said = f"Tờ trình số {letter.number}" if letter.number else "Tờ trình chưa có số"
            found.setdefault(str(letter.snapshot), {})[f"{said} · bản chụp hồ sơ"] = None
    return {sha: tuple(dossiers) for sha, dossiers in found.items()}


def _dossiers(work: Work, attachment: Attachment) -> Iterator[str]:
    if attachment.document_id is not None:
        document = work.records.find(PlanDocument, attachment.document_id)
        number = document.number if document else ""
        said = f"Văn bản số {number}" if number else "Văn bản của phong trào"
        yield f"{said} · {attachment.name}"
        return
    evidence = work.records.find(Evidence, attachment.evidence_id)
    proposal = work.records.find(Proposal, evidence.proposal_id) if evidence else None
    score = work.records.find(Score, evidence.score_id) if evidence else None
    checklist = work.records.find(Checklist, score.checklist_id) if score else None
    if proposal is not None:
        nominee = find_nominee(work, proposal)
        name = nominee_name(nominee) if nominee else "chưa có tên"
        yield f"Đề nghị khen thưởng {name} · {attachment.name}"
    if checklist is not None:
        yield f"Phiếu tiêu chí năm {checklist.period} · {attachment.name}"
    if proposal is None and checklist is None:
        yield f"Minh chứng chưa thuộc hồ sơ nào · {attachment.name}"
