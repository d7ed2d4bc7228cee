"""What a bundle may be at most; above it is refused (bundle.md 12)."""

from __future__ import annotations

from thidua_desktop.domain.attachments import MOST_BYTES, MOST_PER_BUNDLE
from thidua_desktop.domain.bundle_limits import (
    LONGEST_LINE,
    MOST_CERTIFICATES,
    MOST_OPS,
    MOST_RANGES,
)
from thidua_desktop.domain.records import MOST_FIELDS

FILE_BYTES = 2 * 1024**3
# Room for as many files as a bundle may hold, each named twice.
MANIFEST_BYTES = 768 * 1024
OPS = MOST_OPS
LINE_BYTES = LONGEST_LINE
RANGES = MOST_RANGES
CERTIFICATES = MOST_CERTIFICATES
BLOBS = MOST_PER_BUNDLE
BLOB_BYTES = MOST_BYTES
PART_HEAD_BYTES = 1_024
FIELDS = MOST_FIELDS
# Small sections may shrink more than this without harm: a bomb needs size.
INFLATE_RATIO = 200
INFLATE_FLOOR = 64 * 1024
# The work of a header is done before anything is known of who wrote it.
AGE_HEADER_BYTES = 4 * 1024
AGE_RECIPIENTS = 20
# The logarithm of scrypt's cost: 2^20 is a gibibyte and some seconds.
SCRYPT_WORK = 20
# What a phrase sealed is opened in memory: the library has no other way.
PHRASED_BYTES = 256 * 1024**2
