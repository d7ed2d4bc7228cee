"""Tables with a grid: heads on every page, headings with the row after them, a line below."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from reportlab.platypus import Flowable, TableStyle

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Align, RowSort, head_groups, widest
from thidua_desktop.formats.pdf.fonts import REGULAR
from thidua_desktop.formats.pdf.grid import Cell, Grid, GridPlan, GridRow, LastRows, broken, evened
from thidua_desktop.formats.pdf.styles import CellStyles, Styles
from thidua_desktop.formats.pdf.texts import text

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
_AT_HAND = 256  # rows of a page, and of the next
_LAST = 2  # rows that stay with what is signed under them


def table(said: pages.Table, styles: Styles, *, is_signed: bool = False) -> list[Flowable]:
    """Return a table; of one that is signed the last rows stay with the signatures."""
    drawing = _Drawing(said, styles)
    count = len(said.rows)
    if is_signed and count > _LAST:
        upper = Grid(drawing.plan(count - _LAST, goes_on=True), first=0)
        return [upper, LastRows(drawing.plan(count), first=count - _LAST)]
    return [Grid(drawing.plan(count), first=0)]


class _Drawing:
    """Breaks the rows of one table into lines."""

    def __init__(self, said: pages.Table, styles: Styles) -> None:
        self._said, self._styles = said, styles
        self._cells: CellStyles = styles.cells[said.size]
        self._padding = (self._cells.padding, self._cells.under)
        whole = sum(column.width for column in said.columns)
        self._widths = [styles.width * column.width / whole for column in said.columns]
        self._lefts = [sum(self._widths[:place]) for place in range(len(self._widths))]
        self._below = widest(said.columns)

    def plan(self, count: int, *, goes_on: bool = False) -> GridPlan:
        """Return so many rows of the table as they are drawn; after them it may go on."""
        closing = "" if goes_on else self._said.closing
        return GridPlan(
            width=self._styles.width,
            page_height=self._styles.height,
            head=self._head(),
            count=count,
            row=lru_cache(maxsize=_AT_HAND)(self._row),
            closing=text(closing, self._styles.closing) if closing else None,
            goes_on=goes_on,
        )

    def _head(self) -> tuple[GridRow, ...]:
        columns = self._said.columns
        has_groups = any(column.group for column in columns)
        names = [self._name(column.name, place, 1) for place, column in enumerate(columns)]
        if not has_groups:
            return (GridRow(cells=tuple(names), padding=self._padding, is_head=True),)
        upper: list[Cell] = []
        lower: list[Cell] = []
        for name, count in head_groups(columns):
            start = len(lower)
            under = names[start : start + count]
            upper += [self._name(name, start, count)] if name else [replace(under[0], down=2)]
            lower += under if name else [replace(under[0], lines=(), down=0)]
        over = GridRow(cells=tuple(upper), padding=self._padding, is_head=True)
        down = tuple(replace(cell, down=1) for cell in upper if cell.down > 1)
        whole = GridRow(cells=down, padding=self._padding).height
        row = GridRow(
            cells=tuple(lower), padding=self._padding, is_head=True, least=whole - over.height
        )
        return over, row

    def _name(self, name: str, place: int, count: int) -> Cell:
        """Return the name of columns in lines of like length."""
        width = sum(self._widths[place : place + count])
        lines = evened(name, self._cells.strong[Align.CENTRE], width - 2 * self._cells.padding)
        return Cell(left=self._lefts[place], width=width, lines=lines, align=Align.CENTRE)

    def _row(self, place: int) -> GridRow:
        row, strong = self._said.rows[place], self._cells.strong
        inside = 2 * self._cells.padding
        if row.sort is RowSort.HEADING:
            whole = self._styles.width
            lines = broken(row.cells[0], strong[Align.LEFT], whole - inside)
            cell = Cell(left=0.0, width=whole, lines=lines)
            return GridRow(cells=(cell,), padding=self._padding, keeps_next=True)
        style = self._cells.plain if row.sort is RowSort.PLAIN else strong
        named = zip(row.cells, self._said.columns, self._lefts, self._widths, strict=True)
        cells = [
            Cell(
                left=left,
                width=width,
                align=column.align,
                lines=broken(words, style[column.align], width - inside),
            )
            for words, column, left, width in named
        ]
        if row.below:
            over = cells[self._below]
            room = over.width - inside
            below = [line for words in row.below for line in broken(words, self._cells.below, room)]
            cells[self._below] = replace(over, lines=(*over.lines, *below))
        return GridRow(cells=tuple(cells), padding=self._padding)
