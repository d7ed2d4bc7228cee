"""What the ledger tells people: where a value comes from, and which cells wait for a choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import Op
from thidua_desktop.domain.records import DELETED, DELETED_BIT
from thidua_desktop.storage.ledger.differences import Cells, keepers, open_cells
from thidua_desktop.storage.ledger.heads import Heads, HeadTable, closure
from thidua_desktop.storage.ledger.lines import from_line, is_redacted, moment
from thidua_desktop.storage.ledger.log import Log, OpRow, may_replace
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS

_ALIKE = """
WITH
  named(row) AS (
    SELECT DISTINCT o.row FROM imp JOIN imp_range r USING (imp) CROSS JOIN op o
    WHERE imp.bundle = ? AND o.id BETWEEN (r.ono << {bits} | r.first) AND (r.ono << {bits} | r.last)
      AND o.kind = {kind} AND o.mask & {mask} <> 0),
  alike AS (
    SELECT DISTINCT {own} FROM named CROSS JOIN "{table}" t WHERE t.id = named.row)
SELECT t.id, coalesce(t."{text}", ''), t.id IN named, {own}
FROM alike a CROSS JOIN "{table}" t
WHERE {equal} AND t.id NOT IN (SELECT row FROM hidden WHERE kind = {kind})
ORDER BY {own}
"""
_VALUES_OF_A_GROUP = itemgetter(slice(3, None))


class Telling:
    """Reads heads and log; writes nothing."""

    def __init__(self, log: Log, heads: HeadTable) -> None:
        self._log = log
        self._heads = heads

    def differences(self) -> tuple[CellDifference, ...]:
        """Return the cells that wait for a person, in order of kind, id and field."""
        rows: dict[int, list[bytes]] = defaultdict(list)
        for kind, row in self._heads.several():
            rows[kind].append(row)
        found: list[CellDifference] = []
        for kind, of in rows.items():
            heads = self._heads.of_many(kind, of)
            ops = self._log.ops({number for row in of for number in heads[row]})
            for row in of:
                found += self._waiting(kind, row, heads[row], ops)
        return tuple(sorted(found, key=lambda d: (d.kind, d.id, d.field)))

    def history(self, record_id: UUID) -> tuple[FieldVersion, ...]:
        """Return every value of every field of a record, oldest first."""
        row = record_id.bytes
        versions: list[FieldVersion] = []
        for name in KIND_BY_NAME:
            kind = self._log.kind_no(name)
            heads = self._heads.of(kind, row)
            if not heads:  # it is of another kind
                continue
            ops = closure(self._log, kind, row, heads)
            for op in sorted(ops.values(), key=lambda op: (op.lam, self._heads.rank(op))):
                bits = (bit for bit in range(op.mask.bit_length()) if op.mask >> bit & 1)
                versions += (self._version(op, bit, ops.values()) for bit in bits)
        return tuple(versions)

    def alike(
        self,
        bundle: UUID,
        kind: int,
        same: Sequence[str],
        text: str,
        spelled: Callable[[str], object],
    ) -> frozenset[UUID]:
        """Return the records that a bundle made look like another one."""
        bits = {spec.name: spec.bit for spec in self._log.fields(kind)}
        sql = _ALIKE.format(
            bits=NUMBER_BITS,
            kind=kind,
            mask=sum(1 << bits[name] for name in (*same, text)),
            table=self._log.kind_name(kind),
            text=text,
            own=", ".join(f't."{name}"' for name in same),
            equal=" AND ".join(f't."{name}" IS a."{name}"' for name in same),
        )
        found = (row for part in self._log.chunks(sql, bundle.bytes) for row in part)
        alike: set[bytes] = set()
        for _, group in groupby(found, key=_VALUES_OF_A_GROUP):
            rows = list(group)
            if len(rows) == 1:  # most have none beside them
                continue
            texts = [spelled(one[1]) for one in rows]
            if len(set(texts)) < len(texts):
                times = Counter(filter(None, texts))
                alike |= {
                    record
                    for (record, _, is_brought, *_), said in zip(rows, texts, strict=True)
                    if is_brought and times[said] > 1
                }
        return frozenset(UUID(bytes=record) for record in alike)

    def _waiting(
        self, kind: int, row: bytes, heads: Heads, ops: Mapping[int, OpRow]
    ) -> Iterator[CellDifference]:
        cells = self._heads.cells(kind, heads, ops)
        fields = {spec.name: spec.bit for spec in self._log.fields(kind)}
        written = {self._name(ops[number]): ops[number] for number in heads}
        for name, state in open_cells(cells, fields).items():
            yield CellDifference(
                kind=self._log.kind_name(kind),
                id=UUID(bytes=row),
                field=name,
                state=state,
                heads=tuple(self._heads_of(name, fields.get(name, DELETED_BIT), cells, written)),
            )

    def _heads_of(
        self, name: str, bit: int, cells: Cells, written: Mapping[str, OpRow]
    ) -> Iterator[FieldVersion]:
        """Return the heads of a cell; of a deletion that waits, who keeps the record first."""
        found: Collection[Op] = cells[name]
        if name == DELETED:
            for op in keepers(cells):
                yield self._version(written[_said(op)], DELETED_BIT, ())
            found = [op for op in found if op.values[DELETED] is not None]
        for op in found:
            yield self._version(written[_said(op)], bit, ())

    def _version(self, op: OpRow, bit: int, others: Collection[OpRow]) -> FieldVersion:
        """Return what an op says of a field; an edit says of the mark of deletion: none."""
        line, origin = op.decoded(), self._log.origin(op.ono)
        specs = {spec.bit: spec for spec in self._log.fields(op.kind)}
        return FieldVersion(
            kind=self._log.kind_name(op.kind),
            id=UUID(bytes=op.row),
            field=self._log.field_names(op.kind)[bit],
            op=self._name(op),
            value=from_line(specs.get(bit), line.values[bit]),
            office=origin.office or 0,
            who=line.stamp[1],
            at=moment(line),
            bundle=self._bundle_of(op),
            level=op.lvl,
            is_draft=op.is_private,
            is_redacted=is_redacted(line),
            replaced_by=tuple(
                self._name(newer)
                for newer in others
                if op.id in newer.prev and newer.mask >> bit & 1 and may_replace(newer, op)
            ),
            replaces=tuple(
                self._name(older)
                for older in others
                if older.id in op.prev and older.mask >> bit & 1
            ),
        )

    def _name(self, op: OpRow) -> str:
        return f"{self._log.origin(op.ono).oid.hex()}:{op.number}"

    def _bundle_of(self, op: OpRow) -> UUID | None:
        found = self._log.rows(
            "SELECT imp.bundle FROM imp_range JOIN imp USING (imp) "
            "WHERE ono = ? AND ? BETWEEN first AND last",
            op.ono,
            op.number,
        )
        return UUID(bytes=found[0][0]) if found else None


def _said(op: Op) -> str:
    return f"{op.id.origin.hex()}:{op.id.number}"
