"""Marks beside the text: how urgent it is, to whom it may be shown, how the office is reached."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.marks import STAMP_HEIGHT, Urgency
from thidua_desktop.domain.pages import PlacedText
from thidua_desktop.formats import layout
from thidua_desktop.formats.layout import MM
from thidua_desktop.formats.pdf.fitting import ASCENT, fitted
from thidua_desktop.formats.pdf.pen import BLACK, Pen
from thidua_desktop.formats.pdf.pieces import ENDLESS, Gap, Piece, Rule, Stack
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import text

_RED_INK = "1 0 0 RG"


class Stamp(Piece):
    """How urgent it is, in red in a frame of its own size (box 10b)."""

    before = layout.ABOVE_STAMP

    def __init__(self, urgency: Urgency, styles: Styles) -> None:
        self._width = urgency.width * MM
        self._words = text(urgency.stamp, styles.stamp, self._width)

    def height_in(self, _room: float) -> float:
        return STAMP_HEIGHT * MM

    def draw(self, pen: Pen, left: float, top: float) -> None:
        height = STAMP_HEIGHT * MM
        _frame(pen, (left, top - height, left + self._width, top), _RED_INK)
        capitals = layout.CAPITALS * layout.MARK_SIZE
        # Letters stand at the size under the upper edge of their line.
        self._words.draw(pen, left, top - (height + capitals) / 2 + layout.MARK_SIZE)


def draw_circulation(words: str, styles: Styles, pen: Pen, height: float) -> None:
    """Write to whom a paper may be shown, in a frame in the upper margin (box 11) of a sheet so
    high; its right edge leaves room for the signature of a copy (box 14).
    """
    pad, longest = layout.FRAME_PADDING, styles.width * layout.CIRCULATION_RIGHT
    said = fitted(
        PlacedText(
            text=words,
            x=0,
            y=0,
            width=(longest - 2 * pad) / MM,
            height=layout.CIRCULATION_ROOM / MM,
            size=layout.MARK_SIZE,
            least=layout.MARK_SIZE,
            is_bold=True,
        )
    )
    right = layout.LEFT + longest
    usual = styles.width * (layout.CIRCULATION_RIGHT - layout.CIRCULATION_LEFT)
    left = right - max(usual, max(wide for _, wide in said.lines) + 2 * pad)
    high = said.leading * len(said.lines) + 2 * pad
    top = height - layout.CIRCULATION_FOOT + high
    _frame(pen, (left, top - high, right, top), BLACK)
    style = styles.mark(said.size)
    for place, (line, wide) in enumerate(said.lines):
        foot = top - pad - ASCENT * said.size - place * said.leading
        pen.words((left + right - wide) / 2, foot, line, style)


def contact(lines: Sequence[str], styles: Styles) -> Stack:
    """Return where the office is found, under a rule across the page (box 13); nothing of none."""
    if not lines:
        return Stack(())
    written = [text(line, styles.contact, styles.width) for line in lines]
    return Stack([Gap(layout.ABOVE_CONTACT), Rule(styles.width, styles.width), *written])


def height_of(foot: Stack) -> float:
    """Return how much of the first page its foot takes."""
    return foot.height_in(ENDLESS)


def _frame(pen: Pen, box: tuple[float, float, float, float], ink: str) -> None:
    left, foot, right, top = box
    corners = ((left, foot), (right, foot), (right, top), (left, top))
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        pen.rule(start, end, layout.FRAME_WIDTH, ink)
