"""Words in lines, measured as word processors do: no line is wider than its room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from thidua_desktop.domain.text import visible
from thidua_desktop.formats.pdf.fonts import text_width

_STEP = 2.0
_word_width = lru_cache(maxsize=65_536)(text_width)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text and how wide it is; what leads the text stands before it in bold."""

    words: str
    width: float
    goes_on: bool = False  # in the next line
    lead: str = ""

    @property
    def blanks(self) -> int:
        """Return how many blanks can be widened."""
        return sum(said.count(" ") + said.count("\u00a0") for said in (self.lead, self.words))


@lru_cache(maxsize=2048)
def text_lines(
    words: str, font: str, size: float, width: float, indent: float = 0.0, given: float = 0.0
) -> tuple[TextLine, ...]:
    """Return lines that are no wider than that, the first after an indent; blanks between words
    are one. Of each blank so great a part may be given up to end a line later.

    What three hundred reports say in the same words is broken into lines once.
    """
    blank, found = _word_width(" ", font, size), list[TextLine]()
    for part in visible(words).split("\n"):
        measured = _measured(part, font, size, width - indent)
        for said, wide in _broken(measured, (blank, blank * given), width, indent):
            found.append(TextLine(" ".join(said), wide, goes_on=True))
        found[-1] = TextLine(found[-1].words, found[-1].width)
        indent = 0.0
    return tuple(found)


def led_lines(
    lead: str,
    words: str,
    fonts: tuple[str, str],
    size: float,
    width: float,
    indent: float,
    given: float,
) -> tuple[TextLine, ...]:
    """Return the lines of a text that other words lead, in a font of their own."""
    leading = list(_measured(visible(lead), fonts[0], size, width - indent))
    found, left = list[TextLine](), len(leading)
    for part in visible(words).split("\n"):
        measured = _measured(part, fonts[1], size, width - indent)
        blank = _word_width(" ", fonts[1], size)
        for said, wide in _broken(chain(leading, measured), (blank, blank * given), width, indent):
            before, after = said[:left], said[left:]
            left -= len(before)
            gap = " " if before and after else ""
            found.append(TextLine(" ".join(after), wide, lead=" ".join(before) + gap, goes_on=True))
        found[-1] = replace(found[-1], goes_on=False)
        leading, indent = [], 0.0
    return tuple(found)


def lines_of(words: str, font: str, size: float, width: float) -> list[tuple[str, float]]:
    """Return lines that are no wider than that, and how wide."""
    return [(line.words, line.width) for line in text_lines(words, font, size, width)]


@lru_cache(maxsize=1024)
def fit(words: str, font: str, size: float, width: float) -> tuple[float, float]:
    """Return the least width in which the words take no more lines than in the whole width, and
    how long the longest of these lines is.

    The titles of three hundred reports are the same: they are measured once.
    """
    widths = [wide for _, wide in lines_of(words, font, size, width)]
    if len(widths) <= 1:
        return width, max(widths, default=0.0)
    # A word that is wider than a line would be cut in two.
    longest = max(_word_width(word, font, size) for word in words.split(" "))
    lines, narrow, wide = len(widths), max(width / len(widths) / 2, longest), width
    while wide - narrow > _STEP:
        middle = (narrow + wide) / 2
        tried = [one for _, one in lines_of(words, font, size, middle)]
        if len(tried) <= lines:
            wide, widths = middle, tried
        else:
            narrow = middle
    return wide, max(widths)


def _broken(
    measured: Iterable[tuple[str, float]],
    blanks: tuple[float, float],
    width: float,
    indent: float,
) -> Iterator[tuple[list[str], float]]:
    """Yield the words of each line, and how wide it is; `blanks`: how wide one is, and how much of
    it may be given up.
    """
    line: list[str] = []
    blank, given = blanks
    used, room = 0.0, width - indent
    for word, wide in measured:
        if line and used + blank + wide > room + given * len(line):
            yield line, used
            line, used, room = [word], wide, width
        else:
            used += wide + (blank if line else 0)
            line.append(word)
    yield line, used


def _measured(words: str, font: str, size: float, width: float) -> Iterator[tuple[str, float]]:
    """Yield the words and how wide they are, those that are wider than a line in pieces."""
    for word in words.replace("\t", " ").split(" "):
        if not word:
            continue
        wide = _word_width(word, font, size)
        if wide <= width:
            yield word, wide
            continue
        piece = ""
        for letter in word:
            if piece and text_width(piece + letter, font, size) > width:
                yield piece, text_width(piece, font, size)
                piece = ""
            piece += letter
        yield piece, text_width(piece, font, size)
