"""A fingerprint as words to be read by telephone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.check_words import CHECK_WORDS, check_words, clear_words

LIST = Path(__file__).resolve().parents[2] / "resources" / "keys" / "words.txt"
WORDS = tuple(LIST.read_text("utf-8").split())
# What a dialect makes one, as it is heard.
HEARD_ALIKE = [("tr", "ch"), ("s", "x"), ("n", "l"), ("gi", "d"), ("r", "d"), ("qu", "k")]


def heard(word: str) -> str:
    for written, said in (("ngh", "ng"), ("gh", "g"), ("k", "c")):
        if word.startswith(written) and not word.startswith("kh"):
            word = said + word[len(written) :]
            break
    for one, other in HEARD_ALIKE:
        if word.startswith(one) and not word.startswith(("ng", "nh")):
            return other + word[len(one) :]
    return word


def test_the_words_are_those_that_both_sides_will_always_find() -> None:
    clear = clear_words(WORDS)
    assert len(set(clear)) == len(clear) == 512
    assert set(clear) <= set(WORDS)
    assert (clear[0], clear[255], clear[-1]) == ("ba", "vep", "tham")
    assert check_words("0123456789abcdef" * 4, WORDS) == "ca kit boi · hop bien tup"


def test_no_two_of_them_are_heard_alike() -> None:
    sounds = [heard(word) for word in clear_words(WORDS)]
    assert len(set(sounds)) == len(sounds)
    everything = [heard(word) for word in WORDS]
    assert len(set(everything)) < len(everything)  # of the whole list many are


@given(st.binary(min_size=32, max_size=32))
def test_a_fingerprint_is_six_words_in_two_groups(digest: bytes) -> None:
    said = check_words(digest.hex(), WORDS)
    first, second = said.split(" · ")
    assert len(first.split()) + len(second.split()) == CHECK_WORDS


def test_any_of_the_first_54_bits_changes_the_words() -> None:
    number = int.from_bytes(bytes(range(32)))
    changed = [number ^ 1 << 255 - bit for bit in range(54)]
    said = [check_words(f"{one:064x}", WORDS) for one in (number, *changed)]
    assert all(one != other for one, other in combinations(said, 2))
