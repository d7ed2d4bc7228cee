"""The filled checklist (phiếu tiêu chí) on paper: a table of the criteria, totals, who signs."""

from __future__ import annotations

from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from thidua_desktop.domain.dossiers import ChecklistSheet, SheetRow
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import balanced, text, with_end_kept

_PADDING = 2.5
_WIDE = 30  # a column of words, not of figures


def sheet_story(said: ChecklistSheet, styles: Styles) -> list[Flowable]:
    """Return the sheet as flowables; the headings of its columns stand on every page."""
    lines = ((said.title, styles.title), (said.subtitle, styles.remark))
    body = [
        blocks.head(said.head, styles),
        *blocks.title(lines),
        _table(said, styles),
        Spacer(0, layout.SPACE_BETWEEN),
        *(text(line, styles.address) for line in said.remarks),
    ]
    return with_end_kept(body, blocks.signatures(said.signatures, (), styles))


def _table(said: ChecklistSheet, styles: Styles) -> Table:
    whole = sum(said.widths)
    widths = [layout.TEXT_WIDTH * width / whole for width in said.widths]
    named = zip(said.columns, widths, strict=True)
    rows: list[list[Any]] = [
        [balanced(name, styles.small_head, width - 2 * _PADDING) for name, width in named]
    ]
    marks: list[tuple[Any, ...]] = []
    for row in said.rows:
        place = len(rows)
        rows.append(_row(row, said, styles))
        if row.is_heading:
            marks.append(("SPAN", (0, place), (-1, place)))
            marks.append(("NOSPLIT", (0, place), (-1, min(place + 1, len(said.rows)))))
    return Table(
        rows,
        colWidths=widths,
        repeatRows=1,
        style=TableStyle([*_CELLS, *marks]),
        splitInRow=1,
    )


def _row(row: SheetRow, said: ChecklistSheet, styles: Styles) -> list[Any]:
    strong = row.is_heading or row.is_total
    wide = styles.small_group if strong else styles.small
    centred = styles.small_head if strong else styles.small_centre
    if row.is_heading:
        said_of_all = " ".join(part for part in (*row.cells, *row.below) if part)
        return [text(said_of_all, wide), *[""] * (len(row.cells) - 1)]
    cells: list[Any] = []
    for place, cell in enumerate(row.cells):
        if place != 1:
            is_wide = said.widths[place] >= _WIDE
            cells.append(text(cell, wide if is_wide else centred))
            continue
        below = [text(line, styles.small_italic) for line in row.below]
        cells.append([text(cell, wide), *below])
    return cells


_CELLS: tuple[tuple[Any, ...], ...] = (
    blocks.CELL_FONT,
    ("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black),
    ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ("VALIGN", (0, 1), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
)
