"""Workbooks: what was written is read, and what is none is refused."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from thidua_desktop.domain.errors import (
    NotAWorkbookError,
    UnreadableFileError,
    UnwritableFileError,
    WorkbookTooLargeError,
    WrongHeadingsError,
)
from thidua_desktop.domain.sheets import ColumnContent, SheetColumn, SheetLayout
from thidua_desktop.formats.excel import limits
from thidua_desktop.formats.excel.workbooks import Workbooks

LAYOUT = SheetLayout(
    name="Danh sách",
    title="DANH SÁCH",
    columns=(
        SheetColumn(
            name="name", heading="Họ và tên", required=True, width=33, example="Trịnh Văn Ổn"
        ),
        SheetColumn(name="born", heading="Ngày sinh", content=ColumnContent.DATE, example="1975"),
        SheetColumn(name="award", heading="Hình thức", choices=("Giấy khen", "Cờ, bảng")),
    ),
    hints=("Mỗi dòng một người.",),
)
HEADINGS = [column.heading for column in LAYOUT.columns]
BOOKS = Workbooks()


def rows_of(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in BOOKS.read(path, LAYOUT).rows]


@pytest.fixture
def typed(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook as a person would: these rows, the headings first unless said otherwise."""

    def make(*rows: list[object], headings: list[str] = HEADINGS, title: str = "Sheet1") -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = title
        for row in (headings, *rows):
            sheet.append(row)
        book.save(tmp_path / "typed.xlsx")
        return tmp_path / "typed.xlsx"

    return make


# There and back

words = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=40)


@given(st.lists(st.tuples(words, words, words), max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_come_back_as_they_were_written(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    kept = [[cell.strip() for cell in row] for row in rows if any(c.strip() for c in row)]
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, kept)
    assert [list(row.values()) for row in rows_of(tmp_path / "a.xlsx")] == kept


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1", "+84912", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "007", "1.240", "2/3/1984",
        "#N/A", "TRUE", "<b>&amp;\"'", "dòng một\ndòng hai", "_x0041_x0001_x005F_",
        "Nguye\u0302\u0303n",
    ],
)  # fmt: skip
def test_a_text_stays_a_text(tmp_path: Path, hostile: str) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [[hostile, "", ""]])
    assert rows_of(tmp_path / "a.xlsx")[0]["name"] == hostile
    cell = load_workbook(tmp_path / "a.xlsx")["Danh sách"].cell(4, 1)
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_what_xml_cannot_hold_does_not_break_the_file(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [["a\x01b", "\ud800", "\uffff"]])
    assert list(rows_of(tmp_path / "a.xlsx")[0].values()) == ["a\x01b", "\ufffd", "\ufffd"]


def test_nothing_said_is_an_empty_cell(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [["A", None], [""], ["B", 1975]])
    read = BOOKS.read(tmp_path / "a.xlsx", LAYOUT)
    assert [(row.number, row.cells["born"]) for row in read.rows] == [(4, ""), (6, "1975")]


# What people type


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (datetime(1984, 3, 12), "dd/mm/yyyy", "12/03/1984"),  # noqa: DTZ001 - Excel has no zones
        (datetime(1984, 3, 1), "mm/yyyy", "03/1984"),  # noqa: DTZ001
        (datetime(1984, 1, 1), '"năm "yyyy', "1984"),  # noqa: DTZ001
        (datetime(1984, 3, 12), "[$-42A]d mmm yy", "12/03/1984"),  # noqa: DTZ001
        (1975, "General", "1975"),
        (1975.0, "0", "1975"),
        (30753, "General", "12/03/1984"),
        (12031984, "General", "12031984"),
        ("1975", "@", "1975"),
        (" 3/1984 ", "@", "3/1984"),
    ],
)
def test_a_birth_date_is_read_as_precisely_as_it_is_shown(
    typed: Callable[..., Path], value: object, number_format: str, read: str
) -> None:
    path = typed(["A", value])
    book = load_workbook(path)
    cell = book.worksheets[0].cell(2, 2)
    assert isinstance(cell, Cell)
    cell.number_format = number_format
    book.save(path)
    assert rows_of(path)[0]["born"] == read


def test_numbers_are_read_as_texts(typed: Callable[..., Path]) -> None:
    path = typed([30753, None, None], [12.5, None, None], [2024.0, None, None], [True, None, None])
    assert [row["name"] for row in rows_of(path)] == ["30753", "12,5", "2024", "có"]


def test_of_a_formula_its_stored_result_is_read(typed: Callable[..., Path], tmp_path: Path) -> None:
    path = typed(["=1+1", "1975", "x"])
    assert rows_of(path)[0]["name"] == ""
    rewrite(path, r"<f>1\+1</f><v ?/>|<f>1\+1</f><v></v>", "<f>1+1</f><v>2</v>")
    assert rows_of(path)[0]["name"] == "2"


def test_a_carriage_return_of_excel_is_one(typed: Callable[..., Path]) -> None:
    assert rows_of(typed(["một_x000D_\nhai"]))[0]["name"] == "một\r\nhai"


def test_headings_may_stand_lower_and_in_another_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Hướng dẫn"])
    sheet = book.create_sheet("Dữ liệu")
    for row in (["TIÊU ĐỀ"], [], ["Hình thức", "Họ  và\ntên", "Ngày sinh"], ["A", "Ổn", "1975"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    read = BOOKS.read(tmp_path / "a.xlsx", LAYOUT)
    assert (read.sheet, read.header_row, read.rows[0].number) == ("Dữ liệu", 3, 4)
    assert read.rows[0].cells == {"name": "Ổn", "born": "1975", "award": "A"}


def test_headings_typed_with_loose_marks_are_known(typed: Callable[..., Path]) -> None:
    loose = ["Ho\u0323 va\u0300 te\u0302n", *HEADINGS[1:]]
    assert rows_of(typed(["A"], headings=loose))[0]["name"] == "A"


def test_what_is_left_unread_is_named(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [["A"]])
    book = load_workbook(tmp_path / "a.xlsx")
    book["Danh sách"]["D3"], book["Danh sách"]["E3"] = "Quê quán", "Ngày sinh"
    book.create_sheet("Bản nháp", 0).append(HEADINGS)
    book.save(tmp_path / "a.xlsx")
    read = BOOKS.read(tmp_path / "a.xlsx", LAYOUT)
    assert (read.sheet, read.other_sheets) == ("Danh sách", ("Bản nháp",))
    assert read.other_columns == ("Quê quán", "Ngày sinh")


def test_rows_after_a_long_gap_are_read(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [["A"], *[[""]] * 900, ["B"]])
    read = BOOKS.read(tmp_path / "a.xlsx", LAYOUT)
    assert [(row.number, row.cells["name"]) for row in read.rows] == [(4, "A"), (905, "B")]


# What is refused


SHEET = "xl/worksheets/sheet1.xml"


def rewrite(path: Path, pattern: str, new: str) -> None:
    """Change the XML of the first sheet of a workbook, as no honest program would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text, changed = re.subn(pattern, lambda _: new, parts[SHEET].decode())
    assert changed
    parts[SHEET] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_missing_heading_is_named(typed: Callable[..., Path]) -> None:
    with pytest.raises(WrongHeadingsError) as refused:
        BOOKS.read(typed(headings=["Họ và tên", "Năm sinh", "Hình thức"]), LAYOUT)
    assert refused.value.missing == ("Ngày sinh",)
    with pytest.raises(WrongHeadingsError) as refused:
        BOOKS.read(typed(headings=[]), LAYOUT)
    assert refused.value.missing == tuple(HEADINGS)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("x")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    for name in ("text.xlsx", "empty.xlsx", "zip.xlsx"):
        with pytest.raises(NotAWorkbookError):
            BOOKS.read(tmp_path / name, LAYOUT)
    for path in (tmp_path / "không có.xlsx", tmp_path):
        with pytest.raises(UnreadableFileError):
            BOOKS.read(path, LAYOUT)


def test_a_damaged_file_is_refused_or_read_and_nothing_else(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "a.xlsx", LAYOUT, [["Trịnh Văn Ổn", "1975", "Giấy khen"]] * 20)
    whole = (tmp_path / "a.xlsx").read_bytes()
    chance = random.Random("damage")
    refused = 0
    for _ in range(150):
        hurt = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.randrange(1, 6)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256) if hurt else 0
        (tmp_path / "b.xlsx").write_bytes(hurt)
        try:
            BOOKS.read(tmp_path / "b.xlsx", LAYOUT)
        except (NotAWorkbookError, WorkbookTooLargeError, WrongHeadingsError):
            refused += 1
    assert refused > 75


ENTITY = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def test_xml_with_entities_of_its_own_is_refused(typed: Callable[..., Path]) -> None:
    path = typed(["A"])
    rewrite(path, r"(?=<worksheet )", ENTITY)
    with pytest.raises(NotAWorkbookError):
        BOOKS.read(path, LAYOUT)


def test_a_bomb_is_refused_unopened(typed: Callable[..., Path]) -> None:
    path = typed(["A"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(limits.PART_BYTES + 1))
    with pytest.raises(NotAWorkbookError):
        BOOKS.read(path, LAYOUT)


@pytest.mark.parametrize("limit", ["FILE_BYTES", "INFLATED_BYTES"])
def test_too_large_a_file_is_refused_unopened(
    typed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(limits, limit, 1_000)
    with pytest.raises(WorkbookTooLargeError):
        BOOKS.read(typed(["A"]), LAYOUT)


def test_too_many_rows_are_refused_and_none_is_dropped(
    typed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROWS", 3)
    path = typed(["A"], ["B"], ["C"])
    assert [row["name"] for row in rows_of(path)] == ["A", "B", "C"]
    with pytest.raises(WorkbookTooLargeError):
        rows_of(typed(["A"], ["B"], ["C"], ["D"]))


def test_a_sheet_may_claim_any_size(typed: Callable[..., Path]) -> None:
    path = typed(["A"], ["B"])
    rewrite(path, r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"')
    assert [row["name"] for row in rows_of(path)] == ["A", "B"]
    rewrite(path, r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
    assert [row["name"] for row in rows_of(path)] == ["A", "B"]
    rewrite(path, "</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>')
    assert [row["name"] for row in rows_of(path)] == ["A", "B"]


def test_a_row_beyond_the_end_of_any_sheet_is_refused(typed: Callable[..., Path]) -> None:
    path = typed(["A"])
    rewrite(path, "</sheetData>", '<row r="4000000000"><c r="A4000000000"/></row></sheetData>')
    with pytest.raises(NotAWorkbookError):
        BOOKS.read(path, LAYOUT)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x")
    with pytest.raises(UnwritableFileError):
        BOOKS.write(tmp_path / "tệp" / "a.xlsx", LAYOUT, [])
    assert [path.name for path in tmp_path.iterdir()] == ["tệp"]


# The template


def test_the_template_offers_choices_and_says_how_to_fill_it(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "mẫu.xlsx", LAYOUT, [])
    book = load_workbook(tmp_path / "mẫu.xlsx")
    assert book.sheetnames == ["Danh sách", "Hướng dẫn", "Danh mục"]
    sheet, guide, choices = book.worksheets
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == "'Danh mục'!$C$1:$C$2"
    assert [choices[f"C{n}"].value for n in (1, 2)] == ["Giấy khen", "Cờ, bảng"]
    assert choices.sheet_state == "hidden"
    assert str(offer.sqref) == f"C4:C{3 + limits.ROWS}"
    said = {cell.value for row in guide.iter_rows() for cell in row}
    assert {"Mỗi dòng một người.", "Họ và tên *", "Trịnh Văn Ổn"} <= said


def test_the_example_of_the_guide_is_never_read(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "mẫu.xlsx", LAYOUT, [])
    assert BOOKS.read(tmp_path / "mẫu.xlsx", LAYOUT).rows == ()


def test_the_template_is_ready_to_type_and_to_print(tmp_path: Path) -> None:
    BOOKS.write(tmp_path / "mẫu.xlsx", LAYOUT, [])
    sheet = load_workbook(tmp_path / "mẫu.xlsx")["Danh sách"]
    assert sheet["A1"].value == "DANH SÁCH"
    assert [cell.value for cell in sheet[3]] == HEADINGS
    assert sheet.freeze_panes == "A4"
    assert sheet.column_dimensions["A"].width == 33
    assert {sheet.column_dimensions[letter].number_format for letter in "ABC"} == {"@"}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("$3:$3", 0)
