"""What the units below an office owe in a year, unit by unit: done, late, missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua_desktop.domain.agencies import is_committee
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import DebtState, Due, day_in, due_in, owes
from thidua_desktop.domain.lineage import heirs_on
from thidua_desktop.domain.movements import Obligation, PlanDocument
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.unit_tree import UnitNode
from thidua_desktop.domain.units import Succession, Unit, UnitLevel
from thidua_desktop.services.movement_papers import papers_of_all
from thidua_desktop.services.movements import own_branch
from thidua_desktop.services.ports import Ports, Work

DONE = frozenset({DebtState.DONE, DebtState.LATE, DebtState.UNCLEAR})
_REPORT = frozenset(UnitLevel) - {UnitLevel.CENTRAL, UnitLevel.PROVINCE}
# Bodies of many members, and a group of bodies that the plan speaks of at once.
_COUNCILS = frozenset({"Hội đồng", "Hội đồng nhân dân", "Tổ chức chính trị - xã hội"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowColumn:
    """Something that units below owe in a year, and the day it falls due."""

    obligation: Obligation
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowRow:
    """A unit below with how it stands with each column; None where it owes nothing there.

    `is_direct`: it stands right under the own unit.
    """

    unit: Unit
    label: str
    is_direct: bool
    cells: tuple[Due | None, ...]

    def has(self, *states: DebtState) -> bool:
        """Tell whether something stands so with this unit."""
        return any(cell is not None and cell.state in states for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        """Tell whether all that the unit owes was done."""
        return all(cell is None or cell.is_done for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowTable:
    """The units below in a year."""

    year: int
    columns: tuple[BelowColumn, ...]
    rows: tuple[BelowRow, ...]


def units_below(ports: Ports, *, year: int, today: date) -> BelowTable:
    """Return what each unit below the own one owes in a year, as the register stood on each day.

    A place reports through its committee where it has one; a council reports nothing.
    """
    with ports.store.read() as work:
        return _table(work, work.book.me(), work.records.having(Obligation), year, today)


def awaited(
    work: Work, me: Office, due: Iterable[Due], today: date
) -> dict[tuple[UUID, int], tuple[int, int]]:
    """Return of what only others owe, by its id and year, how many right below did it, of how
    many.
    """
    found: dict[tuple[UUID, int], tuple[int, int]] = {}
    others = [one for one in due if not owes(one.obligation, level=UnitLevel.PROVINCE)]
    for year in {one.due_on.year for one in others}:
        wanted = [one.obligation for one in others if one.due_on.year == year]
        table = _table(work, me, wanted, year, today)
        rows = [row for row in table.rows if row.is_direct]
        for place, column in enumerate(table.columns):
            said = counts(rows, place)
            done = sum(count for state, count in said.items() if state in DONE)
            found[column.obligation.id, year] = done, sum(said.values())
    return found


def _table(
    work: Work, me: Office, obligations: Collection[Obligation], year: int, today: date
) -> BelowTable:
    units, successions = work.records.having(Unit), work.records.having(Succession)
    papers = _Papers(units, successions, papers_of_all(work.records), PartialDate.of(today))
    columns = tuple(_columns(obligations, year))
    lines: dict[object, _Line] = {}
    for day in sorted({column.due_on for column in columns}):
        _, below = own_branch(units, successions, me, PartialDate.of(day))
        depth = _depth(below)
        for node in _who_report(below):
            unit = node.unit
            line = lines.setdefault(unit.id if unit.number is None else unit.number, _Line())
            line.unit, line.label, line.is_direct = unit, node.label, depth[unit.id] == 1
            for due in due_in(obligations, year, level=unit.level, today=today):
                if due.due_on == day:
                    line.owed[due.obligation.id] = due.done_by(papers.of(unit))
    used = tuple(
        one for one in columns if any(one.obligation.id in line.owed for line in lines.values())
    )
    rows = (_row(line, used) for line in lines.values())
    return BelowTable(year=year, columns=used, rows=tuple(row for row in rows if row is not None))


def counts(rows: Iterable[BelowRow], place: int) -> Mapping[DebtState, int]:
    """Return how many of these units stand how with a column."""
    cells = (row.cells[place] for row in rows)
    return Counter(cell.state for cell in cells if cell is not None)


class _Line:
    """A row while it is gathered: the unit as it was last called."""

    def __init__(self) -> None:
        self.unit: Unit | None = None
        self.label = ""
        self.is_direct = False
        self.owed: dict[UUID, Due] = {}


class _Papers:
    """The documents of each unit, under whatever name it had when they were issued.

    What a unit left undone may be done by those that followed it.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        successions: Collection[Succession],
        documents: Iterable[PlanDocument],
        today: PartialDate,
    ) -> None:
        self._units = {one.id: one for one in units}
        self._successions, self._today = successions, today
        self._found: defaultdict[object, list[PlanDocument]] = defaultdict(list)
        for one in documents:
            if one.unit_id is not None:
                self._found[self._key(one.unit_id)].append(one)

    def of(self, unit: Unit) -> list[PlanDocument]:
        keys = {self._key(unit.id)}
        if self._found and not unit.stands_on(self._today):
            heirs = heirs_on(unit, self._units.values(), self._successions, self._today)
            keys |= {self._key(one.id) for one in heirs}
        return [paper for key in keys for paper in self._found.get(key, ())]

    def _key(self, unit_id: UUID) -> object:
        unit = self._units.get(unit_id)
        return unit_id if unit is None or unit.number is None else unit.number


def _columns(obligations: Iterable[Obligation], year: int) -> Iterator[BelowColumn]:
    days = ((one, day_in(one, year)) for one in obligations)
    found = [(day, one) for one, day in days if day is not None]
    for day, one in sorted(found, key=lambda pair: (pair[0], pair[1].code)):
        yield BelowColumn(obligation=one, due_on=day)


def _who_report(below: Iterable[UnitNode]) -> Iterator[UnitNode]:
    for node in below:
        has_voice = any(_speaks_for(child.unit, node.unit) for child in node.children)
        if not has_voice and node.unit.level in _REPORT and node.unit.form not in _COUNCILS:
            yield node


def _speaks_for(unit: Unit, place: Unit) -> bool:
    """Tell whether a unit is the committee of a place."""
    return unit.level is place.level and is_committee(unit)


def _depth(below: Iterable[UnitNode]) -> dict[UUID, int]:
    """Return how far each unit is below; a committee is as far as its place."""
    depth: dict[UUID, int] = {}
    for node in below:
        for child in node.children:
            above = depth.get(node.unit.id, 1)
            depth[child.unit.id] = above + (not _speaks_for(child.unit, node.unit))
        depth.setdefault(node.unit.id, 1)
    return depth


def _row(line: _Line, columns: Iterable[BelowColumn]) -> BelowRow | None:
    if line.unit is None or not line.owed:
        return None
    return BelowRow(
        unit=line.unit,
        label=line.label,
        is_direct=line.is_direct,
        cells=tuple(line.owed.get(one.obligation.id) for one in columns),
    )
