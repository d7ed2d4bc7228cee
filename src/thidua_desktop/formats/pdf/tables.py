"""Tables with a grid: heads on every page, headings with the row after them, a line below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, Table, TableStyle

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Align, Row, RowSort, head_groups, widest
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import REGULAR
from thidua_desktop.formats.pdf.keeping import LastRows
from thidua_desktop.formats.pdf.styles import CellStyles, Styles
from thidua_desktop.formats.pdf.texts import balanced, text

# A table sets its own font even for cells that print nothing.
CELL_FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
BARE = TableStyle(
    [
        CELL_FONT,
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
_LAST = 2  # rows that stay with what is signed under them

Marks = list[tuple[Any, ...]]


def table(said: pages.Table, styles: Styles, *, is_signed: bool = False) -> list[Flowable]:
    """Return a table; of one that is signed the last rows stay with the signatures."""
    if is_signed and len(said.rows) > _LAST:
        drawing = _Drawing(said, styles)
        return [drawing.table(said.rows[:-_LAST]), drawing.last(said.rows[-_LAST:])]
    return [_Drawing(said, styles).table(said.rows)]


class _Drawing:
    """Draws the rows of one table."""

    def __init__(self, said: pages.Table, styles: Styles) -> None:
        self._said, self._styles = said, styles
        self._cells: CellStyles = styles.cells[said.size]
        whole = sum(column.width for column in said.columns)
        self._widths = [styles.width * column.width / whole for column in said.columns]
        self._below = widest(said.columns)

    def table(self, rows: Sequence[Row]) -> Table:
        """Return rows under the head of the table."""
        head, marks = self._head()
        marks.append(("VALIGN", (0, 0), (-1, len(head) - 1), "MIDDLE"))
        drawn = [*head]
        for row in rows:
            place = len(drawn)
            drawn.append(self._row(row))
            if row.sort is RowSort.HEADING:
                marks.append(("SPAN", (0, place), (-1, place)))
        for place, row in enumerate(rows[:-1]):
            if row.sort is RowSort.HEADING:
                marks += self._with_next(len(head) + place, drawn[len(head) + place + 1])
        marks += self._closing(drawn)
        return Table(
            drawn,
            colWidths=self._widths,
            repeatRows=len(head),
            style=TableStyle([*self._usual(), *marks]),
            splitInRow=1,
            spaceBefore=layout.SPACE_BETWEEN,
            spaceAfter=layout.SPACE_BETWEEN,
        )

    def last(self, rows: Sequence[Row]) -> LastRows:
        """Return rows as the end of a table."""
        marks: Marks = [
            ("SPAN", (0, place), (-1, place))
            for place, row in enumerate(rows)
            if row.sort is RowSort.HEADING
        ]
        grid = ("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black)
        return LastRows(
            [self._row(row) for row in rows],
            colWidths=self._widths,
            style=TableStyle([*self._usual(), *marks, grid]),
            splitInRow=1,
            spaceAfter=layout.SPACE_BETWEEN,
        )

    def _usual(self) -> Marks:
        padding = self._cells.padding
        return [
            CELL_FONT,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), padding),
            ("RIGHTPADDING", (0, 0), (-1, -1), padding),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self._cells.under),
        ]

    def _head(self) -> tuple[list[list[Any]], Marks]:
        columns = self._said.columns
        names = [
            self._head_cell(column.name, width)
            for column, width in zip(columns, self._widths, strict=True)
        ]
        if not any(column.group for column in columns):
            return [names], []
        upper: list[Any] = []
        lower: list[Any] = []
        marks: Marks = []
        for name, count in head_groups(columns):
            start = len(upper)
            end = start + count
            if name:
                upper += [self._head_cell(name, sum(self._widths[start:end])), *[""] * (count - 1)]
                lower += names[start:end]
                marks.append(("SPAN", (start, 0), (end - 1, 0)))
            else:
                upper += names[start:end]
                lower += [""] * count
                marks += [("SPAN", (place, 0), (place, 1)) for place in range(start, end)]
        return [upper, lower], marks

    def _head_cell(self, name: str, width: float) -> Flowable:
        return balanced(name, self._cells.strong[Align.CENTRE], width - 2 * self._cells.padding)

    def _row(self, row: Row) -> list[Any]:
        strong = self._cells.strong
        if row.sort is RowSort.HEADING:
            return [text(row.cells[0], strong[Align.LEFT]), *[""] * (len(self._widths) - 1)]
        style = self._cells.plain if row.sort is RowSort.PLAIN else strong
        named = zip(row.cells, self._said.columns, strict=True)
        cells: list[Any] = [text(cell, style[column.align]) for cell, column in named]
        if row.below:
            below = (text(line, self._cells.below) for line in row.below)
            cells[self._below] = [cells[self._below], *below]
        return cells

    def _with_next(self, place: int, longer: list[Any]) -> Marks:
        """Return the mark that keeps a row with the next, unless the longer fills a page."""
        inside = 2 * self._cells.padding
        heights = [
            one.wrap(width - inside, 0)[1]
            for cell, width in zip(longer, self._widths, strict=True)
            for one in (cell if isinstance(cell, list) else [cell])
            if one
        ]
        if max(heights) > layout.MOST_KEPT:
            return []
        return [("NOSPLIT", (0, place), (-1, place + 1))]

    def _closing(self, drawn: list[list[Any]]) -> Marks:
        """Add the line under the table, outside of its grid; it stays with the last row."""
        end = len(drawn)
        if not self._said.closing:
            return [("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black)]
        marks = self._with_next(end - 1, drawn[-1])
        line = text(self._said.closing, self._styles.closing)
        drawn.append([line, *[""] * (len(self._widths) - 1)])
        return [
            *marks,
            ("SPAN", (0, end), (-1, end)),
            ("LEFTPADDING", (0, end), (-1, end), 0),
            ("TOPPADDING", (0, end), (-1, end), layout.SPACE_BETWEEN),
            ("GRID", (0, 0), (-1, end - 1), layout.GRID_WIDTH, colors.black),
        ]
