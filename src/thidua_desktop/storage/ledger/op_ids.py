"""The id of an op in a database: `ono << 40 | number`, so that an origin is a range of ids and a
pointer is one integer. The private origin is always ono 1, so that drafts are a range too.
"""

from __future__ import annotations

NUMBER_BITS = 40
NUMBER_MASK = (1 << NUMBER_BITS) - 1
PRIVATE_ONO = 1
LARGEST_ID = 2**63 - 1
FIRST_NUMBERED = (PRIVATE_ONO + 1) << NUMBER_BITS
