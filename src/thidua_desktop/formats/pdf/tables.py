"""Tables with a grid: heads on every page, headings with the row after them, a line below."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Align, RowSort, TableSize, head_groups, widest
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.grid import Cell, Grid, GridPlan, GridRow, broken, evened
from thidua_desktop.formats.pdf.styles import CellStyles, Styles
from thidua_desktop.formats.pdf.texts import text

_AT_HAND = 256  # rows of a page, and of the next
_FACT_PADDING = (6.0, 4.0)


def table(said: pages.Table, styles: Styles) -> Grid:
    """Return a table."""
    return Grid(_Drawing(said, styles).plan(len(said.rows)), first=0)


def fact_table(lines: tuple[tuple[str, str], ...], styles: Styles) -> Grid:
    """Return a table of two columns without a head: labels, and what is said to them in bold."""
    cells, labels = styles.cells[TableSize.NORMAL], styles.width * layout.FACT_LABELS

    def cell(words: str, left: float, width: float, style: ParagraphStyle) -> Cell:
        lines = broken(words, style, width - 2 * _FACT_PADDING[0])
        return Cell(left=left, width=width, lines=lines)

    def row(place: int) -> GridRow:
        label, said = lines[place]
        shown = (
            cell(label, 0.0, labels, cells.plain[Align.LEFT]),
            cell(said, labels, styles.width - labels, cells.strong[Align.LEFT]),
        )
        return GridRow(cells=shown, padding=_FACT_PADDING)

    plan = GridPlan(
        width=styles.width,
        page_height=styles.height,
        head=(),
        count=len(lines),
        row=lru_cache(maxsize=_AT_HAND)(row),
    )
    return Grid(plan, first=0)


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

    def plan(self, count: int) -> GridPlan:
        """Return so many rows of the table as they are drawn."""
        closing = self._said.closing
        return GridPlan(
            width=self._styles.width,
            page_height=self._styles.height,
            head=self._head(),
            count=count,
            row=lru_cache(maxsize=_AT_HAND)(self._row),
            closing=text(closing, self._styles.closing, self._styles.width) if closing else None,
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
        return GridRow(
            cells=tuple(cells),
            padding=self._padding,
            keeps_next=pages.keeps_next(self._said.rows, place),
        )
