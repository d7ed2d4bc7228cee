"""What holds of every register, however it came to be: also of one that bundles tangled."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.lineage import forebears_on, heirs_on, lineage_of, named_on
from thidua_desktop.domain.loops import loop_issues
from thidua_desktop.domain.unit_tree import tree_of
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit

YEARS = st.integers(2000, 2012)
IDS = [UUID(int=number) for number in range(1, 9)]


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Unit], list[Succession], PartialDate]:
    """Units of any period under any unit, and steps between any two: loops and all."""
    units = []
    for unit_id in IDS[: draw(st.integers(1, len(IDS)))]:
        start, end = draw(st.none() | YEARS), draw(st.none() | YEARS)
        if start and end:
            start, end = sorted((start, end))
        units.append(
            Unit(
                id=unit_id,
                name=draw(st.sampled_from(["Xã A", "Xã B"])),
                parent_id=draw(st.none() | st.sampled_from(IDS)),
                valid_from=PartialDate(start) if start else None,
                valid_to=PartialDate(end, 12, 31) if end else None,
            )
        )
    some = st.none() | st.sampled_from(IDS)
    steps = [
        Succession(
            id=UUID(int=1000 + number),
            from_id=draw(some),
            to_id=draw(some),
            date=PartialDate(draw(YEARS)),
            way=draw(st.sampled_from(list(SuccessionKind))),
        )
        for number in range(draw(st.integers(0, 10)))
    ]
    return units, steps, PartialDate(draw(YEARS), 6, 30)


@given(registers(), st.booleans())
def test_a_tree_shows_every_unit_of_its_day_once(register, with_dissolved: bool) -> None:
    units, steps, day = register
    shown = [n.unit.id for n in tree_of(units, steps, day, with_dissolved=with_dissolved).nodes]

    assert len(shown) == len(set(shown))
    assert {unit.id for unit in units if unit.stands_on(day)} <= set(shown)


@given(registers())
def test_what_a_unit_became_stands_on_the_day_and_has_nothing_after_it(register) -> None:
    units, steps, day = register
    for unit in units:
        heirs = heirs_on(unit, units, steps, day)
        assert len(heirs) == len(set(heirs))
        assert all(heir.stands_on(day) for heir in heirs)
        if unit.stands_on(day):
            assert heirs == (unit,)
        for heir in heirs:  # the successor of a successor is found from either
            assert heirs_on(heir, units, steps, day) == (heir,)


@given(registers())
def test_the_heirs_of_a_successor_are_among_the_heirs(register) -> None:
    units, steps, day = register
    known = {unit.id: unit for unit in units}
    for step in steps:
        if step.from_id not in known or step.to_id not in known:
            continue
        old, new = known[step.from_id], known[step.to_id]
        if not old.stands_on(day) and step.date.first_day() <= day.first_day():
            assert set(heirs_on(new, units, steps, day)) <= set(heirs_on(old, units, steps, day))


@given(registers())
def test_a_step_is_told_in_the_life_of_both_its_units(register) -> None:
    units, steps, _ = register
    known = {unit.id: unit for unit in units}
    for step in steps:
        for end in {step.from_id, step.to_id} & known.keys():
            told = [(s.unit, s.heir, s.date) for s in lineage_of(end, units, steps)]
            assert (known.get(step.from_id), known.get(step.to_id), step.date) in told


@given(registers())
def test_a_paper_bears_a_name_of_its_day_or_its_own(register) -> None:
    units, steps, day = register
    for unit in units:
        name = named_on(unit, units, steps, day)
        assert name == unit or name.stands_on(day)


@given(registers())
def test_a_unit_of_the_day_was_itself(register) -> None:
    units, steps, day = register
    for unit in units:
        found = forebears_on(unit, units, steps, day)
        assert all(one.stands_on(day) for one in found)
        assert (unit in found) == unit.stands_on(day)


@given(registers())
def test_steps_let_in_one_by_one_never_lead_back(register) -> None:
    _, steps, _ = register
    kept: list[Succession] = []
    for step in steps:
        found = list(loop_issues([step], [*kept, step]))
        assert all(issue.issue is Issue.LOOP for _, issue in found)
        if not found and step.from_id != step.to_id:
            kept.append(step)

    assert _leads_nowhere_back([s for s in kept if s.way is not SuccessionKind.SPLIT])
    for day in {step.date for step in kept}:
        assert _leads_nowhere_back([s for s in kept if s.date in {day, None}])


def _leads_nowhere_back(steps: list[Succession]) -> bool:
    onward = {one: [s.to_id for s in steps if s.from_id == one and s.to_id] for one in IDS}
    for start in IDS:
        reached: set[UUID] = set()
        waiting = list(onward[start])
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += onward[here]
        if start in reached:
            return False
    return True


def test_what_was_split_off_may_go_back_in_later_but_not_on_the_same_day() -> None:
    whole, part = IDS[:2]
    first, later = PartialDate(2026, 1, 1), PartialDate(2027, 1, 1)
    split = Succession(
        id=UUID(int=1), from_id=whole, to_id=part, date=first, way=SuccessionKind.SPLIT
    )
    back = Succession(
        id=UUID(int=2), from_id=part, to_id=whole, date=later, way=SuccessionKind.MERGE
    )
    for later_entered in (back, split):
        assert not list(loop_issues([later_entered], [split, back]))
    for wrong in (replace(back, date=first), replace(back, date=None)):
        assert [one for one, _ in loop_issues([wrong], [split, wrong])] == [wrong]
    merged = replace(split, way=SuccessionKind.MERGE)
    assert [one for one, _ in loop_issues([back], [merged, back])] == [back]
