"""Names as they really arrive: 231 of them, and the order in which Vietnamese lists stand."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.search_words import with_one_typo, word_of, words_of
from thidua_desktop.domain.text import clean, fold, name_key, sort_key, spelling, with_i
from thidua_desktop.services.search_index import Entry, SearchIndex

DATA = Path(__file__).resolve().parents[1] / "data"
# Decoding comes before cleaning: the file's own clean text stands for what it gives.
DECODED_BEFORE = {"tcvn3", "vni"}
REPAIRED_BY_A_PERSON = {"mojibake", "html_entities"}
# Letters that are lost, or of another alphabet, are kept as they came and find nobody.
NOT_FOUND_BY_NAME = {"lost_letters", "viqr", "mixed_script", "collective"}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = read("hard_names.csv")
ORDERS = read("collation_vi.csv")


def typed(row: dict[str, str]) -> str:
    raw = row["input_escaped"].encode("latin-1", "backslashreplace")
    return raw.decode("unicode_escape") if row["encoding"] == "unicode" else row["clean"]


def is_plain(row: dict[str, str]) -> bool:
    flags = set(row["flags"].split(";"))
    return row["encoding"] == "unicode" and not flags & REPAIRED_BY_A_PERSON


def known(row: dict[str, str]) -> str:
    """Return the name as the program keeps it."""
    return clean(typed(row)) if is_plain(row) else row["clean"]


def order(name: str) -> list[str]:
    rows = [row for row in ORDERS if row["list"] == name]
    return [row["text"] for row in sorted(rows, key=lambda row: int(row["position"]))]


def test_the_file_has_all_its_rows() -> None:
    assert len(NAMES) == 231
    assert sum(is_plain(row) for row in NAMES) == 202


@pytest.mark.parametrize("row", [*filter(is_plain, NAMES)], ids=lambda row: row["id"])
def test_a_name_is_cleaned_as_the_file_says(row: dict[str, str]) -> None:
    assert clean(typed(row)) == row["clean"]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["id"])
def test_a_name_folds_as_the_file_says(row: dict[str, str]) -> None:
    assert fold(known(row)) == row["search_key"]


def test_who_is_the_same_after_cleaning_is_spelled_the_same_and_others_are_not() -> None:
    for person, rows in persons().items():
        same = {spelling(known(row)) for row in rows if row["same_after_cleaning"] == "yes"}
        assert len(same) <= 1, person


def test_every_name_is_found_by_every_way_to_write_it() -> None:
    rows = [row for row in NAMES if not set(row["flags"].split(";")) & NOT_FOUND_BY_NAME]
    ids = {UUID(int=place): row for place, row in enumerate(NAMES)}
    index = SearchIndex(Entry("person", one, known(row)) for one, row in ids.items())
    for row in rows:
        person = row["person"].removesuffix(" ?").removesuffix(" (2)")
        for text in {person, fold(person), known(row)}:
            found = {ids[hit.id]["id"] for hit in index.find(text, limit=231).hits}
            assert row["id"] in found, (row["id"], text)


def test_names_that_differ_in_marks_are_found_together_and_the_typed_one_stands_first() -> None:
    rows = [row for row in NAMES if row["category"] == "marks-differ"]
    index = SearchIndex(
        Entry("person", UUID(int=place), row["clean"]) for place, row in enumerate(rows)
    )
    for row in rows:
        found = index.find(row["clean"]).hits
        alike = {one["clean"] for one in rows if one["search_key"] == row["search_key"]}
        assert {hit.title for hit in found} == alike
        if fold(row["clean"].split()[-1]) != row["clean"].split()[-1].lower():
            assert found[0].title == row["clean"]


@pytest.mark.parametrize("name", ["alphabet", "tones", "words", "phrases_icu"])
def test_words_stand_as_in_vietnamese_lists(name: str) -> None:
    words = order(name)
    assert sorted(set(words), key=sort_key) == words


def test_people_stand_by_their_given_names() -> None:
    people = order("people_by_given_name")
    assert sorted(set(people), key=name_key) == people


def test_i_and_y_are_one_only_where_both_are_written() -> None:
    assert with_i("ly thi my quy vy") == "li thi mi qui vi"
    assert with_i("may thuy hay quyen nghy") == "may thuy hay quyen nghy"


def test_a_mark_typed_must_be_there_and_one_not_typed_may_be() -> None:
    word = word_of("đức")
    assert all(word_of(text).agrees_with(word) for text in ("duc", "đuc", "dưc", "đức", "du"))
    assert not any(word_of(text).agrees_with(word) for text in ("đục", "đừ", "dạc", "dứt"))


@given(st.text(alphabet="abcdghiklmnopqrstuvxy", min_size=3, max_size=7), st.data())
def test_a_word_with_one_letter_wrong_may_have_been_meant(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    wrong = word[:place] + "z" + word[place + 1 :]
    assert word in set(with_one_typo(wrong))
    assert word in set(with_one_typo(word[:place] + "z" + word[place:]))
    assert word in set(with_one_typo(word[1] + word[0] + word[2:]))
    assert not list(with_one_typo("12345"))


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert [word.plain for word in words_of(clean(text))] == [w.plain for w in words_of(text)]


def persons() -> dict[str, list[dict[str, str]]]:
    groups = defaultdict(list)
    for row in NAMES:
        if row["category"] not in {"dob", "dob-dup", "title"} and row["person"] != "?":
            groups[row["person"]].append(row)
    return groups
