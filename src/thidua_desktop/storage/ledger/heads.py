"""The heads of a record, and its typed row: what is shown of the ops that nothing replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import Op, OpId, RecordKey, is_hidden
from thidua_desktop.domain.records import DELETED_BIT
from thidua_desktop.storage.ledger.lines import Line, from_line
from thidua_desktop.storage.ledger.log import Log, OpRow, may_replace
from thidua_desktop.storage.ledger.touched import TouchedRecords
from thidua_desktop.storage.pieces import in_pieces

Heads = dict[int, int]
ALL = -1
_Typed = defaultdict[tuple[str, ...], list[tuple[object, ...]]]
# Records where two heads share a field, or one is a mark of deletion: the others (parts of a
# record written at different times) need no look.
_MEETING = """
SELECT DISTINCT head.row FROM head JOIN "{table}" AS typed ON typed.id = head.row
WHERE head.kind = ? AND (
  head.mask & typed._m OR (head.mask | typed._m) & 1 OR EXISTS (
    SELECT 1 FROM head AS other WHERE other.kind = head.kind AND other.row = head.row
    AND other.op > head.op AND other.mask & head.mask))
ORDER BY head.row
"""


class HeadTable:
    """The heads of every record: `(_op, _m)` of its typed row and its rows in `head`."""

    def __init__(self, log: Log, touched: TouchedRecords) -> None:
        self._log = log
        self.touched = touched

    def of(self, kind: int, row: bytes) -> Heads:
        """Return the heads of a record: on which fields each op is one."""
        return self.of_many(kind, (row,)).get(row, {})

    def of_many(self, kind: int, rows: Iterable[bytes]) -> dict[bytes, Heads]:
        """Return the heads of those of these records that have any."""
        found: dict[bytes, Heads] = {}
        wanted = list(rows)
        for part in in_pieces(wanted):
            marks = ",".join("?" * len(part))
            several = f"SELECT row, op, mask FROM head WHERE kind = ? AND row IN ({marks})"  # noqa: S608
            heads = [*self._log.rows(several, kind, *part)]
            if self._log.is_known(kind):
                table = self._log.kind_name(kind)
                typed = f'SELECT id, _op, _m FROM "{table}" WHERE id IN ({marks})'  # noqa: S608
                heads += self._log.rows(typed, *part)
            for row, op, mask in heads:
                found.setdefault(row, {})[op] = mask
        return found

    def several(self) -> list[tuple[int, bytes]]:
        """Return the records in which a cell may wait for a person."""
        log = self._log
        kinds = [kind for (kind,) in log.rows("SELECT DISTINCT kind FROM head ORDER BY kind")]
        return [
            (kind, row)
            for kind in filter(log.is_known, kinds)
            for (row,) in log.rows(_MEETING.format(table=log.kind_name(kind)), kind)
        ]

    def touch(self, kind: int, rows: Iterable[bytes]) -> None:
        """Remember that these records were written."""
        self.touched.add(self._log.kind_name(kind), rows)

    def write(
        self,
        kind: int,
        row: bytes,
        heads: Heads,
        *,
        fields: int = ALL,
        known: Mapping[int, OpRow] | None = None,
    ) -> None:
        """Make these the heads of a record, and show the winners of the fields of this mask."""
        self.write_many(kind, {row: (heads, fields)}, known or {})

    def write_many(
        self,
        kind: int,
        states: Mapping[bytes, tuple[Heads, int]],
        known: Mapping[int, OpRow],
    ) -> None:
        """Make these the heads of many records, each with the mask of fields to show anew."""
        log, name = self._log, self._log.kind_name(kind)
        self.touch(kind, states)
        named = {number for heads, _ in states.values() for number in heads}
        ops = log.ops(named - known.keys()) | dict(known)
        typed: _Typed = defaultdict(list)
        rest, gone, hidden = [], [], []
        for row, (heads, fields) in states.items():
            right = {op: mask for op, mask in heads.items() if mask}
            if not right:
                gone.append((row,))
                continue
            if self._is_hidden(kind, right, ops):
                hidden.append((kind, row))
            if log.is_known(kind):
                shown = self._shown(kind, ops, right, fields)
                widest = max(right, key=lambda op: (right[op].bit_count(), op))
                typed[tuple(shown)].append((row, widest, right.pop(widest), *shown.values()))
            rest += [(kind, row, op, mask) for op, mask in right.items()]
        places = [(kind, row) for row in states]
        log.many("DELETE FROM head WHERE kind = ? AND row = ?", places)
        if log.rows("SELECT 1 FROM hidden WHERE kind = ? LIMIT 1", kind):  # seldom any is
            log.many("DELETE FROM hidden WHERE kind = ? AND row = ?", places)
        if log.is_known(kind):
            log.many(f'DELETE FROM "{name}" WHERE id = ?', gone)  # noqa: S608 - a declared name
        self._write_typed(name, typed)
        log.many("INSERT INTO head(kind, row, op, mask) VALUES (?, ?, ?, ?)", rest)
        log.many("INSERT INTO hidden(kind, row) VALUES (?, ?)", hidden)

    def _shown(
        self, kind: int, ops: Mapping[int, OpRow], heads: Heads, fields: int
    ) -> dict[str, Stored]:
        """Return the winner's value of each of these fields."""
        shown: dict[str, Stored] = {}
        lines: dict[int, Line] = {}
        ranked = [number for number, mask in heads.items() if mask & fields]
        if len(ranked) > 1:
            ranked.sort(key=lambda number: self.rank(ops[number]), reverse=True)
        for spec in self._log.fields(kind):
            bit = 1 << spec.bit
            if not fields & bit:
                continue
            winner = next((number for number in ranked if heads[number] & bit), None)
            if winner is None:
                shown[spec.name] = None
                continue
            if winner not in lines:
                lines[winner] = ops[winner].decoded()
            shown[spec.name] = from_line(spec, lines[winner].values[spec.bit])
        return shown

    def rank(self, op: OpRow) -> tuple[int, int, bytes, int]:
        """Return what decides which head is shown, the same on every PC."""
        return op.lvl, op.lam, self._log.origin(op.ono).oid, op.number

    def _write_typed(self, table: str, typed: _Typed) -> None:
        for fields, rows in typed.items():
            names = ("_op", "_m", *fields)
            columns = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join("?" * (len(names) + 1))
            changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
            self._log.many(
                f'INSERT INTO "{table}"(id, {columns}) VALUES ({marks}) '  # noqa: S608 - declared names
                f"ON CONFLICT(id) DO UPDATE SET {changes}",
                rows,
            )

    def is_hidden(self, kind: int, row: bytes) -> bool:
        """Tell whether a record is deleted."""
        sql = "SELECT 1 FROM hidden WHERE kind = ? AND row = ?"
        return bool(self._log.rows(sql, kind, row))

    def _is_hidden(self, kind: int, heads: Heads, ops: Mapping[int, OpRow]) -> bool:
        marked = any(mask >> DELETED_BIT & 1 for mask in heads.values())
        return marked and is_hidden(self.cells(kind, heads, ops))

    def rows_by_kind(self) -> dict[int, set[bytes]]:
        """Return the records that have a typed row."""
        found: dict[int, set[bytes]] = {}
        for name in KIND_BY_NAME:
            rows = self._log.rows(f'SELECT id FROM "{name}"')  # noqa: S608 - a declared name
            found[self._log.kind_no(name)] = {row for (row,) in rows}
        return found

    def is_shown_right(self, kind: int, row: bytes, ops: Collection[OpRow], heads: Heads) -> bool:
        """Tell whether the typed row and the mark of hiding are what these heads say."""
        known = {op.id: op for op in ops}
        if self.is_hidden(kind, row) is not self._is_hidden(kind, heads, known):
            return False
        if not self._log.is_known(kind):
            return True
        right = self._shown(kind, known, heads, ALL)
        columns = ", ".join(f'"{name}"' for name in right)
        table = self._log.kind_name(kind)
        found = self._log.rows(f'SELECT {columns} FROM "{table}" WHERE id = ?', row)  # noqa: S608
        return [tuple(one) for one in found] == [tuple(right.values())]

    def cells(
        self, kind: int, heads: Heads, ops: Mapping[int, OpRow], *, only: int = ALL
    ) -> dict[str, tuple[Op, ...]]:
        """Return the heads of each cell of this mask as the law's own values, the one shown first.

        Cells that only a newer program knows decide nothing here, not even what is hidden.
        """
        names, specs = self._log.field_names(kind), self._log.fields_by_bit(kind)
        known = (self._log.known_mask(kind) | 1 << DELETED_BIT) & only
        found: dict[str, list[Op]] = {}
        record: RecordKey | None = None
        for number, mask in heads.items():
            if not mask & known:
                continue
            op = ops[number]
            line = op.decoded().values
            record = record or RecordKey(self._log.kind_name(kind), UUID(bytes=op.row))
            seen = Op(
                id=OpId(self._log.origin(op.ono).oid, op.number),
                record=record,
                values={
                    names[bit]: from_line(specs.get(bit), line[bit])
                    for bit in bits_of(op.mask & only)
                },
                lamport=op.lam,
                level=op.lvl,
                replaces=frozenset(),
            )
            for bit in bits_of(mask & known):
                found.setdefault(names[bit], []).append(seen)
        return {
            name: tuple(sorted(rivals, key=Op.rank, reverse=True)) for name, rivals in found.items()
        }

    def words(
        self, kind: int, heads: Heads, ops: Mapping[int, OpRow], *, only: int
    ) -> dict[str, list[Word]]:
        """Return what the heads of each cell of this mask say, of the highest level first.

        That is enough where no deletion is marked, and less work than `cells`.
        """
        names, known = self._log.field_names(kind), self._log.known_mask(kind) & only
        found: dict[str, list[Word]] = {}
        met = [ops[number] for number, mask in heads.items() if mask & known]
        for op in sorted(met, key=_level_of, reverse=True):
            line, mask = op.decoded().values, heads[op.id] & known
            word = Word(op.lvl, {names[bit]: line[bit] for bit in bits_of(mask)})
            for name in word.values:
                found.setdefault(name, []).append(word)
        return found


class Word(NamedTuple):
    """What a head says in some fields, each as it stands in its line, and its level."""

    level: int
    values: Mapping[str, Stored]


_level_of = attrgetter("lvl")


def bits_of(mask: int) -> Iterator[int]:
    """Return the bits that are set in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def by_definition(ops: Collection[OpRow]) -> Heads:
    """Return the heads that a set of ops of one record has, straight from the law."""
    held = {op.id: op for op in ops}
    heads = {op.id: op.mask for op in ops}
    for op in ops:
        for old in op.prev:
            if old in held and may_replace(op, held[old]):
                heads[old] &= ~op.mask
    return heads


def closure(log: Log, kind: int, row: bytes, heads: Iterable[int]) -> dict[int, OpRow]:
    """Return every op of a record that is here: the heads, and all they replaced in turn."""
    return closures(log, kind, {row: heads})[row]


def closures(
    log: Log,
    kind: int,
    heads: Mapping[bytes, Iterable[int]],
    *,
    read: Mapping[int, OpRow] = MappingProxyType({}),
) -> dict[bytes, dict[int, OpRow]]:
    """Return every op of each of these records that is here; some were `read` before.

    A hostile op may point into another record; that is no history of this one.
    """
    found: dict[bytes, dict[int, OpRow]] = {row: {} for row in heads}
    wanted = {row: set(ids) for row, ids in heads.items()}
    while wanted:
        asked_for = set().union(*wanted.values())
        fresh = log.ops(asked_for - read.keys())
        fresh |= {number: read[number] for number in asked_for & read.keys()}
        asked, wanted = wanted, {}
        for row, ids in asked.items():
            ops = [op for one in ids if (op := fresh.get(one)) and (op.kind, op.row) == (kind, row)]
            found[row] |= {op.id: op for op in ops}
            if more := {p for op in ops for p in op.prev} - ids - found[row].keys():
                wanted[row] = more
    return found
