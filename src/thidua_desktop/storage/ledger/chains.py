"""The hash chain of an origin: what it was at any number that is held (bundle.md 9)."""

from __future__ import annotations

from thidua_desktop.storage.ledger.lines import START_HASH, chained
from thidua_desktop.storage.ledger.log import Log, OriginRow
from thidua_desktop.storage.ledger.tables import NUMBER_BITS


def hash_at(log: Log, origin: OriginRow, number: int) -> bytes:
    """Return the hash of an origin's chain at a number that is held, computed from the log."""
    if number == origin.have:
        return origin.hash
    chain, first = START_HASH, origin.ono << NUMBER_BITS
    for op in log.ops_between(first + 1, first + number):
        chain = chained(chain, log.kind_name(op.kind), op.decoded())
    return chain
