"""Nominees (đối tượng): persons, collectives, households, with all that is known of their merit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import SubjectGroup
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.errors import NomineeInUseError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    Position,
    PriorAward,
    RatingOf,
    YearlyRating,
)
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Contribution,
    Nominee,
    Proposal,
    ProposalState,
    Subject,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import (
    FieldSpec,
    Record,
    begun_like,
    missing,
    replace_values,
    specs,
    values,
)
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.belongings import merit_in, merit_of
from thidua_desktop.services.cells import Cells, columns_of
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.merit_findings import MeritFinding, findings_on
from thidua_desktop.services.nominees import NAME_FIELD, NOMINEE_FIELD, subject_of
from thidua_desktop.services.notes import notes_on
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.proposals import propose_known
from thidua_desktop.services.same_as import elsewhere, office_names
from thidua_desktop.services.saving import RecordSaved, keep, proposal_state, refuse
from thidua_desktop.services.snapshots import submitted_with
from thidua_desktop.services.titles import finder
from thidua_desktop.services.trust import own_numbers

M = TypeVar("M", bound=Record)
FIRST_ROWS = 40  # more than the highest window shows
_BELOW = {
    Subject.PERSON: ("birth_date", "position", "workplace", "address"),
    Subject.COLLECTIVE: ("head", "address"),
    Subject.HOUSEHOLD: ("birth_date", "address"),
}
_ID_BYTES = 16
_PIECE = 2_000  # of a list made anew, in one transaction


@dataclass(frozen=True, slots=True)
class NomineeRow:
    """A line of the list; `cells` are the words for its `nominee_columns`."""

    id: UUID
    name: str
    below: str
    missing: int
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FirstRows:
    """What a list shows at once; `is_behind`: it has first to be put in order."""

    rows: tuple[NomineeRow, ...]
    is_behind: bool


@dataclass(frozen=True, slots=True)
class ProposedFor:
    """A proposal about a nominee."""

    id: UUID
    award: str
    year: int | None
    state: ProposalState


@dataclass(frozen=True, slots=True)
class NomineeView:
    """A nominee open for work, with all that is known of it. `fixed` merit lies at the province."""

    nominee: Nominee
    positions: tuple[Position, ...]
    ratings: tuple[YearlyRating, ...]
    awards: tuple[PriorAward, ...]
    initiatives: tuple[Initiative, ...]
    achievements: tuple[Achievement, ...]
    contributions: tuple[Contribution, ...]
    proposals: tuple[ProposedFor, ...]
    findings: tuple[MeritFinding, ...]
    notes: tuple[FieldNote, ...]
    elsewhere: tuple[str, ...]
    award_forms: tuple[AwardForm, ...]
    movements: tuple[Movement, ...]
    groups: tuple[SubjectGroup, ...]
    units: tuple[Unit, ...]
    fixed: frozenset[UUID]
    is_own: bool

    @property
    def is_submitted(self) -> bool:
        """Tell whether a proposal about it lies at the province."""
        return any(is_locked(one.state) for one in self.proposals)

    @property
    def may_edit(self) -> bool:
        """Tell whether this office may change who the nominee is."""
        return self.is_own and not self.is_submitted


@dataclass(frozen=True, slots=True)
class NomineeDeleted:
    """What was deleted, for who wants it back."""

    records: tuple[Record, ...]
    changes: Changes


def first_rows(ports: Ports, subject: Subject) -> FirstRows:
    """Return the first rows of a list in its usual order, at any length at once.

    Their cells come when the rows are read again, with all others.
    """
    kind = NOMINEE_KINDS[subject]
    with ports.store.read() as work:
        names = _shown_fields(subject)
        found: Iterator[Nominee] = (
            kind(id=row_id, **dict(zip(names, said, strict=True)))
            for row_id, *said in work.lists.first(kind, names, FIRST_ROWS)
        )
        return FirstRows(tuple(map(_row, found)), work.lists.is_behind(kind))


def is_behind(ports: Ports, subject: Subject) -> bool:
    """Tell whether a list has to be put in order: very many records came at once."""
    with ports.store.read() as work:
        return work.lists.is_behind(NOMINEE_KINDS[subject])


def nominee_ids(
    ports: Ports, subject: Subject, order: ListOrder, *, among: bytes | None = None
) -> bytes:
    """Return the ids of a list, 16 bytes each: of all, or of those that were found."""
    with ports.store.read() as work:
        ids = work.lists.ids(NOMINEE_KINDS[subject], order)
    if among is None:
        return ids
    found = set(_each(among))
    return b"".join(one for one in _each(ids) if one in found)


def nominee_rows(ports: Ports, subject: Subject, ids: Sequence[UUID]) -> tuple[NomineeRow, ...]:
    """Return the rows of these ids, in their order; who is gone is left out."""
    with ports.store.read() as work:
        return _rows(work, subject, ids)


@cache
def nominee_columns(subject: Subject) -> tuple[FieldSpec, ...]:
    """Return the fields that a list of nominees can show beside the names."""
    return columns_of(NOMINEE_KINDS[subject], without=(NAME_FIELD[subject],))


def put_in_order(ports: Ports, subject: Subject) -> bool:
    """Bring a piece of a list up to date; tell whether there is more to do."""
    with ports.store.write() as work:
        is_more = work.lists.catch_up(NOMINEE_KINDS[subject], _PIECE)
        work.commit()
        return is_more


def open_nominee(ports: Ports, subject: Subject, nominee_id: UUID) -> NomineeView:
    """Return a nominee with all that is known of it. Raises NotFoundError."""
    with ports.store.read() as work:
        return _view(work, work.records.get(NOMINEE_KINDS[subject], nominee_id))


def holder_at(ports: Ports, place: FieldPlace) -> tuple[Subject, UUID] | None:
    """Return whose dossier a field stands in: of a nominee itself, or of its merit."""
    with ports.store.read() as work:
        record = work.records.find(KIND_BY_NAME[place.kind], place.id)
        if isinstance(record, Person | Collective | Household):
            return subject_of(record), record.id
        for subject, name in NOMINEE_FIELD.items():
            held = getattr(record, name, None)
            if held is not None:
                return subject, held
        return None


def new_nominee(
    ports: Ports, subject: Subject, *, like: UUID | None = None
) -> tuple[UUID, Changes]:
    """Create a nominee of the own office, with what stays from the one before; return its id."""
    with ports.store.write() as work:
        me, kind = work.book.me(), NOMINEE_KINDS[subject]
        unit = {"unit_id": me.unit_id} if subject is Subject.COLLECTIVE else {}
        blank: Nominee = replace_values(kind(id=ports.new_id(me.number)), unit)
        before = work.records.find(kind, like)
        made = work.records.put(begun_like(before, blank.id) if before else blank, shown=None)
        return made.id, work.commit()


def delete_nominee(ports: Ports, nominee: Nominee) -> NomineeDeleted:
    """Delete a nominee with its merit.

    Raises NomineeInUseError: proposals are about it.
    """
    with ports.store.write() as work:
        field = NOMINEE_FIELD[subject_of(nominee)]
        if count := work.records.count(Proposal, **{field: nominee.id}):
            raise NomineeInUseError(nominee_name(nominee), count)
        gone = (nominee, *merit_of(work, nominee))
        for record in gone:
            refuse(work, record)
            work.records.delete(type(record), record.id)
        return NomineeDeleted(gone, work.commit())


def restore_nominee(ports: Ports, deleted: NomineeDeleted) -> Changes:
    """Take back a deletion: everything is as it was."""
    with ports.store.write() as work:
        for record in deleted.records:
            blank = values(type(record)(id=record.id))
            filled = {n: v for n, v in values(record).items() if v != blank[n]}
            if work.records.find(type(record), record.id) is None:
                work.records.write(type(record), record.id, filled)
        return work.commit()


def propose(ports: Ports, nominee: Nominee, *, year: int) -> tuple[UUID, Changes]:
    """Create a proposal about a nominee, for the own office; return its id."""
    return propose_known(ports, subject_of(nominee), nominee.id, year=year)


def add_merit(ports: Ports, nominee: Nominee, kind: type[M], *, today: date) -> RecordSaved[M]:
    """Add a line to a nominee's merit; it begins with what the line before lets expect."""
    with ports.store.write() as work:
        blank = kind(id=ports.new_id(work.book.me().number))
        begun: dict[str, Any] = {NOMINEE_FIELD[subject_of(nominee)]: nominee.id}
        begun |= _expected(merit_in(work, nominee, kind), kind, today)
        stored = keep(work, replace_values(blank, begun), shown=None)
        return RecordSaved(stored, work.commit())


def save_merit(ports: Ports, record: M, *, shown: M) -> RecordSaved[M]:
    """Store an edited line; an award chosen from the catalogue fills in what its name says.

    Raises InvalidInputError, LockedError, StaleEditError.
    """
    with ports.store.write() as work:
        if isinstance(record, PriorAward) and isinstance(shown, PriorAward):
            record = _named(work, record, shown)
        stored = keep(work, record, shown=shown)
        return RecordSaved(stored, work.commit())


def _named(work: Work, award: PriorAward, shown: PriorAward) -> Any:  # noqa: ANN401 - of the kind given
    form = work.records.find(AwardForm, award.award_form_id)
    if form is None or award.award_form_id == shown.award_form_id:
        return award
    before = work.records.find(AwardForm, shown.award_form_id)
    is_own_title = award.title and (before is None or award.title != before.name)
    return replace(award, title=award.title if is_own_title else form.name, sort=form.sort)


def _expected(before: Sequence[Record], kind: type[Record], today: date) -> dict[str, Any]:
    """Return what a new line begins with: the next year, the same issuer."""
    last = max(before, key=lambda one: (getattr(one, "year", None) or 0, one.id), default=None)
    found: dict[str, Any] = {"sort": RatingOf.WORK} if kind is YearlyRating else {}
    if last is None or not hasattr(last, "year"):
        return found
    year = last.year
    if kind in {YearlyRating, Achievement} and year and year < today.year:
        found["year"] = year + 1
    if issuer := getattr(last, "issuer", ""):
        found["issuer"] = issuer
    return found


def _each(ids: bytes) -> Iterator[bytes]:
    return (ids[start : start + _ID_BYTES] for start in range(0, len(ids), _ID_BYTES))


def _rows(work: Work, subject: Subject, ids: Sequence[UUID]) -> tuple[NomineeRow, ...]:
    found = {one.id: one for one in work.records.among(NOMINEE_KINDS[subject], ids)}
    columns, find = nominee_columns(subject), cache(finder(work))
    there = (found[one] for one in ids if one in found)
    return tuple(_row(one, Cells(find, one, columns)) for one in there)


@cache
def _shown_fields(subject: Subject) -> tuple[str, ...]:
    """Return the fields that a row of the list follows from."""
    required = (one.name for one in specs(NOMINEE_KINDS[subject]) if one.required)
    return tuple(dict.fromkeys((NAME_FIELD[subject], *_BELOW[subject], *required)))


def _row(nominee: Nominee, cells: Sequence[str] = ()) -> NomineeRow:
    return NomineeRow(
        nominee.id,
        nominee_name(nominee),
        " · ".join(filter(None, _said_below(nominee))),
        len(missing(nominee)),
        cells,
    )


def _said_below(nominee: Nominee) -> Iterator[str]:
    match nominee:
        case Person():
            yield shown(nominee.birth_date)
            yield nominee.position
            yield nominee.workplace or nominee.address
        case Collective():
            yield nominee.head
            yield nominee.address
        case Household():
            yield shown(nominee.birth_date)
            yield nominee.address


def _view(work: Work, nominee: Nominee) -> NomineeView:
    records = work.records
    subject = subject_of(nominee)
    proposals = records.having(Proposal, **{NOMINEE_FIELD[subject]: nominee.id})
    forms = sorted(records.having(AwardForm), key=lambda one: (one.place or 0, one.name))
    names = {one.id: one.name for one in forms}
    states = {one.id: proposal_state(work, one) for one in proposals}
    merit = merit_of(work, nominee)
    locked = [one for one in proposals if is_locked(states[one.id])]
    return NomineeView(
        nominee=nominee,
        positions=_of(work, nominee, Position, lambda one: _since(one.held_from)),
        ratings=_of(work, nominee, YearlyRating, lambda one: str(one.year or 9999)),
        awards=_of(work, nominee, PriorAward, lambda one: str(one.year or 9999)),
        initiatives=_of(work, nominee, Initiative, lambda one: str(one.year or 9999)),
        achievements=_of(work, nominee, Achievement, lambda one: str(one.year or 9999)),
        contributions=_of(work, nominee, Contribution, lambda one: _since(one.date)),
        proposals=tuple(
            ProposedFor(
                one.id,
                names.get(one.award_form_id, "") if one.award_form_id else "",
                one.year,
                states[one.id],
            )
            for one in sorted(proposals, key=lambda one: (one.year or 0, one.id))
        ),
        findings=findings_on(work, nominee),
        notes=notes_on(work, (nominee, *merit)),
        elsewhere=elsewhere(nominee.id, records.faces(type(nominee)), office_names(work)),
        award_forms=tuple(forms),
        movements=records.having(Movement),
        groups=tuple(sorted(records.having(SubjectGroup), key=lambda one: one.place or 0)),
        units=_units(work),
        fixed=frozenset({one.id for one in merit}.intersection(*_submitted(work, locked))),
        is_own=office_number(nominee.id) in own_numbers(work),
    )


def _submitted(work: Work, locked: Sequence[Proposal]) -> Iterator[frozenset[UUID]]:
    """Yield what was submitted, once in all."""
    letters = {one.submission_id: one for one in locked}
    yield frozenset().union(*(submitted_with(work, one) for one in letters.values()))


def _of(work: Work, nominee: Nominee, kind: type[M], key: Callable[[M], str]) -> tuple[M, ...]:
    return tuple(sorted(merit_in(work, nominee, kind), key=lambda one: (key(one), one.id)))


def _since(day: PartialDate | None) -> str:
    return day.iso() if day else "9999"


def _units(work: Work) -> tuple[Unit, ...]:
    """Return what a nominee of this office may belong to: the office's unit, and those under it."""
    me = work.records.find(Unit, work.book.me().unit_id)
    if me is None:
        return ()
    under = [one for one in work.records.having(Unit, parent_id=me.id) if one.valid_to is None]
    return (me, *sorted(under, key=lambda one: one.name))
