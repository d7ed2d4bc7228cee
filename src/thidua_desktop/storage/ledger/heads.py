"""The heads of a record, and its typed row: what is shown of the ops that nothing replaces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import Op, OpId, RecordKey, is_hidden
from thidua_desktop.domain.records import DELETED_BIT
from thidua_desktop.storage.ledger.lines import from_line
from thidua_desktop.storage.ledger.log import Log, OpRow, may_replace

Heads = dict[int, int]
_ALL = -1


class HeadTable:
    """The heads of every record: `(_op, _m)` of its typed row and its rows in `head`."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.touched: set[tuple[str, UUID]] = set()

    def of(self, kind: int, row: bytes) -> Heads:
        """Return the heads of a record: on which fields each op is one."""
        found = self._log.rows("SELECT op, mask FROM head WHERE kind = ? AND row = ?", kind, row)
        heads = {int(op): int(mask) for op, mask in found}
        if self._log.is_known(kind):
            table = self._log.kind_name(kind)
            typed = self._log.rows(f'SELECT _op, _m FROM "{table}" WHERE id = ?', row)  # noqa: S608
            heads |= {int(op): int(mask) for op, mask in typed}
        return heads

    def several(self) -> list[tuple[int, bytes]]:
        """Return the records that have several heads."""
        found = self._log.rows("SELECT DISTINCT kind, row FROM head ORDER BY kind, row")
        return [(int(kind), row) for kind, row in found]

    def write(
        self,
        kind: int,
        row: bytes,
        heads: Heads,
        *,
        fields: int = _ALL,
        known: Mapping[int, OpRow] | None = None,
    ) -> None:
        """Make these the heads of a record, and show the winners of the fields of this mask."""
        log = self._log
        heads = {op: mask for op, mask in heads.items() if mask}
        name = log.kind_name(kind)
        self.touched.add((name, UUID(bytes=row)))
        log.run("DELETE FROM head WHERE kind = ? AND row = ?", kind, row)
        if not heads:
            if log.is_known(kind):
                log.run(f'DELETE FROM "{name}" WHERE id = ?', row)  # noqa: S608
            log.run("DELETE FROM hidden WHERE kind = ? AND row = ?", kind, row)
            return
        ops = {op: known[op] for op in heads if known and op in known}
        ops |= log.ops(heads.keys() - ops.keys())
        rest = dict(heads)
        if log.is_known(kind):
            widest = max(heads, key=lambda op: (heads[op].bit_count(), op))
            rest.pop(widest)
            self._write_typed(
                kind, row, (widest, heads[widest]), self._shown(kind, ops, heads, fields)
            )
        log.many(
            "INSERT INTO head(kind, row, op, mask) VALUES (?, ?, ?, ?)",
            [(kind, row, op, mask) for op, mask in rest.items()],
        )
        self._write_hidden(kind, row, heads, ops)

    def _shown(
        self, kind: int, ops: Mapping[int, OpRow], heads: Heads, fields: int
    ) -> dict[str, object]:
        shown: dict[str, object] = {}
        lines = {number: ops[number].decoded() for number in heads}
        for spec in self._log.fields(kind):
            bit = 1 << spec.bit
            rivals = [number for number, mask in heads.items() if mask & bit]
            if not fields & bit:
                continue
            if not rivals:
                shown[spec.name] = None
                continue
            winner = max(rivals, key=lambda number: self.rank(ops[number]))
            shown[spec.name] = from_line(spec, lines[winner].values[spec.bit])
        return shown

    def rank(self, op: OpRow) -> tuple[int, int, bytes, int]:
        """Return what decides which head is shown, the same on every PC."""
        return op.lvl, op.lam, self._log.origin(op.ono).oid, op.number

    def _write_typed(
        self, kind: int, row: bytes, widest: tuple[int, int], shown: Mapping[str, object]
    ) -> None:
        table, names = self._log.kind_name(kind), ("_op", "_m", *shown)
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * (len(names) + 1))
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
        self._log.run(
            f'INSERT INTO "{table}"(id, {columns}) VALUES ({marks}) '  # noqa: S608 - declared names
            f"ON CONFLICT(id) DO UPDATE SET {changes}",
            row,
            *widest,
            *shown.values(),
        )

    def _write_hidden(self, kind: int, row: bytes, heads: Heads, ops: Mapping[int, OpRow]) -> None:
        self._log.run("DELETE FROM hidden WHERE kind = ? AND row = ?", kind, row)
        if self._is_hidden(kind, heads, ops):
            self._log.run("INSERT INTO hidden(kind, row) VALUES (?, ?)", kind, row)

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
        marked = self._log.rows("SELECT 1 FROM hidden WHERE kind = ? AND row = ?", kind, row)
        if bool(marked) is not self._is_hidden(kind, heads, known):
            return False
        if not self._log.is_known(kind):
            return True
        right = self._shown(kind, known, heads, _ALL)
        columns = ", ".join(f'"{name}"' for name in right)
        table = self._log.kind_name(kind)
        found = self._log.rows(f'SELECT {columns} FROM "{table}" WHERE id = ?', row)  # noqa: S608
        return [tuple(one) for one in found] == [tuple(right.values())]

    def cells(self, kind: int, heads: Heads, ops: Mapping[int, OpRow]) -> dict[str, tuple[Op, ...]]:
        """Return the heads of each cell as the law's own values, the one shown first."""
        names = self._log.field_names(kind)
        specs = {spec.bit: spec for spec in self._log.fields(kind)}
        found: dict[str, list[Op]] = {}
        for number, mask in heads.items():
            op, line = ops[number], ops[number].decoded()
            values = {
                names[bit]: from_line(specs.get(bit), line.values[bit])
                for bit in range(len(line.values))
                if op.mask >> bit & 1
            }
            seen = Op(
                id=OpId(self._log.origin(op.ono).oid, op.number),
                record=RecordKey(self._log.kind_name(kind), UUID(bytes=op.row)),
                values=values,
                lamport=op.lam,
                level=op.lvl,
                replaces=frozenset(),
            )
            for bit in range(len(line.values)):
                if mask >> bit & 1:
                    found.setdefault(names[bit], []).append(seen)
        return {
            name: tuple(sorted(rivals, key=Op.rank, reverse=True)) for name, rivals in found.items()
        }


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
    """Return every op of a record that is here: the heads, and all they replaced in turn.

    A hostile op may point into another record; that is no history of this one.
    """
    found: dict[int, OpRow] = {}
    wanted = set(heads)
    while wanted:
        fresh = log.ops(wanted).values()
        found |= {op.id: op for op in fresh if (op.kind, op.row) == (kind, row)}
        asked = wanted | found.keys()
        wanted = {p for op in fresh if op.id in found for p in op.prev} - asked
    return found
