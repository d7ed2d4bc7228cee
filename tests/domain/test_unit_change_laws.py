"""What holds of every change of a register, whatever the resolution says."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.lineage import forebears_on, heirs_on
from thidua_desktop.domain.loops import loop_issues
from thidua_desktop.domain.unit_changes import (
    NewUnit,
    Register,
    UnitChange,
    change_issues,
    plan_change,
)
from thidua_desktop.domain.unit_tree import tree_of
from thidua_desktop.domain.units import SuccessionKind, Unit, UnitLevel

PAPER = {"resolution": "12/NQ", "resolution_date": PartialDate(2025, 1, 1)}
ABOVE = Unit(id=UUID(int=999), code="33", name="Tỉnh", level=UnitLevel.PROVINCE)
FIRST = {
    UUID(int=n): Unit(
        id=UUID(int=n),
        code=f"x{n}",
        name=f"Xã {n}",
        level=UnitLevel.COMMUNE,
        parent_id=ABOVE.id,
        number=n,
    )
    for n in range(1, 7)
}


@st.composite
def changes(draw: st.DrawFn, register: Register, day: PartialDate) -> UnitChange:
    """Any change on a day; what it concerns may be over already."""
    ids = sorted(one.id for one in register.units.values() if one.id != ABOVE.id)
    way = draw(st.sampled_from(list(SuccessionKind)))
    old = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    old = old if way is SuccessionKind.MERGE else old[:1]
    count = {SuccessionKind.SPLIT: 2, SuccessionKind.ABOLISH: 0}.get(way, 1)
    into = draw(st.none() | st.sampled_from(ids)) if way is SuccessionKind.MERGE else None
    new = tuple(
        NewUnit(code=f"n{day.year}-{n}", name=f"Xã mới {day.year}-{n}")
        for n in range(0 if into else count)
    )
    stays = way is SuccessionKind.SPLIT and draw(st.booleans())
    return UnitChange(way=way, day=day, old=tuple(old), new=new, into=into, stays=stays, **PAPER)


@given(st.data())
def test_every_unit_of_every_day_stays_known_through_all_changes(data: st.DataObject) -> None:
    register = Register(office=0, units={ABOVE.id: ABOVE, **FIRST})
    days = [PartialDate(year, 1, 1) for year in range(2026, 2030)]
    for day in days:
        change = data.draw(changes(register, day))
        if change_issues(change, register):
            continue
        before = _standing(register, change.eve)
        plan = plan_change(change, register)
        after = _applied(register, plan)
        assert _standing(after, change.eve) == before
        ended = {old.id for old, _ in plan.ended}
        assert _standing(after, day) == (before - ended) | {one.id for one in plan.born}
        assert not list(loop_issues(plan.steps, (*register.successions, *plan.steps)))
        numbers = [one.number for one in after.units.values() if one.stands_on(day)]
        assert len(numbers) == len(set(numbers))
        register = after

    _every_heir_knows_its_forebear(register, days[-1])


def _every_heir_knows_its_forebear(register: Register, day: PartialDate) -> None:
    units = tuple(register.units.values())
    for unit in FIRST.values():
        now = register.units[unit.id]
        for heir in heirs_on(now, units, register.successions, day):
            back = forebears_on(heir, units, register.successions, PartialDate(2025))
            # Who took others in is itself, and so it is asked what it was.
            assert now in back or heir.id in FIRST or _was_taken_in(unit.id, register)


def _was_taken_in(unit_id: UUID, register: Register) -> bool:
    """Tell whether a unit went into one that stood from the first, maybe by way of others."""
    after = {step.to_id for step in register.successions if step.from_id == unit_id}
    return bool(after & FIRST.keys()) or any(_was_taken_in(one, register) for one in after if one)


def _standing(register: Register, day: PartialDate) -> set[UUID]:
    nodes = tree_of(register.units.values(), register.successions, day).nodes
    found = [node.unit.id for node in nodes]
    assert len(found) == len(set(found))
    return set(found)


def _applied(register: Register, plan) -> Register:
    units = dict(register.units)
    units |= {new.id: new for _, new in plan.ended}
    units |= {one.id: one for one in plan.born}
    return replace(register, units=units, successions=(*register.successions, *plan.steps))
