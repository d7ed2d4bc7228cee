"""What a bundle may hold at most, as far as its file and the ledger both ask (bundle.md 12)."""

from __future__ import annotations

MOST_OPS = 2_000_000
MOST_RANGES = 64
MOST_CERTIFICATES = 400
LONGEST_LINE = 256 * 1024
LONGEST_TEXT = 65_536
LARGEST_NUMBER = 2**40 - 1
