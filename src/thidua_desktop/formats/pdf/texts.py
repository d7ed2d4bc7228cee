"""Paragraphs: literal words, centred lines of like length, and what has to stay on one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from thidua_desktop.domain.text import visible
from thidua_desktop.formats.pdf import styles as layout

_ENDLESS = 1_000_000.0
_FITTING_STEP = 2.0
# Two lines stay together; a paragraph of three cannot be parted without leaving one alone.
_TOGETHER = 2
_PARTABLE = 4


class Heading(Paragraph):
    """A heading: what follows it is to begin on the same page."""


def text(words: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph that prints these words literally."""
    return Paragraph(_literal(words), style)


def heading(words: str, style: ParagraphStyle) -> Heading:
    """Return a heading that prints these words literally."""
    return Heading(_literal(words), style)


def balanced(words: str, style: ParagraphStyle, width: float) -> Paragraph:
    """Return a centred paragraph whose lines are about equally long, none a single word."""
    fitting, _ = _fit(words, style.fontName, style.fontSize, width)
    room = (width - fitting) / 2
    if room <= 0:
        return text(words, style)
    narrow = style.clone(f"{style.name}-{room:.0f}", leftIndent=room, rightIndent=room)
    return text(words, narrow)


def widest_line(words: str, style: ParagraphStyle, width: float) -> float:
    """Return how long the longest line of a balanced paragraph is."""
    return _fit(words, style.fontName, style.fontSize, width)[1]


def with_headings_kept(story: Sequence[Flowable]) -> list[Flowable]:
    """Return the story with a page break where headings would stand alone at the foot."""
    kept: list[Flowable] = []
    place = 0
    while place < len(story):
        run = _headings_from(story, place)
        if run:
            following = story[place + len(run) : place + len(run) + 1]
            heights = [_height(one) + one.getSpaceBefore() for one in run]
            heights += [_first_lines(one) for one in following]
            kept.append(CondPageBreak(sum(heights)))
            kept += run
            place += len(run)
        else:
            kept.append(story[place])
            place += 1
    return kept


def with_end_kept(story: Sequence[Flowable], block: Sequence[Flowable]) -> list[Flowable]:
    """Return the story with the block of signatures after it, never alone on a page: the last
    two lines of the text, with the heading over them, stay with it.
    """
    before, last, lines = list(story), list[Flowable](), 0
    while before and lines < _TOGETHER:
        one = before.pop()
        count = _line_count(one)
        if count >= _PARTABLE and isinstance(one, Paragraph):
            first, second = _parted(one, count - _TOGETHER)
            before.append(first)
            last.insert(0, second)
            lines += _TOGETHER
        else:
            last.insert(0, one)
            lines += count
    while before and isinstance(before[-1], Heading):
        last.insert(0, before.pop())
    return [*with_headings_kept(before), KeepTogether([*last, *block])]


def _literal(words: str) -> str:
    return escape(visible(words)).replace("\n", "<br/>")


@lru_cache(maxsize=1024)
def _fit(words: str, font: str, size: float, width: float) -> tuple[float, float]:
    """Return the least width in which the words take no more lines than in the whole width, and
    how long the longest of these lines is.

    The titles of three hundred reports are the same: they are measured once.
    """
    style = ParagraphStyle(name="fit", fontName=font, fontSize=size)
    widths = _line_widths(words, style, width)
    if len(widths) <= 1:
        return width, max(widths, default=0.0)
    # A word that is wider than a line would be cut in two.
    longest = max(stringWidth(word, font, size) for word in words.split(" "))
    lines, narrow, wide = len(widths), max(width / len(widths) / 2, longest), width
    while wide - narrow > _FITTING_STEP:
        middle = (narrow + wide) / 2
        tried = _line_widths(words, style, middle)
        if len(tried) <= lines:
            wide, widths = middle, tried
        else:
            narrow = middle
    return wide, max(widths)


def _line_widths(words: str, style: ParagraphStyle, width: float) -> list[float]:
    paragraph = text(words, style)
    paragraph.wrap(width, _ENDLESS)
    return [float(one) for one in paragraph.getActualLineWidths0()]


def _headings_from(story: Sequence[Flowable], place: int) -> list[Heading]:
    run: list[Heading] = []
    for one in story[place:]:
        if not isinstance(one, Heading):
            break
        run.append(one)
    return run


def _height(flowable: Flowable) -> float:
    return float(flowable.wrap(layout.TEXT_WIDTH, _ENDLESS)[1])


def _line_count(flowable: Flowable) -> int:
    if not isinstance(flowable, Paragraph):
        return 0
    return round(_height(flowable) / flowable.style.leading)


def _first_lines(flowable: Flowable) -> float:
    """Return the height of the lines that a page break may not part from the first one."""
    if not isinstance(flowable, Paragraph):
        return 0.0
    count = _line_count(flowable)
    lines = _TOGETHER if count >= _PARTABLE else count
    return float(lines * flowable.style.leading + flowable.getSpaceBefore())


def _parted(paragraph: Paragraph, lines: int) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph in two, so many lines in the first; printed together they look whole."""
    paragraph.wrap(layout.TEXT_WIDTH, _ENDLESS)
    height = lines * paragraph.style.leading + 1
    # A paragraph splits into paragraphs; the library's types say flowables.
    first, second = cast("list[Paragraph]", paragraph.split(layout.TEXT_WIDTH, height))
    second.style = second.style.clone(f"{second.style.name}-end", spaceBefore=0)
    return first, second
