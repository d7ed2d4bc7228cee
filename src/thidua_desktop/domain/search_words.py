"""Words as search sees them: what was typed fits a word without marks, and better with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from thidua_desktop.domain.text import APOSTROPHES, clean, fold, with_i

_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_WITHOUT_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_FOR_TYPOS = 3
MOST_INITIALS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `plain` without marks, `key` with i where i and y are both written, `letters` with
    the marks of its letters, and its tone apart; `spelled` is letters and tone: hoà is hòa.
    """

    plain: str
    key: str
    letters: str
    tone: str
    spelled: str

    @property
    def has_marks(self) -> bool:
        """Tell whether any mark was written."""
        return bool(self.tone) or self.letters != self.plain

    @property
    def may_be_initials(self) -> bool:
        """Tell whether no mark was written but that of đ."""
        return self.spelled.replace("đ", "d") == self.plain

    def agrees_with(self, other: Word) -> bool:
        """Tell whether every mark of this word, typed so far, is in the other too.

        A letter typed without a mark may be any: duc is đức, đuc is, but not dục.
        """
        if self.tone and self.tone != other.tone:
            return False
        pairs = zip(self.letters, other.letters, strict=False)
        return all(one in {two, fold(two)} or {one, two} == {"i", "y"} for one, two in pairs)


@lru_cache(maxsize=65_536)
def word_of(text: str) -> Word:
    """Return a word by how it is written.

    >>> word_of("Hoà") == word_of("HÒA")
    True
    """
    parts = unicodedata.normalize("NFD", text.lower())
    letters = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    plain = fold(text)
    tone = next((c for c in parts if c in _TONES), "")
    return Word(plain, with_i(plain), letters, tone, letters + tone)


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; Đ/c are two, H'Hen is one."""
    return [word for piece in text.split() for word in _words_in(piece)]


@lru_cache(maxsize=65_536)
def _words_in(piece: str) -> tuple[Word, ...]:
    whole = clean(piece).translate(_WITHOUT_APOSTROPHES)
    return tuple(word_of(found[0]) for found in _WORD.finditer(whole))


def holds(text: str, typed: Sequence[Word]) -> bool:
    """Tell whether every word typed is one of the text, or the beginning of one, marks or not.

    >>> holds("Lý Quý Đạt", words_of("qui da"))
    True
    """
    words = words_of(text)
    return all(
        any(word.plain.startswith(one.plain) or word.key == one.key for word in words)
        for one in typed
    )


def initials_of(words: list[Word]) -> str:
    """Return the first letters of the words of a name: nvd of Nguyễn Văn Dũng; none of a sentence.

    >>> initials_of(words_of("Nguyễn Văn Dũng"))
    'nvd'
    """
    return "".join(word.plain[:1] for word in words) if 1 < len(words) <= MOST_INITIALS else ""


def with_one_typo(word: str) -> Iterator[str]:
    """Yield what may be meant where a letter is wrong, missing, too many or changed places.

    A short word means too many others; a number is never mistyped into another.
    """
    if len(word) < _SHORTEST_FOR_TYPOS or not word.isalpha():
        return
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        yield before + after
        if after:
            yield before + after[0] + word[place] + after[1:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + word[place:]
    yield from (word + letter for letter in _LETTERS)
