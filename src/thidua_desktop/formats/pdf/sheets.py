"""Sheets on which every text has its place: certificates, and the grid to measure a printer by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.domain.pages import Align, PlacedText, Sheet
from thidua_desktop.formats import layout
from thidua_desktop.formats.layout import MM
from thidua_desktop.formats.pdf.fitting import Fitted, fitted
from thidua_desktop.formats.pdf.pen import BLACK, Pen
from thidua_desktop.formats.pdf.pieces import Piece

_RED = (0.78, 0.0, 0.0)
_RED_INK, _FRAME_INK, _FAINT_INK, _STRONG_INK = "0.78 0 0 RG", "0.62 0.1 0.1 RG", "0.72 G", "0.3 G"
_FRAMES = ((9.0, 2.4), (11.0, 0.7), (15.0, 0.7))  # mm from the edge, points thick
_CORNER, _HALF = 12.0, 4.5  # mm: where the ornaments of the frame stand, and how far they reach
_INNER = 0.55  # of an ornament: the one inside it
_Line = tuple[tuple[float, float], tuple[float, float]]


class SheetPiece(Piece):
    """Draws a sheet on the page that it comes to; it takes no room."""

    def __init__(self, said: Sheet) -> None:
        self._said = said

    def height_in(self, _room: float) -> float:
        return 0.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw everything at its place on the paper, wherever the piece stands."""
        height = self._said.height * MM
        for one in self._said.texts:
            if one.text:
                _draw_text(pen, one, height)
        for stroke in self._said.strokes:
            line = _line(stroke.x, stroke.y, stroke.to_x, stroke.to_y, height)
            pen.rule(*line, *((0.5, _STRONG_INK) if stroke.is_strong else (0.25, _FAINT_INK)))
        if self._said.has_frame:
            for thick, line in _frame(self._said):
                pen.rule(*line, thick, _FRAME_INK)


def _draw_text(pen: Pen, one: PlacedText, height: float) -> None:
    said = fitted(one)
    style = _style(said.font, said.size, is_red=one.is_red)
    for place, (words, width) in enumerate(said.lines):
        left = said.left + _beside(said, width, one.align)
        pen.words(left, height - said.foot(place), words, style)
    if one.is_ruled:
        longest = max(width for _, width in said.lines)
        left = said.left + _beside(said, longest, one.align)
        foot = height - said.foot(len(said.lines) - 1) - 0.3 * said.size
        ink = _RED_INK if one.is_red else BLACK
        pen.rule((left, foot), (left + longest, foot), layout.RULE_WIDTH, ink)


@lru_cache(maxsize=256)
def _style(font: str, size: float, *, is_red: bool) -> ParagraphStyle:
    colour = Color(*(_RED if is_red else (0, 0, 0)))
    return ParagraphStyle(f"{font}-{size}", fontName=font, fontSize=size, textColor=colour)


def _beside(said: Fitted, width: float, align: Align) -> float:
    free = said.width - width
    return {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[align]


def _frame(said: Sheet) -> Iterator[tuple[float, _Line]]:
    """Yield the lines of a frame of our own, a turned square in each of its corners."""
    width, height = said.width, said.height
    for edge, thick in _FRAMES:
        begin = _CORNER + _HALF - abs(_CORNER - edge)  # where the ornament ends
        for y in (edge, height - edge):
            yield thick, _line(begin, y, width - begin, y, height * MM)
        for x in (edge, width - edge):
            yield thick, _line(x, begin, x, height - begin, height * MM)
    for x in (_CORNER, width - _CORNER):
        for y in (_CORNER, height - _CORNER):
            for half in (_HALF, _HALF * _INNER):
                corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
                for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
                    yield _FRAMES[-1][1], _line(*start, *end, height * MM)


def _line(x: float, y: float, to_x: float, to_y: float, height: float) -> _Line:
    """Return a line of millimetres from the upper edge in points from the lower one."""
    return (x * MM, height - y * MM), (to_x * MM, height - to_y * MM)
