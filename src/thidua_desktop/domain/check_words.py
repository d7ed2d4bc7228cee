"""Từ đối chiếu: a fingerprint as six short words that two people read to each other by telephone.

They are those words of the list that sound like no other in any part of the country: of initials
that a dialect makes one (ch and tr, s and x, l and n, d, gi and r) at most one is used, and rimes
that are hard to spell by ear are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

CHECK_WORDS = 6
_WORD_BITS = 9
_CLEAR = 1 << _WORD_BITS
_INITIALS = "b ch h kh l m nh ph t th v x"
_HARD, _SOFT = "c g ng", "k gh ngh"
_FRONT = "em en eo ep et ia iem ien iet im in inh ip it"
_BACK = (
    "a ac ai am an ang anh ao ap at o oa oc oi om on ong op ot u ua uc ui um un ung uon uong up ut"
)
_UNFIT = {"bu", "chet", "chui", "khon", "ngu", "vu", "xac"}  # nobody likes to read them out


def check_words(digest: str, words: Sequence[str]) -> str:
    """Return the words of a fingerprint in hexadecimal digits, in two groups of three.

    Args:
        digest: the fingerprint, at least 54 bits of it.
        words: the 2,048 words of the list.
    """
    clear = clear_words(tuple(words))
    bits = CHECK_WORDS * _WORD_BITS
    number = int(digest, 16) >> len(digest) * 4 - bits
    said = [clear[number >> _WORD_BITS * at & _CLEAR - 1] for at in reversed(range(CHECK_WORDS))]
    half = CHECK_WORDS // 2
    return f"{' '.join(said[:half])} · {' '.join(said[half:])}"


@lru_cache(maxsize=1)
def clear_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the 512 words that are clear by ear, in the order of the list.

    They never change: both sides of a bundle must find the same, whatever version they use.
    """
    starts = {
        _FRONT: f"{_INITIALS} {_SOFT}".split(),
        _BACK: f"{_INITIALS} {_HARD}".split(),
    }
    sounds = {start + rime for rimes in starts for start in starts[rimes] for rime in rimes.split()}
    sounds -= _UNFIT
    return tuple(sorted([word for word in words if word in sounds], key=_short)[:_CLEAR])


def _short(word: str) -> tuple[int, str]:
    return len(word), word
