"""Pages as people write them: 1-3, 5, 8-."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_RANGE = re.compile(r"(\d{1,6})?\s*([-–]?)\s*(\d{1,6})?")


def pages_in(words: str, count: int) -> tuple[int, ...] | None:
    """Return the pages that words speak of, from 0; nothing written means all. None: not pages.

    >>> pages_in("1-3, 5", 9), pages_in("8-", 9), pages_in("", 2)
    ((0, 1, 2, 4), (7, 8), (0, 1))
    >>> pages_in("0", 9), pages_in("3-1", 9), pages_in("10", 9), pages_in("một", 9)
    (None, None, None, None)
    """
    if not words.strip():
        return tuple(range(count))
    found: dict[int, None] = {}
    for part in re.split("[,;]", words):
        matched = _RANGE.fullmatch(part.strip())
        if matched is None or not (matched[1] or matched[3]):
            return None
        first = int(matched[1]) if matched[1] else 1
        last = int(matched[3]) if matched[3] else count if matched[2] else first
        if not 1 <= first <= last <= count:
            return None
        found |= dict.fromkeys(range(first - 1, last))
    return tuple(found)


def numbers_in(words: str, given: Collection[int]) -> tuple[int, ...]:
    """Return those of the given numbers that words speak of, in their order: 37-41.

    >>> numbers_in("2-3, 9", [1, 2, 3, 9]), numbers_in("4", [1, 2]), numbers_in("x", [1])
    ((2, 3, 9), (), ())
    """
    meant = pages_in(words, max(given, default=0)) if words.strip() else None
    return tuple(sorted({page + 1 for page in meant or ()} & set(given)))


def pages_text(pages: Iterable[int]) -> str:
    """Write pages, which count from 0, as people do.

    >>> pages_text([0, 1, 2, 4])
    '1-3, 5'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] + 1 == page:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(f"{a + 1}-{b + 1}" if b > a else f"{a + 1}" for a, b in runs)
