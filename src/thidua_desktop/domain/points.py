"""Points (điểm) of a clause: a), b), c), d), đ), e) … in the Vietnamese alphabet of Decree 30."""

from __future__ import annotations

POINTS = "abcdđeghiklmnopqrstuvxy"


def point_order(letter: str) -> int:
    """Return where a point stands among the others; what is no point comes before all.

    >>> sorted("eđd", key=point_order)
    ['d', 'đ', 'e']
    """
    return POINTS.find(letter.lower()) if letter else -1
