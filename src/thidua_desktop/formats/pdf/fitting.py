"""How large a placed text is set, and in which lines, so that all of it stands in its box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from thidua_desktop.domain.pages import PlacedText, Stand
from thidua_desktop.domain.text import visible
from thidua_desktop.formats.layout import MM
from thidua_desktop.formats.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, text_width
from thidua_desktop.formats.pdf.lines import fit, lines_of

_STEP = 0.5
_SMALLEST = 2.0  # whatever was typed, it is printed
_LEADING = 1.2
ASCENT = 0.9  # of the size: from the feet of the letters to the marks over capitals
_FONTS = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is set: letters, lines with their widths; lengths in points.

    `top` is how far its first line begins under the upper edge of the paper, `left` where its box
    begins.
    """

    font: str
    size: float
    lines: tuple[tuple[str, float], ...]
    left: float
    top: float
    width: float

    @property
    def leading(self) -> float:
        """Return how far lines are apart."""
        return self.size * _LEADING

    def foot(self, line: int) -> float:
        """Return how far under the edge of the paper the letters of a line stand."""
        return self.top + ASCENT * self.size + line * self.leading


@lru_cache(maxsize=2048)
def fitted(one: PlacedText) -> Fitted:
    """Return how a text is set.

    Letters get smaller before there are more lines than the text should have; then there are more,
    as large as they fit; then letters fall below the least size, for nothing is cut off.
    """
    font = _FONTS[one.is_bold, one.is_italic]
    words = " \n".join(visible(one.text).split("\n")) if one.text else ""
    width, height = one.width * MM, one.height * MM
    usual = max(one.lines, words.count("\n") + 1)
    size, lines = min(one.least, _SMALLEST), [("", 0.0)]
    for most, size in _tries(one, usual):
        lines = _evened(words, font, size, width)
        if _is_whole(words, font, size, width) and _fits(lines, size, height, most):
            break
    return Fitted(font, size, tuple(lines), one.x * MM, _top(one, size, len(lines)), width)


def _tries(one: PlacedText, usual: int) -> Iterator[tuple[int | None, float]]:
    """Yield how many lines, in which size, from the best to the worst."""
    sizes = list(_sizes(one.size, one.least))
    yield from ((usual, size) for size in sizes)
    yield from ((None, size) for size in sizes)
    yield from ((None, size) for size in _sizes(one.least - _STEP, _SMALLEST))


def _sizes(largest: float, least: float) -> Iterator[float]:
    size = largest
    while size > least:
        yield size
        size -= _STEP
    yield least


def _fits(lines: list[tuple[str, float]], size: float, height: float, most: int | None) -> bool:
    is_few = most is None or len(lines) <= most
    return is_few and _height(size, len(lines)) <= max(height, _height(size, 1))


def _is_whole(words: str, font: str, size: float, width: float) -> bool:
    """Tell whether no word has to be cut in two."""
    return all(text_width(word, font, size) <= width for word in words.split())


def _height(size: float, lines: int) -> float:
    return size * (_LEADING * (lines - 1) + 1)


def _evened(words: str, font: str, size: float, width: float) -> list[tuple[str, float]]:
    """Return lines of like length, as few as the width allows."""
    found: list[tuple[str, float]] = []
    for part in words.split("\n"):
        narrow, _ = fit(part.strip(), font, size, width)
        found += lines_of(part.strip(), font, size, narrow)
    return found


def _top(one: PlacedText, size: float, lines: int) -> float:
    top, height = one.y * MM, one.height * MM
    used = _height(size, lines)
    match one.stand:
        case Stand.TOP:
            return top
        case Stand.MIDDLE:
            return top + (height - used) / 2
        case Stand.BOTTOM:  # the letters of the last line stand on the edge
            return top + height - used + (1 - ASCENT) * size
