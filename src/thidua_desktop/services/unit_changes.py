"""Units merged, split, renamed, abolished by a resolution: looked at first, then done or undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.errors import (
    ChangeInUseError,
    InvalidInputError,
    NotForRoleError,
    NotFoundError,
    OfficialStepError,
)
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupMember
from thidua_desktop.domain.records import Record, kind_name, specs, values
from thidua_desktop.domain.unit_changes import (
    ChangePlan,
    Register,
    UnitChange,
    change_issues,
    day_before,
    plan_change,
)
from thidua_desktop.domain.units import Succession, Unit, UnitRole
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.loops import refuse_loops
from thidua_desktop.services.ports import Ports, Records, Work
from thidua_desktop.services.titles import title_of

_OF_THE_CHANGE = frozenset({Succession, PeerGroupMember})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreview:
    """What a change would write, with the names of all that is in it.

    `keeping` counts the records that go on naming an old unit, by what they are called: papers of
    the time are right so. `offices` are units that work with the program;
    `namesakes` go on and bear the name of a new one.
    """

    plan: ChangePlan
    names: Mapping[UUID, str]
    keeping: Mapping[str, int]
    offices: tuple[str, ...]
    namesakes: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMade:
    """A change as it was stored; `step` is one of its successions, by which it is undone."""

    plan: ChangePlan
    step: UUID
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUndoing:
    """What taking a change back writes: which units and memberships stand again or go."""

    reopened: tuple[Unit, ...]
    removed: tuple[Unit, ...]
    steps: tuple[Succession, ...]
    rejoined: tuple[PeerGroupMember, ...]
    parted: tuple[PeerGroupMember, ...]


def preview_change(ports: Ports, change: UnitChange) -> ChangePreview:
    """Return what a change would write. Nothing is written.

    Raises:
        NotForRoleError: only the province changes the register.
        InvalidInputError: the change cannot be made.
    """
    with ports.store.read() as work:
        plan = _planned(work, change)
        refuse_loops(work.records, [new for _, new in plan.writes])
        old = set(change.old)
        enrolled = [one.office for one in work.book.enrolments()]
        return ChangePreview(
            plan=plan,
            names=_names(work, plan),
            keeping=_keeping(work.records, old),
            offices=tuple(one.unit_name for one in enrolled if one.unit_id in old),
            namesakes=_namesakes(work.records, plan),
        )


def make_change(ports: Ports, change: UnitChange) -> ChangeMade:
    """Store a change, all of it or nothing, and let the next bundles carry it.

    Raises as `preview_change` does.
    """
    with ports.store.write() as work:
        plan = _planned(work, change)
        refuse_loops(work.records, [new for _, new in plan.writes])
        for shown, record in plan.writes:
            if shown is None and work.records.history(record.id):  # made before, and undone
                work.records.write(type(record), record.id, values(record))
            else:
                work.records.put(record, shown=shown)
        _share(work, [record for _, record in plan.writes])
        return ChangeMade(plan=plan, step=plan.steps[0].id, changes=work.commit())


def preview_change_undoing(ports: Ports, step: UUID) -> ChangeUndoing:
    """Return what taking back the change of this succession would write. Nothing is written.

    Raises:
        NotForRoleError: only the province changes the register.
        NotFoundError: there is no such step any more.
        OfficialStepError: it came with the register.
        ChangeInUseError: something refers to a unit that it made.
    """
    with ports.store.read() as work:
        return _undoing(ports, work, step)


def undo_change(ports: Ports, step: UUID) -> Changes:
    """Take a change back, today or a year later. Raises as `preview_change_undoing` does."""
    with ports.store.write() as work:
        back = _undoing(ports, work, step)
        for unit in back.reopened:
            work.records.put(replace(unit, valid_to=None), shown=unit)
        for member in back.rejoined:
            work.records.put(replace(member, valid_to=None), shown=member)
        gone: tuple[Record, ...] = (*back.parted, *back.steps, *back.removed)
        for record in gone:
            work.records.delete(type(record), record.id)
        _share(work, (*back.reopened, *back.rejoined, *gone))
        return work.commit()


def _planned(work: Work, change: UnitChange) -> ChangePlan:
    _refuse_offices(work)
    register = Register(
        office=work.book.me().number,
        units={unit.id: unit for unit in work.records.having(Unit)},
        successions=work.records.having(Succession),
        members=_members(work.records),
    )
    if issues := change_issues(change, register):
        raise InvalidInputError(issues)
    return plan_change(change, register)


def _members(records: Records) -> tuple[PeerGroupMember, ...]:
    """Return the memberships in groups that are still there."""
    groups = {group.id for group in records.having(PeerGroup)}
    return tuple(one for one in records.having(PeerGroupMember) if one.group_id in groups)


def _namesakes(records: Records, plan: ChangePlan) -> tuple[Unit, ...]:
    """Return units that go on and bear the name of one that is set up."""
    day, names = plan.change.day, {unit.name for unit in plan.born}
    ending = {old.id for old, _ in plan.ended}
    same = (unit for name in sorted(names) for unit in records.having(Unit, name=name))
    return tuple(one for one in same if day and one.stands_on(day) and one.id not in ending)


def _share(work: Work, records: Iterable[Record]) -> None:
    work.records.share([(kind_name(type(record)), record.id) for record in records])


def _names(work: Work, plan: ChangePlan) -> dict[UUID, str]:
    members = (*(one for one, _ in plan.left), *plan.joined)
    named = [("peer_group", one.group_id) for one in members if one.group_id]
    named += [("unit", one.parent_id) for one in plan.born if one.parent_id]
    named += [("unit", one.unit_id) for one in members if one.unit_id]
    named += [("unit", one) for one in (*plan.change.old, plan.change.into) if one]
    found = {one: title_of(work, kind, one) for kind, one in named}
    return found | {unit.id: unit.name for unit in plan.born}


def _keeping(records: Records, units: set[UUID]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for kind in KINDS:
        if kind is Unit or kind in _OF_THE_CHANGE:
            continue
        for spec in specs(kind):
            if spec.refers_to == kind_name(Unit):
                counts[kind_label(kind_name(kind))] += sum(
                    records.count(kind, **{spec.name: unit_id}) for unit_id in units
                )
    return {label: count for label, count in counts.items() if count}


def _undoing(ports: Ports, work: Work, step: UUID) -> ChangeUndoing:
    _refuse_offices(work)
    steps = _of_one_change(work.records, step)
    day = steps[0].date
    if day is None or any(r.id in {s.id for s in steps} for r in ports.plan().records):
        raise OfficialStepError(steps[0].resolution)
    units = {unit.id: unit for unit in work.records.having(Unit)}
    old = [units[one] for one in {s.from_id for s in steps} if one in units]
    heirs = [units[one] for one in {s.to_id for s in steps} if one in units]
    eve = day_before(day)
    removed = tuple(unit for unit in heirs if unit.valid_from == day)
    parted: list[PeerGroupMember] = []
    rejoined: list[PeerGroupMember] = []
    me, born, ended = work.book.me().number, {u.id for u in removed}, {u.id for u in old}
    for member in work.records.having(PeerGroupMember):
        if office_number(member.id) != me:
            continue
        if member.unit_id in born and member.valid_from == day:
            parted.append(member)
        if member.unit_id in ended and member.valid_to == eve:
            rejoined.append(member)
    back = ChangeUndoing(
        reopened=tuple(unit for unit in old if unit.valid_to == eve),
        removed=removed,
        steps=steps,
        rejoined=tuple(rejoined),
        parted=tuple(parted),
    )
    if used := _used(work, back):
        raise ChangeInUseError(used)
    return back


def _of_one_change(records: Records, step: UUID) -> tuple[Succession, ...]:
    """Return the steps of one resolution, one day and one way that share a unit with this one."""
    first = records.find(Succession, step)
    if first is None:
        raise NotFoundError(kind_name(Succession), step)
    alike = [
        one
        for one in records.having(Succession, date=first.date, way=first.way)
        if one.resolution == first.resolution
    ]
    found, size = {first.id: first}, 0
    while len(found) > size:
        size = len(found)
        ends = {end for one in found.values() for end in (one.from_id, one.to_id) if end}
        found |= {one.id: one for one in alike if {one.from_id, one.to_id} & ends}
    return tuple(found.values())


def _used(work: Work, back: ChangeUndoing) -> tuple[str, ...]:
    """Return what refers to units that would go, other than the change itself."""
    own = {record.id for record in (*back.steps, *back.parted)}
    enrolled = {one.office.unit_id for one in work.book.enrolments()}
    used = [f"tệp đăng ký của {unit.name}" for unit in back.removed if unit.id in enrolled]
    for kind in KINDS:
        for spec in specs(kind):
            if spec.refers_to != kind_name(Unit):
                continue
            for unit in back.removed:
                found = work.records.having(kind, **{spec.name: unit.id})
                used += [
                    f"{kind_label(kind_name(kind)).lower()} {title_of(work, kind_name(kind), r.id)}"
                    for r in found
                    if r.id not in own
                ]
    return tuple(used)


def _refuse_offices(work: Work) -> None:
    if not work.book.me().is_province:
        raise NotForRoleError(UnitRole.PROVINCE.value)
