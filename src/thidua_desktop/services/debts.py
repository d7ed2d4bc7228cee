"""What a unit owes on each day it stood, and what those that it followed left undone (kế thừa)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import Due, due_in
from thidua_desktop.domain.lineage import forebears, heirs_on
from thidua_desktop.domain.movements import Obligation, PlanDocument
from thidua_desktop.domain.units import Succession, Unit
from thidua_desktop.services.movement_papers import papers_of
from thidua_desktop.services.ports import Records

Key = tuple[UUID, date]


def names_of(unit: Unit, units: Iterable[Unit]) -> frozenset[UUID]:
    """Return a unit and what it was called before or after: what bears its office number."""
    if unit.number is None:
        return frozenset({unit.id})
    return frozenset(one.id for one in units if one.number == unit.number) | {unit.id}


class Debts:
    """What one unit owes, under each of its names, and what it took over."""

    def __init__(
        self,
        records: Records,
        unit: Unit,
        units: Collection[Unit],
        successions: Collection[Succession],
        today: date,
    ) -> None:
        self._records = records
        self._units, self._successions, self._today = units, successions, today
        self._level = unit.level
        names = names_of(unit, units)
        self._own = tuple(one for one in units if one.id in names) or (unit,)
        self.papers = papers_of(records, (one.id for one in self._own))
        self._theirs: dict[UUID, tuple[PlanDocument, ...]] = {}
        here = PartialDate.of(today)
        self._gone = tuple(
            one for one in forebears(names, units, successions) if not one.stands_on(here)
        )

    def in_year(self, obligations: Collection[Obligation], year: int) -> tuple[Due, ...]:
        """Return what the unit itself owes in a year, on days that it stands."""
        items = due_in(obligations, year, level=self._level, today=self._today)
        return tuple(one.done_by(self.papers) for one in items if self.stands(one.due_on))

    def unpaid_before(self, obligations: Collection[Obligation], year: int) -> tuple[Due, ...]:
        """Return what it owed in earlier years and never did, and what it took over."""
        first = _first_year(obligations, year)
        own = (one for past in range(first, year) for one in self.in_year(obligations, past))
        undone = (one for one in own if not one.is_done and one.is_late)
        return in_order((*undone, *self.taken_over(obligations, year)))

    def taken_over(self, obligations: Collection[Obligation], year: int) -> tuple[Due, ...]:
        """Return what those that it followed owed to the end of a year, and neither they nor any
        heir did.
        """
        found: dict[Key, Due] = {}
        for one in self._gone:
            for due in self._left(one, obligations, year):
                key = due.obligation.id, due.due_on
                others = found[key].left_by if key in found else ()
                found[key] = replace(due, left_by=(*others, one))
        return tuple(found.values())

    def stands(self, day: date) -> bool:
        """Tell whether the unit stands on a day, under one of its names."""
        return any(one.stands_on(PartialDate.of(day)) for one in self._own)

    def _left(self, gone: Unit, obligations: Collection[Obligation], year: int) -> Iterator[Due]:
        years = range(_first_year(obligations, year), year + 1)
        items = [due_in(obligations, one, level=gone.level, today=self._today) for one in years]
        for due in chain.from_iterable(items):
            was_owed = due.is_late and gone.stands_on(PartialDate.of(due.due_on))
            if was_owed and not due.done_by(self._papers_for(gone)).is_done:
                yield due

    def _papers_for(self, gone: Unit) -> tuple[PlanDocument, ...]:
        """Return what a unit issued, and what any of those that followed it did."""
        if gone.id not in self._theirs:
            heirs = heirs_on(gone, self._units, self._successions, PartialDate.of(self._today))
            theirs = papers_of(self._records, (one.id for one in (gone, *heirs)))
            self._theirs[gone.id] = (*self.papers, *theirs)
        return self._theirs[gone.id]


def in_order(items: Iterable[Due]) -> tuple[Due, ...]:
    """Return what is owed in order of the days."""
    return tuple(sorted(items, key=lambda one: (one.due_on, one.obligation.code)))


def _first_year(obligations: Iterable[Obligation], year: int) -> int:
    """Return the first year in which something may have been owed, this one at the latest."""
    days = [one.due_date.first_day().year for one in obligations if one.due_date]
    return min((*days, *(one.first_year or year for one in obligations), year))
