"""What a bundle may be at most; above it is refused (bundle.md 12)."""

from __future__ import annotations

FILE_BYTES = 2 * 1024**3
MANIFEST_BYTES = 256 * 1024
OPS = 2_000_000
LINE_BYTES = 256 * 1024
RANGES = 64
CERTIFICATES = 400
BLOBS = 2_000
BLOB_BYTES = 25 * 1024**2
FIELDS = 62
# Small sections may shrink more than this without harm: a bomb needs size.
INFLATE_RATIO = 200
INFLATE_FLOOR = 64 * 1024
