"""Which blobs ops name in their `file` fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from thidua_desktop.domain.records import FieldType, Record, kind_name, specs
from thidua_desktop.storage.ledger.lines import decode
from thidua_desktop.storage.ledger.log import Log


def named_files(
    log: Log, spans: Iterable[tuple[int, int]], kinds: Collection[type[Record]]
) -> frozenset[str]:
    """Return the SHA-256 of what the ops with ids in these spans name, ends included."""
    bits = {
        log.kind_no(kind_name(kind)): [f.bit for f in specs(kind) if f.type is FieldType.FILE]
        for kind in kinds
    }
    masks = {kind: sum(1 << bit for bit in of) for kind, of in bits.items() if of}
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
