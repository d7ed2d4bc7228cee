"""What stands on a page one under the other: words, rules, room, columns side by side.

A piece knows how high it is before it is drawn, and where it may be parted. Places are points from
the lower left corner of the sheet; `top` is the upper edge of the piece.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.lines import TextLine
from thidua_desktop.formats.pdf.pen import Pen
from thidua_desktop.formats.pdf.styles import bold

ENDLESS = 1_000_000.0
FUZZ = 1e-6  # by which a sum of heights may be wrong
# Two lines stay together; a text of three cannot be parted without leaving one alone.
TOGETHER = 2
PARTABLE = 4


class Piece(ABC):
    """Something that stands on a page.

    `before` is the room over it, but at the head of a page, and `after` the room under it: of two
    pieces the greater one counts. A piece of which less than `needs` is left begins a page.
    """

    before = 0.0
    after = 0.0
    needs = 0.0
    is_heading = False
    is_whole = False  # begins a page rather than being parted

    @abstractmethod
    def height_in(self, room: float) -> float:
        """Return how high it is; of one that is higher than the room, any number above that."""

    def parted(self, _room: float) -> tuple[Piece, Piece] | None:
        """Return what fits into the room and the rest; None where it cannot be parted there."""
        return None

    def beginning(self) -> Piece:
        """Return it as it stands at the head of a page."""
        return self

    @abstractmethod
    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw it whole."""


class Gap(Piece):
    """Room that is left free, also at the head of a page."""

    def __init__(self, height: float) -> None:
        self._height = height

    def height_in(self, _room: float) -> float:
        return self._height

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pass


class Rule(Piece):
    """A rule under a line of text, in the middle of its column."""

    def __init__(self, length: float, width: float, after: float = 0.0) -> None:
        self._length, self._width, self.after = length, width, after

    def height_in(self, _room: float) -> float:
        return layout.RULE_HEIGHT

    def draw(self, pen: Pen, left: float, top: float) -> None:
        start = left + (self._width - self._length) / 2
        y = top - layout.RULE_HEIGHT + layout.RULE_ABOVE
        pen.rule((start, y), (start + self._length, y), layout.RULE_WIDTH)


class Words(Piece):
    """A text in lines; it is parted with two lines at least on each side."""

    def __init__(
        self, lines: Sequence[TextLine], style: ParagraphStyle, width: float, left: float = 0.0
    ) -> None:
        self.lines, self._style, self._width, self._left = lines, style, width, left
        self._indent = style.firstLineIndent
        self.before, self.after = style.spaceBefore, style.spaceAfter
        self.height = len(lines) * style.leading

    def height_in(self, _room: float) -> float:
        return self.height

    def parted(self, room: float) -> tuple[Piece, Piece] | None:
        fitting, count = int((room + FUZZ) / self._style.leading), len(self.lines)
        fitting = min(fitting, count - TOGETHER)
        if fitting < TOGETHER:
            return None
        return self.parted_after(fitting)

    def parted_after(self, count: int) -> tuple[Words, Words]:
        """Return the text in two, so many lines in the first; drawn together they look whole."""
        first = Words(self.lines[:count], self._style, self._width, self._left)
        second = Words(self.lines[count:], self._style, self._width, self._left)
        first.after = second.before = second._indent = 0.0
        first.is_heading = self.is_heading
        return first, second

    def first_lines(self) -> float:
        """Return the height of the lines that no end of a page parts."""
        count = len(self.lines)
        return (TOGETHER if count >= PARTABLE else count) * self._style.leading

    def draw(self, pen: Pen, left: float, top: float) -> None:
        style, indent = self._style, self._indent
        base = top - style.fontSize
        for line in self.lines:
            free = self._width - indent - line.width
            start = left + self._left + indent + free * _PART_AT_LEFT[style.alignment]
            widened = 0.0
            if style.alignment == TA_JUSTIFY and (line.goes_on or free < 0):
                widened = free / (line.blanks or 1)
            if line.lead:
                pen.words(start, base, line.lead, bold(style), widened)
                pen.more(line.words, style)
            else:
                pen.words(start, base, line.words, style, widened)
            base -= style.leading
            indent = 0.0


class Stack(Piece):
    """Pieces one under the other, as one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        if self.pieces:
            self.before, self.after = self.pieces[0].before, self.pieces[-1].after

    def height_in(self, room: float) -> float:
        gaps = sum(max(one.after, two.before) for one, two in pairwise(self.pieces))
        return gaps + sum(one.height_in(room) for one in self.pieces)

    def parted(self, room: float) -> tuple[Piece, Piece] | None:
        after = 0.0
        for place, one in enumerate(self.pieces):
            room -= max(one.before, after) if place else 0.0
            height = one.height_in(room)
            if height > room + FUZZ:
                halves = one.parted(room)
                upper = (*self.pieces[:place], *(halves[:1] if halves else ()))
                lower = (halves[1] if halves else one, *self.pieces[place + 1 :])
                return (Stack(upper), Stack(lower)) if upper else None
            room, after = room - height, one.after
        return self, Stack(())

    def draw(self, pen: Pen, left: float, top: float) -> None:
        after = 0.0
        for place, one in enumerate(self.pieces):
            top -= max(one.before, after) if place else 0.0
            one.draw(pen, left, top)
            top, after = top - one.height_in(ENDLESS), one.after


class Together(Stack):
    """Pieces that begin a page rather than being parted, unless they fill more than one."""

    is_whole = True

    def beginning(self) -> Piece:
        return Together((self.pieces[0].beginning(), *self.pieces[1:])) if self.pieces else self


class Columns(Piece):
    """Columns side by side, each from so far to the right."""

    def __init__(self, *columns: tuple[float, Piece]) -> None:
        self._columns = columns

    def height_in(self, room: float) -> float:
        return max(column.height_in(room) for _, column in self._columns)

    def parted(self, room: float) -> tuple[Piece, Piece] | None:
        nothing = Stack(())
        halves = [
            (column, nothing)
            if column.height_in(room) <= room + FUZZ
            else column.parted(room) or (nothing, column)
            for _, column in self._columns
        ]
        if all(first is nothing for first, _ in halves):
            return None
        lefts = [left for left, _ in self._columns]
        firsts, seconds = zip(*halves, strict=True)
        return (
            Columns(*zip(lefts, firsts, strict=True)),
            Columns(*zip(lefts, seconds, strict=True)),
        )

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for place, column in self._columns:
            column.draw(pen, left + place, top)


_PART_AT_LEFT: dict[object, float] = {TA_LEFT: 0.0, TA_JUSTIFY: 0.0, TA_CENTER: 0.5, TA_RIGHT: 1.0}
