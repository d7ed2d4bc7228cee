"""Joining the ops of a bundle to the set (bundle.md 8).

Three classes. NEW: the first op of a record. SIMPLE: an op in place of the one that shows all its
fields. Both are statements over whole tables. OTHER: what differs, was deleted, comes late or comes
from a stranger is settled record by record, and only these Python sees. All say what the law says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from thidua_desktop.domain.bundles import MergeCounts
from thidua_desktop.storage.ledger.counting import Counting
from thidua_desktop.storage.ledger.heads import Heads, HeadTable
from thidua_desktop.storage.ledger.incoming import Incoming
from thidua_desktop.storage.ledger.log import Log, OpRow, may_replace, pointers_text
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS
from thidua_desktop.storage.ledger.staging import StagedKind
from thidua_desktop.storage.pieces import in_pieces

_CHUNK = 5_000
Dead = Mapping[int, Collection[int]]
Arrived = Mapping[bytes, list[OpRow]]

# `arriving` are the ops of one kind that come, `table` is where the kind is shown.
_OPS = """
INSERT INTO op(id, row, kind, mask, line, lam, lvl, prev) {arriving}
SELECT id, row, ?, mask, line, lam, lvl, CASE WHEN prev IS NOT NULL THEN '[' || prev || ']' END
FROM arriving WHERE several IS NULL
"""
_OPS_OF_SEVERAL = """
{arriving} SELECT id, row, mask, line, lam, lvl, several FROM arriving WHERE several IS NOT NULL
"""
_NEW = """
INSERT INTO "{table}"(id, _op, _m{columns}) {arriving}
SELECT row, id, mask{columns} FROM arriving
WHERE prev IS NULL AND several IS NULL AND mask <> 1 AND id NOT IN (SELECT op FROM dead)
ON CONFLICT(id) DO NOTHING
"""
# Tables of one kind after the other: a table made anew costs more than most bundles bring. In order
# of their records the rest touches each page of the tables it is held against once.
_REST = (
    """CREATE TEMP TABLE IF NOT EXISTS rest(
      row BLOB, id INT, staged INT, mask INT, lam INT, lvl INT, prev INT, PRIMARY KEY(row, id)
    ) WITHOUT ROWID""",
    "DELETE FROM temp.rest",
)
_FIND_REST = """
INSERT INTO temp.rest {arriving}
SELECT a.row, a.id, a.staged, a.mask, a.lam, a.lvl, a.prev
FROM arriving a LEFT JOIN "{table}" t ON t.id = a.row WHERE t._op IS NOT a.id ORDER BY a.row, a.id
"""
_FIND_ALL = """
INSERT INTO temp.rest {arriving}
SELECT row, id, staged, mask, lam, lvl, prev FROM arriving ORDER BY row, id
"""
# `whole`: whether a SIMPLE op takes all fields of what is shown; NULL: it is OTHER. `replaced` and
# `part`: which other head it takes fields of, and the fields of that one.
_DECIDED = (
    """CREATE TEMP TABLE IF NOT EXISTS decided(
      row BLOB, id INT, staged INT, mask INT, place INT, replaced INT, part INT, whole)""",
    "DELETE FROM temp.decided",
)
# What precedes an op in its origin has a lower Lamport number: that one need not be looked up.
_FIND_SIMPLE = """
INSERT INTO temp.decided
SELECT r.row, r.id, r.staged, r.mask, t.rowid, q.op, q.mask, CASE
  WHEN NOT EXISTS (SELECT 1 FROM temp.rest o WHERE o.row = r.row AND o.id <> r.id)
    AND NOT EXISTS (
      SELECT 1 FROM head h
      WHERE h.kind = ?1 AND h.row = r.row AND h.op <> r.prev AND h.mask & (r.mask | 1))
    AND (r.lvl = 1 AND r.prev < r.id AND r.prev >> {bits} = r.id >> {bits} OR EXISTS (
      SELECT 1 FROM op p WHERE p.lam < r.lam AND p.lvl <= r.lvl AND p.id = r.prev))
    AND r.id NOT IN (SELECT op FROM dead)
  THEN CASE
    WHEN t._op = r.prev AND (r.mask | t._m) & 1 = 0 AND r.mask & t._m = r.mask
    THEN r.mask = t._m
    WHEN (r.mask | q.mask | t._m) & 1 = 0 AND t._m & r.mask = 0
    THEN 0
  END
END
FROM temp.rest r LEFT JOIN "{table}" t ON t.id = r.row
  LEFT JOIN head q ON q.kind = ?1 AND q.row = r.row AND q.op = nullif(r.prev, t._op)
"""
_NONE_SIMPLE = "INSERT INTO temp.decided(row, id) SELECT row, id FROM temp.rest"
_MASKS_OF_SIMPLE = "SELECT DISTINCT mask FROM temp.decided WHERE whole IS NOT NULL"
_HEADS_REPLACED = """
UPDATE head AS h
SET op = CASE WHEN x.part & ~x.mask THEN h.op ELSE x.id END,
  mask = CASE WHEN x.part & ~x.mask THEN h.mask & ~x.mask ELSE x.mask END
FROM temp.decided x
WHERE x.whole = 0 AND h.kind = ? AND h.row = x.row AND h.op = x.replaced
"""
_HEADS_OF_SIMPLE = """
INSERT INTO head(kind, row, op, mask)
SELECT ?, row, id, mask FROM temp.decided WHERE NOT whole AND part & ~mask IS NOT 0
"""
_SHOW_SIMPLE = """
UPDATE "{table}" AS t
SET _op = CASE WHEN x.whole THEN x.id ELSE t._op END,
  _m = CASE WHEN x.whole THEN x.mask ELSE t._m & ~x.mask END{changes}
FROM temp.decided x CROSS JOIN {staged} s
WHERE x.whole IS NOT NULL AND s.id = x.staged AND t.rowid = x.place
"""
_OTHER = "SELECT row, id FROM temp.decided WHERE whole IS NULL ORDER BY rowid"
# `these`: all that arrive, said as `arriving` or, where none of them was shown yet, by the rest.
_HOW_MANY_RECORDS = "{arriving} SELECT count(*) FROM (SELECT DISTINCT row FROM {these})"
_SOME = "{arriving} SELECT row FROM {these} LIMIT ?"


class Applying:
    """Ops on their way into the log; the caller holds the transaction."""

    def __init__(self, log: Log, heads: HeadTable, *, pause: Callable[[int], None]) -> None:
        self._log = log
        self._heads = heads
        self._pause = pause
        self._done = 0
        self._counts = Counting(log, heads)
        self._arriving = ""

    def join(self, incoming: Incoming) -> MergeCounts:
        """Add these ops to the log and bring heads and tables up to the law."""
        if not incoming.brings_fresh:
            return MergeCounts(same=sum(map(self._records_in, incoming.staged_kinds)))
        counts, same = self._counts, 0
        for kind, staged, self._arriving in incoming.kinds():
            before = counts.records
            self._join(kind, staged, incoming)
            if incoming.brings_known:
                same += self._records_in(staged) - (counts.records - before)
        self._log.raise_lam(incoming.last_lam)
        return counts.told(same=same)

    def _records_in(self, staged: StagedKind) -> int:
        sql = f"SELECT count(DISTINCT row) FROM {staged.table}"  # noqa: S608 - our own name
        return int(self._log.rows(sql)[0][0])

    def _join(self, kind: int, staged: StagedKind, incoming: Incoming) -> None:
        fresh = self._log_ops(kind, staged, incoming)
        self._tell(fresh)
        new = self._show_new(kind) if staged.has_first and self._log.is_known(kind) else 0
        self._counts.new += new
        self._tell(new)
        if new == fresh:
            self._counts.records += fresh
            self._touch(kind, "arriving", new)
        else:
            self._find_rest(kind, _FIND_REST if new else _FIND_ALL)
            all_of_them = "arriving" if new else "temp.rest"
            sql = _HOW_MANY_RECORDS.format(arriving=self._arriving, these=all_of_them)
            records = int(self._log.rows(sql)[0][0])
            self._counts.records += records
            self._touch(kind, all_of_them, records)
            self._join_rest(kind, staged)
        self._counts.count_strange(kind, self._arriving)
        self._counts.count_unknown(kind, self._arriving)

    def _log_ops(self, kind: int, staged: StagedKind, incoming: Incoming) -> int:
        """Write the ops into the log and return how many they are."""
        arriving = self._arriving
        count = self._log.run(_OPS.format(arriving=arriving), kind)
        if not staged.has_several:
            return count
        for found in self._log.chunks(_OPS_OF_SEVERAL.format(arriving=arriving)):
            rows = [
                (number, row, kind, *op, pointers_text(incoming.ids(json.loads(several))))
                for number, row, *op, several in found
            ]
            sql = (
                "INSERT INTO op(id, row, kind, mask, line, lam, lvl, prev) VALUES (?,?,?,?,?,?,?,?)"
            )
            self._log.many(sql, rows)
            count += len(rows)
        return count

    def _show_new(self, kind: int) -> int:
        """Show the records that nobody had written yet, and return how many they are."""
        columns = "".join(f', "{spec.name}"' for spec in self._log.fields(kind))
        table = self._log.kind_name(kind)
        sql = _NEW.format(table=table, columns=columns, arriving=self._arriving)
        return self._log.run(sql)

    def _find_rest(self, kind: int, find: str) -> None:
        for statement in _REST:
            self._log.run(statement)
        self._log.run(find.format(table=self._log.kind_name(kind), arriving=self._arriving))

    def _join_rest(self, kind: int, staged: StagedKind) -> None:
        for statement in _DECIDED:
            self._log.run(statement)
        if self._log.is_known(kind):
            self._tell(self._show_simple(kind, staged))
        else:
            self._log.run(_NONE_SIMPLE)
        self._settle_other(kind)

    def _show_simple(self, kind: int, staged: StagedKind) -> int:
        """Show the ops that only replace what is shown, and return how many they are."""
        log, table = self._log, self._log.kind_name(kind)
        log.run(_FIND_SIMPLE.format(table=table, bits=NUMBER_BITS), kind)
        masks = [mask for (mask,) in log.rows(_MASKS_OF_SIMPLE)]
        if not masks:
            return 0
        log.run(_HEADS_REPLACED, kind)
        log.run(_HEADS_OF_SIMPLE, kind)
        changes = "".join(self._changes(kind, masks))
        return log.run(_SHOW_SIMPLE.format(table=table, changes=changes, staged=staged.table))

    def _changes(self, kind: int, masks: Collection[int]) -> Iterator[str]:
        """Say what ops of these masks change in a typed row: of each the fields that it writes."""
        written, by_all = reduce(or_, masks), reduce(and_, masks)
        for name, bit in ((f'"{spec.name}"', spec.bit) for spec in self._log.fields(kind)):
            if by_all >> bit & 1:
                yield f", {name} = s.{name}"
            elif written >> bit & 1:
                yield f", {name} = CASE WHEN x.mask >> {bit} & 1 THEN s.{name} ELSE t.{name} END"

    def _settle_other(self, kind: int) -> None:
        """Settle what is left, so many records at a time, each with all its ops."""
        for rows in self._others():
            numbers = [number for of in rows.values() for number in of]
            ops = self._log.ops(numbers)
            arrived = {row: [ops[number] for number in of] for row, of in rows.items()}
            before = self._heads.of_many(kind, arrived)
            self._counts.new += len(arrived) - len(before)
            self._settle(kind, arrived, before, self._waiting(numbers))
            self._tell(len(numbers))

    def _others(self) -> Iterator[dict[bytes, list[int]]]:
        rows: dict[bytes, list[int]] = {}
        for found in self._log.chunks(_OTHER):
            for row, number in found:
                if row not in rows and len(rows) >= _CHUNK:
                    yield rows
                    rows = {}
                rows.setdefault(row, []).append(number)
        if rows:
            yield rows

    def _tell(self, done: int) -> None:
        self._done += done
        self._pause(self._done)

    def _touch(self, kind: int, these: str, records: int) -> None:
        touched = self._heads.touched
        if records > touched.most_named:
            touched.add_many(self._log.kind_name(kind))
            return
        sql = _SOME.format(arriving=self._arriving, these=these)
        rows = self._log.rows(sql, touched.most_named + 1)
        self._heads.touch(kind, (row for (row,) in rows))

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
            self._counts.count_open(kind, before.get(row, {}), heads, known)

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

    def _waiting(self, numbers: Sequence[int]) -> Dead:
        """Return which ops named these before they came."""
        found: dict[int, list[int]] = defaultdict(list)
        if self._log.rows("SELECT 1 FROM dead LIMIT 1"):
            for part in in_pieces(numbers):
                marks = ",".join("?" * len(part))
                sql = f"SELECT op, by FROM dead WHERE op IN ({marks})"  # noqa: S608
                for old, by in self._log.rows(sql, *part):
                    found[old].append(by)
        return found


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
