"""Keys of lists are in the order of Vietnamese names, byte by byte."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.lists import list_key, person_list_key
from thidua_desktop.domain.text import name_key, sort_key

_SYLLABLES = st.sampled_from(
    [
        *("an", "ân", "ăn", "àn", "ản", "ãn", "án", "ạn", "Ân", "ấn", "đi", "di", "đì", "ươm"),
        *("uôm", "yểng", "ỷ", "hoà", "hòa", "Hoa", "hóa", "z", "w", "f", "j", "Æ", "中", "b2"),
        *("-", "'", "."),
    ]
)
_NAMES = st.lists(_SYLLABLES, max_size=4).map(" ".join)


@given(_NAMES, _NAMES)
def test_people_stand_as_their_given_names_do(one: str, other: str) -> None:
    assert (person_list_key(one) < person_list_key(other)) == (name_key(one) < name_key(other))
    assert (person_list_key(one) == person_list_key(other)) == (name_key(one) == name_key(other))


@given(_NAMES, _NAMES)
def test_other_names_stand_as_they_are_read(one: str, other: str) -> None:
    assert (list_key(one) < list_key(other)) == (sort_key(one) < sort_key(other))


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_has_a_place(one: str, other: str) -> None:
    assert (list_key(one) < list_key(other)) == (sort_key(one) < sort_key(other))


def test_the_dictionary_s_order_of_tones_holds() -> None:
    names = ["mạ", "má", "mã", "mả", "mà", "ma"]
    assert sorted(names, key=list_key) == names[::-1]
