"""Pieces set down one under the other, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from thidua_desktop.formats.pdf.pen import Pen
from thidua_desktop.formats.pdf.pieces import FUZZ, Piece


class Sheet(Protocol):
    """A page that is open: where its text begins and how high it may be; `turn` begins another."""

    pen: Pen
    left: float
    top: float
    height: float

    def turn(self) -> None: ...


def set_down(story: Sequence[Piece], sheet: Sheet) -> None:
    """Draw pieces on this page and as many others as they fill.

    What is too high for a page and cannot be parted is drawn all the same: nothing gets lost.
    """
    waiting = list(reversed(story))
    used = after = 0.0
    while waiting:
        is_first = not used
        piece = waiting.pop().beginning() if is_first else waiting.pop()
        gap = 0.0 if is_first else max(piece.before, after)
        room = sheet.height - used - gap
        here, rest = _shared(piece, room, is_first=is_first)
        if here is not None:
            here.draw(sheet.pen, sheet.left, sheet.top - used - gap)
            used, after = used + gap + here.height_in(room), here.after
        if rest is not None:
            waiting.append(rest)
            sheet.turn()
            used = after = 0.0


def _shared(piece: Piece, room: float, *, is_first: bool) -> tuple[Piece | None, Piece | None]:
    """Return what of a piece stands in this room, and what on the next page."""
    if piece.needs > room + FUZZ and not is_first:
        return None, piece
    if piece.height_in(room) <= room + FUZZ:
        return piece, None
    if piece.is_whole and not is_first:
        return None, piece
    return piece.parted(room) or ((piece, None) if is_first else (None, piece))
