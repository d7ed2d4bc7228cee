"""Keys as words, and back; phrases."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_desktop.domain.errors import RecoveryWordsError
from thidua_desktop.domain.recovery import (
    PHRASE_WORDS,
    RECOVERY_WORDS,
    phrase,
    recovery_words,
    seed_of,
)
from thidua_desktop.domain.text import fold

LIST = Path(__file__).resolve().parents[2] / "resources" / "keys" / "words.txt"
WORDS = tuple(LIST.read_text("utf-8").split())


def test_the_list_is_what_keys_on_paper_rely_on() -> None:
    """It never changes: a word printed would mean another number."""
    assert len(set(WORDS)) == len(WORDS) == 2_048
    assert all(word.isascii() and word.isalpha() and fold(word) == word for word in WORDS)
    assert list(WORDS) == sorted(WORDS)
    assert (WORDS[0], WORDS[1_000], WORDS[-1]) == ("ba", "ngung", "xuyt")


@settings(deadline=None)  # how long it takes is the machine's affair
@given(st.binary(min_size=32, max_size=32))
def test_a_key_comes_back_from_its_words(seed: bytes) -> None:
    words = recovery_words(seed, WORDS)
    assert len(words) == RECOVERY_WORDS
    assert seed_of("  ".join(words).upper(), WORDS) == seed
    listed = "\n".join(f"{n:2}. {word}" for n, word in enumerate(words, start=1))
    assert seed_of(listed, WORDS) == seed  # as `office root-words` prints them


def test_a_word_changed_or_moved_is_noticed() -> None:
    words = list(recovery_words(bytes(range(32)), WORDS))
    missed = 0
    for place in range(RECOVERY_WORDS):
        for other in WORDS[:: 2_048 // 16]:
            wrong = [*words[:place], other, *words[place + 1 :]]
            with suppress(RecoveryWordsError):
                missed += wrong != words and bool(seed_of(" ".join(wrong), WORDS))
    assert missed <= 8  # one in 256 of some 380
    with pytest.raises(RecoveryWordsError):
        seed_of(" ".join(words[:-1]), WORDS)
    with pytest.raises(RecoveryWordsError) as strange:
        seed_of(" ".join([*words[:3], "xyzzy", *words[4:]]), WORDS)
    assert strange.value.place == 4


def test_a_phrase_is_six_words_of_the_list() -> None:
    said = phrase(bytes(range(9)), WORDS).split()
    assert len(said) == PHRASE_WORDS
    assert set(said) <= set(WORDS)
    assert phrase(b"\xff" * 9, WORDS) == " ".join([WORDS[-1]] * PHRASE_WORDS)
