"""Copied texts: how much of a report stands word for word in another one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from thidua_desktop.domain.text import fold

K = TypeVar("K", bound=Hashable)
_WORD = re.compile(r"\w+")
_RUN = 4  # words that follow each other
_MOST_WORDS = 2_000
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Copied:
    """How many per cent of a text another one has word for word."""

    of: Hashable
    share: int


def words_of_text(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(fold(text))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text; of a short one, the whole."""
    words = words_of_text(text)[:_MOST_WORDS]
    if len(words) <= _RUN:
        return frozenset({tuple(words)} if words else ())
    return frozenset(tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


def share_in(text: str, other: str) -> int:
    """Return how many per cent of a text stand in another one.

    >>> share_in("a b c d e", "x a b c d e y")
    100
    """
    own = shingles(text)
    return len(own & shingles(other)) * _PERCENT // len(own) if own else 0


def copies(
    texts: Iterable[tuple[K, str]], *, least_words: int, share: int
) -> Iterator[tuple[K, Copied]]:
    """Yield which texts are copied from one before them, and how much of the text.

    A copy is no model for others: however many copies there are, each is compared with few texts.
    Texts of few words may be alike by chance.
    """
    holders: defaultdict[tuple[str, ...], list[K]] = defaultdict(list)
    sizes: dict[K, int] = {}
    for key, text in texts:
        if len(words_of_text(text)) < least_words:
            continue
        own = shingles(text)
        common = Counter(other for run in own for other in holders.get(run, ()))
        best = max(common.items(), key=lambda pair: pair[1], default=None)
        if best is not None:
            found = best[1] * _PERCENT // min(len(own), sizes[best[0]])
            if found >= share:
                yield key, Copied(best[0], found)
                continue
        sizes[key] = len(own)
        for run in own:
            holders[run].append(key)
