"""Words in lines, measured as word processors do: no line is wider than its room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from thidua_desktop.domain.text import visible
from thidua_desktop.formats.pdf.fonts import text_width

_STEP = 2.0
_word_width = lru_cache(maxsize=65_536)(text_width)


def lines_of(words: str, font: str, size: float, width: float) -> list[tuple[str, float]]:
    """Return lines that are no wider than that, and how wide; blanks between words are one."""
    parts = visible(words).split("\n")
    return [line for part in parts for line in _lines(part, font, size, width)]


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


def _lines(words: str, font: str, size: float, width: float) -> Iterator[tuple[str, float]]:
    blank = _word_width(" ", font, size)
    line: list[str] = []
    used = 0.0
    for word in _fitting_words(words, font, size, width):
        wide = _word_width(word, font, size)
        if line and used + blank + wide > width:
            yield " ".join(line), used
            line, used = [word], wide
        else:
            used += wide + (blank if line else 0)
            line.append(word)
    yield " ".join(line), used


def _fitting_words(words: str, font: str, size: float, width: float) -> Iterator[str]:
    """Yield the words, those that are wider than a line in pieces."""
    for word in words.replace("\t", " ").split(" "):
        if not word:
            continue
        if _word_width(word, font, size) <= width:
            yield word
            continue
        piece = ""
        for letter in word:
            if piece and text_width(piece + letter, font, size) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece
