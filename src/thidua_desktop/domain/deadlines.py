"""What is due next, and how long there is: obligations (việc phải làm) on a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.movements import Debtor, Obligation, Recurrence
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.units import UnitLevel, UnitRole

_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation with the day it falls due. The day itself is on time, the next is late."""

    obligation: Obligation
    due_on: date
    days_left: int

    @property
    def is_late(self) -> bool:
        """Tell whether the day has passed."""
        return self.days_left < 0


def due_items(
    obligations: Iterable[Obligation],
    *,
    role: UnitRole,
    level: UnitLevel | UnknownChoice | None,
    today: date,
) -> tuple[Due, ...]:
    """Return what concerns a unit, in order of the days.

    Of a yearly obligation it is this year's, and when that day has passed the next year's too.
    Obligations that say no day are left out. Whether a thing was done is not known here.
    """
    items = (
        Due(obligation, day, (day - today).days)
        for obligation in obligations
        if concerns(obligation.debtor, role=role, level=level)
        for day in _days(obligation, today)
    )
    return tuple(sorted(items, key=lambda item: (item.due_on, item.obligation.code)))


def concerns(
    debtor: Debtor | UnknownChoice | None,
    *,
    role: UnitRole,
    level: UnitLevel | UnknownChoice | None,
) -> bool:
    """Tell whether a unit is among those who owe, or is the province, which waits for all."""
    match debtor:
        case _ if role is UnitRole.PROVINCE:
            return True
        case Debtor.DEPARTMENTS:
            return role is UnitRole.DEPARTMENT or level is UnitLevel.DEPARTMENT
        case Debtor.OFFICES:
            return True
        case _:
            return False


def _days(obligation: Obligation, today: date) -> Iterator[date]:
    if obligation.recurrence is not Recurrence.YEARLY:
        if obligation.due_date is not None:
            yield obligation.due_date.last_day()
        return
    first = obligation.first_year or today.year
    last = obligation.last_year or today.year + 1
    year = min(max(first, today.year), last)
    yield _day_of(obligation, year)
    if _day_of(obligation, year) < today and year < last:
        yield _day_of(obligation, year + 1)


def _day_of(obligation: Obligation, year: int) -> date:
    """Return the day of a year; without one it is the last of the month or of the year."""
    month = obligation.month or _LAST_MONTH
    longest = monthrange(year, month)[1]
    return date(year, month, min(obligation.day or longest, longest))
