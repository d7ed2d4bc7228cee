"""Words for keys: a key as words to print and to type again, and phrases to tell by telephone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from thidua_desktop.domain.errors import RecoveryWordsError
from thidua_desktop.domain.text import clean, fold

_WORD_BITS = 11
_KEY_BITS, _CHECK_BITS = 256, 8
RECOVERY_WORDS = (_KEY_BITS + _CHECK_BITS) // _WORD_BITS
PHRASE_WORDS = 6


def recovery_words(seed: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """Return a key of 32 bytes as 24 words, the last of which holds a checksum.

    Args:
        seed: the key.
        words: the 2,048 words of the list.
    """
    number = int.from_bytes(seed) << _CHECK_BITS | hashlib.sha256(seed).digest()[0]
    return _words(number, RECOVERY_WORDS, words)


def seed_of(text: str, words: Sequence[str]) -> bytes:
    """Return the key that the words stand for, typed in any case and with or without marks.

    The numbers that stand before the words on paper may be there, too.

    Raises:
        RecoveryWordsError: they are not 24, one is not in the list, or the checksum is wrong.
    """
    typed = [word for word in fold(text).split() if not word.rstrip(".").isdecimal()]
    places = {word: place for place, word in enumerate(words)}
    for place, word in enumerate(typed, start=1):
        if word not in places:
            raise RecoveryWordsError(place)
    if len(typed) != RECOVERY_WORDS:
        raise RecoveryWordsError(None)
    number = 0
    for word in typed:
        number = number << _WORD_BITS | places[word]
    seed = (number >> _CHECK_BITS).to_bytes(_KEY_BITS // 8)
    if recovery_words(seed, words) != tuple(typed):
        raise RecoveryWordsError(None)
    return seed


def phrase(noise: bytes, words: Sequence[str]) -> str:
    """Return a phrase of six words from so many random bytes."""
    bits = PHRASE_WORDS * _WORD_BITS
    number = int.from_bytes(noise) >> len(noise) * 8 - bits
    return " ".join(_words(number, PHRASE_WORDS, words))


def plain_phrase(text: str) -> str:
    """Return a phrase as it was meant: composed, without blanks around or doubled between words."""
    return clean(text)


def _words(number: int, count: int, words: Sequence[str]) -> tuple[str, ...]:
    mask = (1 << _WORD_BITS) - 1
    return tuple(words[number >> _WORD_BITS * at & mask] for at in reversed(range(count)))
