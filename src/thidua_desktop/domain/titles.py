"""Titles (chức danh) and names of agencies: written out, compared, the standard one of several."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from thidua_desktop.domain.text import fold, with_i

# hoà, khoẻ, thuỷ as hòa, khỏe, thủy: where the mark of a tone stands in an open syllable.
_OPEN = re.compile("(?<![qQ])([oOuU])([aeyAEY][\u0300\u0301\u0303\u0309\u0323])(?!\\w)")
_WORD = re.compile(r"[^\s,;()“”\"]+")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def written_out(text: str, abbreviations: Mapping[str, str]) -> str:
    """Return a title without its abbreviations; of one in capitals, in capitals.

    >>> written_out("PGĐ Sở XD", {"PGĐ": "Phó Giám đốc", "XD": "Xây dựng"})
    'Phó Giám đốc Sở Xây dựng'
    """

    def whole(found: re.Match[str]) -> str:
        word = found[0]
        said = abbreviations.get(word) or abbreviations.get(word.rstrip("."))
        if said is None:
            return word
        if is_in_capitals:
            return said.upper()
        return said[:1].upper() + said[1:] if found.start() == 0 else said

    words = text.split()
    is_in_capitals = (
        text.isupper() and len(words) > 1 and any(w not in abbreviations for w in words)
    )
    return _WORD.sub(whole, text)


def has_abbreviation(text: str, abbreviations: Mapping[str, str]) -> bool:
    """Tell whether something in a title is abbreviated: by the table, or by an ampersand."""
    return written_out(text, abbreviations) != text or "&" in text


def old_tones(text: str) -> str:
    """Return a text with the marks of tones where laws have them: hòa, Ủy ban, khỏe.

    >>> old_tones("Uỷ ban nhân dân xã Đông Hoà, quý")
    'Ủy ban nhân dân xã Đông Hòa, quý'
    """

    def moved(found: re.Match[str]) -> str:
        return found[1] + found[2][1:] + found[2][0]

    return unicodedata.normalize("NFC", _OPEN.sub(moved, unicodedata.normalize("NFD", text)))


def title_key(text: str, abbreviations: Mapping[str, str]) -> str:
    """Return what is equal for the ways one title is written.

    >>> title_key("Phó trưởng phòng", {}) == title_key("Phó Trưởng  phòng.", {})
    True
    """
    folded = with_i(fold(written_out(text, abbreviations)))
    return " ".join(_NOT_LETTERS.sub(" ", folded).split())


def standard_title(texts: Iterable[str], abbreviations: Mapping[str, str]) -> str:
    """Return the standard one of the ways one title is written.

    Written out beats abbreviated, marks where laws have them beat others, then the usual one, then
    the one with more capitals: Decree 30 writes Phó Trưởng phòng.
    """
    counts = Counter(texts)

    def rank(text: str) -> tuple[bool, bool, bool, int, int, str]:
        capitals = sum(char.isupper() for char in text)
        return (
            not has_abbreviation(text, abbreviations),
            not text.isupper(),
            old_tones(text) == text and text[:1].isupper(),
            counts[text],
            capitals,
            text,
        )

    return old_tones(written_out(max(counts, key=rank), abbreviations))
