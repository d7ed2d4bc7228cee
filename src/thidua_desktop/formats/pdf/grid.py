"""A table with a grid, drawn line by line: five thousand rows page after page.

Rows are broken into lines when their page is at hand. The library's own table keeps a paragraph for
each cell, which takes many times as long and as much memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import chain

from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.domain.pages import Align
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.lines import fit, lines_of
from thidua_desktop.formats.pdf.pen import Pen
from thidua_desktop.formats.pdf.pieces import TOGETHER, Piece, Words

_ABOVE = 2.0  # the words of a cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell, how wide it is, and in which style."""

    words: str
    width: float
    style: ParagraphStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The lines of a cell, how wide it is and how far from the left of the table it begins.

    `down`: over so many rows of the head; 0 where it is a part of the cell above.
    """

    left: float
    width: float
    lines: tuple[Line, ...]
    align: Align = Align.LEFT
    down: int = 1

    @property
    def height(self) -> float:
        """Return how high its lines are together."""
        return sum(line.style.leading for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """Cells side by side, and the room at their sides and under their words."""

    cells: tuple[Cell, ...]
    padding: tuple[float, float]
    keeps_next: bool = False
    is_head: bool = False
    least: float = 0.0
    height: float = field(init=False)  # measured once

    def __post_init__(self) -> None:
        inside = max((cell.height for cell in self.cells if cell.down == 1), default=0.0)
        height = max(_ABOVE + inside + self.padding[1], self.least)
        object.__setattr__(self, "height", height)

    def parted(self, room: float) -> tuple[GridRow, GridRow] | None:
        """Return the row in two, the first no higher than that; None where no line fits."""
        inside = room - _ABOVE - self.padding[1]
        halves = [_lines_in(cell, inside) for cell in self.cells]
        if not any(halves):
            return None
        pairs = list(zip(self.cells, halves, strict=True))
        upper = tuple(replace(cell, lines=cell.lines[:count]) for cell, count in pairs)
        lower = tuple(replace(cell, lines=cell.lines[count:]) for cell, count in pairs)
        return replace(self, cells=upper), replace(self, cells=lower)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPlan:
    """What all parts of a table have in common: `row` breaks one of `count` rows into lines."""

    width: float
    page_height: float
    head: tuple[GridRow, ...]
    count: int
    row: Callable[[int], GridRow]
    closing: Words | None = None


class Grid(Piece):
    """Rows under the head of their table: those of a page, or those from `first` on.

    `before` them stand rows that are broken into lines already.
    """

    def __init__(
        self, plan: GridPlan, before: tuple[GridRow, ...] = (), first: int | None = None
    ) -> None:
        self._plan, self._before = plan, before
        self._first = plan.count if first is None else first
        self._is_end = first is not None
        self.before = layout.SPACE_BETWEEN if first == 0 and not before else 0.0
        self.after = layout.SPACE_BETWEEN if self._is_end else 0.0

    def height_in(self, room: float) -> float:
        """Return the height; of a table that does not fit, that it does not."""
        whole = self._closing_height()
        for row in chain(self._head(), self._rows()):
            whole += row.height
            if whole > room:
                break
        return whole

    def first_height(self) -> float:
        """Return how high the head is with the first row."""
        head = sum(row.height for row in self._head())
        return head + next((row.height for row in self._rows()), 0.0)

    def parted(self, room: float) -> tuple[Piece, Piece] | None:
        """Return what fits on this page and what does not; None when no row fits."""
        head = sum(row.height for row in self._head())
        left, last = room - head, len(self._before) + self._plan.count - self._first - 1
        fitting: list[GridRow] = []
        for place, row in enumerate(self._rows()):
            under = self._closing_height() if place == last and not _is_long(row) else 0.0
            if row.height + under > left:
                break
            fitting.append(row)
            left -= row.height
        else:
            return (self._page(fitting), self._rest(last + 1)) if fitting else None
        if row.height + head > self._plan.page_height and (halves := row.parted(left)):
            upper, lower = halves
            return self._page([*fitting, upper]), self._rest(len(fitting) + 1, (lower,))
        fitting = _without_waiting(fitting, row, self._plan.page_height - head)
        return (self._page(fitting), self._rest(len(fitting))) if fitting else None

    def without_end(self) -> tuple[Grid, Grid] | None:
        """Return a whole table without its last rows, and these; None where it is no longer.

        What stands with the first of these goes along.
        """
        plan, first = self._plan, self._plan.count - TOGETHER
        while first > 0 and plan.row(first - 1).keeps_next:
            first -= 1
        if first <= 0:
            return None
        begun = Grid(replace(plan, count=first, closing=None), first=0)
        begun.after = 0.0
        return begun, LastRows(plan, first=first)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw words and lines, and the line under the table."""
        rows = [*self._head(), *self._rows()]
        _draw_words(pen, rows, left, top)
        bottom = _draw_lines(pen, rows, self._plan.width, left, top)
        if self._closing_height() and self._plan.closing is not None:
            self._plan.closing.draw(pen, left, bottom - layout.SPACE_BETWEEN)

    def _page(self, rows: Sequence[GridRow]) -> Grid:
        """Return what stands on this page."""
        return type(self)(self._plan, tuple(rows))

    def _rest(self, place: int, before: tuple[GridRow, ...] = ()) -> Grid:
        """Return what comes from a row on, after pieces of the row before it."""
        made = self._before[place:]
        done = max(place - len(self._before), 0)
        rest = Grid(self._plan, (*before, *made), self._first + done)
        rest.after = self.after
        return rest

    def _head(self) -> tuple[GridRow, ...]:
        """Return the head; over nothing but the closing line of a page there is none."""
        is_over = self._before or self._first < self._plan.count or not self._plan.count
        return self._plan.head if is_over else ()

    def _rows(self) -> Iterator[GridRow]:
        yield from self._before
        for place in range(self._first, self._plan.count):
            yield self._plan.row(place)

    def _closing_height(self) -> float:
        closing = self._plan.closing
        if closing is None or not self._is_end:
            return 0.0
        return layout.SPACE_BETWEEN + closing.height


class LastRows(Grid):
    """The rows of a table that stay with the signatures under it; the head is over them only where
    they begin a page.
    """

    _begins_page = False

    def beginning(self) -> Piece:
        """Return the rows with the head over them."""
        begun = copy(self)
        begun._begins_page = True  # noqa: SLF001 - of its own
        return begun

    def _head(self) -> tuple[GridRow, ...]:
        return super()._head() if self._begins_page else ()


def broken(words: str, style: ParagraphStyle, width: float) -> tuple[Line, ...]:
    """Return words in lines that are no wider than that; blanks between them are one."""
    found = lines_of(words, style.fontName, style.fontSize, width)
    return tuple(Line(line, wide, style) for line, wide in found)


def evened(words: str, style: ParagraphStyle, width: float) -> tuple[Line, ...]:
    """Return words in as few lines as that width allows, these about equally long."""
    narrow, _ = fit(words, style.fontName, style.fontSize, width)
    return broken(words, style, narrow)


def _lines_in(cell: Cell, room: float) -> int:
    """Return how many lines of a cell are no higher together than that."""
    count, used = 0, 0.0
    for line in cell.lines:
        used += line.style.leading
        if used > room:
            break
        count += 1
    return count


def _without_waiting(fitting: list[GridRow], row: GridRow, page: float) -> list[GridRow]:
    """Return rows without the last ones that are to stand with what follows; all of them where
    that would be more than a page.
    """
    kept, count = row.height, len(fitting)
    while count and fitting[count - 1].keeps_next and not _is_long(row):
        count -= 1
        row = fitting[count]
        kept += row.height
    return fitting[:count] if kept <= page else fitting


def _is_long(row: GridRow) -> bool:
    """Tell whether a row is so long that nothing waits for it."""
    return row.height > layout.MOST_KEPT


def _draw_words(pen: Pen, rows: Sequence[GridRow], start: float, y: float) -> None:
    """Draw the words of rows, from that upper left corner on."""
    for place, row in enumerate(rows):
        for cell in row.cells:
            base = y - _ABOVE
            if row.is_head:
                whole = sum(one.height for one in rows[place : place + cell.down])
                base -= max(whole - _ABOVE - row.padding[1] - cell.height, 0) / 2
            for line in cell.lines:
                style = line.style
                left = start + _start(cell, line, row.padding[0])
                pen.words(left, base - style.fontSize, line.words, style)
                base -= style.leading
        y -= row.height


def _draw_lines(pen: Pen, rows: Sequence[GridRow], width: float, left: float, y: float) -> float:
    """Draw the lines over, under and between the cells of rows; return where the last is."""
    begun: dict[float, float] = {}

    def down(x: float, start: float) -> None:
        pen.rule((left + x, start), (left + x, y), layout.GRID_WIDTH)

    for row in rows:
        for x, end in _over(row, width):
            pen.rule((left + x, y), (left + end, y), layout.GRID_WIDTH)
        edges = {cell.left for cell in row.cells} | {width}
        for x in [x for x in begun if x not in edges]:
            down(x, begun.pop(x))
        for x in sorted(edges):
            begun.setdefault(x, y)
        y -= row.height
    for x, start in begun.items():
        down(x, start)
    pen.rule((left, y), (left + width, y), layout.GRID_WIDTH)
    return y


def _over(row: GridRow, width: float) -> list[tuple[float, float]]:
    """Return where the line over a row is, but through no cell of the head that goes on."""
    if all(cell.down for cell in row.cells):
        return [(0.0, width)]
    return [(cell.left, cell.left + cell.width) for cell in row.cells if cell.down]


def _start(cell: Cell, line: Line, padding: float) -> float:
    free = cell.width - 2 * padding - line.width
    match cell.align:
        case Align.LEFT:
            return cell.left + padding
        case Align.CENTRE:
            return cell.left + padding + free / 2
        case Align.RIGHT:
            return cell.left + padding + free
