"""Letters (tờ trình): put together, submitted with a snapshot, taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import DossierFaultsError, IncompleteError, LockedError
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.merit import HOLDERS, InitiativeClaim
from thidua_desktop.domain.proposals import (
    Contribution,
    Proposal,
    ProposalState,
    Review,
    Submission,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import Record, Sha256, kind_name, missing
from thidua_desktop.domain.units import Signer, Unit
from thidua_desktop.domain.waivers import Waiver
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.belongings import MERIT_KINDS, papers_of
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_check import stopping_findings, waivers_of
from thidua_desktop.services.new_letters import new_letter
from thidua_desktop.services.nominees import find_nominee, nominee_field
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import keep, proposal_state, proposals_of
from thidua_desktop.services.snapshots import belonging, snapshot_of, was_changed_since

_PROOFS = frozenset(map(kind_name, (Evidence, Attachment, InitiativeClaim, *MERIT_KINDS)))


@dataclass(frozen=True, slots=True)
class Submitted:
    """The letters submitted, how many records were shared, what was touched."""

    submissions: tuple[UUID, ...]
    shared: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """A field to fill in: of the letter itself when `proposal_id` is None. Where something else is
    wrong there, `message` says it.
    """

    kind: str
    id: UUID
    field: str
    proposal_id: UUID | None
    who: str
    message: str = ""

    @property
    def text(self) -> str:
        """Return what is missing or wrong, for people."""
        if self.message:
            return self.message
        of = self.who or kind_label(self.kind)
        return f"{of}: {field_label(self.kind, self.field)}"


def draft_submission(ports: Ports, proposals: Sequence[UUID]) -> tuple[Submission, Changes]:
    """Put proposals for one award into a letter; a new one has the usual addressee and bases.

    A letter that was begun for them is taken up again: who is not chosen any more leaves it. A
    letter that came back is taken up only as a whole, for the others in it were answered.

    Raises:
        IncompleteError: none is chosen, or they are not all for one award.
        LockedError: one of them lies at the province.
    """
    with ports.store.write() as work:
        chosen = [work.records.get(Proposal, one) for one in proposals]
        forms = {one.award_form_id for one in chosen}
        if len(forms) != 1 or None in forms:
            raise IncompleteError(tuple(("proposal", one.id, "award_form_id") for one in chosen))
        award = work.records.get(AwardForm, next(form for form in forms if form))
        letter = _letter_begun(work, chosen, award)
        if letter is None:
            letter = work.records.put(new_letter(ports, work, award, chosen), shown=None)
        for proposal in chosen:
            if proposal.submission_id != letter.id:
                keep(work, replace(proposal, submission_id=letter.id), shown=proposal)
        for proposal in work.records.having(Proposal, submission_id=letter.id):
            if proposal.id not in proposals:
                keep(work, replace(proposal, submission_id=None), shown=proposal)
        _drop_empty(work, {one.submission_id for one in chosen} - {letter.id})
        return letter, work.commit()


def submit(ports: Ports, submission_id: UUID) -> Submitted:
    """Freeze a letter and all in it, and share it: the next bundle carries it.

    Raises:
        IncompleteError: fields are missing, or owners left differences open.
        DossierFaultsError: the check of the dossier found what stops it.
        LockedError: it lies at the province already.
    """
    with ports.store.write() as work:
        shared = _submit(ports, work, work.records.get(Submission, submission_id))
        return Submitted((submission_id,), len(shared), work.commit())


def missing_places(ports: Ports, error: IncompleteError) -> tuple[MissingPlace, ...]:
    """Return where each missing field is filled in, and what it belongs to."""
    with ports.store.read() as work:
        return tuple(_missing_place(work, *issue) for issue in error.issues)


def submit_records(ports: Ports, ids: Collection[UUID]) -> Submitted:
    """Submit these letters, and the letters of these proposals; share any other records named."""
    with ports.store.write() as work:
        letters: dict[UUID, Submission] = {}
        others: list[tuple[str, UUID]] = []
        for record_id in ids:
            letter = _letter_of(work, record_id)
            if letter is None:
                others += _places(work, record_id)
            else:
                letters[letter.id] = letter
        shared = [place for one in letters.values() for place in _submit(ports, work, one)]
        work.records.share(others)
        return Submitted(tuple(letters), len(shared) + len(others), work.commit())


def submit_all(ports: Ports) -> Submitted:
    """Submit every letter that is open, and share all else that no letter names.

    A letter that was returned is open again only when it was changed since.
    """
    with ports.store.write() as work:
        letters = [one for one in work.records.having(Submission) if _is_open(work, one)]
        shared = [place for one in letters for place in _submit(ports, work, one)]
        others = [place for place in work.records.drafts() if not _is_unsubmitted(work, place)]
        work.records.share(others)
        return Submitted(tuple(one.id for one in letters), len({*shared, *others}), work.commit())


def withdraw(ports: Ports, submission_id: UUID) -> Changes:
    """Take a letter back before the province answered it. Raises LockedError once it did."""
    with ports.store.write() as work:
        letter = work.records.get(Submission, submission_id)
        if letter.snapshot is None:
            return work.commit()
        proposals = work.records.having(Proposal, submission_id=letter.id)
        if any(proposal_state(work, one) is not ProposalState.SUBMITTED for one in proposals):
            raise LockedError(kind_name(Submission), letter.id)
        work.journal.skip()  # taking it back is to submit again
        work.records.put(replace(letter, snapshot=None, submitted_on=None), shown=letter)
        work.records.share([(kind_name(Submission), letter.id)])
        return work.commit()


def _missing_place(work: Work, kind: str, record_id: UUID, field: str) -> MissingPlace:
    record = work.records.find(KIND_BY_NAME[kind], record_id)
    proposal = next(iter(proposals_of(work, record)), None) if record else None
    if proposal is None or kind == kind_name(Submission):
        return MissingPlace(kind, record_id, field, None, "")
    nominee = find_nominee(work, proposal)
    who = nominee_name(nominee) if nominee else ""
    return MissingPlace(kind, record_id, field, proposal.id, who or "(chưa có tên)")


def _submit(ports: Ports, work: Work, letter: Submission) -> list[tuple[str, UUID]]:
    proposals = work.records.having(Proposal, submission_id=letter.id)
    if any(is_locked(proposal_state(work, one)) for one in proposals):
        raise LockedError(kind_name(Submission), letter.id)
    _refuse_incomplete(work, letter, proposals)
    if stopping := stopping_findings(ports, work, letter):
        raise DossierFaultsError(tuple(one.finding for one in stopping))
    today = PartialDate.of(ports.now().date())
    dated = replace(letter, submitted_on=today, snapshot=None)
    if letter.snapshot is not None and work.blobs.get(letter.snapshot) == snapshot_of(work, dated):
        return []  # nothing was changed since it came back
    sha = Sha256(work.blobs.put(snapshot_of(work, dated)))
    work.journal.skip()  # it is taken back by withdrawing the letter
    work.records.put(replace(dated, snapshot=sha), shown=letter)
    named = [letter, *belonging(work, letter), *_references(work, letter, proposals)]
    named += waivers_of(work, letter, proposals)
    places = [(kind_name(type(record)), record.id) for record in named]
    places += _taken_out(work, proposals)
    work.records.share(places)
    return places


def _refuse_incomplete(work: Work, letter: Submission, proposals: Sequence[Proposal]) -> None:
    named = [letter, *belonging(work, letter)]
    issues = [(kind_name(type(one)), one.id, name) for one in named for name in missing(one)]
    if not proposals:
        issues.append(("proposal", letter.id, "submission_id"))
    issues += [
        ("proposal", one.id, nominee_field(one) or "subject")
        for one in proposals
        if find_nominee(work, one) is None
    ]
    ours = {record.id for record in named}
    waiting = (d for d in work.records.differences() if d.id in ours and d.state == "difference")
    issues += [(d.kind, d.id, d.field) for d in waiting]
    if issues:
        raise IncompleteError(tuple(issues))


def _references(work: Work, letter: Submission, proposals: Iterable[Proposal]) -> list[Record]:
    """Return what the papers of a letter also show: who signs, and the units named."""
    signer = work.records.find(Signer, letter.signer_id)
    units = {letter.unit_id, *(one.unit_id for one in proposals)}
    found = [work.records.find(Unit, unit_id) for unit_id in units]
    return [one for one in (signer, *found) if one is not None]


def _taken_out(work: Work, proposals: Iterable[Proposal]) -> list[tuple[str, UUID]]:
    """Return the proofs that were deleted since they were last shared: that must be told, too."""
    named = [
        one
        for proposal in proposals
        for one in (proposal.id, proposal.nominee_id, proposal.submission_id)
    ]
    ours = {one.bytes for one in named if one is not None}
    return [
        (kind, record_id)
        for kind, record_id in work.records.drafts()
        if kind in _PROOFS
        and work.records.find(KIND_BY_NAME[kind], record_id) is None
        and _belonged(work, record_id, ours)
    ]


def _belonged(work: Work, record_id: UUID, ours: Collection[bytes]) -> bool:
    """Tell whether a record was a proof of one of these proposals, or attached to one, or merit of
    one of these nominees.
    """
    return any(
        (version.field in {"proposal_id", "submission_id", *HOLDERS} and version.value in ours)
        or (
            version.field == "evidence_id"
            and isinstance(version.value, bytes)
            and _belonged(work, UUID(bytes=version.value), ours)
        )
        for version in work.records.history(record_id)
    )


def _letter_begun(work: Work, chosen: Sequence[Proposal], award: AwardForm) -> Submission | None:
    for letter_id in dict.fromkeys(one.submission_id for one in chosen):
        letter = work.records.find(Submission, letter_id)
        if letter is None or letter.award_form_id != award.id:
            continue
        inside = {one.id for one in work.records.having(Proposal, submission_id=letter.id)}
        if letter.snapshot is None or inside == {one.id for one in chosen}:
            return letter
    return None


def _drop_empty(work: Work, letters: Iterable[UUID | None]) -> None:
    for letter_id in letters:
        letter = work.records.find(Submission, letter_id)
        if (
            letter
            and letter.snapshot is None
            and not work.records.count(Proposal, submission_id=letter.id)
        ):
            for gone in (*papers_of(work, letter), letter):
                work.records.delete(type(gone), gone.id)


def _is_open(work: Work, letter: Submission) -> bool:
    proposals = work.records.having(Proposal, submission_id=letter.id)
    states = {proposal_state(work, one) for one in proposals}
    if not proposals or any(is_locked(state) for state in states):
        return False
    return letter.snapshot is None or was_changed_since(work, letter)


def _is_unsubmitted(work: Work, place: tuple[str, UUID]) -> bool:
    """Tell whether a draft belongs to what is not submitted or not finished: it stays private."""
    kind, record_id = place
    record = work.records.find(KIND_BY_NAME[kind], record_id) if kind in KIND_BY_NAME else None
    match record:
        case Proposal():
            return not is_locked(proposal_state(work, record))
        case Submission() | AnnualReport():
            return not _is_sent(record)
        case Evidence() | Waiver() if record.submission_id and not record.proposal_id:
            letter = work.records.find(Submission, record.submission_id)
            return letter is not None and letter.snapshot is None
        case Evidence() | Waiver() if record.proposal_id:
            proposal = work.records.find(Proposal, record.proposal_id)
            return proposal is not None and not is_locked(proposal_state(work, proposal))
        case Contribution() | InitiativeClaim():
            proposal = work.records.find(Proposal, record.proposal_id)
            return proposal is not None and not is_locked(proposal_state(work, proposal))
        case _:
            return False


def _is_sent(record: Submission | AnnualReport) -> bool:
    if isinstance(record, Submission):
        return record.snapshot is not None
    return record.is_finished


def _letter_of(work: Work, record_id: UUID) -> Submission | None:
    proposal = work.records.find(Proposal, record_id)
    return work.records.find(Submission, proposal.submission_id if proposal else record_id)


def _places(work: Work, record_id: UUID) -> list[tuple[str, UUID]]:
    return [
        (name, record_id)
        for name, kind in KIND_BY_NAME.items()
        if work.records.find(kind, record_id) is not None
    ]


def answered(work: Work, letter: Submission) -> tuple[Review, ...]:
    """Return the answers that name what was last submitted."""
    reviews = work.records.having(Review, submission_id=letter.id)
    return tuple(one for one in reviews if one.digest == letter.snapshot)
