"""Local writing: private ops, amended while nobody has seen them, numbered when they are shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from msgspec.structs import replace

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.ledger import seen_of, seen_text
from thidua_desktop.domain.records import DELETED_BIT, Owner
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.heads import ALL, Heads, HeadTable, closure
from thidua_desktop.storage.ledger.lines import (
    SALT_BYTES,
    Line,
    chained,
    encode,
    id_text,
    stamp,
    to_line,
)
from thidua_desktop.storage.ledger.log import (
    COMMON,
    PRIVATE,
    Log,
    OpRow,
    OriginRow,
    may_replace,
    to_office,
)
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, NUMBER_MASK, PRIVATE_ONO

_XOA = 1 << DELETED_BIT
_DRAFTS = {PRIVATE_ONO: 0}


class Drafting:
    """What the local office writes (`put`, `delete`, `promote` of bundle.md 8)."""

    def __init__(self, log: Log, heads: HeadTable) -> None:
        self._log = log
        self._heads = heads

    def put(self, kind: int, row: bytes, values: Mapping[str, Stored]) -> bool:
        """Write these fields; tell whether all of them are shown now.

        Fields of different owners become one op each, so that an op has one level. Who may write
        a deleted record takes it back by writing it.
        """
        by_owner: dict[Owner, dict[int, Stored]] = defaultdict(dict)
        for spec in self._log.fields(kind):
            if spec.name in values:
                by_owner[spec.owner][spec.bit] = values[spec.name]
        was_hidden = self._heads.is_hidden(kind, row)
        written = [self._write(kind, row, cells) for _, cells in sorted(by_owner.items())]
        if was_hidden and not self._heads.is_hidden(kind, row) and self._may_restore(kind, row):
            self.restore(kind, row)
        return all(written)

    def delete(self, kind: int, row: bytes) -> None:
        """Mark the record as deleted; one that holds nothing but drafts is really gone."""
        heads = self._heads.of(kind, row)
        history = closure(self._log, kind, row, heads)
        if all(op.is_private for op in history.values()):
            self._log.remove(history.values())
            self._heads.write(kind, row, {})
            return
        seen: dict[bytes, int] = defaultdict(int)
        for op in history.values():
            oid = self._log.origin(op.ono).oid
            seen[oid] = max(seen[oid], op.number)
        self._append(kind, row, {DELETED_BIT: seen_text(seen)}, heads)

    def restore(self, kind: int, row: bytes) -> None:
        """Take the mark of deletion away, if there is one."""
        heads = self._heads.of(kind, row)
        if any(mask & _XOA for mask in heads.values()):
            self._append(kind, row, {DELETED_BIT: None}, heads)

    def _may_restore(self, kind: int, row: bytes) -> bool:
        heads = self._heads.of(kind, row)
        marks = self._log.ops([op for op, mask in heads.items() if mask & _XOA]).values()
        level = self._log.level(kind, row, _XOA, self._log.own_origin(PRIVATE))
        return all(mark.lvl <= level for mark in marks)

    def promote(self, records: Iterable[tuple[int, bytes]]) -> None:
        """Give all drafts of these records numbers in the channels they go out by."""
        places = dict.fromkeys(records)  # a record that is named twice is numbered once
        drafts = [op for kind, row in places for op in self._log.drafts_of(kind, row)]
        renamed: dict[int, int] = {}
        touched: dict[tuple[int, bytes], None] = {}
        for op in sorted(drafts, key=lambda op: op.lam):
            renamed[op.id] = self.number(op, renamed)
            touched[op.kind, op.row] = None
        by_kind: dict[int, list[bytes]] = defaultdict(list)
        for kind, row in touched:
            by_kind[kind].append(row)
        for kind, rows in by_kind.items():
            found = self._heads.of_many(kind, rows)
            self._heads.write_many(
                kind,
                {
                    row: ({renamed.get(op, op): m for op, m in found[row].items()}, ALL)
                    for row in rows
                },
                {},
            )

    def channel(self, office: int | None) -> OriginRow:
        """Return the origin by which this replica sends to all, or (province) to an office."""
        return self._log.own_origin(COMMON if office is None else to_office(office))

    def _write(self, kind: int, row: bytes, cells: Mapping[int, Stored]) -> bool:
        heads = self._heads.of(kind, row)
        fields = sum(1 << bit for bit in cells)
        draft = self._amendable(kind, row, fields, heads)
        number = (
            self._append(kind, row, cells, heads)
            if draft is None
            else self._amend(draft, cells, heads)
        )
        after = self._heads.of(kind, row)
        ops = self._log.ops(after)
        return all(self._wins(number, bit, after, ops) for bit in cells)

    def _wins(self, number: int, bit: int, heads: Heads, ops: Mapping[int, OpRow]) -> bool:
        rivals = [op for op, mask in heads.items() if mask >> bit & 1]
        return max(rivals, key=lambda op: self._heads.rank(ops[op])) == number

    def _amendable(self, kind: int, row: bytes, fields: int, heads: Heads) -> OpRow | None:
        """Return the draft that may take these fields without choosing anything unseen."""
        drafts = self._log.drafts_of(kind, row)
        owners = {spec.owner for spec in self._log.fields(kind) if fields >> spec.bit & 1}
        same = [op for op in drafts if self._owners(op) == owners]
        if not same:
            return None
        latest = same[-1]
        deleted_later = any(op.mask == _XOA and op.lam > latest.lam for op in drafts)
        others = latest.mask & ~fields
        strangers = self._log.ops(heads.keys() - {latest.id, *latest.prev})
        # The whole mask counts, not only where an op is a head: where it was replaced before it
        # came, naming it now would still be replacing it unseen once its replacer is undone.
        unseen = any(op.mask & others for op in strangers.values())
        inside = not fields & ~latest.mask
        complete = inside or len(self._log.ops(latest.prev)) == len(latest.prev)
        named = {head for head, mask in heads.items() if mask & fields} | {*latest.prev}
        fits = len(named) <= limits.MOST_POINTERS
        return latest if complete and fits and not unseen and not deleted_later else None

    def _owners(self, op: OpRow) -> set[Owner]:
        if op.mask == _XOA:
            return set()
        return {spec.owner for spec in self._log.fields(op.kind) if op.mask >> spec.bit & 1}

    def _append(self, kind: int, row: bytes, cells: Mapping[int, Stored], heads: Heads) -> int:
        private = self._log.own_origin(PRIVATE)
        private.have += 1
        self._log.save_origin(private)
        mask = sum(1 << bit for bit in cells)
        blank = OpRow(
            id=PRIVATE_ONO << NUMBER_BITS | private.have,
            row=row,
            kind=kind,
            mask=0,
            line=b"",
            lam=0,
            lvl=self._log.level(kind, row, mask, private),
            prev=(),
        )
        return self._rewrite(blank, cells, heads)

    def _amend(self, draft: OpRow, cells: Mapping[int, Stored], heads: Heads) -> int:
        self._log.remove([draft])
        return self._rewrite(draft, cells, heads)

    def _rewrite(self, op: OpRow, cells: Mapping[int, Stored], heads: Heads) -> int:
        """Write an own draft with these cells in it, in place of all heads of these cells."""
        mask = sum(1 << bit for bit in cells)
        replaced = [head for head, fields in heads.items() if fields & mask and head != op.id]
        if len(replaced) > limits.MOST_POINTERS:  # the best words; the others wait for a choice
            rank = self._log.ops(replaced)
            replaced.sort(key=lambda head: self._heads.rank(rank[head]))
            del replaced[: -limits.MOST_POINTERS]
        values: list[str | int | None] = [None] * len(self._log.field_names(op.kind))
        if op.line:
            written = op.decoded().values
            values[: len(written)] = written
        for bit, value in cells.items():
            values[bit] = to_line(value)
        draft = replace(
            op,
            mask=op.mask | mask,
            lam=self._log.next_lam(),
            prev=tuple(sorted({*op.prev, *replaced})),
        )
        draft = self._with_line(
            draft, tuple(values), salt=op.decoded().stamp[2] if op.line else None
        )
        self._log.insert([draft])
        here = self._log.ops({*draft.prev, *heads})
        missing = [(p, draft.id) for p in draft.prev if p not in here]
        self._log.many("INSERT OR IGNORE INTO dead(op, by) VALUES (?, ?)", missing)
        after = dict(heads)
        for old in draft.prev:
            if old in after and may_replace(draft, here[old]):
                after[old] &= ~draft.mask
        after[draft.id] = after.get(draft.id, 0) | mask
        self._heads.write(
            op.kind, op.row, after, fields=draft.mask, known={**here, draft.id: draft}
        )
        return draft.id

    def _with_line(
        self, op: OpRow, values: tuple[str | int | None, ...], *, salt: str | None
    ) -> OpRow:
        writer = self._log.writer
        at, who, fresh = stamp(writer.now(), writer.who, writer.noise(SALT_BYTES))
        line = Line(
            seq=op.number,
            row=id_text(op.row),
            mask=op.mask,
            lam=op.lam,
            prev=self._log.to_pointers(op.ono, op.prev),
            values=values,
            stamp=(at, who, salt or fresh),
        )
        return replace(op, line=encode(line))

    def number(
        self,
        op: OpRow,
        renamed: Mapping[int, int],
        *,
        floors: Mapping[int, int] = _DRAFTS,
        stays: bool = False,
    ) -> int:
        """Give an own op its number in the channel it goes out by; return its new id.

        `renamed` are those that got theirs before it. Ops of the origins in `floors` lose their
        numbers above these; all others, and with `stays` this one itself, keep theirs.
        """
        channel = self._channel_of(op.kind, op.row)
        old = op.decoded()
        new = replace(
            op,
            id=channel.ono << NUMBER_BITS | channel.have + 1,
            lam=self._log.next_lam(),
            prev=tuple(sorted(renamed.get(p, p) for p in op.prev)),
        )
        line = Line(
            seq=new.number,
            row=old.row,
            mask=op.mask,
            lam=new.lam,
            prev=self._log.to_pointers(new.ono, new.prev),
            values=self.renumbered(op, renamed, floors),
            stamp=old.stamp,
        )
        channel.have = new.number
        channel.hash = chained(channel.hash, self._log.kind_name(op.kind), line)
        self._log.save_origin(channel)
        self._log.many(
            "UPDATE dead SET by = ? WHERE op = ? AND by = ?", [(new.id, p, op.id) for p in op.prev]
        )
        if not stays:
            self._log.run("DELETE FROM op WHERE id = ?", op.id)
        self._log.insert([replace(new, line=encode(line))])
        return new.id

    def renumbered(
        self, op: OpRow, renamed: Mapping[int, int], floors: Mapping[int, int]
    ) -> tuple[str | int | None, ...]:
        """Return the values of an op, with new numbers for former ones in a mark of deletion."""
        values = op.decoded().values
        mark = values[DELETED_BIT]
        if op.mask != _XOA or mark is None:
            return values
        seen = seen_of(mark)
        for ono, floor in floors.items():
            former = self._log.origin(ono).oid
            upto = seen.pop(former, 0)
            if floor and upto:
                seen[former] = min(upto, floor)
            for old, new in renamed.items():
                named = old >> NUMBER_BITS == ono and old & NUMBER_MASK <= upto
                if named and self._is_of(new, op):
                    oid = self._log.origin(new >> NUMBER_BITS).oid
                    seen[oid] = max(seen.get(oid, 0), new & NUMBER_MASK)
        return (seen_text(seen), *values[1:])

    def _is_of(self, number: int, op: OpRow) -> bool:
        other = self._log.ops([number])[number]
        return (other.kind, other.row) == (op.kind, op.row)

    def _channel_of(self, kind: int, row: bytes) -> OriginRow:
        if not self._log.writer.is_province:
            return self.channel(None)
        office = office_number(UUID(bytes=row))
        if office == PROVINCE_NUMBER:
            office = self._addressee(kind, row)
        return self.channel(None if office == PROVINCE_NUMBER else office)

    def _addressee(self, kind: int, row: bytes) -> int:
        """Return the number of the office that a record of the province is for."""
        for spec in self._log.fields(kind):
            if spec.addresses:
                table = self._log.kind_name(kind)
                sql = f'SELECT "{spec.name}" FROM "{table}" WHERE id = ?'  # noqa: S608
                target = self._log.rows(sql, row)[0][0]
                return office_number(UUID(bytes=target)) if target else PROVINCE_NUMBER
        return PROVINCE_NUMBER


def records_with_drafts(log: Log) -> Collection[tuple[int, bytes]]:
    """Return the records that hold drafts."""
    found = log.rows(
        "SELECT DISTINCT kind, row FROM op WHERE id < ? ORDER BY kind, row",
        (PRIVATE_ONO + 1) << NUMBER_BITS,
    )
    return [(int(kind), row) for kind, row in found]
