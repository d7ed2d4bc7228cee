"""The ops of an origin on their way out: as the writer's bytes, some thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.bundles import OpRange, OpSection, OpStream
from thidua_desktop.storage.ledger.chains import hash_at
from thidua_desktop.storage.ledger.lines import START_HASH
from thidua_desktop.storage.ledger.log import Log
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS


def streamed(log: Log, oid: bytes, above: int) -> OpStream:
    """Return the ops of an origin above a number, in the order of their numbers."""
    origin = log.find_origin(oid)
    if origin is None:
        return OpStream(span=OpRange(0, 0, START_HASH, START_HASH), counts={}, pieces=())
    base = origin.ono << NUMBER_BITS
    first, last = base + above + 1, base + origin.have
    counted = log.rows(
        "SELECT kind, count(*) FROM op WHERE id BETWEEN ? AND ? GROUP BY kind", first, last
    )
    return OpStream(
        span=OpRange(above, origin.have, hash_at(log, origin, above), origin.hash),
        counts={log.kind_name(kind): count for kind, count in counted},
        pieces=_Pieces(log, oid, first, last),
    )


class _Pieces:
    """The ops with ids in a range; read anew each time, never all in memory."""

    def __init__(self, log: Log, oid: bytes, first: int, last: int) -> None:
        self._log = log
        self._oid = oid
        self._range = first, last

    def __iter__(self) -> Iterator[OpSection]:
        log = self._log
        sql = "SELECT kind, line FROM op WHERE id BETWEEN ? AND ? ORDER BY id"
        for rows in log.chunks(sql, *self._range):
            lines: dict[int, list[bytes]] = {}
            for kind, line in rows:
                lines.setdefault(kind, []).append(line)
            for kind, of in lines.items():
                yield OpSection(
                    origin=self._oid,
                    kind=log.kind_name(kind),
                    fields=log.field_names(kind),
                    lines=tuple(of),
                )
