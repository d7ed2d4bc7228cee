"""Where words stand in the letters of a page, marks or not, over the ends of lines."""

from __future__ import annotations

import unicodedata

from thidua_desktop.domain.text import fold


def places_of(words: str, letters: str) -> list[tuple[int, int]]:
    r"""Return where words begin in the letters, and how many letters they take.

    Words without marks find any marks, words with marks only their own. Blanks and the ends of
    lines are one blank.

    >>> places_of("ho so", "Hồ\r\nsơ và hô so")
    [(0, 6), (10, 5)]
    >>> places_of("hồ sơ", "Hồ\r\nsơ và hô so")
    [(0, 6)]
    """
    wanted = " ".join(unicodedata.normalize("NFC", words).split())
    if not wanted:
        return []
    is_bare = fold(wanted) == wanted.casefold()
    seen, origins = _flat(letters, is_bare=is_bare)
    wanted = fold(wanted) if is_bare else wanted.casefold()
    found = []
    at = seen.find(wanted)
    while at >= 0:
        start, end = origins[at], origins[at + len(wanted) - 1]
        found.append((start, end - start + 1))
        at = seen.find(wanted, at + len(wanted))
    return found


def _flat(letters: str, *, is_bare: bool) -> tuple[str, list[int]]:
    """Return the letters to be compared, and from where each of them is."""
    seen: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(letters):
        if letter.isspace() or letter in "\0\ufffe\uffff":
            if seen and seen[-1] != " ":
                seen.append(" ")
                origins.append(place)
            continue
        for one in fold(letter) if is_bare else letter.casefold():
            seen.append(one)
            origins.append(place)
    return "".join(seen), origins
