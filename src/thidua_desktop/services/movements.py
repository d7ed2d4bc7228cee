"""The movement of a unit in a year: what it owes and did, its documents, targets and pledges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from thidua_desktop.domain.agencies import is_committee
from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import Due, year_of
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.lineage import forebears_on
from thidua_desktop.domain.movements import (
    Assignment,
    Movement,
    Obligation,
    PlanDocument,
    Registration,
    SavingsTarget,
)
from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.records import Record, begun_like, kind_name, replace_values
from thidua_desktop.domain.text import fold, sort_key
from thidua_desktop.domain.unit_tree import UnitNode, tree_of
from thidua_desktop.domain.units import Succession, Unit, UnitLevel
from thidua_desktop.services.attachments import rows_of
from thidua_desktop.services.belongings import attached_to
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.debts import Debts, names_of
from thidua_desktop.services.movement_findings import MovementFinding, movement_findings
from thidua_desktop.services.movement_papers import reports_of
from thidua_desktop.services.notes import notes_on
from thidua_desktop.services.ports import Ports, Records, Work
from thidua_desktop.services.saving import RecordSaved, add_new, keep

OfYear = PlanDocument | SavingsTarget | Registration
T = TypeVar("T", SavingsTarget, Registration)
_ABOVE = frozenset({UnitLevel.CENTRAL, UnitLevel.PROVINCE})
# How the plan names groups of units, without marks, and of which level they are; None: of any.
_GROUPS: tuple[tuple[str, UnitLevel | None], ...] = (
    ("so, ban, nganh", UnitLevel.DEPARTMENT),
    ("cac huyen", UnitLevel.DISTRICT),
    ("cac co quan, don vi, dia phuong", None),
)
# What a record of a new year does not take along from the one it is copied from.
_NOT_COPIED: dict[type[Record], tuple[str, ...]] = {
    SavingsTarget: ("planned", "reached", "note"),
    Registration: ("signed_on", "number", "note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementView:
    """What a page shows of a unit in a year.

    `owed` is due in the year, `owed_before` fell due in earlier ones, or was left by those that the
    unit followed, and was never done. `leads` are the tasks that the plan gives to this unit or to
    one that it followed, `shared` those of a group that it is in, `tasks` all others.
    `is_own`: it is this office's own unit; `may_record`: documents may be entered for it.
    """

    unit: Unit
    year: int
    years: tuple[int, ...]
    units: tuple[tuple[str, UUID], ...]
    is_own: bool
    may_record: bool
    owed: tuple[Due, ...]
    owed_before: tuple[Due, ...]
    obligations: tuple[Obligation, ...]
    documents: tuple[PlanDocument, ...]
    files: Mapping[UUID, tuple[AttachmentRow, ...]]
    targets: tuple[SavingsTarget, ...]
    registrations: tuple[Registration, ...]
    reports: tuple[AnnualReport, ...]
    award_forms: tuple[AwardForm, ...]
    leads: tuple[Assignment, ...]
    shared: tuple[Assignment, ...]
    tasks: tuple[Assignment, ...]
    findings: tuple[MovementFinding, ...]
    notes: tuple[FieldNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How many records of the year before were taken over."""

    count: int
    changes: Changes


def movement_view(
    ports: Ports, *, unit_id: UUID | None, year: int | None, today: date
) -> MovementView:
    """Return the movement of a unit in a year; without one it is the own unit and this year.

    A unit that is not below the own one, or is over by now, is shown too.
    """
    with ports.store.read() as work:
        me, records = work.book.me(), work.records
        movement = next(iter(records.having(Movement)), None)
        years = _years(movement, today)
        year = year if year in years else min(max(today.year, years[0]), years[-1])
        units, successions = records.having(Unit), records.having(Succession)
        day = PartialDate.of(min(max(today, date(year, 1, 1)), date(year, 12, 31)))
        own, below = own_branch(units, successions, me, day)
        unit = (records.find(Unit, unit_id) if unit_id else None) or own
        names = names_of(unit, units)
        obligations = tuple(sorted(records.having(Obligation), key=lambda one: one.code))
        debts = Debts(records, unit, units, successions, today)
        every = _of_unit(records, PlanDocument, names)
        documents = tuple(one for one in every if year_of(one) in {year, None})
        targets = _of_year(records, SavingsTarget, names, year)
        registrations = _of_year(records, Registration, names, year)
        owed = debts.in_year(obligations, year)
        reports = tuple(one for one in reports_of(records, names) if one.year == year)
        leads, shared, tasks = _tasks(records, unit, units, successions, movement)
        return MovementView(
            unit=unit,
            year=year,
            years=years,
            units=_choices(own, below, unit),
            is_own=unit.id in names_of(own, units),
            may_record=unit.id in {own.id, *(node.unit.id for node in below)},
            owed=owed,
            owed_before=debts.unpaid_before(obligations, year),
            obligations=obligations,
            documents=tuple(sorted(documents, key=_newest_first)),
            files=files_of(ports, work, documents),
            targets=tuple(sorted(targets, key=_by_field)),
            registrations=tuple(sorted(registrations, key=lambda one: one.id)),
            reports=reports,
            award_forms=records.having(AwardForm),
            leads=leads,
            shared=shared,
            tasks=tasks,
            findings=movement_findings(movement, owed, documents, targets, registrations),
            notes=notes_on(work, (*documents, *targets, *registrations, *reports)),
        )


def files_of(
    ports: Ports, work: Work, documents: Iterable[PlanDocument]
) -> dict[UUID, tuple[AttachmentRow, ...]]:
    """Return the files of each document."""
    return {one.id: rows_of(ports, work, attached_to(work, one)) for one in documents}


def add_document(
    ports: Ports, *, unit_id: UUID, year: int, obligation_id: UUID | None = None
) -> RecordSaved[PlanDocument]:
    """Create a document of a unit, for what it owes if that is said.

    An office records documents of its own unit, and of those below it that keep no records here.
    """
    with ports.store.write() as work:
        obligation = work.records.find(Obligation, obligation_id)
        document = PlanDocument(
            id=ports.new_id(work.book.me().number),
            unit_id=unit_id,
            year=year,
            obligation_id=obligation_id,
            sort=obligation.paper if obligation else None,
        )
        return RecordSaved(keep(work, document, shown=None), work.commit())


def add_target(ports: Ports, *, unit_id: UUID, year: int) -> RecordSaved[SavingsTarget]:
    """Create a savings target of a unit."""
    with ports.store.write() as work:
        target = SavingsTarget(id=ports.new_id(work.book.me().number), unit_id=unit_id, year=year)
        return RecordSaved(keep(work, target, shown=None), work.commit())


def add_registration(
    ports: Ports, *, unit_id: UUID, year: int, who: tuple[str, UUID] | None = None
) -> RecordSaved[Registration]:
    """Create a registration in a unit: of a person or collective, by kind and id, if one is said.

    Raises NotFoundError: who is said is gone.
    """
    with ports.store.write() as work:
        blank = Registration(id=ports.new_id(work.book.me().number), unit_id=unit_id, year=year)
        registration = replace_values(blank, _said_of(work.records, who)) if who else blank
        return RecordSaved(keep(work, registration, shown=None), work.commit())


def add_like(ports: Ports, record: OfYear) -> RecordSaved[Any]:
    """Create a record that begins with what stays from this one to the next."""
    with ports.store.write() as work:
        new = begun_like(record, ports.new_id(work.book.me().number))
        new = replace(new, unit_id=record.unit_id)
        return RecordSaved(keep(work, new, shown=None), work.commit())


def copy_last_year(ports: Ports, kind: type[T], *, unit_id: UUID, year: int) -> Copied:
    """Take over what a unit entered for the year before and has not for this one.

    What belongs to that year only stays there: figures, dates, numbers of papers, notes.
    """
    with ports.store.write() as work:
        records, me = work.records, work.book.me()
        unit = records.get(Unit, unit_id)
        names = names_of(unit, records.having(Unit))
        there = {_same(one) for one in _of_year(records, kind, names, year)}
        blank = kind(id=unit_id)
        left = {name: getattr(blank, name) for name in _NOT_COPIED[kind]}
        count = 0
        for one in _of_year(records, kind, names, year - 1):
            if _same(one) in there:
                continue
            new = replace(one, id=ports.new_id(me.number), unit_id=unit_id, year=year)
            add_new(records, replace_values(new, left))
            count += 1
        return Copied(count=count, changes=work.commit())


def movement_place(
    ports: Ports, kind: str, record_id: UUID
) -> tuple[UUID | None, int | None] | None:
    """Return of which unit and year a record of the movement is; None: it is gone."""
    with ports.store.read() as work:
        record: Any = work.records.find(KIND_BY_NAME[kind], record_id)
        if record is None:
            return None
        year = year_of(record) if isinstance(record, PlanDocument) else record.year
        return record.unit_id, year


def own_branch(
    units: Collection[Unit], successions: Collection[Succession], me: Office, day: PartialDate
) -> tuple[Unit, tuple[UnitNode, ...]]:
    """Return the unit of an office as it is on a day, and all that stands below it then.

    Below a committee stands what belongs to its place. Raises NotFoundError in a folder that has no
    register yet.
    """
    nodes = {one.unit.id: one for one in tree_of(units, successions, day).nodes}
    own = [one for one in nodes.values() if me.unit_id == one.unit.id]
    own = own or [one for one in nodes.values() if one.unit.number == me.number]
    if not own:
        kept = next((one for one in units if one.id == me.unit_id), None)
        if kept is None:
            raise NotFoundError(kind_name(Unit), me.unit_id)
        return kept, ()
    unit = own[0].unit
    place = nodes.get(unit.parent_id) if is_committee(unit) and unit.parent_id else None
    root = place if place is not None and place.unit.level is unit.level else own[0]
    return unit, tuple(one for one in _below(root) if one.unit.id != unit.id)


def _below(node: UnitNode) -> Iterable[UnitNode]:
    for child in node.children:
        yield child
        yield from _below(child)


def _years(movement: Movement | None, today: date) -> tuple[int, ...]:
    first = (movement.first_year if movement else None) or today.year
    last = (movement.last_year if movement else None) or max(first, today.year)
    return tuple(range(first, max(first, last) + 1))


def _of_unit(records: Records, kind: type[Any], names: Iterable[UUID]) -> tuple[Any, ...]:
    return tuple(one for name in sorted(names) for one in records.having(kind, unit_id=name))


def _of_year(records: Records, kind: type[T], names: Iterable[UUID], year: int) -> tuple[T, ...]:
    return tuple(one for one in _of_unit(records, kind, names) if one.year in {year, None})


def _tasks(
    records: Records,
    unit: Unit,
    units: Collection[Unit],
    successions: Collection[Succession],
    movement: Movement | None,
) -> tuple[tuple[Assignment, ...], ...]:
    """Return the tasks of a unit itself, of groups that it is in, and of all others."""
    day = movement.plan_date if movement else None
    before = forebears_on(unit, units, successions, day) if day else ()
    names = {unit.id, *(one.id for one in before)} | names_of(unit, units)
    every = sorted(records.having(Assignment), key=lambda one: (one.section, _parts(one.code)))
    leads = tuple(one for one in every if one.unit_id in names)
    led = {one.code for one in leads}
    others: dict[str, Assignment] = {}
    for one in every:
        if one.code not in led:
            others.setdefault(one.code, one)  # several units share one task
    shared = tuple(one for one in others.values() if _is_in_group(unit, one))
    return leads, shared, tuple(one for one in others.values() if one not in shared)


def _is_in_group(unit: Unit, task: Assignment) -> bool:
    """Tell whether a task is given to a group of units by its name, and this one is in it."""
    if task.unit_id is not None or unit.level in _ABOVE:
        return False
    who = fold(task.who)
    return any(name in who and (level is None or unit.level is level) for name, level in _GROUPS)


def _parts(code: str) -> tuple[tuple[int, str], ...]:
    """Return a code so that t-1.lead.10 comes after t-1.lead.9."""
    return tuple(
        (int(part), "") if part.isdigit() else (0, part)
        for part in code.replace("-", ".").split(".")
    )


def _choices(own: Unit, below: Iterable[UnitNode], unit: Unit) -> tuple[tuple[str, UUID], ...]:
    offered = {own.id: own.name} | {node.unit.id: node.label for node in below}
    offered.setdefault(unit.id, unit.name)
    return tuple((name, unit_id) for unit_id, name in offered.items())


def _said_of(records: Records, who: tuple[str, UUID]) -> dict[str, Any]:
    kind, record_id = who
    if kind == "person":
        person = records.get(Person, record_id)
        where = ", ".join(part for part in (person.position, person.workplace) if part)
        return {"person_id": person.id, "name": person.full_name, "position": where}
    collective = records.get(Collective, record_id)
    return {"collective_id": collective.id, "name": collective.name}


def _same(one: SavingsTarget | Registration) -> tuple[object, ...]:
    if isinstance(one, SavingsTarget):
        return one.field, fold(one.name)
    return one.person_id or one.collective_id or fold(one.name), fold(one.title)


def _newest_first(one: PlanDocument) -> tuple[str, UUID]:
    # The latest first, one without a date before all: it still wants one.
    iso = one.issued_on.iso() if one.issued_on else "9999"
    return "".join(chr(255 - ord(c)) for c in iso), one.id


def _by_field(one: SavingsTarget) -> tuple[object, ...]:
    return str(one.field or ""), sort_key(one.name), one.id
