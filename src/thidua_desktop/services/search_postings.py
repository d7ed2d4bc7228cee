"""Which rows hold which word: lists of row numbers for rare words, sets of bits for common ones.

A set of rows is one whole number with a bit for each: to intersect those of 100,000 rows takes
microseconds, whatever was typed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator

from thidua_desktop.domain.search_words import Word

_COMMON = 256  # a word in more than one row of so many has its bits kept
_ASKED = 64
_SHORT = 2  # so many first letters are in so many words that their rows are kept
_NOT_EMPTY = re.compile(rb"[^\x00]")
_PLACES = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]


def rows_in(bits: int) -> Iterator[int]:
    """Yield the row numbers in a set of rows, in order."""
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _NOT_EMPTY.finditer(held):
        first = found.start() * 8
        for place in _PLACES[held[found.start()]]:
            yield first + place


class Postings:
    """The rows of every word of one part of the records."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}  # by the word as spelled
        self._spellings: dict[str, list[Word]] = {}  # by its key
        self._keys: list[str] = []  # in order, so that those with one beginning stand together
        self._common: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._asked: dict[tuple[str, str], int] = {}  # what the key press before asked for
        self._count = 0
        self._is_settled = False

    def add(self, row: int, words: Iterable[Word]) -> None:
        """Enter that a row, not smaller than those before, holds these words."""
        self._count = row + 1
        for word in words:
            rows = self._rows.get(word.spelled)
            if rows is None:
                rows = self._open(word)
            if not rows or rows[-1] != row:
                rows.append(row)
                if self._is_settled:
                    self._keep(word, 1 << row)

    def settle(self) -> None:
        """Make the sets of what is common, once after the first rows were added."""
        self._is_settled = True
        self._keys = sorted(self._spellings)
        often = [word for word, rows in self._rows.items() if len(rows) * _COMMON > self._count]
        self._common = {word: self._bits((word,)) for word in often}
        for key in {key[:size] for key in self._keys for size in range(1, _SHORT + 1)}:
            words = self._beginning_with(key)
            if sum(len(self._rows[word]) for word in words) * _COMMON > self._count:
                self._beginnings[key] = self._bits(words)

    def whole(self, key: str) -> int:
        """Return the rows that hold this word, whatever its marks."""
        return self._once("whole", key, lambda: [w.spelled for w in self._spellings.get(key, ())])

    def beginning(self, key: str) -> int:
        """Return the rows that hold a word with this beginning, whatever its marks."""
        kept = self._beginnings.get(key)
        if kept is not None:
            return kept
        return self._once("beginning", key, lambda: self._beginning_with(key))

    def agreeing(self, typed: Word) -> int:
        """Return the rows with a word, or the beginning of one, that has the marks typed."""
        return self._once("agreeing", typed.spelled, lambda: self._agreeing_with(typed))

    def any_whole(self, keys: Iterable[str]) -> int:
        """Return the rows that hold any of these words."""
        return self._bits({word.spelled for key in keys for word in self._spellings.get(key, ())})

    def any_beginning(self, keys: Iterable[str]) -> int:
        """Return the rows that hold a word with any of these beginnings."""
        return self._bits({word for key in keys for word in self._beginning_with(key)})

    def forget(self) -> None:
        """Forget what was asked before."""
        self._asked.clear()

    def _open(self, word: Word) -> array[int]:
        if word.key not in self._spellings and self._is_settled:
            insort(self._keys, word.key)
        self._spellings.setdefault(word.key, []).append(word)
        rows = self._rows[word.spelled] = array("I")
        return rows

    def _keys_beginning(self, beginning: str) -> list[str]:
        start = bisect_left(self._keys, beginning)
        return self._keys[start : bisect_left(self._keys, beginning + "\U0010ffff", start)]

    def _beginning_with(self, beginning: str) -> list[str]:
        keys = self._keys_beginning(beginning)
        return [word.spelled for key in keys for word in self._spellings[key]]

    def _agreeing_with(self, typed: Word) -> list[str]:
        keys = {*self._keys_beginning(typed.plain), typed.key}
        words = [word for key in keys for word in self._spellings.get(key, ())]
        return [word.spelled for word in words if typed.agrees_with(word)]

    def _keep(self, word: Word, bit: int) -> None:
        self.forget()
        if word.spelled in self._common:
            self._common[word.spelled] |= bit
        for size in range(1, _SHORT + 1):
            if word.key[:size] in self._beginnings:
                self._beginnings[word.key[:size]] |= bit

    def _once(self, what: str, key: str, words: Callable[[], list[str]]) -> int:
        bits = self._asked.get((what, key))
        if bits is None:
            if len(self._asked) >= _ASKED:
                self._asked.clear()
            bits = self._asked[what, key] = self._bits(words())
        return bits

    def _bits(self, words: Iterable[str]) -> int:
        bits, held = 0, bytearray(self._count // 8 + 1)
        for word in words:
            common = self._common.get(word)
            if common is not None:
                bits |= common
                continue
            for row in self._rows[word]:
                held[row >> 3] |= 1 << (row & 7)
        return bits | int.from_bytes(held, "little")
