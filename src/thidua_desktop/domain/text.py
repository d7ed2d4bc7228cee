"""Vietnamese text as it is typed, pasted, compared and put in order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {c: i + 1 for i, c in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# huyền, hỏi, ngã, sắc, nặng, in the order of the dictionary
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_STRANGE_LETTER = 100.0
_END_OF_LATIN = 0x1F00
# What looks like đ and is not: eth, the African D, D with a stroke laid over it.
_LIKE_D = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_STROKED_D = re.compile("([Dd])[\u0335\u0336]")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# What steers a terminal or turns the rest of a line around instead of being read.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_STRAY_RETURN = "_x000D_"  # how older writers of workbooks leave a line's end
# The apostrophe of H'Hen, as keyboards and word processors have it.
APOSTROPHES = "'`\u2018\u2019\u02bc\u00b4"
# The syllables that are written with i or y; elsewhere the two are different sounds: mai, may.
_WRITTEN_BOTH_WAYS = re.compile("(?<![a-z])(h|k|l|m|s|t|v|qu)y(?![a-z])")

SortKey = tuple[tuple[float, ...], tuple[int, ...], tuple[bool, ...]]


class _PlainLetters(dict[int, str]):
    """What is left of a character without marks and case; those of Latin letters are kept."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).replace("đ", "d").replace("Đ", "D"))
        plain = "".join(c for c in parts if not unicodedata.combining(c)).casefold()
        if code < _END_OF_LATIN:
            self[code] = plain
        return plain


_PLAIN = _PlainLetters.fromkeys(map(ord, APOSTROPHES), "")


def clean(text: str) -> str:
    """Compose marks (NFC), squeeze blanks, drop what cannot be seen: equal names are equal strings.

    Text pasted from Word on macOS, from old Excel files or from the web looks the same, and no
    search finds it. A letter that only looks like đ becomes đ. Text in an old encoding is to be
    decoded before: there a soft hyphen is a letter.

    >>> clean("  Sở   Nội vụ\u200b ") == "Sở Nội vụ"
    True
    """
    composed = unicodedata.normalize("NFC", text)
    if not composed.isascii():
        composed = _STROKED_D.sub(_with_stroke, composed.translate(_LIKE_D))
        composed = _UNSEEN.sub("", composed)
    return " ".join(composed.replace(_STRAY_RETURN, " ").split())


def clean_lines(text: str) -> str:
    """Clean a text of several lines, line by line; blank lines at both ends go.

    >>> clean_lines(" a  b ")
    'a b'
    """
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")


def visible(text: str) -> str:
    """Return a text as it may be shown: what steers instead of being read is seen as a mark.

    Forms let none of it in; a bundle, or the name of a file, may bring some.

    >>> visible("hóa đơn \u202efdp.exe")
    'hóa đơn �fdp.exe'
    """
    return text if text.isascii() and text.isprintable() else _STEERING.sub("\ufffd", text)


def escaped(document: str) -> str:
    r"""Return a JSON document that says the same and steers no terminal on its way.

    >>> escaped('"\u202e"')
    '"\\u202e"'
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def fold(text: str) -> str:
    """Return the text without marks and case, for search: đ is d, hoà is hòa, H'Hen is HHen.

    >>> fold("Đống Đa") == fold("dong da")
    True
    """
    return text.translate(_PLAIN)


def with_i(folded: str) -> str:
    """Return a folded text with i where both i and y are written: lý is lí, quý is quí.

    >>> with_i(fold("Lý Quý Thụy")), with_i(fold("Lí Quí Thụy"))
    ('li qui thuy', 'li qui thuy')
    """
    return _WRITTEN_BOTH_WAYS.sub(r"\1i", folded) if "y" in folded else folded


def spelling(text: str) -> tuple[tuple[tuple[float, ...], tuple[int, ...]], ...]:
    """Return what is equal for the spellings of one name: hoà is hòa, HÒA too; Hoa is another.

    `fold` would make one person of Hòa, Hoa and Hóa.

    >>> spelling("Thuỷ") == spelling("THỦY") != spelling("Thúy")
    True
    """
    return tuple(map(_spelling_of_word, text.lower().split()))


@lru_cache(maxsize=65_536)  # a language has more names than words
def _spelling_of_word(word: str) -> tuple[tuple[float, ...], tuple[int, ...]]:
    letters, tones, _ = sort_key(word)
    return letters, tuple(sorted(filter(None, tones)))


@lru_cache(maxsize=65_536)
def sort_key(text: str) -> SortKey:
    """Return the key that puts Vietnamese words in order, as ICU does: letters, tones, case.

    >>> sorted(["em", "đi", "da"], key=sort_key)
    ['da', 'đi', 'em']
    """
    signs = [sign_of(char) for char in unicodedata.normalize("NFC", text)]
    letters, tones, cases = zip(*signs, strict=True) if signs else ((), (), ())
    return letters, tones, cases


def name_key(name: str) -> tuple[SortKey, SortKey, SortKey]:
    """Return the key that puts people in order: given name, family name, middle names.

    >>> sorted(["Trần An", "Lê Bình", "Bùi An"], key=name_key)
    ['Bùi An', 'Trần An', 'Lê Bình']
    """
    given, family, middle = name_parts(name)
    return sort_key(given), sort_key(family), sort_key(middle)


def name_parts(name: str) -> tuple[str, str, str]:
    """Return the given name of a person, the family name and the middle names."""
    words = name.split() or [""]
    return words[-1], words[0], " ".join(words[1:-1])


@lru_cache(maxsize=4_096)
def sign_of(char: str) -> tuple[float, int, bool]:
    """Return the place of a letter, its tone, and whether it is a capital."""
    parts = unicodedata.normalize("NFD", char.lower())
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return _place(base), max((_TONES.get(c, 0) for c in parts), default=0), char != char.lower()


def _place(base: str) -> float:
    if base == " ":
        return 0
    return _LETTERS.get(base) or (_STRANGE_LETTER + ord(base[0]) / 1e7 if base.isalnum() else -1)


def _with_stroke(found: re.Match[str]) -> str:
    return "Đ" if found[1] == "D" else "đ"
