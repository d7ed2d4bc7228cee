"""Going back and making anew: undo of an import, repair from the log, and the search for faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from itertools import groupby
from uuid import UUID

from msgspec.structs import replace

from thidua_desktop.domain.bundles import UndoOutcome
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import FieldType
from thidua_desktop.storage.ledger.chains import drop_checkpoints, hash_at
from thidua_desktop.storage.ledger.checking import UNREADABLE, check_values
from thidua_desktop.storage.ledger.heads import HeadTable, by_definition, closure, closures
from thidua_desktop.storage.ledger.lines import START_HASH, Line, chained, id_bytes
from thidua_desktop.storage.ledger.log import Log, OpRow
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, NUMBER_MASK, PRIVATE_ONO
from thidua_desktop.storage.pieces import in_pieces

Range = tuple[int, int, int]
_VALUES = Line.__struct_fields__.index("values")


def undo(log: Log, heads: HeadTable, imported: int) -> UndoOutcome:
    """Take an import out of the set, unless later numbers of its origins are here.

    Set difference, then the definition: nothing but the log is needed.
    """
    ranges = _ranges(log, imported)
    if any(log.origin(ono).have != last for ono, _, last in ranges):
        return UndoOutcome(is_done=False, blocked_by=_later_bundles(log, ranges))
    count = sum(_drop_alone(log, heads, span) for span in ranges)
    count += sum(_give_back(log, heads, span, imported) for span in ranges)
    gone = {op.id: op for span in ranges for op in _ops(log, span)}
    # Of each record the fields that they wrote: in no other one is anything shown that was not.
    places: dict[int, dict[bytes, int]] = defaultdict(lambda: defaultdict(int))
    for op in gone.values():
        places[op.kind][op.row] |= op.mask
    dependents: set[tuple[str, UUID]] = set()
    for kind, written in places.items():
        name = log.kind_name(kind)
        for some in in_pieces(sorted(written)):
            left = _take_out(log, heads, kind, {row: written[row] for row in some}, gone)
            dependents |= {(name, UUID(bytes=row)) for row in left}
    log.forget_pointers(gone.values())
    for span in ranges:
        log.run("DELETE FROM op WHERE id BETWEEN ? AND ?", *_ids(span))
        ono, first, _ = span
        origin = log.origin(ono)
        origin.hash = hash_at(log, origin, first - 1)
        origin.have = first - 1
        drop_checkpoints(log, origin, origin.have)
        log.save_origin(origin)
    log.run("DELETE FROM imp_range WHERE imp = ?", imported)
    log.run("DELETE FROM imp WHERE imp = ?", imported)
    count += sum(map(len, places.values()))
    return UndoOutcome(is_done=True, records=count, dependents=tuple(sorted(dependents)))


def _drop_alone(log: Log, heads: HeadTable, span: Range) -> int:
    """Take out the records of which nothing is here but one op of this range, and return how many
    they are: nothing else of them is left, so that no law need be asked.
    """
    ends, count = _ids(span), 0
    for kind in _known_kinds(log, ends):
        log.run(_ALONE)
        log.run("DELETE FROM temp.alone")
        table = log.kind_name(kind)
        found = log.run(_FIND_ALONE.format(table=table), *ends, kind)
        some = log.rows(_SOME_ALONE, heads.touched.most_named + 1)
        heads.touch(kind, (row for (row,) in some))
        for sql in (f'DELETE FROM "{table}" WHERE id IN (SELECT row FROM temp.alone)', _FORGET):  # noqa: S608
            log.run(sql)
        count += found
    return count


# A first op that is the only head of its record was never replaced, nor met another one.
_ALONE = "CREATE TEMP TABLE IF NOT EXISTS alone(op INTEGER PRIMARY KEY, row BLOB)"
_FIND_ALONE = """
INSERT INTO temp.alone
SELECT o.id, o.row FROM op o CROSS JOIN "{table}" t
WHERE o.id BETWEEN ?1 AND ?2 AND o.kind = ?3 AND o.prev IS NULL AND o.mask & 1 = 0
  AND t.id = o.row AND t._op = o.id
  AND NOT EXISTS (SELECT 1 FROM head h WHERE h.kind = ?3 AND h.row = o.row)
"""
_SOME_ALONE = "SELECT row FROM temp.alone LIMIT ?"
_FORGET = "DELETE FROM op WHERE id IN (SELECT op FROM temp.alone)"


def _give_back(log: Log, heads: HeadTable, span: Range, imported: int) -> int:
    """Take out the ops of this range that stand on the first one of their record, of which nothing
    else is here, and return how many they are: that one shows all its fields again.
    """
    ends, count = _ids(span), 0
    for kind in _known_kinds(log, ends):
        log.run(_BACK)
        log.run("DELETE FROM temp.back")
        table, fields = log.kind_name(kind), log.fields(kind)
        refs = sum(1 << spec.bit for spec in fields if spec.type is FieldType.REF)
        find = _FIND_BACK.format(table=table, bits=NUMBER_BITS, number=NUMBER_MASK, refs=refs)
        found = log.run(find, *ends, kind, imported)
        if not found:
            continue
        some = log.rows("SELECT row FROM temp.back LIMIT ?", heads.touched.most_named + 1)
        heads.touch(kind, (row for (row,) in some))
        written = 0
        for (mask,) in log.rows("SELECT DISTINCT mask FROM temp.back"):
            written |= mask
        changes = "".join(
            _GIVEN_BACK.format(name=spec.name, bit=spec.bit, values=_VALUES)
            for spec in fields
            if written >> spec.bit & 1
        )
        log.run(_SHOW_BACK.format(table=table, changes=changes))
        for rows in log.chunks("SELECT ?, row FROM temp.back", kind):
            log.many("DELETE FROM head WHERE kind = ? AND row = ?", rows)
        log.run("DELETE FROM op WHERE id IN (SELECT op FROM temp.back)")
        count += found
    return count


_BACK = """
CREATE TEMP TABLE IF NOT EXISTS back(
  op INTEGER PRIMARY KEY, row BLOB, first INT, mask INT, place INT)
"""
# Where no other op is a head, these two are all that is here of the record: what the one that stays
# says is shown again. What stands in a ref is not said by a line as it is stored.
_FIND_BACK = """
INSERT INTO temp.back
SELECT o.id, o.row, p.id, o.mask, t.rowid
FROM op o CROSS JOIN op p CROSS JOIN "{table}" t
WHERE o.id BETWEEN ?1 AND ?2 AND o.kind = ?3 AND (o.mask | p.mask) & 1 = 0 AND o.mask & {refs} = 0
  AND p.id = CAST(substr(o.prev, 2) AS INTEGER) AND o.prev = '[' || p.id || ']'
  AND p.prev IS NULL AND p.kind = o.kind AND p.row = o.row
  AND NOT EXISTS (
    SELECT 1 FROM imp_range r WHERE r.imp = ?4 AND r.ono = p.id >> {bits}
    AND p.id & {number} BETWEEN r.first AND r.last)
  AND t.id = o.row AND t._op IN (o.id, p.id)
  AND NOT EXISTS (
    SELECT 1 FROM head h WHERE h.kind = ?3 AND h.row = o.row AND h.op NOT IN (o.id, p.id))
"""
_GIVEN_BACK = """, "{name}" = CASE WHEN x.mask >> {bit} & 1
  THEN json_extract(CAST(p.line AS TEXT), '$[{values}][{bit}]') ELSE t."{name}" END"""
_SHOW_BACK = """
UPDATE "{table}" AS t SET _op = x.first, _m = p.mask{changes}
FROM temp.back x CROSS JOIN op p WHERE p.id = x.first AND t.rowid = x.place
"""


def _known_kinds(log: Log, ends: tuple[int, int]) -> list[int]:
    """Return the kinds with a table that ops of a range of ids are of."""
    found = log.rows("SELECT DISTINCT kind FROM op WHERE id BETWEEN ? AND ?", *ends)
    return [kind for (kind,) in found if log.is_known(kind)]


def _take_out(
    log: Log, heads: HeadTable, kind: int, written: Mapping[bytes, int], gone: Mapping[int, OpRow]
) -> set[bytes]:
    """Take ops out of these records; return those in which an op that stays names one of them."""
    before = heads.of_many(kind, written)
    whole = closures(log, kind, {row: before.get(row, ()) for row in written}, read=gone)
    rest = {
        row: {number: op for number, op in ops.items() if number not in gone}
        for row, ops in whole.items()
    }
    kept = {number: op for ops in rest.values() for number, op in ops.items()}
    # What names an op of another record replaces nothing, and counts as naming none already.
    pointing = [
        (named, op.id)
        for row, ops in rest.items()
        for op in ops.values()
        for named in op.prev
        if named in whole[row] and named in gone
    ]
    log.many("INSERT OR IGNORE INTO dead(op, by) VALUES (?, ?)", pointing)
    states = {row: (by_definition(ops.values()), written[row]) for row, ops in rest.items()}
    heads.write_many(kind, states, kept)
    return {kept[by].row for _, by in pointing}


def rebuild(log: Log, heads: HeadTable) -> None:
    """Make levels, heads, pointers and tables anew from the log.

    An op whose line or kind cannot be read says nothing any more: its record shows what is left.
    """
    log.update([right for op in log.all_ops() if (right := _right(log, op)) != op])
    log.run("DELETE FROM head")
    log.run("DELETE FROM hidden")
    log.run("DELETE FROM dead")
    for name in KIND_BY_NAME:
        log.run(f'DELETE FROM "{name}"')  # noqa: S608 - a declared name
    for (kind, row), found in groupby(log.all_ops(), key=lambda op: (op.kind, op.row)):
        if log.is_named(kind):
            ops = list(found)
            heads.write(kind, row, by_definition(ops), known={op.id: op for op in ops})
    log.many("INSERT OR IGNORE INTO dead(op, by) VALUES (?, ?)", dangling(log))


def relevel(log: Log, heads: HeadTable, office: int) -> None:
    """Give the ops on the records of an office the level that they have by now, and their records
    the heads that follow.
    """
    log.forget_inheritances()
    raised = [
        replace(op, lvl=level)
        for op in log.ops_of_office(office)
        if (level := log.level(op.kind, op.row, op.mask, log.origin(op.ono))) != op.lvl
    ]
    log.update(raised)
    for kind, row in sorted({(op.kind, op.row) for op in raised}):
        known = closure(log, kind, row, heads.of(kind, row))
        heads.write(kind, row, by_definition(known.values()), known=known)


def dangling(log: Log) -> list[tuple[object, ...]]:
    """Return the pointers to ops that are not here, or that are of another record."""
    found: list[tuple[object, ...]] = []
    for _, of in groupby(log.all_ops(), key=lambda op: (op.kind, op.row)):
        ops = list(of)
        here = {op.id for op in ops}
        found += [(p, op.id) for op in ops for p in op.prev if p not in here]
    return sorted(found)


def faults(log: Log, heads: HeadTable) -> tuple[str, ...]:
    """Return what is not as the log says, in words; nothing is best."""
    found = [*_broken_chains(log), *_wrong_records(log, heads)]
    kept = sorted(log.rows("SELECT op, by FROM dead"))
    if [tuple(one) for one in kept] != [tuple(one) for one in dangling(log)]:
        found.append("Danh sách thay đổi còn thiếu không khớp với nhật ký.")
    return tuple(found)


def _right(log: Log, op: OpRow) -> OpRow:
    """Return an op with the columns that its line and its author say.

    One that cannot be read writes no field: so it is no head, and replaces nothing.
    """
    if not log.is_named(op.kind):
        return replace(op, mask=0)
    try:
        line = op.decoded()
        check_values(line, log.fields(op.kind))
        row = id_bytes(line.row)
        prev = log.from_pointers(op.ono, line.prev)
    except UNREADABLE:
        return replace(op, mask=0)
    level = log.level(op.kind, row, line.mask, log.origin(op.ono))
    return replace(op, row=row, mask=line.mask, lam=line.lam, lvl=level, prev=prev)


def _wrong_records(log: Log, heads: HeadTable) -> list[str]:
    wrong = []
    seen: dict[int, set[bytes]] = defaultdict(set)
    for (kind, row), found in groupby(log.all_ops(), key=lambda op: (op.kind, op.row)):
        ops = []
        for op in found:
            right = _right(log, op)
            if not right.mask:
                wrong.append(f"Dòng nhật ký {op.id} không đọc được.")
            elif right != op:
                wrong.append(f"Dòng nhật ký {op.id} không khớp với nội dung của nó.")
            ops.append(right)
        if not log.is_named(kind):
            continue
        should = {number: mask for number, mask in by_definition(ops).items() if mask}
        if should:
            seen[kind].add(row)
        is_shown = not should or heads.is_shown_right(kind, row, ops, should)
        if heads.of(kind, row) != should or not is_shown:
            wrong.append(f"Bản ghi {row.hex()} ({log.kind_name(kind)}) không khớp với nhật ký.")
    for kind, rows in heads.rows_by_kind().items():
        strays = rows - seen[kind]
        wrong += [f"Bản ghi {row.hex()} ({log.kind_name(kind)}) thừa." for row in sorted(strays)]
    return wrong


def _broken_chains(log: Log) -> list[str]:
    broken = []
    for origin in log.origins():
        if origin.ono == PRIVATE_ONO:
            continue
        chain, number = START_HASH, 0
        kept = "SELECT number, hash FROM checkpoint WHERE ono = ?"
        right = dict(log.rows(kept, origin.ono)) | {origin.have: origin.hash}
        found = {0: chain}
        for op in _ops(log, (origin.ono, 1, origin.have)):
            number += 1
            with suppress(*UNREADABLE):  # a chain without a link does not fit
                if log.is_named(op.kind):
                    chain = chained(chain, log.kind_name(op.kind), op.decoded())
            if number in right:
                found[number] = chain
        if number != origin.have or {n: found.get(n) for n in right} != right:
            broken.append(f"Chuỗi thay đổi {origin.oid.hex()} bị đứt.")
    return broken


def _later_bundles(log: Log, ranges: list[Range]) -> tuple[UUID, ...]:
    """Return the bundles that brought numbers above these, in order of import."""
    sql = "SELECT imp, bundle FROM imp_range JOIN imp USING (imp) WHERE ono = ? AND first > ?"
    later = {found for ono, _, last in ranges for found in log.rows(sql, ono, last)}
    return tuple(UUID(bytes=bundle) for _, bundle in sorted(later))


def _ranges(log: Log, imported: int) -> list[Range]:
    found = log.rows("SELECT ono, first, last FROM imp_range WHERE imp = ?", imported)
    return [(int(ono), int(first), int(last)) for ono, first, last in found]


def _ops(log: Log, span: Range) -> list[OpRow]:
    return list(log.ops_between(*_ids(span)))


def _ids(span: Range) -> tuple[int, int]:
    """Return the first and the last id of a range."""
    ono, first, last = span
    return ono << NUMBER_BITS | first, ono << NUMBER_BITS | last
