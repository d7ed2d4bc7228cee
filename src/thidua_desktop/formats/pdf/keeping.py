"""What has to stay on one page: headings with what follows, signatures with the end of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from thidua_desktop.formats.pdf.grid import Grid, LastRows

_ENDLESS = 1_000_000.0
# Two lines stay together; a paragraph of three cannot be parted without leaving one alone.
_TOGETHER = 2
_PARTABLE = 4


class Heading(Paragraph):
    """A heading: what follows it is to begin on the same page."""


def with_headings_kept(story: Sequence[Flowable], width: float) -> list[Flowable]:
    """Return the story with a page break where headings would stand alone at the foot."""
    kept: list[Flowable] = []
    place = 0
    while place < len(story):
        run = _headings_from(story, place)
        if run:
            following = story[place + len(run) : place + len(run) + 1]
            heights = [_height(one, width) + one.getSpaceBefore() for one in run]
            heights += [_first_lines(one, width) for one in following]
            kept.append(CondPageBreak(sum(heights)))
            kept += run
            place += len(run)
        else:
            kept.append(story[place])
            place += 1
    return kept


def with_end_kept(
    story: Sequence[Flowable], block: Sequence[Flowable], width: float
) -> list[Flowable]:
    """Return the story with the block of signatures after it, never alone on a page: the last
    two lines of the text, with the heading over them, stay with it.
    """
    before, last, lines = list(story), list[Flowable](), 0
    while before and lines < _TOGETHER:
        one = before.pop()
        if isinstance(one, Grid) and not isinstance(one, LastRows):  # it would draw all along
            before.append(one)
            break
        count = _line_count(one, width)
        if count >= _PARTABLE and isinstance(one, Paragraph):
            first, second = _parted(one, count - _TOGETHER, width)
            before.append(first)
            last.insert(0, second)
            lines += _TOGETHER
        else:
            last.insert(0, one)
            lines += count
    while before and isinstance(before[-1], Heading):
        last.insert(0, before.pop())
    return [*before, KeepTogether([*last, *block])]


def _headings_from(story: Sequence[Flowable], place: int) -> list[Heading]:
    run: list[Heading] = []
    for one in story[place:]:
        if not isinstance(one, Heading):
            break
        run.append(one)
    return run


def _height(flowable: Flowable, width: float) -> float:
    return float(flowable.wrap(width, _ENDLESS)[1])


def _line_count(flowable: Flowable, width: float) -> int:
    match flowable:
        case LastRows():
            return _TOGETHER
        case Paragraph():
            return round(_height(flowable, width) / flowable.style.leading)
        case _:
            return 0


def _first_lines(flowable: Flowable, width: float) -> float:
    """Return the height of what a page break may not part from the beginning."""
    match flowable:
        case Paragraph():
            count = _line_count(flowable, width)
            lines = _TOGETHER if count >= _PARTABLE else count
            return float(lines * flowable.style.leading + flowable.getSpaceBefore())
        case Grid():
            return flowable.first_height() + flowable.getSpaceBefore()
        case _:
            return 0.0


def _parted(paragraph: Paragraph, lines: int, width: float) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph in two, so many lines in the first; printed together they look whole."""
    paragraph.wrap(width, _ENDLESS)
    height = lines * paragraph.style.leading + 1
    # A paragraph splits into paragraphs; the library's types say flowables.
    first, second = cast("list[Paragraph]", paragraph.split(width, height))
    second.style = second.style.clone(f"{second.style.name}-end", spaceBefore=0)
    return first, second
