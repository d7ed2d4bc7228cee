"""Which blobs ops name in their `file` fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from thidua_desktop.domain.kinds import fields_of, kind_number
from thidua_desktop.domain.records import FieldType, Record, kind_name
from thidua_desktop.storage.ledger.lines import decode
from thidua_desktop.storage.ledger.log import Log


def named_files(
    log: Log, spans: Iterable[tuple[int, int]], kinds: Collection[type[Record]]
) -> frozenset[str]:
    """Return the SHA-256 of what the ops with ids in these spans name, ends included."""
    names = map(kind_name, kinds)
    bits = {kind_number(name): of for name in names if (of := _file_bits(name))}
    masks = {kind: sum(1 << bit for bit in of) for kind, of in bits.items()}
    writes = " OR ".join("kind = ? AND mask & ? != 0" for _ in masks)
    wanted = [value for pair in masks.items() for value in pair]
    sql = f"SELECT kind, mask, line FROM op WHERE id BETWEEN ? AND ? AND ({writes})"  # noqa: S608
    named: set[str] = set()
    for first, last in spans if masks else ():
        for rows in log.chunks(sql, first, last, *wanted):
            for kind, mask, line in rows:
                written = [bit for bit in bits[kind] if mask >> bit & 1]
                values = decode(line).values
                named |= {value for bit in written if isinstance(value := values[bit], str)}
    return frozenset(named)


@cache
def _file_bits(kind: str) -> tuple[int, ...]:
    return tuple(spec.bit for spec in fields_of(kind) if spec.type is FieldType.FILE)
