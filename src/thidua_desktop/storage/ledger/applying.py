"""Joining the ops of a bundle to the set (bundle.md 8).

Two classes: the first and only op of a record needs no thought, and nearly every op is one; all
else is settled record by record. Both say what the law says, and both write in large chunks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from thidua_desktop.domain.bundles import MergeCounts
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.records import DELETED_BIT
from thidua_desktop.storage.ledger.differences import open_cells, overlap
from thidua_desktop.storage.ledger.heads import Heads, HeadTable
from thidua_desktop.storage.ledger.log import Log, OpRow, may_replace

_CHUNK = 5_000
_XOA = 1 << DELETED_BIT
Dead = Mapping[int, Collection[int]]
Arrived = Mapping[bytes, list[OpRow]]


@dataclass(slots=True)
class _Counts:
    new: int = 0
    changed: int = 0
    differences: int = 0
    suggestions: int = 0
    outside_authority: int = 0
    unknown: int = 0


class Applying:
    """Ops on their way into the log; the caller holds the transaction."""

    def __init__(self, log: Log, heads: HeadTable, *, pause: Callable[[int], None]) -> None:
        self._log = log
        self._heads = heads
        self._pause = pause
        self._done = 0
        self._counts = _Counts()

    def join(self, fresh: list[OpRow]) -> MergeCounts:
        """Add these ops to the log and bring heads and tables up to the law."""
        self._log.insert(fresh)
        self._log.raise_lam(max((op.lam for op in fresh), default=0))
        dead = self._waiting(fresh)
        by_kind: dict[int, dict[bytes, list[OpRow]]] = defaultdict(dict)
        for op in fresh:
            by_kind[op.kind].setdefault(op.row, []).append(op)
        for kind, arrived in by_kind.items():
            for rows in _chunks(arrived):
                self._join(kind, rows, dead)
                self._done += sum(len(ops) for ops in rows.values())
                self._pause(self._done)
        counts = self._counts
        return MergeCounts(
            new=counts.new,
            changed=counts.changed,
            differences=counts.differences,
            suggestions=counts.suggestions,
            outside_authority=counts.outside_authority,
            unknown=counts.unknown,
        )

    def _join(self, kind: int, arrived: Arrived, dead: Dead) -> None:
        before = self._heads.of_many(kind, arrived)
        self._counts.new += len(arrived) - len(before)
        self._counts.changed += len(before)
        known = self._log.known_mask(kind)
        self._counts.unknown += sum(
            (op.mask & ~known).bit_count() for ops in arrived.values() for op in ops
        )
        simple = [
            ops[0] for row, ops in arrived.items() if is_new(ops, dead, is_known=row in before)
        ]
        self._heads.insert_new(kind, simple)
        self._counts.outside_authority += sum(op.mask.bit_count() for op in simple if op.lvl == 0)
        done = {op.row for op in simple}
        hard = {row: ops for row, ops in arrived.items() if row not in done}
        if hard:
            self._settle(kind, hard, before, dead)

    def _settle(
        self, kind: int, arrived: Arrived, before: Mapping[bytes, Heads], dead: Dead
    ) -> None:
        """Bring records up to the law after these ops came (bundle.md 8, `settle`)."""
        fresh = {op.id: op for ops in arrived.values() for op in ops}
        named = {p for op in fresh.values() for p in op.prev}
        named |= {by for number in fresh for by in dead.get(number, ())}
        named |= {number for row in arrived for number in before.get(row, ())}
        known = fresh | self._log.ops(named - fresh.keys())
        states: dict[bytes, tuple[Heads, int]] = {}
        for row, ops in arrived.items():
            heads = settled(before.get(row, {}), ops, known, dead)
            fields = 0
            for op in ops:
                fields |= op.mask
            states[row] = heads, fields
        self._keep_dangling(fresh, known, dead)
        self._heads.write_many(kind, states, known)
        for row, (heads, _) in states.items():
            self._count(kind, before.get(row, {}), heads, known, arrived[row])

    def _keep_dangling(
        self, fresh: Mapping[int, OpRow], known: Mapping[int, OpRow], dead: Dead
    ) -> None:
        missing = [
            (old, op.id)
            for op in fresh.values()
            for old in op.prev
            if old not in known or not same_record(op, known[old])
        ]
        met = [
            (number, by)
            for number, op in fresh.items()
            for by in dead.get(number, ())
            if same_record(known[by], op)
        ]
        self._log.many("INSERT OR IGNORE INTO dead(op, by) VALUES (?, ?)", missing)
        self._log.many("DELETE FROM dead WHERE op = ? AND by = ?", met)

    def _count(
        self,
        kind: int,
        before: Heads,
        after: Heads,
        known: Mapping[int, OpRow],
        arrived: Collection[OpRow],
    ) -> None:
        counts = self._counts
        counts.outside_authority += self._strange_cells(after, known, arrived)
        if not overlap(after):
            return
        fields = [spec.name for spec in self._log.fields(kind)]
        old = open_cells(self._heads.cells(kind, before, known), fields) if overlap(before) else {}
        new = open_cells(self._heads.cells(kind, after, known), fields)
        opened = [state for name, state in new.items() if old.get(name) != state]
        counts.suggestions += opened.count(CellState.SUGGESTION)
        counts.differences += len(opened) - opened.count(CellState.SUGGESTION)

    def _strange_cells(
        self, heads: Heads, known: Mapping[int, OpRow], arrived: Collection[OpRow]
    ) -> int:
        """Count the cells that show one of these ops although its author owns them not."""
        count = 0
        for op in arrived:
            if op.lvl or op.id not in heads:
                continue
            mask = heads[op.id]
            for number, rival in heads.items():
                if self._heads.rank(known[number]) > self._heads.rank(op):
                    mask &= ~rival
            count += mask.bit_count()
        return count

    def _waiting(self, fresh: list[OpRow]) -> dict[int, list[int]]:
        """Return which ops named these before they came."""
        ids = {op.id for op in fresh}
        found: dict[int, list[int]] = defaultdict(list)
        for old, by in self._log.rows("SELECT op, by FROM dead"):
            if old in ids:
                found[old].append(by)
        return dict(found)


def is_new(ops: list[OpRow], dead: Dead, *, is_known: bool) -> bool:
    """Tell whether this is all there is of a record: one op in place of none, named by none."""
    first = ops[0]
    alone = len(ops) == 1 and not first.prev and not is_known
    return alone and first.mask != _XOA and first.id not in dead


def settled(
    before: Heads, arrived: Collection[OpRow], known: Mapping[int, OpRow], dead: Dead
) -> Heads:
    """Return the heads of a record after these ops came to it."""
    heads = before | {op.id: op.mask for op in arrived}
    for op in arrived:
        for old in op.prev:
            if old in known:
                kill(heads, known[old], op)
        for newer in dead.get(op.id, ()):
            kill(heads, op, known[newer])
    return {number: mask for number, mask in heads.items() if mask}


def kill(heads: Heads, older: OpRow, newer: OpRow) -> None:
    """Let an op that names another replace it, in the fields of both."""
    if older.id in heads and may_replace(newer, older):
        heads[older.id] &= ~newer.mask


def same_record(op: OpRow, other: OpRow) -> bool:
    """Tell whether two ops are of one record; a hostile one may point anywhere."""
    return (op.kind, op.row) == (other.kind, other.row)


def _chunks(arrived: Arrived) -> Iterator[Arrived]:
    rows = sorted(arrived)
    for start in range(0, len(rows), _CHUNK):
        yield {row: arrived[row] for row in rows[start : start + _CHUNK]}
