"""The hash chain of an origin: what it was at any number that is held (bundle.md 9).

Checkpoints are kept where imports ended and every so many numbers, so that no question needs more
than a short piece of the chain computed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thidua_desktop.storage.ledger.lines import START_HASH, chained
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS

if TYPE_CHECKING:  # what sets lines down in a process of its own needs no SQLAlchemy
    from thidua_desktop.storage.ledger.log import Log, OriginRow

STEP = 10_000


def hash_at(log: Log, origin: OriginRow, number: int) -> bytes:
    """Return the hash of an origin's chain at a number that is held."""
    if number == origin.have:
        return origin.hash
    found = log.rows(
        "SELECT number, hash FROM checkpoint WHERE ono = ? AND number <= ? "
        "ORDER BY number DESC LIMIT 1",
        origin.ono,
        number,
    )
    start: int
    chain: bytes
    start, chain = found[0] if found else (0, START_HASH)
    first = origin.ono << NUMBER_BITS
    for op in log.ops_between(first + start + 1, first + number):
        chain = chained(chain, log.kind_name(op.kind), op.decoded())
    return chain


def keep_checkpoints(log: Log, origin: OriginRow, found: Iterable[tuple[int, bytes]]) -> None:
    """Keep what the chain of an origin is at these numbers."""
    log.many(
        "INSERT OR REPLACE INTO checkpoint(ono, number, hash) VALUES (?, ?, ?)",
        [(origin.ono, number, chain) for number, chain in found],
    )


def drop_checkpoints(log: Log, origin: OriginRow, above: int) -> None:
    """Forget the chain of an origin above a number: its ops are taken out."""
    log.run("DELETE FROM checkpoint WHERE ono = ? AND number > ?", origin.ono, above)
