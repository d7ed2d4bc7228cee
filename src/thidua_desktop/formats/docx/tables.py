"""Tables: with a grid as papers show them, and without one to set words side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Align, Row, RowSort, head_groups, widest
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.elements import Element, element, paragraph, twips
from thidua_desktop.formats.docx.styles import EIGHTHS, CellStyles, Style, Styles
from thidua_desktop.formats.pdf.lines import fit

GRID = ("top", "left", "bottom", "right", "insideH", "insideV")
_LAST = 2  # rows that stay with what is signed under them
SLACK = 1.0  # Word and we do not measure to the same hundredth
_WIDER = 0.1  # of the letters: how much wider LibreOffice draws a blank that is never parted
_MOST_WIDER = 12  # such blanks in a line: those of an open number and of a day


def balanced(
    style: Style,
    words: str,
    width: float,
    *,
    gap: float = 0,
    keep: bool = False,
    before: float | None = None,
) -> Element:
    """Return a centred paragraph whose lines are about equally long, none a single word, and leave
    a gap free in the width of its column.
    """
    fitting, _ = fit(words, style.font, style.size, width - gap)
    wider = min(words.count("\u00a0"), _MOST_WIDER) * style.size * _WIDER
    room = max((width - fitting - wider) / 2 - SLACK, 0)
    return paragraph(style.key, words, keep=keep, room=room, before=before)


def table(said: pages.Table, styles: Styles, width: float, *, is_signed: bool) -> list[Element]:
    """Return a table; of one that is signed the last rows stay with the signatures."""
    return [_Drawing(said, styles, width).table(is_signed=is_signed), *_closing(said, styles)]


def side_by_side(cells: Sequence[Sequence[Element]], widths: Sequence[float]) -> Element:
    """Return a table of one row without lines; it is never parted."""
    drawn = (cell(inside, width) for inside, width in zip(cells, widths, strict=True))
    return frame(widths, [row(drawn)])


def frame(
    widths: Sequence[float],
    rows: Sequence[Element],
    *,
    sides: Sequence[str] = (),
    padding: tuple[float, float, float] = (0, 0, 0),
) -> Element:
    """Return a table of these rows; `sides` have lines, `padding` is at the sides, above, below."""
    lines = element(
        "tblBorders",
        *(
            element(
                side, val="single", sz=round(layout.GRID_WIDTH * EIGHTHS), space=0, color="auto"
            )
            for side in sides
        ),
    )
    beside, above, under = padding
    room = {"top": above, "left": beside, "bottom": under, "right": beside}
    margins = (element(side, w=twips(points), type="dxa") for side, points in room.items())
    properties = element(
        "tblPr",
        element("tblW", w=twips(sum(widths)), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        lines if sides else None,
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return element("tbl", properties, grid, *rows)


def line(side: str, weight: float = layout.GRID_WIDTH) -> Element:
    """Return a line at one side of a table, a cell or a paragraph."""
    return element(side, val="single", sz=round(weight * EIGHTHS), space=0, color="auto")


def row(cells: Iterable[Element], *, is_head: bool = False, height: float = 0) -> Element:
    """Return a row; it is parted only where it is longer than a page."""
    properties = element(
        "trPr",
        element("cantSplit"),
        element("trHeight", val=twips(height), hRule="exact") if height else None,
        element("tblHeader") if is_head else None,
    )
    return element("tr", properties, *cells)


def cell(
    inside: Sequence[Element],
    width: float,
    *,
    span: int = 1,
    merged: str = "",
    middle: bool = False,
    sides: Element | None = None,
) -> Element:
    """Return a cell; one of several merged downwards begins with `restart` and goes `continue`."""
    properties = element(
        "tcPr",
        element("tcW", w=twips(width), type="dxa"),
        element("gridSpan", val=span) if span > 1 else None,
        element("vMerge", val=merged) if merged else None,
        sides,
        element("vAlign", val="center") if middle else None,
    )
    return element("tc", properties, *inside)


class _Drawing:
    """Draws the rows of one table."""

    def __init__(self, said: pages.Table, styles: Styles, width: float) -> None:
        self._said = said
        self._cells: CellStyles = styles.cells[said.size]
        whole = sum(column.width for column in said.columns)
        self._widths = [width * column.width / whole for column in said.columns]
        self._below = widest(said.columns)

    def table(self, *, is_signed: bool) -> Element:
        rows = self._said.rows
        kept = len(rows) - (_LAST if is_signed else 1 if self._said.closing else 0)
        drawn = [
            self._row(one, keep=place >= kept or pages.keeps_next(rows, place))
            for place, one in enumerate(rows)
        ]
        padding = (self._cells.padding, 2, self._cells.under)
        return frame(self._widths, [*self._head(), *drawn], sides=GRID, padding=padding)

    def _head(self) -> list[Element]:
        columns = self._said.columns
        named = list(zip(columns, self._widths, strict=True))
        if not any(column.group for column in columns):
            names = [cell([self._name(c.name, w)], w, middle=True) for c, w in named]
            return [row(names, is_head=True)]
        upper: list[Element] = []
        lower: list[Element] = []
        start = 0
        for name, count in head_groups(columns):
            under = named[start : start + count]
            start += count
            whole = sum(width for _, width in under)
            if name:
                upper.append(cell([self._name(name, whole)], whole, span=count, middle=True))
                lower += [cell([self._name(c.name, w)], w, middle=True) for c, w in under]
                continue
            for column, width in under:
                said = [self._name(column.name, width)]
                upper.append(cell(said, width, merged="restart", middle=True))
                blank = [paragraph(self._cells.strong[Align.CENTRE].key)]
                lower.append(cell(blank, width, merged="continue"))
        return [row(upper, is_head=True), row(lower, is_head=True)]

    def _name(self, name: str, width: float) -> Element:
        inside = width - 2 * self._cells.padding
        return balanced(self._cells.strong[Align.CENTRE], name, inside, keep=True)

    def _row(self, said: Row, *, keep: bool) -> Element:
        strong = self._cells.strong
        if said.sort is RowSort.HEADING:
            words = paragraph(strong[Align.LEFT].key, said.cells[0], keep=keep)
            return row([cell([words], sum(self._widths), span=len(self._widths))])
        style = self._cells.plain if said.sort is RowSort.PLAIN else strong
        cells = []
        named = zip(said.cells, self._said.columns, self._widths, strict=True)
        for place, (text, column, width) in enumerate(named):
            inside = [paragraph(style[column.align].key, text, keep=keep)]
            if place == self._below:
                inside += [paragraph(self._cells.below.key, one, keep=keep) for one in said.below]
            cells.append(cell(inside, width))
        return row(cells)


def _closing(said: pages.Table, styles: Styles) -> list[Element]:
    if not said.closing:
        return []
    return [paragraph(styles.roles[pages.Role.BODY].key, said.closing)]
