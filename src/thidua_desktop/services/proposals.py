"""Proposals (đề nghị khen thưởng) as the pages show and change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import CriteriaSet, Evidence, SubjectGroup
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.merit import (
    AwardBasis,
    Initiative,
    InitiativeClaim,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.people import Household
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Contribution,
    Nominee,
    Outcome,
    Proposal,
    ProposalState,
    Review,
    Subject,
    Submission,
    citation_for,
    is_locked,
    may_receive,
    nominee_name,
    state_of,
)
from thidua_desktop.domain.records import (
    Record,
    begun_like,
    kind_name,
    missing,
    replace_values,
    stays,
    values,
)
from thidua_desktop.domain.same_as import filled
from thidua_desktop.domain.search_words import holds, words_of
from thidua_desktop.domain.text import name_key
from thidua_desktop.domain.unit_tree import unit_labels
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.attachments import attachments_of
from thidua_desktop.services.belongings import claimed_by, merit_in, merit_of, parts_of
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import CriterionRow, criteria_rows
from thidua_desktop.services.merit_findings import MeritFinding, double_uses
from thidua_desktop.services.merit_wording import held_lines
from thidua_desktop.services.nominees import NAME_FIELD, NOMINEE_FIELD, find_nominee, nominee_field
from thidua_desktop.services.notes import notes_on
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.same_as import elsewhere, nominee_faces, office_names
from thidua_desktop.services.saving import keep, proposal_state, refuse
from thidua_desktop.services.snapshots import AlteredField, altered_fields
from thidua_desktop.services.trust import own_numbers

_ENTERED_TOGETHER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A line of the list.

    `elsewhere` are other offices that have the same nominee too, `also_called` his names there.
    """

    id: UUID
    name: str
    place: str
    award: str
    subject: Subject | None
    state: ProposalState
    missing: int
    year: int | None
    unit: str
    submission_id: UUID | None
    award_form_id: UUID | None
    nominee_id: UUID | None
    elsewhere: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingField:
    """A field to be filled before the proposal can be submitted."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal open for work, with all that belongs to it. `held` says in words which ratings and
    awards its nominee has.
    """

    proposal: Proposal
    nominee: Nominee
    state: ProposalState
    evidence: tuple[Evidence, ...]
    contributions: tuple[Contribution, ...]
    reviews: tuple[Review, ...]
    submission: Submission | None
    criteria: tuple[CriterionRow, ...]
    awards: tuple[AwardForm, ...]
    groups: tuple[SubjectGroup, ...]
    missing: tuple[MissingField, ...]
    is_own: bool
    altered: tuple[AlteredField, ...]
    notes: tuple[FieldNote, ...]
    elsewhere: tuple[str, ...]
    attachments: tuple[AttachmentRow, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    claims: tuple[InitiativeClaim, ...] = ()
    findings: tuple[MeritFinding, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def may_edit(self) -> bool:
        """Tell whether this office may change the proposal now."""
        return self.is_own and not is_locked(self.state)

    @property
    def returned_because(self) -> str:
        """Return why the province sent it back, until it is submitted again."""
        if is_locked(self.state) or not self.reviews:
            return ""
        last = self.reviews[-1]
        return last.reason if last.outcome is Outcome.RETURNED else ""


@dataclass(frozen=True, slots=True)
class ProposalDeleted:
    """What was deleted, for who wants it back."""

    records: tuple[Record, ...]
    changes: Changes


def proposal_list(ports: Ports) -> tuple[ProposalRow, ...]:
    """Return all proposals, by the names of the nominees in Vietnamese order."""
    with ports.store.read() as work:
        records = work.records
        awards = {one.id: one for one in records.having(AwardForm)}
        units = {one.id: one for one in records.having(Unit)}
        proposals = records.having(Proposal)
        named = {one.unit_id for one in proposals}
        labels = unit_labels([unit for unit in units.values() if unit.id in named], units)
        letters = {one.id: one for one in records.having(Submission)}
        reviews: dict[UUID | None, list[Review]] = {}
        for review in records.having(Review):
            reviews.setdefault(review.proposal_id, []).append(review)
        nominees = {one.id: one for kind in NOMINEE_KINDS.values() for one in records.having(kind)}
        faces = nominee_faces(work)
        offices = office_names(work)
        same: dict[UUID, list[Nominee]] = {}
        for record_id, face in faces.items():
            same.setdefault(face, []).append(nominees[record_id])
        rows = []
        for one in proposals:
            nominee = nominees.get(one.nominee_id) if one.nominee_id else None
            others = same.get(faces[nominee.id], []) if nominee and nominee.id in faces else []
            award = awards.get(one.award_form_id) if one.award_form_id else None
            unit = units.get(one.unit_id) if one.unit_id else None
            letter = letters.get(one.submission_id) if one.submission_id else None
            rows.append(
                ProposalRow(
                    id=one.id,
                    name=nominee_name(nominee) if nominee else "",
                    place=_place(filled(nominee, others) if nominee else None)
                    or (labels[unit.id] if unit else ""),
                    award=award.name if award else "",
                    subject=one.subject if isinstance(one.subject, Subject) else None,
                    state=state_of(letter, reviews.get(one.id, ())),
                    missing=len(missing_fields(one, nominee)),
                    year=one.year,
                    unit=unit.short_name or labels[unit.id] if unit else "",
                    submission_id=one.submission_id,
                    award_form_id=one.award_form_id,
                    nominee_id=one.nominee_id,
                    elsewhere=elsewhere(nominee.id, faces, offices) if nominee else (),
                    also_called=tuple(nominee_name(other) for other in others),
                )
            )
    return tuple(sorted(rows, key=lambda row: (name_key(row.name), row.id)))


def search_proposals(
    rows: Sequence[ProposalRow], text: str, state: ProposalState | None = None
) -> tuple[ProposalRow, ...]:
    """Return the rows whose name, place, award or unit holds these words, marks or not."""
    typed = words_of(text)
    return tuple(row for row in rows if state in {None, row.state} and holds(_searched(row), typed))


def _searched(row: ProposalRow) -> str:
    return " ".join((row.name, row.place, row.award, row.unit, *row.elsewhere, *row.also_called))


def open_proposal(ports: Ports, proposal_id: UUID) -> ProposalView:
    """Return a proposal with all that belongs to it. Raises NotFoundError."""
    with ports.store.read() as work:
        return _view(ports, work, work.records.get(Proposal, proposal_id))


def new_proposal(
    ports: Ports, subject: Subject, *, year: int, like: UUID | None = None, named: str = ""
) -> tuple[UUID, Changes]:
    """Create a proposal with a new nominee, for the own office; return its id.

    From one that it is to be `like` it takes what stays from one to the next.
    Raises InvalidInputError: nobody can be `named` so.
    """
    with ports.store.write() as work:
        me = work.book.me()
        before = work.records.find(Proposal, like)
        kind, nominee_id = NOMINEE_KINDS[subject], ports.new_id(me.number)
        nominee = kind(id=nominee_id)
        last = find_nominee(work, before) if before else None
        if isinstance(last, kind):
            nominee = begun_like(last, nominee_id)
        keep(work, replace_values(nominee, {NAME_FIELD[subject]: named}), shown=None)
        proposal = proposal_for(ports, work, subject, nominee.id, year=year)
        if before is not None:
            proposal = replace_values(proposal, stays(before))
        work.records.put(_with_citation(work, proposal), shown=None)
        return proposal.id, work.commit()


def propose_known(
    ports: Ports, subject: Subject, nominee_id: UUID, *, year: int
) -> tuple[UUID, Changes]:
    """Create a proposal about a nominee who is known already, for the own office; return its id.

    Raises NotFoundError.
    """
    with ports.store.write() as work:
        nominee = work.records.get(NOMINEE_KINDS[subject], nominee_id)
        proposal = proposal_for(ports, work, subject, nominee.id, year=year)
        work.records.put(proposal, shown=None)
        return proposal.id, work.commit()


def proposal_for(
    ports: Ports, work: Work, subject: Subject, nominee_id: UUID, *, year: int
) -> Proposal:
    """Return a proposal of the own office for a nominee, with what can be known beforehand."""
    me = work.book.me()
    movements = work.records.having(Movement)
    blank = Proposal(
        id=ports.new_id(me.number),
        subject=subject,
        unit_id=me.unit_id,
        movement_id=movements[0].id if movements else None,
        year=year,
        basis=AwardBasis.MOVEMENT,
    )
    return replace_values(blank, {NOMINEE_FIELD[subject]: nominee_id})


def save_proposal(
    ports: Ports,
    proposal: Proposal,
    nominee: Nominee,
    *,
    shown: tuple[Proposal, Nominee],
) -> Changes:
    """Store a proposal and its nominee together, as the form shows them together.

    A chosen award fills in its citation where none was typed.

    Raises:
        InvalidInputError: values cannot be kept.
        LockedError: the proposal lies at the province.
        StaleEditError: a field to be written was changed meanwhile.
    """
    with ports.store.write() as work:
        proposal = _with_citation(work, proposal)
        keep(work, nominee, shown=shown[1])
        keep(work, proposal, shown=shown[0])
        return work.commit()


def delete_proposal(ports: Ports, proposal_id: UUID) -> ProposalDeleted:
    """Delete a proposal with its proofs; its nominee too, when he was entered with it and there is
    nothing else about him.

    One that was once submitted is gone at the province too, with the next bundle.
    Raises LockedError.
    """
    with ports.store.write() as work:
        proposal = work.records.get(Proposal, proposal_id)
        refuse(work, proposal)
        parts = parts_of(work, proposal)
        nominee = find_nominee(work, proposal)
        if nominee and not _goes_along(work, proposal, nominee):
            parts.remove(nominee)
        letter = work.records.find(Submission, proposal.submission_id)
        for part in parts:
            work.records.delete(type(part), part.id)
        if letter is not None and letter.snapshot is not None:
            work.records.share([(kind_name(type(part)), part.id) for part in parts])
        return ProposalDeleted(tuple(parts), work.commit())


def restore_proposal(ports: Ports, deleted: ProposalDeleted) -> Changes:
    """Take back a deletion: everything is as it was."""
    with ports.store.write() as work:
        for part in deleted.records:
            if work.records.find(type(part), part.id) is None:
                work.records.write(type(part), part.id, _filled(part))
        return work.commit()


def missing_fields(proposal: Proposal, nominee: Nominee | None) -> tuple[MissingField, ...]:
    """Return what must be filled before the proposal can be submitted."""
    found = [MissingField("proposal", name) for name in missing(proposal)]
    if nominee is not None:
        found += [MissingField(kind_name(type(nominee)), name) for name in missing(nominee)]
    elif name := nominee_field(proposal):
        found.append(MissingField("proposal", name))
    return tuple(found)


def _view(ports: Ports, work: Work, proposal: Proposal) -> ProposalView:
    records = work.records
    subject = proposal.subject if isinstance(proposal.subject, Subject) else Subject.PERSON
    nominee = find_nominee(work, proposal)
    if nominee is None:
        nominee = NOMINEE_KINDS[subject](id=proposal.nominee_id or proposal.id)
    reviews = records.having(Review, proposal_id=proposal.id)
    letter = records.find(Submission, proposal.submission_id)
    awards = [one for one in records.having(AwardForm) if may_receive(subject, one)]
    evidence = records.having(Evidence, proposal_id=proposal.id)
    contributions = records.having(Contribution, proposal_id=proposal.id)
    return ProposalView(
        proposal=proposal,
        nominee=nominee,
        state=proposal_state(work, proposal),
        evidence=evidence,
        contributions=contributions,
        reviews=tuple(sorted(reviews, key=lambda r: (r.date.iso() if r.date else "", r.id))),
        submission=letter,
        criteria=_criteria_for(ports, work, subject),
        awards=tuple(sorted(awards, key=lambda a: (a.place or 0, a.name))),
        groups=tuple(sorted(records.having(SubjectGroup), key=lambda g: g.place or 0)),
        missing=missing_fields(proposal, nominee),
        is_own=office_number(proposal.id) in own_numbers(work),
        altered=altered_fields(work, letter, proposal) if letter else (),
        elsewhere=elsewhere(nominee.id, records.faces(type(nominee)), office_names(work)),
        notes=notes_on(work, (nominee, proposal, *evidence, *contributions)),
        attachments=attachments_of(ports, work, evidence),
        initiatives=merit_in(work, nominee, Initiative),
        claims=records.having(InitiativeClaim, proposal_id=proposal.id),
        findings=double_uses(work, claimed_by(work, proposal)),
        held=held_lines(merit_in(work, nominee, YearlyRating), merit_in(work, nominee, PriorAward)),
    )


def _criteria_for(ports: Ports, work: Work, subject: Subject) -> tuple[CriterionRow, ...]:
    """Return the criteria of the province's sets that speak to this kind of nominee."""
    wanted = set(ports.plan().usual_groups[subject])
    sets = [
        one for one in work.records.having(CriteriaSet) if office_number(one.id) == PROVINCE_NUMBER
    ]
    rows = (row for one in sets for row in criteria_rows(work, one.id))
    return tuple(row for row in rows if wanted & {group.code for group in row.groups})


def _with_citation(work: Work, proposal: Proposal) -> Proposal:
    award = work.records.find(AwardForm, proposal.award_form_id)
    if award is None or proposal.citation:
        return proposal
    return replace(proposal, citation=citation_for(award, proposal.subject))


def _about(proposal: Proposal) -> dict[str, UUID | None]:
    field = nominee_field(proposal)
    return {field: proposal.nominee_id} if field else {}


def _goes_along(work: Work, proposal: Proposal, nominee: Nominee) -> bool:
    """Tell whether a nominee is there only for the sake of a proposal."""
    if work.records.count(Proposal, **_about(proposal)) > 1 or merit_of(work, nominee):
        return False
    entered, proposed = (work.records.history(one.id)[0].at for one in (nominee, proposal))
    return proposed - entered < _ENTERED_TOGETHER


def _filled(record: Record) -> dict[str, object]:
    blank = values(type(record)(id=record.id))
    return {name: value for name, value in values(record).items() if value != blank[name]}


def _place(nominee: Nominee | None) -> str:
    if nominee is None:
        return ""
    if isinstance(nominee, Household):
        return nominee.address
    return getattr(nominee, "workplace", "") or nominee.address
