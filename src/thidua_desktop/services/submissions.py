"""Letters (tờ trình): put together, submitted with a snapshot, taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.catalogue import LegalBasis
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import IncompleteError, LockedError
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.proposals import (
    Contribution,
    Proposal,
    ProposalState,
    Review,
    Submission,
    is_locked,
)
from thidua_desktop.domain.records import Record, Sha256, kind_name, missing, specs
from thidua_desktop.domain.units import Signer, Unit, UnitLevel
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.proposals import find_nominee, missing_fields
from thidua_desktop.services.saving import keep, proposal_state


@dataclass(frozen=True, slots=True)
class Submitted:
    """The letters submitted, how many records were shared, what was touched."""

    submissions: tuple[UUID, ...]
    shared: int
    changes: Changes


def draft_submission(ports: Ports, proposals: Sequence[UUID]) -> tuple[Submission, Changes]:
    """Put proposals for one award into a new letter, with the usual addressee and bases.

    Raises IncompleteError when none is chosen, or they are not all for one award.
    """
    with ports.store.write() as work:
        chosen = [work.records.get(Proposal, one) for one in proposals]
        forms = {one.award_form_id for one in chosen}
        if len(forms) != 1 or None in forms:
            raise IncompleteError(tuple(("proposal", one.id, "award_form_id") for one in chosen))
        award = work.records.get(AwardForm, next(form for form in forms if form))
        letter = work.records.put(_new_letter(ports, work, award, chosen), shown=None)
        for proposal in chosen:
            keep(work, replace(proposal, submission_id=letter.id), shown=proposal)
        return letter, work.commit()


def submit(ports: Ports, submission_id: UUID) -> Submitted:
    """Freeze a letter and all in it, and share it: the next bundle carries it.

    Raises:
        IncompleteError: fields are missing, or owners left differences open.
        LockedError: it lies at the province already.
    """
    with ports.store.write() as work:
        shared = _submit(ports, work, work.records.get(Submission, submission_id))
        return Submitted((submission_id,), len(shared), work.commit())


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
        proposals = work.records.having(Proposal, submission_id=letter.id)
        if any(proposal_state(work, one) is not ProposalState.SUBMITTED for one in proposals):
            raise LockedError(kind_name(Submission), letter.id)
        work.records.put(replace(letter, snapshot=None, submitted_on=None), shown=letter)
        work.records.share([(kind_name(Submission), letter.id)])
        return work.commit()


def snapshot_of(work: Work, letter: Submission) -> bytes:
    """Return what a letter says, with all that belongs to it, as canonical JSON.

    The snapshot itself is not in it; the day of submitting is, so that a letter submitted again is
    another one.
    """
    bare = replace(letter, snapshot=None)
    said = [_said(record) for record in (bare, *_belonging(work, letter))]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def was_changed_since(work: Work, letter: Submission) -> bool:
    """Tell whether the records are no longer what was submitted (có sửa sau khi nộp)."""
    if letter.snapshot is None:
        return False
    kept = work.blobs.get(letter.snapshot)
    return kept is not None and kept != snapshot_of(work, letter)


def legal_basis_on(bases: Iterable[LegalBasis], day: PartialDate) -> LegalBasis | None:
    """Return the legal bases that hold on a day."""
    iso = day.iso()
    holding = [b for b in bases if b.valid_from <= iso and (not b.valid_to or iso <= b.valid_to)]
    return holding[-1] if holding else None


def _submit(ports: Ports, work: Work, letter: Submission) -> list[tuple[str, UUID]]:
    proposals = work.records.having(Proposal, submission_id=letter.id)
    _refuse_incomplete(work, letter, proposals)
    if any(is_locked(proposal_state(work, one)) for one in proposals):
        raise LockedError(kind_name(Submission), letter.id)
    today = PartialDate.of(ports.now().date())
    dated = replace(letter, submitted_on=today, snapshot=None)
    if letter.snapshot is not None and work.blobs.get(letter.snapshot) == snapshot_of(work, dated):
        return []  # nothing was changed since it came back
    sha = Sha256(work.blobs.put(snapshot_of(work, dated)))
    work.records.put(replace(dated, snapshot=sha), shown=letter)
    named = [letter, *_belonging(work, letter), *_references(work, letter)]
    places = [(kind_name(type(record)), record.id) for record in named]
    work.records.share(places)
    return places


def _refuse_incomplete(work: Work, letter: Submission, proposals: Sequence[Proposal]) -> None:
    issues = [("submission", letter.id, name) for name in missing(letter)]
    if not proposals:
        issues.append(("proposal", letter.id, "submission_id"))
    for one in proposals:
        nominee = find_nominee(work, one)
        issues += [(lack.kind, one.id, lack.field) for lack in missing_fields(one, nominee)]
    ours = {record.id for record in (letter, *_belonging(work, letter))}
    waiting = (d for d in work.records.differences() if d.id in ours and d.state == "difference")
    issues += [(d.kind, d.id, d.field) for d in waiting]
    if issues:
        raise IncompleteError(tuple(issues))


def _belonging(work: Work, letter: Submission) -> list[Record]:
    found: list[Record] = []
    for proposal in work.records.having(Proposal, submission_id=letter.id):
        found.append(proposal)
        nominee = find_nominee(work, proposal)
        found += [nominee] if nominee else []
        found += work.records.having(Evidence, proposal_id=proposal.id)
        found += work.records.having(Contribution, proposal_id=proposal.id)
    return found


def _references(work: Work, letter: Submission) -> list[Record]:
    signer = work.records.find(Signer, letter.signer_id)
    return [signer] if signer else []


def _said(record: Record) -> dict[str, Any]:
    fields = {
        spec.name: said
        for spec in specs(type(record))
        if (said := to_json(spec, getattr(record, spec.name))) is not None
    }
    return {"kind": kind_name(type(record)), "id": str(record.id), "fields": fields}


def _is_open(work: Work, letter: Submission) -> bool:
    proposals = work.records.having(Proposal, submission_id=letter.id)
    states = {proposal_state(work, one) for one in proposals}
    if not proposals or any(is_locked(state) for state in states):
        return False
    return letter.snapshot is None or was_changed_since(work, letter)


def _is_unsubmitted(work: Work, place: tuple[str, UUID]) -> bool:
    """Tell whether a draft belongs to proposals that are not submitted: it stays private."""
    kind, record_id = place
    record = work.records.find(KIND_BY_NAME[kind], record_id) if kind in KIND_BY_NAME else None
    match record:
        case Proposal():
            return not is_locked(proposal_state(work, record))
        case Submission():
            return record.snapshot is None
        case Evidence() if record.proposal_id:
            proposal = work.records.find(Proposal, record.proposal_id)
            return proposal is not None and not is_locked(proposal_state(work, proposal))
        case Contribution():
            proposal = work.records.find(Proposal, record.proposal_id)
            return proposal is not None and not is_locked(proposal_state(work, proposal))
        case _:
            return False


def _letter_of(work: Work, record_id: UUID) -> Submission | None:
    proposal = work.records.find(Proposal, record_id)
    return work.records.find(Submission, proposal.submission_id if proposal else record_id)


def _places(work: Work, record_id: UUID) -> list[tuple[str, UUID]]:
    return [
        (name, record_id)
        for name, kind in KIND_BY_NAME.items()
        if work.records.find(kind, record_id) is not None
    ]


def _new_letter(
    ports: Ports, work: Work, award: AwardForm, proposals: Sequence[Proposal]
) -> Submission:
    me = work.book.me()
    today = PartialDate.of(ports.now().date())
    basis = legal_basis_on(ports.plan().legal_bases, today)
    signers = work.records.having(Signer, unit_id=me.unit_id)
    before = [one for one in work.records.having(Submission, unit_id=me.unit_id) if one.place]
    return Submission(
        id=ports.new_id(me.number),
        unit_id=me.unit_id,
        award_form_id=award.id,
        movement_id=proposals[0].movement_id,
        place=before[-1].place if before else _place_of(work.records.find(Unit, me.unit_id)),
        recipient=_recipient(award),
        legal_basis="\n".join(basis.lines) if basis else "",
        signer_id=signers[-1].id if signers else None,
        copies_to="Như trên\nHội đồng Thi đua - Khen thưởng tỉnh\nSở Nội vụ\nLưu: VT",
    )


def _recipient(award: AwardForm) -> str:
    if award.authority is Authority.UNIT_HEAD:
        return "Hội đồng Thi đua - Khen thưởng cơ quan"
    return "Chủ tịch Ủy ban nhân dân tỉnh\nHội đồng Thi đua - Khen thưởng tỉnh\nSở Nội vụ"


def _place_of(unit: Unit | None) -> str:
    """Return the name that a unit's papers are dated at: its district, commune or province."""
    if unit is None:
        return ""
    name = unit.name
    for word in (" huyện ", " thành phố ", " xã ", " phường ", " thị trấn "):
        if word in f" {name} ":
            return f" {name} ".partition(word)[2].strip()
    return "Thái Bình" if unit.level is UnitLevel.DEPARTMENT else ""


def answered(work: Work, letter: Submission) -> tuple[Review, ...]:
    """Return the answers that name what was last submitted."""
    reviews = work.records.having(Review, submission_id=letter.id)
    return tuple(one for one in reviews if one.digest == letter.snapshot)
