"""How large a workbook may be. What is larger is refused before it is opened, or at its last row.

The largest list that an office has met is some thousand rows in a file below 1 MiB.
"""

from __future__ import annotations

FILE_BYTES = 50 * 1024**2
INFLATED_BYTES = 400 * 1024**2
# A part may be this many times its packed size; below PART_BYTES any ratio is harmless.
RATIO, PART_BYTES = 200, 4 * 1024**2
ROWS = 20_000
SHEET_ROWS = 1_048_576  # Excel's own
COLUMNS = 200
HEADER_SEARCH = 20
