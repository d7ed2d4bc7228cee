"""What is due, how long there is, and what was done: obligations (việc phải làm) on a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.movements import Debtor, Obligation, PlanDocument, Recurrence
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole

_LAST_MONTH = 12
_MOST_NAMED = 3
_NEVER = PartialDate(9999)


class DebtState(StrEnum):
    """How it stands with what a unit owes."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation with the day it falls due, and the documents that fulfil it.

    The day itself is on time, the next is late. Of several documents the earliest counts; of one
    whose day is not known it is unclear whether it was on time. `left_by` are the units that owed
    it and never did it: who followed them owes it now.
    """

    obligation: Obligation
    due_on: date
    days_left: int
    documents: tuple[PlanDocument, ...] = ()
    left_by: tuple[Unit, ...] = ()

    @property
    def is_late(self) -> bool:
        """Tell whether the day has passed."""
        return self.days_left < 0

    @property
    def is_done(self) -> bool:
        """Tell whether there is a document that fulfils it."""
        return bool(self.documents)

    @property
    def state(self) -> DebtState:
        """Return how it stands."""
        if not self.documents:
            return DebtState.OVERDUE if self.is_late else DebtState.OPEN
        days = [one.issued_on for one in self.documents if one.issued_on is not None]
        if any(day.last_day() <= self.due_on for day in days):
            return DebtState.DONE
        may_be = len(days) < len(self.documents) or any(
            day.first_day() <= self.due_on for day in days
        )
        return DebtState.UNCLEAR if may_be else DebtState.LATE

    @property
    def days_late(self) -> int:
        """Return how many days after the due day it was done; 0 when that is not known."""
        days = [one.issued_on for one in self.documents if one.issued_on is not None]
        if self.state is not DebtState.LATE:
            return 0
        return min((day.first_day() - self.due_on).days for day in days)

    @property
    def left_text(self) -> str:
        """Say who left it undone; of one's own nothing."""
        if not self.left_by:
            return ""
        names = [one.name for one in self.left_by[:_MOST_NAMED]]
        more = len(self.left_by) - len(names)
        others = f" và {more} đơn vị nữa" if more else ""
        return f"tiếp nhận từ {', '.join(names)}{others}"

    def done_by(self, documents: Iterable[PlanDocument]) -> Due:
        """Return it with those of a unit's documents that fulfil it, the earliest first."""
        fitting = (one for one in documents if fulfils(one, self.obligation, self.due_on.year))
        ordered = sorted(fitting, key=lambda one: (one.issued_on or _NEVER, one.id))
        return replace(self, documents=tuple(ordered))


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


def fulfils(document: PlanDocument, obligation: Obligation, year: int) -> bool:
    """Tell whether a document is what an obligation asks for; of a yearly one in this year."""
    if document.obligation_id != obligation.id:
        return False
    return obligation.recurrence is not Recurrence.YEARLY or year_of(document) == year


def year_of(document: PlanDocument) -> int | None:
    """Return for which year a document is: as it says, else the year it was issued in."""
    if document.year is not None:
        return document.year
    return document.issued_on.year if document.issued_on else None


def due_in(
    obligations: Iterable[Obligation],
    year: int,
    *,
    level: UnitLevel | UnknownChoice | None,
    role: UnitRole | None = None,
    today: date,
) -> tuple[Due, ...]:
    """Return what a unit itself owes in a year, in order of the days."""
    items = []
    for obligation in obligations:
        day = day_in(obligation, year)
        if day is not None and owes(obligation, level=level, role=role):
            items.append(Due(obligation, day, (day - today).days))
    return tuple(sorted(items, key=lambda item: (item.due_on, item.obligation.code)))


def day_in(obligation: Obligation, year: int) -> date | None:
    """Return the day of a year on which an obligation falls due, if it does in that year."""
    if obligation.recurrence is not Recurrence.YEARLY:
        due = obligation.due_date.last_day() if obligation.due_date else None
        return due if due is not None and due.year == year else None
    within = (obligation.first_year or year) <= year <= (obligation.last_year or year)
    return _day_of(obligation, year) if within else None


def owes(
    obligation: Obligation,
    *,
    level: UnitLevel | UnknownChoice | None,
    role: UnitRole | None = None,
) -> bool:
    """Tell whether a unit is to do it itself.

    The province does what is its own, and what all do and nobody sends to it.
    """
    if role is UnitRole.PROVINCE or level is UnitLevel.PROVINCE:
        everyone = obligation.debtor is Debtor.OFFICES and not obligation.recipient
        return obligation.debtor is Debtor.PROVINCE or everyone
    if level is UnitLevel.CENTRAL:
        return False
    return concerns(obligation.debtor, role=role or UnitRole.OFFICE, level=level)


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
