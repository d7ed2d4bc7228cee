"""A finished paper as it was measured: its pages and the passages on them, from a PDF or from Word.

Lengths are millimetres from the edges of the page, sizes of letters are points. A PDF knows where
everything stands and not what it was meant to be; Word knows what was meant and not where it
stands: what one of them does not know is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """Where a passage stands: across the page, in one of two columns, or in a table with lines."""

    WHOLE = "whole"
    LEFT = "left"
    RIGHT = "right"
    TABLE = "table"


class Align(StrEnum):
    """How the lines of a passage are set."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines around words; Word knows how high they stand only where that was said."""

    width: float
    height: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph; pages count from 1, None when they are not known before it is printed.

    `indent` is that of its first line, `gap` the least room over it in points; `rule` is how long
    the line under it is, as a part of its longest line of words, `over` how long the line over it
    is, as a part of the width of the text.
    """

    words: str
    page: int | None = None
    last_page: int | None = None
    sizes: frozenset[float] = frozenset()
    fonts: frozenset[str] = frozenset()
    is_bold: bool = False
    is_italic: bool = False
    is_black: bool = True
    is_red: bool = False
    column: Column = Column.WHOLE
    align: Align | None = None
    indent: float | None = None
    gap: float | None = None
    rule: float | None = None
    over: float | None = None
    frame: Frame | None = None
    left: float | None = None
    right: float | None = None
    top: float | None = None
    bottom: float | None = None

    @property
    def is_capital(self) -> bool:
        """Tell whether all its letters are capitals."""
        return any(c.isalpha() for c in self.words) and self.words == self.words.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of paper, or a section of pages in Word: its size, its margins, its number.

    `left` and the others are the margins; of a PDF they are what is left free. `above` stands in
    the upper margin beside the number, `below` at the foot of the page, no part of the text.
    """

    width: float
    height: float
    left: float | None = None
    right: float | None = None
    top: float | None = None
    bottom: float | None = None
    number: Passage | None = None
    is_first: bool = True
    shows_number_first: bool = False
    above: tuple[Passage, ...] = ()
    below: tuple[Passage, ...] = ()
    shows_below_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredPaper:
    """One paper of a file; `fonts` says of each font whether it comes with the file.

    Certificates, slips and recovery words are no official documents: Decree 30 does not lay
    them out.
    """

    sheets: tuple[Sheet, ...]
    passages: tuple[Passage, ...]
    fonts: tuple[tuple[str, bool], ...] = ()
    is_official: bool = True

    @property
    def above(self) -> tuple[Passage, ...]:
        """Return what stands in the upper margin of its first page beside the number."""
        return self.sheets[0].above if self.sheets else ()

    @property
    def below(self) -> tuple[Passage, ...]:
        """Return what stands at the foot of its first page."""
        return self.sheets[0].below if self.sheets else ()
