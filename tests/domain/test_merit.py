"""What may be said of a nominee's years, ratings, awards and positions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_person, an_id
from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dates import PartialDate, from_iso
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.merit import (
    Initiative,
    Position,
    PositionSort,
    PriorAward,
    YearlyRating,
    held_on,
    holder_of,
)
from thidua_desktop.domain.people import Collective, Household
from thidua_desktop.domain.proposals import Contribution
from thidua_desktop.domain.records import FieldType, kind_spec, replace_values

TODAY = date(2024, 11, 25)
PAST = [
    (kind, spec.name, spec.type) for kind in KINDS for spec in kind_spec(kind).fields if spec.past
]


def issues(record, today: date = TODAY) -> set[tuple[str, Issue]]:
    return {(one.field, one.issue) for one in checked(record, today)}


@pytest.mark.parametrize("text", ["2024-11-26", "2024-12", "2025"])
def test_what_was_cannot_lie_ahead(text: str) -> None:
    person = a_person(birth_date=from_iso(text))
    assert issues(person) == {("birth_date", Issue.IN_FUTURE)}


@pytest.mark.parametrize("text", ["2024-11-25", "2024-11", "2024", "1965"])
def test_a_date_known_roughly_counts_from_the_first_day_it_can_be(text: str) -> None:
    assert issues(a_person(birth_date=from_iso(text))) == set()


@pytest.mark.parametrize(("kind", "name", "sort"), PAST)
def test_every_field_of_the_past_is_refused_ahead_and_kept_today(kind, name, sort) -> None:
    of_year = sort is FieldType.INTEGER
    ahead = TODAY.year + 1 if of_year else PartialDate(TODAY.year + 1)
    now = TODAY.year if of_year else PartialDate.of(TODAY)
    assert (name, Issue.IN_FUTURE) in issues(replace_values(kind(id=an_id(1)), {name: ahead}))
    assert issues(replace_values(kind(id=an_id(1)), {name: now})) == set()


def test_births_ratings_awards_and_decisions_are_of_the_past() -> None:
    names = {(kind.__name__, name) for kind, name, _ in PAST}
    assert names >= {
        ("Person", "birth_date"),
        ("Household", "birth_date"),
        ("YearlyRating", "year"),
        ("YearlyRating", "decision_date"),
        ("PriorAward", "year"),
        ("PriorAward", "decision_date"),
        ("Initiative", "decision_date"),
        ("Position", "held_from"),
    }


@pytest.mark.parametrize("kind", [YearlyRating, PriorAward, Initiative])
def test_a_decision_cannot_be_older_than_the_year_it_recognises(kind) -> None:
    record = kind(id=an_id(1), year=2022, decision_date=PartialDate(2021, 12, 31))
    assert issues(record) == {("decision_date", Issue.BEFORE_YEAR)}
    assert issues(replace_values(record, {"decision_date": PartialDate(2023, 1, 5)})) == set()


@pytest.mark.parametrize("kind", [PriorAward, Contribution])
def test_merit_is_of_one_nominee(kind) -> None:
    record = kind(id=an_id(1), person_id=an_id(2), household_id=an_id(3))
    assert issues(record) == {("household_id", Issue.ONE_HOLDER)}
    assert holder_of(record) == an_id(2)


def test_no_part_of_a_collective_is_more_than_all() -> None:
    collective = Collective(id=an_id(1), headcount=40, women=41, party_members=40)
    assert issues(collective) == {("women", Issue.MORE_THAN_ALL)}
    assert issues(replace_values(collective, {"headcount": None})) == set()


def test_a_household_keeps_the_year_of_birth_alone() -> None:
    assert checked(Household(id=an_id(1), birth_date=PartialDate(1958)), TODAY) == ()


def test_a_position_ends_after_it_starts() -> None:
    position = Position(
        id=an_id(1), held_from=PartialDate(2020, 5), held_to=PartialDate(2020, 4, 30)
    )
    assert checked(position, TODAY) == (FieldIssue("held_to", Issue.ENDS_BEFORE_START),)


# positions on a day


def a_position(number: int, start: str, end: str = "", **changes) -> Position:
    position = Position(
        id=an_id(number),
        title=f"chức vụ {number}",
        held_from=from_iso(start),
        held_to=from_iso(end) if end else None,
    )
    return replace_values(position, changes)


def titles(positions, day: date) -> list[str]:
    return [one.title for one in held_on(positions, day)]


def test_the_title_of_a_day_is_that_held_then() -> None:
    held = [a_position(1, "2015", "2019"), a_position(2, "2020-01-01")]
    assert titles(held, date(2014, 12, 31)) == []
    assert titles(held, date(2019, 12, 31)) == ["chức vụ 1"]
    assert titles(held, date(2024, 1, 1)) == ["chức vụ 2"]


def test_of_two_in_one_body_the_later_counts_and_bodies_stand_in_order() -> None:
    held = [
        a_position(1, "2018", sort=PositionSort.PARTY),
        a_position(2, "2021", sort=PositionSort.GOVERNMENT),
        a_position(3, "2019", sort=PositionSort.GOVERNMENT),
    ]
    assert titles(held, TODAY) == ["chức vụ 2", "chức vụ 1"]
    assert titles(reversed(held), TODAY) == ["chức vụ 2", "chức vụ 1"]


@given(st.lists(st.tuples(st.integers(1990, 2030), st.integers(0, 9)), max_size=6), st.data())
def test_nobody_holds_on_a_day_what_begins_after_or_ended_before(spans, data) -> None:
    held = [
        a_position(n, f"{start}", f"{start + years}") for n, (start, years) in enumerate(spans, 1)
    ]
    day = data.draw(st.dates(date(1985, 1, 1), date(2045, 1, 1)))
    found = held_on(held, day)
    assert len(found) <= 1  # all in one body
    assert all(p.held_from.year <= day.year <= p.held_to.year for p in found)
    assert bool(found) == any(p.held_from.year <= day.year <= p.held_to.year for p in held)
