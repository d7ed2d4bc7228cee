"""What has to stay on one page: headings with what follows, signatures with the end of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from thidua_desktop.formats.pdf.grid import Grid
from thidua_desktop.formats.pdf.pieces import ENDLESS, PARTABLE, TOGETHER, Piece, Together, Words


def with_headings_kept(story: Sequence[Piece]) -> list[Piece]:
    """Return the story with a page begun where headings would stand alone at the foot."""
    place = 0
    while place < len(story):
        run = list(takewhile(lambda one: one.is_heading, story[place:]))
        if run:
            following = [*run, *story[place + len(run) : place + len(run) + 1]]
            gaps = sum(max(one.after, two.before) for one, two in pairwise(following))
            heights = sum(one.height_in(ENDLESS) for one in run)
            run[0].needs = gaps + heights + sum(map(_first_lines, following[len(run) :]))
        place += len(run) or 1
    return list(story)


def with_end_kept(story: Sequence[Piece], block: Sequence[Piece]) -> list[Piece]:
    """Return the story with the block of signatures after it, never alone on a page: the last
    two lines of the text, with the heading over them, or the last rows of a table stay with it.
    """
    before, last, lines = list(story), list[Piece](), 0
    while before and lines < TOGETHER:
        one = before.pop()
        halves, count = _end_parted(one)
        if halves is not None:
            before.append(halves[0])
        last.insert(0, halves[1] if halves is not None else one)
        lines += count
    while before and before[-1].is_heading:
        last.insert(0, before.pop())
    return [*before, Together([*last, *block])]


def _end_parted(piece: Piece) -> tuple[tuple[Piece, Piece] | None, int]:
    """Return a piece in two where its last lines can be parted from it; and how many these are."""
    match piece:
        case Words() if len(piece.lines) >= PARTABLE:
            return piece.parted_after(len(piece.lines) - TOGETHER), TOGETHER
        case Words():
            return None, len(piece.lines)
        case Grid():
            return piece.without_end(), TOGETHER
        case _:
            return None, 0


def _first_lines(piece: Piece) -> float:
    """Return the height of what a page break may not part from the beginning."""
    match piece:
        case Words():
            return piece.first_lines()
        case Grid():
            return piece.first_height()
        case _:
            return 0.0
