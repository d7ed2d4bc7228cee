from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import Due, due_items
from thidua_desktop.domain.movements import Debtor, Obligation, Recurrence
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.units import UnitLevel, UnitRole

PLANS = Obligation(
    id=uuid4(),
    code="d-1",
    debtor=Debtor.DEPARTMENTS,
    recurrence=Recurrence.ONCE,
    due_date=PartialDate(2023, 6, 30),
)
REPORT = Obligation(
    id=uuid4(),
    code="d-2",
    debtor=Debtor.OFFICES,
    recurrence=Recurrence.YEARLY,
    month=12,
    day=10,
    first_year=2023,
    last_year=2030,
)
REVIEW = Obligation(
    id=uuid4(),
    code="d-4",
    debtor=Debtor.OFFICES,
    recurrence=Recurrence.YEAR,
    due_date=PartialDate(2025),
)
FINAL = Obligation(
    id=uuid4(),
    code="d-5",
    debtor=Debtor.PROVINCE,
    recurrence=Recurrence.YEAR,
    due_date=PartialDate(2030),
)
ALL = (FINAL, REVIEW, REPORT, PLANS)


def due(
    *obligations: Obligation,
    today: date,
    role: UnitRole = UnitRole.OFFICE,
    level: UnitLevel = UnitLevel.DISTRICT,
) -> tuple[Due, ...]:
    return due_items(obligations, role=role, level=level, today=today)


def test_the_due_day_itself_is_on_time_and_the_next_is_late() -> None:
    (on_the_day, *_) = due(REPORT, today=date(2024, 12, 10))
    (a_day_after, *_) = due(REPORT, today=date(2024, 12, 11))

    assert (on_the_day.days_left, on_the_day.is_late) == (0, False)
    assert (a_day_after.days_left, a_day_after.is_late) == (-1, True)


def test_the_yearly_report_is_due_on_10_december_of_every_year_to_2030() -> None:
    days = {
        item.due_on for year in range(2022, 2034) for item in due(REPORT, today=date(year, 12, 31))
    }

    assert days == {date(year, 12, 10) for year in range(2023, 2031)}


def test_after_this_years_day_next_years_is_shown_too() -> None:
    assert [item.due_on for item in due(REPORT, today=date(2024, 12, 11))] == [
        date(2024, 12, 10),
        date(2025, 12, 10),
    ]
    assert [item.due_on for item in due(REPORT, today=date(2024, 1, 1))] == [date(2024, 12, 10)]


def test_a_date_known_to_the_year_holds_to_its_last_day() -> None:
    (item,) = due(REVIEW, today=date(2025, 12, 1))

    assert (item.due_on, item.days_left) == (date(2025, 12, 31), 30)


def test_a_yearly_task_without_a_day_holds_to_the_end_of_the_year() -> None:
    sometime = Obligation(
        id=uuid4(), code="d-6", debtor=Debtor.OFFICES, recurrence=Recurrence.YEARLY
    )

    assert [item.due_on for item in due(sometime, today=date(2024, 5, 1))] == [date(2024, 12, 31)]


def test_29_february_is_28_february_in_other_years() -> None:
    leap = Obligation(
        id=uuid4(), debtor=Debtor.OFFICES, recurrence=Recurrence.YEARLY, month=2, day=29
    )

    assert due(leap, today=date(2025, 1, 1))[0].due_on == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("role", "level", "codes"),
    [
        (UnitRole.OFFICE, UnitLevel.DISTRICT, ["d-2", "d-4"]),
        (UnitRole.OFFICE, UnitLevel.DEPARTMENT, ["d-1", "d-2", "d-4"]),
        (UnitRole.DEPARTMENT, UnitLevel.DEPARTMENT, ["d-1", "d-2", "d-4"]),
        (UnitRole.PROVINCE, UnitLevel.PROVINCE, ["d-1", "d-2", "d-4", "d-5"]),
    ],
)
def test_each_sees_what_it_owes_and_the_province_sees_all(
    role: UnitRole, level: UnitLevel, codes: list[str]
) -> None:
    items = due(*ALL, today=date(2023, 4, 4), role=role, level=level)

    assert [item.obligation.code for item in items] == codes


def test_what_a_newer_program_says_is_left_out_and_does_no_harm() -> None:
    strange = Obligation(
        id=uuid4(), debtor=UnknownChoice("villages"), recurrence=UnknownChoice("weekly")
    )
    undated = Obligation(id=uuid4(), debtor=Debtor.OFFICES, recurrence=Recurrence.ONCE)

    assert due(strange, undated, today=date(2024, 1, 1)) == ()
