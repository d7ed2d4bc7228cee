"""Lines are read many at a time: that says and gives the same as one by one, and as the page of the
format says it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from storage.ledger import forge
from storage.ledger.forge import ASSESSMENT, NOTE, ORIGIN, SCORE, SELF_SCORE, line, said
from thidua_desktop.domain.kinds import fields_of
from thidua_desktop.storage.ledger.checking import CheckedLines, LineReader, is_composed, is_usual
from thidua_desktop.storage.ledger.lines import START_HASH, LineError, linked, links

EVERY = tuple(chr(code) for code in chain(range(0xD800), range(0xE000, 0x110000)))
USUAL = [one for one in EVERY if is_usual(one.encode())]


def is_normal(text: str) -> bool:
    return unicodedata.normalize("NFC", text) == text


def test_of_every_character_it_is_known_whether_it_is_composed() -> None:
    assert all(is_composed(one.encode()) == is_normal(one) for one in EVERY)


def test_usual_characters_are_composed_in_any_order() -> None:
    """None of them is a mark, so that what is true of all pairs is true of all texts."""
    assert set("Nguyễn Thị Hoà, Đỗ Ứng “–”…\n") < set(USUAL)
    assert not any(map(unicodedata.combining, USUAL))
    for first in USUAL:
        pairs = "".join(first + second for second in USUAL)
        assert is_normal(pairs)
        assert is_composed(pairs.encode())
    marks = [one for one in EVERY if unicodedata.combining(one)]
    assert not any(is_composed(f"e{mark}".encode()) for mark in marks if not is_normal(f"e{mark}"))


HARD = st.sampled_from("aeouăơđấậ–“”…  \u1100\u1161\u11a8\u0301\u0323\u0344\u1f71\u2000\u212b가한")


@given(st.text(HARD | st.characters(exclude_categories=["Cs"]), max_size=12))
@example("e\u0301")
@example("–\u0301")
@example("\u1ea5\u0323")
def test_a_text_is_composed_exactly_where_it_is_its_normal_form(text: str) -> None:
    assert is_composed(text.encode()) == is_normal(text)


TEXTS = st.text(HARD | st.sampled_from('"\\],[\n\t\u0000\u007f\u0085'), max_size=8)
POINTERS = st.lists(
    st.integers(-1, 4)
    | st.just(2**40)
    | st.tuples(
        st.sampled_from([forge.text(ORIGIN), forge.text(b"q" * 16), "x"]), st.integers(0, 3)
    ),
    max_size=3,
)
VALUES = st.dictionaries(
    st.sampled_from([0, 1, ASSESSMENT, SELF_SCORE, NOTE, len(SCORE) - 1]),
    TEXTS | st.none() | st.integers(-1, 10_001) | st.just(forge.text(b"r" * 16)),
    max_size=3,
)
RIGHT = st.fixed_dictionaries(
    {
        "values": st.dictionaries(
            st.just(NOTE), st.sampled_from(["Hòa", '],["', "\t\\"]), min_size=1
        )
    },
    optional={
        "prev": st.sampled_from(
            [[1], [1, 2], [[forge.text(b"q" * 16), 1]], [1, [forge.text(b"q" * 16), 1]]]
        ),
        "lam": st.integers(1, 9),
        "at": st.integers(0, 9),
        "who": st.sampled_from(["Lan", "],[", '"']),
        "salt": st.sampled_from(["A" * 22, forge.text(b"s" * 16)]),
        "width": st.integers(NOTE + 1, len(SCORE)),
    },
)
WRONG = st.fixed_dictionaries(
    {},
    optional={
        "values": VALUES,
        "prev": POINTERS,
        "mask": st.integers(-1, 2**15),
        "lam": st.integers(-1, 3),
        "who": TEXTS | st.none(),
        "salt": st.sampled_from(["A" * 22, "A" * 43, "A" * 42 + "E", "A" * 21 + "B", "", "A" * 21]),
        "row": st.none() | st.sampled_from(["", "A" * 22, "A" * 21 + "B", "A" * 21 + "="]),
        "width": st.integers(0, len(SCORE) + 1),
    },
)


def read(data: Sequence[bytes]) -> CheckedLines | None:
    reader = LineReader(ORIGIN, fields_of("score"), SCORE)
    try:
        return reader.read(data)
    except LineError:
        return None


def told(checked: CheckedLines, at: int) -> list[Any]:
    """Return all that is told of the line at a place."""
    columns = {name: of[at] for name, of in checked.columns.items() if of[at] is not None}
    parts = [of[at] for of in checked.parts]
    pointing = [checked.own.get(at), checked.named.get(at)]
    return [*parts, checked.data[at], checked.rows[at], *pointing, columns]


@given(st.lists(RIGHT | WRONG, min_size=1, max_size=6))
def test_many_lines_are_read_as_each_of_them(made: list[dict[str, Any]]) -> None:
    data = [said(line(seq, **one)) for seq, one in enumerate(made, 1)]
    checked, alone = read(data), [read([one]) for one in data]
    assert (checked is not None) == all(one is not None for one in alone)
    if checked is not None:
        for at, one in enumerate(alone):
            assert one is not None
            assert told(checked, at) == told(one, 0)


@given(st.lists(RIGHT, min_size=1, max_size=6))
def test_the_chain_over_many_lines_is_that_of_the_format(made: list[dict[str, Any]]) -> None:
    lines = [line(seq, **one) for seq, one in enumerate(made, 1)]
    checked = read([said(one) for one in lines])
    assert checked is not None
    expected = START_HASH
    for one in lines:
        expected = forge.chain(expected, "score", one)
    assert linked(START_HASH, links("score", checked.parts)) == expected
