"""What a bundle may ask of the ledger at most (bundle.md 12); above it, it is refused."""

from __future__ import annotations

from thidua_desktop.domain import bundle_limits as _shared
from thidua_desktop.domain.field_values import LARGEST_INTEGER as _LARGEST_INTEGER
from thidua_desktop.domain.records import MOST_FIELDS

LARGEST_INTEGER = _LARGEST_INTEGER
LONGEST_LINE = _shared.LONGEST_LINE
LONGEST_TEXT = _shared.LONGEST_TEXT
LONGEST_NAME = 64
MOST_POINTERS = 64
MOST_RANGES = _shared.MOST_RANGES
MOST_OPS = _shared.MOST_OPS
MOST_STRANGERS = 4_096  # origins that a bundle only points at
LARGEST_NUMBER = _shared.LARGEST_NUMBER
LARGEST_MASK = 2**63 - 1
WIDEST = MOST_FIELDS + 1  # with the mark of deletion
FARTHEST_LAM = 10**9
