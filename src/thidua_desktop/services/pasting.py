"""Pasting a block from a spreadsheet into a list of records: looked at first, written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from thidua_desktop.domain.blocks import MOST_ROWS
from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import (
    FieldSpec,
    FieldType,
    Record,
    kind_spec,
    missing,
    replace_values,
)
from thidua_desktop.domain.text import clean, fold, spelling
from thidua_desktop.domain.typed import read_typed
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import bear, keep, may_not_change
from thidua_desktop.services.scoring_rules import scoring_issues
from thidua_desktop.services.trust import own_numbers

_CALLED = ("name", "short_name", "code", "full_name", "head", "wording", "task")
_ENOUGH = 2  # headings in the first row that make it one


# What a row means, by what it says and its place: a record as it is, or a new one that is blank but
# for what it is named by. Raises NotKeptError.
Finder = Callable[[Mapping[str, object], int], Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a block is pasted into: records of a kind, the fields that its columns may be.

    Every new record holds what is `fixed`. A record that exists is found by its `key` fields and
    changed where the row says otherwise; without a key every row is a new record. `may_add`: what
    is not found becomes one too; `is_within`: only what holds the `fixed` values is found. Where a
    row means its record in another way, `finder` says which.

    What a field refers to is looked for among those that have the values of `among`. `complete`
    fills in what a new record is where its row does not say; it may raise NotKeptError. Records of
    derived ids that others stand on are `borne` first, `written` is told what became what.
    """

    kind: type[Record]
    offered: tuple[str, ...]
    fixed: Mapping[str, object] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    may_add: bool = True
    is_within: bool = False
    finder: Callable[[Work], Finder] | None = None
    among: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    complete: Callable[[Any], Record] | None = None
    borne: tuple[Record, ...] = ()
    written: Callable[[Work, Sequence[tuple[Record | None, Record]]], None] | None = None

    @property
    def changes_known(self) -> bool:
        """Tell whether a row may mean a record that exists."""
        return bool(self.key) or self.finder is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastePlan:
    """What a block would become. `columns` name the field of each column, "" for none.

    `wrong` says of cells, by row and column, why they do not fit; a row with such a cell is not
    written. `records` are those that will be written, by row, `shown` how those of them are that
    exist already, `lacks` what they must still be told; `same` counts rows that say what is known.
    """

    target: Target
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wrong: Mapping[tuple[int, int], Issue]
    records: Mapping[int, Record]
    shown: Mapping[int, Record]
    lacks: Mapping[int, tuple[str, ...]]
    same: int
    left_out: int

    @property
    def new(self) -> int:
        """Return how many records would be added."""
        return len(self.records) - len(self.shown)


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
    ports: Ports, target: Target, rows: Sequence[Sequence[str]], columns: Sequence[str]
) -> PastePlan:
    """Say what these rows would become; nothing is written."""
    with ports.store.read() as work:
        planning = _Planning(ports, work, target, columns)
        for place, row in enumerate(rows[:MOST_ROWS]):
            planning.take(place, row)
        return PastePlan(
            target=target,
            columns=tuple(columns),
            rows=tuple(tuple(row) for row in rows[:MOST_ROWS]),
            wrong=planning.wrong,
            records=planning.records,
            shown=planning.shown,
            lacks={
                place: names for place, one in planning.records.items() if (names := missing(one))
            },
            same=planning.same,
            left_out=max(0, len(rows) - MOST_ROWS),
        )


def paste(ports: Ports, plan: PastePlan) -> Pasted:
    """Write the rows that fit, as one step that is taken back at once.

    Raises:
        LockedError: they belong to what lies submitted at the province.
        StaleEditError: a record was changed since it was looked at; nothing is written.
    """
    with ports.store.write() as work:
        for record in plan.target.borne if plan.records else ():
            bear(work, record)
        pairs = [(plan.shown.get(place), one) for place, one in plan.records.items()]
        for shown, record in pairs:
            keep(work, record, shown=shown)
        if plan.target.written is not None:
            plan.target.written(work, pairs)
        return Pasted(len(plan.records), work.commit())


class _Planning:
    """Judges row after row, each against what is stored and against the rows above it."""

    def __init__(self, ports: Ports, work: Work, target: Target, columns: Sequence[str]) -> None:
        self._ports = ports
        self._work = work
        self._target = target
        self._columns = list(columns)
        self._reading = _Reading(work, target)
        self._find = target.finder(work) if target.finder is not None else None
        self._number = work.book.me().number
        self._stored = self._stored_by_key() if self._is_keyed() else {}
        self._above: dict[tuple[object, ...], Record] = {}
        self.wrong: dict[tuple[int, int], Issue] = {}
        self.records: dict[int, Record] = {}
        self.shown: dict[int, Record] = {}
        self.same = 0

    def take(self, place: int, row: Sequence[str]) -> None:
        """Say what a row would become."""
        said = self._said(place, row)
        if any(at[0] == place for at in self.wrong):
            return
        if self._find is not None:
            self._take_found(self._find, place, said)
            return
        key = self._key(said) if self._is_keyed() else None
        stored = self._stored.get(key) if key else None
        above = self._above.get(key) if key else None
        if stored is None and not self._target.may_add:
            self._complain(place, self._target.key[0], Issue.NO_RECORD)
            return
        if above is not None:
            self._judge_twin(place, above, replace_values(above, said))
            return
        try:
            record = replace_values(stored, said) if stored else self._new(said)
        except NotKeptError as fault:
            self._complain(place, self._named_by, fault.issue)
            return
        self._judge(place, record, stored)
        if key is not None:
            self._above[key] = record

    def _take_found(self, find: Finder, place: int, said: dict[str, object]) -> None:
        try:
            base = find(said, place)
        except NotKeptError as fault:
            self._complain(place, self._target.offered[0], fault.issue)
            return
        above, record = self._above.get((base.id,)), replace_values(base, said)
        if above is not None:
            self._judge_twin(place, above, replace_values(above, said))
            return
        if record == base:
            self.same += 1
            return
        self._judge(place, record, self._work.records.find(self._target.kind, base.id))
        self._above[base.id,] = record

    def _judge(self, place: int, record: Record, stored: Record | None) -> None:
        if record == stored:
            self.same += 1
            return
        known = set(checked(stored)) if stored else set()
        for issue in checked(record, self._work.today()):
            if issue not in known:
                self._complain(place, issue.field, issue.issue)
        for issue in scoring_issues(self._work.records, self._work.records, record):
            self._complain(place, issue.field, issue.issue)
        if may_not_change(self._work, stored):
            self._complain(place, self._named_by, Issue.LOCKED)
        if any(at[0] == place for at in self.wrong):
            return
        self.records[place] = record
        if stored is not None:
            self.shown[place] = stored

    def _judge_twin(self, place: int, above: Record, record: Record) -> None:
        """Judge a row about the same record as one above it."""
        if record == above:
            self.same += 1
        else:
            self._complain(place, self._named_by, Issue.DIFFERS_ABOVE)

    def _said(self, place: int, row: Sequence[str]) -> dict[str, object]:
        """Return the values of a row; a blank cell says nothing."""
        said: dict[str, object] = {}
        for column, name in enumerate(self._columns):
            if not name or not row[column].strip():
                continue
            try:
                said[name] = self._reading.value(name, row[column])
            except NotKeptError as fault:
                self.wrong[place, column] = fault.issue
        return said

    def _new(self, said: dict[str, object]) -> Record:
        blank = self._target.kind(id=self._ports.new_id(self._number))
        record = replace_values(blank, {**self._target.fixed, **said})
        return self._target.complete(record) if self._target.complete else record

    def _complain(self, place: int, name: str, issue: Issue) -> None:
        column = self._columns.index(name) if name in self._columns else 0
        self.wrong.setdefault((place, column), issue)

    @property
    def _named_by(self) -> str:
        return (*self._target.key, *self._target.offered)[0]

    def _is_keyed(self) -> bool:
        key = self._target.key
        return bool(key) and (not self._target.may_add or key[0] in self._columns)

    def _key(self, said: Mapping[str, object]) -> tuple[object, ...]:
        return tuple(spelled(said.get(name)) for name in self._target.key)

    def _stored_by_key(self) -> dict[tuple[object, ...], Record]:
        """Return the records that rows may mean: the office's own ones, units that stand."""
        kind, own = self._target.kind, own_numbers(self._work)
        day = PartialDate.of(self._work.today())
        found: dict[tuple[object, ...], Record] = {}
        wanted = self._target.fixed if self._target.is_within else {}
        for record in self._work.records.having(kind, **wanted):
            is_meant = (
                record.stands_on(day)
                if isinstance(record, Unit)
                else office_number(record.id) in own
            )
            if is_meant:
                key = tuple(spelled(getattr(record, name)) for name in self._target.key)
                found.setdefault(key, record)
        return found


def spelled(value: object) -> object:
    """Return a text as it is spelled, wherever its mark stands; nothing and no text are one."""
    return spelling(clean(value)) if isinstance(value, str) and value else value or None


class _Reading:
    """Reads cells; what names another record is looked up by its name or code."""

    def __init__(self, work: Work, target: Target) -> None:
        self._work = work
        self._kind = target.kind
        self._among = target.among
        self._names: dict[str, dict[str, set[UUID]]] = {}

    def value(self, name: str, text: str) -> object:
        spec = kind_spec(self._kind).field(name)
        if spec.type is not FieldType.REF:
            return read_typed(spec, text)
        return self._reference(spec, text.strip())

    def _reference(self, spec: FieldSpec, text: str) -> UUID | None:
        if not text:
            return None
        found = self._known(spec).get(fold(text), set())
        if len(found) != 1:
            raise NotKeptError(Issue.SEVERAL_NAMED if found else Issue.NOT_NAMED)
        return next(iter(found))

    def _known(self, spec: FieldSpec) -> dict[str, set[UUID]]:
        if spec.name not in self._names:
            known: dict[str, set[UUID]] = {}
            wanted = self._among.get(spec.name, {})
            records = self._work.records.having(KIND_BY_NAME[str(spec.refers_to)], **wanted)
            for name in ("place", *_CALLED) if wanted else _CALLED:
                found: dict[str, set[UUID]] = {}
                for record in records:
                    if said := str(getattr(record, name, "") or ""):
                        found.setdefault(fold(said), set()).add(record.id)
                for key, ids in found.items():
                    if wanted:  # the number of a criterion goes before its code
                        known.setdefault(key, ids)
                    else:
                        known.setdefault(key, set()).update(ids)
            self._names[spec.name] = known
        return self._names[spec.name]
