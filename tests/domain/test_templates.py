"""Texts with places to fill in: names only, and what is filled in is never a template again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.templates import (
    FaultKind,
    Slot,
    faults_of,
    filled_in,
    literal,
)

AWARD, AGENCY = Slot("award_name", "hình thức khen thưởng"), Slot("agency", "cơ quan trình")
SLOTS = (AWARD, AGENCY)
VALUES = {"award_name": "Giấy khen", "agency": "Sở Y tế"}
words = st.text(st.sampled_from("ab{} ề.[]!:\n"), max_size=30)


@pytest.mark.parametrize(
    "template",
    [
        "{cơ quan trình} tặng {hình thức khen thưởng}",
        "{agency} tặng {award_name}",
        "{CO QUAN TRINH} tặng { Hình thức  khen thưởng }",
    ],
)
def test_a_place_is_known_by_both_its_names_however_they_are_typed(template: str) -> None:
    assert faults_of(template, SLOTS) == ()
    assert filled_in(template, SLOTS, VALUES) == "Sở Y tế tặng Giấy khen"


@pytest.mark.parametrize(
    "place",
    ["{award_nam}", "{}", "{0}", "{award_name.__class__}", "{award_name[0]}", "{award_name!r}"],
)
def test_a_place_is_a_name_and_nothing_else(place: str) -> None:
    (fault,) = faults_of(f"Tặng {place} cho", SLOTS)
    assert (fault.kind, fault.words) == (FaultKind.UNKNOWN, place)


@pytest.mark.parametrize(
    ("template", "kind", "words"),
    [
        ("Tặng {hình thức\ncho ai", FaultKind.UNCLOSED, "{hình thức"),
        ("Tặng agency} cho", FaultKind.UNOPENED, "Tặng agency}"),
        ("Tặng {agency", FaultKind.UNCLOSED, "{agency"),
    ],
)
def test_a_brace_alone_is_found_where_it_stands(template: str, kind: FaultKind, words: str) -> None:
    (fault,) = faults_of(template, SLOTS)
    assert (fault.kind, fault.words) == (kind, words)


@given(words)
def test_doubled_braces_say_any_words_as_they_are(said: str) -> None:
    assert faults_of(literal(said), SLOTS) == ()
    assert filled_in(literal(said), SLOTS, VALUES) == said


@given(words, words)
def test_what_is_filled_in_is_printed_as_it_is(award: str, agency: str) -> None:
    values = {"award_name": award, "agency": agency}
    assert filled_in("{agency}|{award_name}", SLOTS, values) == f"{agency}|{award}"


@given(st.lists(words | st.sampled_from(["{agency}", "{award_name}"]), max_size=5).map("".join))
def test_whatever_has_no_fault_can_be_filled_in(template: str) -> None:
    if not faults_of(template, SLOTS):
        filled_in(template, SLOTS, VALUES)
