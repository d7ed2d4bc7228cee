"""A block of cells as spreadsheets put it on the clipboard."""

from __future__ import annotations

import csv
import io

# A person pastes what he can look through; a file goes through the import.
MOST_ROWS = 2_000


def is_block(text: str) -> bool:
    """Tell whether a text is more than one cell."""
    return "\t" in text.strip("\r\n") or "\n" in text.strip("\r\n")


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    r"""Return the cells, row by row, all as long as the longest; rows without any text go.

    A cell with a line break in it stands in quotes, as Excel and LibreOffice put it.

    >>> cells_of('Hiến đất\t412,5\r\n"hai\ndòng"\t8\r\n')
    (('Hiến đất', '412,5'), ('hai\ndòng', '8'))
    """
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    rows = [row for row in csv.reader(lines, "excel-tab") if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)
