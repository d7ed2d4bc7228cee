from __future__ import annotations

import csv
import re
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.old_letters import in_new_letters
from thidua_desktop.domain.returned import PaperLine, Piece, imprint_of, lines_said
from thidua_desktop.domain.returned_places import FoundBy, find_back
from thidua_desktop.domain.same_words import Setting, digest, same
from thidua_desktop.domain.told import Source, Told, joined, source_of, spans_of, told_of
from thidua_desktop.domain.weaving import woven

WORDS = st.sampled_from(["Hiến", "đất", "“ba”", '"ba"', "lần.", "lần", "-", "xong;", "2023", "Số"])
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
# What stands between passages, each line once: titles, names, figures.
FIXED = st.lists(st.integers(1, 40).map("Mục {} của mẫu".format), unique=True, max_size=6)


def a_source(number: int) -> Source:
    return Source("evidence", UUID(int=number), "wording")


def a_paper(texts: list[str], between: list[str]) -> tuple[PaperLine, ...]:
    """Return lines with each text by itself, then inside a line, fixed lines between them."""
    lines = [PaperLine((Piece("Đầu trang"),))]
    for number, text in enumerate(texts):
        source = a_source(number)
        if number % 2:
            lines.append(PaperLine((Piece("- "), Piece(text, source), Piece(f": {number} km."))))
        else:
            lines += [PaperLine((Piece(line, source),)) for line in text.split("\n")]
        lines.append(PaperLine((Piece(f"Sau đoạn {number}"),)))
        lines += [PaperLine((Piece(words),)) for words in between[number : number + 1]]
    return lines_said(lines)


def bare(lines: tuple[PaperLine, ...]) -> tuple[PaperLine, ...]:
    return tuple(PaperLine((Piece(line.words),)) for line in lines)


def said_otherwise(printed: tuple[PaperLine, ...], now: tuple[PaperLine, ...]) -> dict[int, str]:
    imprint = imprint_of(printed)
    return {
        one.number: one.text
        for one in find_back(imprint, now).passages
        if digest(same(one.text, imprint.passages[one.number].setting))
        != imprint.passages[one.number].known_by
    }


@given(st.lists(TEXTS, min_size=1, max_size=5), FIXED, st.booleans())
def test_a_paper_that_was_not_edited_says_nothing_otherwise(texts, between, keeps_controls) -> None:
    printed = a_paper(texts, between)
    now = printed if keeps_controls else bare(printed)

    assert said_otherwise(printed, now) == {}
    assert find_back(imprint_of(printed), now).others == ()


@given(st.lists(TEXTS, min_size=1, max_size=5), FIXED, st.data(), st.booleans())
def test_one_edited_passage_is_the_one_that_differs(texts, between, data, keeps_controls) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    new = data.draw(LINES.map("{} viết lại".format))
    printed = a_paper(texts, between)
    after = a_paper([new if n == place else text for n, text in enumerate(texts)], between)

    found = said_otherwise(printed, after if keeps_controls else bare(after))

    assert found.keys() == {place}
    assert same(found[place], Setting.INSIDE) == same(new, Setting.INSIDE)


def test_a_reader_that_passes_over_a_passage_is_caught() -> None:
    printed = a_paper(["Hiến đất", "Góp công"], [])
    after = a_paper(["Hiến ruộng", "Góp công"], [])

    def passed_over(lines: tuple[PaperLine, ...]) -> tuple[PaperLine, ...]:
        return tuple(printed[1] if line.sources == (a_source(0),) else line for line in lines)

    assert said_otherwise(printed, after).keys() == {0}
    assert said_otherwise(printed, passed_over(after)).keys() != {0}


def test_a_line_that_was_typed_beside_a_passage_belongs_to_it() -> None:
    printed = a_paper(["Hiến đất"], [])
    now = (*printed[:2], PaperLine((Piece("Góp công"),)), *printed[2:])

    (found,) = find_back(imprint_of(printed), now).passages

    assert (found.text, found.by, found.beside) == ("Hiến đất\nGóp công", FoundBy.CONTROL, 1)


def test_what_cannot_be_told_apart_is_not_found() -> None:
    one, other = (PaperLine((Piece(words, a_source(n)),)) for n, words in enumerate(("a b", "c d")))
    printed = (PaperLine((Piece("Đầu"),)), one, other, PaperLine((Piece("Cuối"),)))
    now = bare((printed[0], *[PaperLine((Piece(w),)) for w in ("x", "y", "z")], printed[3]))

    found = find_back(imprint_of(printed), now)

    assert [one.by for one in found.passages] == [FoundBy.NOT, FoundBy.NOT]
    assert [one.line for one in found.others] == [1, 2, 3]


def test_words_beside_passages_that_were_changed_are_named_line_by_line() -> None:
    printed = a_paper(["Hiến đất", "Làm đường"], ["Mục 1 của mẫu"])
    now = tuple(
        PaperLine(tuple(Piece(p.words.replace("1 km", "9 km"), p.source) for p in line.pieces))
        for line in printed
    )

    (change,) = find_back(imprint_of(printed), now).others

    assert change.printed == change.line
    assert "9 km" in now[change.line or 0].words


def test_lines_in_another_order_are_layout() -> None:
    printed = a_paper(["Hiến đất"], ["Mục 1 của mẫu"])
    now = (printed[-1], *printed[:-1])

    assert find_back(imprint_of(printed), now).others == ()


@given(TEXTS, TEXTS, st.sampled_from(Setting))
def test_what_is_woven_reads_as_the_paper_does(original, said, setting) -> None:
    found = woven(original, said, setting)

    assert same(found, setting).split() == same(said, setting).split()


@given(TEXTS)
def test_what_only_looks_otherwise_stays_as_the_record_has_it(original) -> None:
    pressed = " ".join(original.replace("“", '"').replace("”", '"').split()).rstrip(".;:")

    assert not pressed.strip("- ") or woven(original, pressed, Setting.INSIDE) == original


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("“Hiến đất” – ba lần…", '"Hiến đất" - ba lần...'),
        ("Hie\u0302\u0301n\u00a0 đất\u200b", "Hiến đất"),
        ("d\u0335ất", "đất"),
    ],
)
def test_what_the_eye_cannot_see_is_no_change(typed, record) -> None:
    assert same(typed, Setting.ALONE) == same(record, Setting.ALONE)


def test_dots_for_the_pen_say_nothing() -> None:
    assert same("………\n……… .", Setting.ALONE) == ""


@pytest.mark.parametrize(
    ("now", "before"), [("Hoà bình", "Hòa bình"), ("hiến đất ba lần", "hiến đất hai lần")]
)
def test_what_the_eye_sees_is_a_change(now, before) -> None:
    assert same(now, Setting.ALONE) != same(before, Setting.ALONE)


def test_told_words_are_equal_to_plain_ones_and_keep_their_source_when_joined() -> None:
    told = told_of("hiến đất", a_source(1))

    whole = joined("- ", told, ".")

    assert whole == "- hiến đất."
    assert hash(whole) == hash("- hiến đất.")
    assert [(one.start, one.end) for one in spans_of(whole)] == [(2, 10)]
    assert source_of(told) == a_source(1)
    assert source_of(whole) is None
    assert not isinstance(f"{told}", Told)  # what is written anew is nobody's


def test_old_fonts_are_read_in_the_letters_of_today() -> None:
    assert in_new_letters("HiÕn ®Êt", ".VnTime") == "Hiến đất"
    assert in_new_letters("hiÕn ®Êt", ".VnTimeH") == "HIẾN ĐẤT"
    assert in_new_letters("Hieán ñaát", "VNI-Times") == "Hiến đất"
    assert in_new_letters("Hiến đất", ".VnTime") == "Hiến đất"
    assert in_new_letters("HiÕn", "Arial") == "HiÕn"


OLD_FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}
with (Path(__file__).parents[1] / "data" / "hard_names.csv").open(encoding="utf-8") as file:
    OLD_NAMES = [row for row in csv.DictReader(file) if row["encoding"] in OLD_FONTS]


@pytest.mark.parametrize("row", OLD_NAMES, ids=lambda row: row["id"])
def test_hard_names_in_old_letters_are_read_right(row) -> None:
    typed = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), row["input_escaped"])

    font = OLD_FONTS[row["encoding"]] + ("H" if row["category"] == "tcvn3-H" else "")

    assert in_new_letters(typed, font) == row["clean"]
