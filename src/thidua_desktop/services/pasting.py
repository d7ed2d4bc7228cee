"""Pasting a block from a spreadsheet into a list of records: looked at first, written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from thidua_desktop.domain.blocks import MOST_ROWS
from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import (
    FieldSpec,
    FieldType,
    Record,
    kind_spec,
    replace_values,
)
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.typed import read_typed
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import keep

_CALLED = ("name", "short_name", "code", "full_name", "head", "wording")
_ENOUGH = 2  # headings in the first row that make it one


@dataclass(frozen=True, slots=True, kw_only=True)
class PastePlan:
    """What a block would become. `columns` name the field of each column, "" for none.

    `wrong` says of cells, by row and column, why they do not fit; a row with such a cell is not
    written. `records` are those that fit, by row.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wrong: Mapping[tuple[int, int], Issue]
    records: Mapping[int, Record]
    left_out: int


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many records were written, and what was touched."""

    count: int
    changes: Changes


def guess_columns(
    kind: type[Record], rows: Sequence[Sequence[str]], offered: Sequence[str], first: str
) -> tuple[tuple[str, ...], bool]:
    """Return which field each column is, and whether the first row only says so.

    Without headings the columns follow the order of the list, from the field under the cursor.
    """
    width = len(rows[0]) if rows else 0
    labels = {fold(kind_spec(kind).field(name).label): name for name in offered}
    said = tuple(labels.get(fold(cell.strip()), "") for cell in rows[0]) if rows else ()
    if sum(map(bool, said)) >= min(_ENOUGH, width):
        return said, True
    after = list(offered)[list(offered).index(first) if first in offered else 0 :]
    return tuple((*after, *[""] * width)[:width]), False


def plan_paste(
    ports: Ports,
    kind: type[Record],
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    fixed: Mapping[str, object],
) -> PastePlan:
    """Say what these rows would become; nothing is written."""
    with ports.store.read() as work:
        reading = _Reading(work, kind)
        number = work.book.me().number
        wrong: dict[tuple[int, int], Issue] = {}
        records: dict[int, Record] = {}
        for place, row in enumerate(rows[:MOST_ROWS]):
            values: dict[str, Any] = dict(fixed)
            for column, name in enumerate(columns):
                if not name:
                    continue
                try:
                    values[name] = reading.value(name, row[column])
                except NotKeptError as fault:
                    wrong[place, column] = fault.issue
            record = replace_values(kind(id=ports.new_id(number)), values)
            for issue in checked(record):
                at = columns.index(issue.field) if issue.field in columns else 0
                wrong.setdefault((place, at), issue.issue)
            if not any(at[0] == place for at in wrong):
                records[place] = record
        return PastePlan(
            kind=kind_spec(kind).name,
            columns=tuple(columns),
            rows=tuple(tuple(row) for row in rows[:MOST_ROWS]),
            wrong=wrong,
            records=records,
            left_out=max(0, len(rows) - MOST_ROWS),
        )


def paste(ports: Ports, plan: PastePlan) -> Pasted:
    """Write the rows that fit, as one step that is taken back at once.

    Raises:
        LockedError: they belong to what lies submitted at the province.
    """
    with ports.store.write() as work:
        for record in plan.records.values():
            keep(work, record, shown=None)
        return Pasted(len(plan.records), work.commit())


class _Reading:
    """Reads cells; what names another record is looked up by its name or code."""

    def __init__(self, work: Work, kind: type[Record]) -> None:
        self._work = work
        self._kind = kind
        self._names: dict[str, dict[str, set[UUID]]] = {}

    def value(self, name: str, text: str) -> object:
        spec = kind_spec(self._kind).field(name)
        if spec.type is not FieldType.REF:
            return read_typed(spec, text)
        return self._reference(spec, text.strip())

    def _reference(self, spec: FieldSpec, text: str) -> UUID | None:
        if not text:
            return None
        found = self._known(str(spec.refers_to)).get(fold(text), set())
        if len(found) != 1:
            raise NotKeptError(Issue.NOT_ALLOWED)
        return next(iter(found))

    def _known(self, kind: str) -> dict[str, set[UUID]]:
        if kind not in self._names:
            known: dict[str, set[UUID]] = {}
            for record in self._work.records.having(KIND_BY_NAME[kind]):
                for name in _CALLED:
                    if said := str(getattr(record, name, "") or ""):
                        known.setdefault(fold(said), set()).add(record.id)
            self._names[kind] = known
        return self._names[kind]
