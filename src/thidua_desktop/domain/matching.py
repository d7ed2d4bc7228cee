"""Which lines of two papers are the same, in order, for papers of ten thousand lines.

What stands once in both is matched first; between two of these there is little left to compare,
however often a paper repeats its other lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_MOST_COMPARED = 4_000_000  # pairs of lines between two that are known: more are not looked at


def matching(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return which of two lists are the same, as pairs of places in order.

    >>> matching(["a", "b", "b", "c"], ["a", "b", "x", "c"])
    [(0, 0), (1, 1), (3, 3)]
    """
    known = _once_in_both(ours, theirs)
    ends = [(-1, -1), *known, (len(ours), len(theirs))]
    pairs: list[tuple[int, int]] = []
    for (a, b), (c, d) in pairwise(ends):
        pairs += _between(ours, theirs, (a + 1, c), (b + 1, d))
        if c < len(ours):
            pairs.append((c, d))
    return pairs


def _once_in_both(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of what stands once in each, as many as are in one order."""
    mine, yours = Counter(ours), Counter(theirs)
    places = {key: place for place, key in enumerate(theirs) if yours[key] == 1}
    pairs = [(n, places[key]) for n, key in enumerate(ours) if mine[key] == 1 and key in places]
    ends: list[int] = []  # the least last place of a row of each length
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else -1)
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(
    ours: Sequence[str], theirs: Sequence[str], mine: tuple[int, int], yours: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs in two stretches: from both ends, then what is longest."""
    (a, c), (b, d) = mine, yours
    while a < c and b < d and ours[a] == theirs[b]:
        yield a, b
        a, b = a + 1, b + 1
    at_end = []
    while a < c and b < d and ours[c - 1] == theirs[d - 1]:
        c, d = c - 1, d - 1
        at_end.append((c, d))
    if (c - a) * (d - b) <= _MOST_COMPARED:
        matcher = SequenceMatcher(None, ours[a:c], theirs[b:d], autojunk=False)
        for block in matcher.get_matching_blocks():
            yield from ((a + block.a + n, b + block.b + n) for n in range(block.size))
    yield from reversed(at_end)
