"""Which blobs ops name in their `file` fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from thidua_desktop.domain.records import FieldType, Record, kind_name, specs
from thidua_desktop.storage.ledger.log import Log


def named_files(
    log: Log, spans: Iterable[tuple[int, int]], kinds: Collection[type[Record]]
) -> frozenset[str]:
    """Return the SHA-256 of what the ops with ids in these spans name, ends included."""
    bits = {
        log.kind_no(kind_name(kind)): [f.bit for f in specs(kind) if f.type is FieldType.FILE]
        for kind in kinds
    }
    named: set[str] = set()
    for first, last in spans:
        for kind, of_kind in bits.items():
            for bit in of_kind:
                for op in log.ops_writing(kind, 1 << bit, first, last):
                    value = op.decoded().values[bit]
                    named |= {value} if isinstance(value, str) else set()
    return frozenset(named)
