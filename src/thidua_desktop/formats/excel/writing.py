"""A layout and rows as the bytes of a workbook.

Every cell is a text: a name that begins with `=` must not become a formula, nor a number lose its
zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from thidua_desktop.domain.sheets import SheetColumn, SheetLayout
from thidua_desktop.formats.excel import limits

GUIDE, CHOICES = "Hướng dẫn", "Danh mục"
_TITLE_ROW, _HEADER_ROW = 1, 3
_TEXT = "@"
_A4 = 9
_FACE, _SIZE, _TITLE_SIZE = "Times New Roman", 11, 14
_THIN = Side(style="thin", color="808080")
_USUAL = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADING, _REQUIRED = (PatternFill("solid", fgColor=colour) for colour in ("E3EDF8", "BFD7F0"))
# Excel keeps control characters as _x0001_, so a text that looks like one gets an escape itself.
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_NOT_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def workbook_bytes(layout: SheetLayout, rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook: the sheet of this layout, how to fill it, and what to choose from."""
    book = Workbook()
    book.properties.creator = "Thi Đua Desktop"
    sheet: Worksheet = book.worksheets[0]
    _fill(sheet, layout, rows)
    _fill_guide(book.create_sheet(GUIDE), layout)
    _offer_choices(sheet, book.create_sheet(CHOICES), layout)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Worksheet, layout: SheetLayout, rows: Sequence[Sequence[object]]) -> None:
    sheet.title = layout.name
    last = get_column_letter(len(layout.columns))
    sheet.merge_cells(f"A{_TITLE_ROW}:{last}{_TITLE_ROW}")
    _write(sheet.cell(_TITLE_ROW, 1), layout.title, bold=True, size=_TITLE_SIZE)
    sheet.row_dimensions[_HEADER_ROW].height = 34
    for (letter, column), cell in zip(_lettered(layout), sheet[_HEADER_ROW], strict=True):
        _write(cell, column.heading, bold=True)
        cell.fill, cell.border = _REQUIRED if column.required else _HEADING, _FRAME
        whole = sheet.column_dimensions[letter]
        whole.width, whole.number_format = column.width, _TEXT
        whole.font, whole.alignment = _font(bold=False, size=_SIZE), _USUAL
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            _write(cell, "" if value is None else str(value))
            cell.border = _FRAME
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    _set_up_page(sheet)


def _set_up_page(sheet: Worksheet) -> None:
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill_guide(sheet: Worksheet, layout: SheetLayout) -> None:
    """Write the hints and an example; the headings stand one below another, never in a row."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    lines = [("Cách điền", ""), *((str(n), hint) for n, hint in enumerate(layout.hints, start=1))]
    lines += [("", ""), ("Cột", "Ví dụ (không được nhập)")]
    first_example = len(lines)
    lines += [
        (column.heading + (" *" if column.required else ""), column.example)
        for column in layout.columns
    ]
    for number, line in enumerate(lines, start=1):
        is_heading = number in {1, first_example}
        for place, words in enumerate(line, start=1):
            _write(sheet.cell(number, place), words, bold=is_heading, centre=False)


def _offer_choices(sheet: Worksheet, choices: Worksheet, layout: SheetLayout) -> None:
    """Let a cell be chosen from a list. The list is a range: written out, Excel takes 255 letters
    and no comma.
    """
    choices.sheet_state = "hidden"
    for letter, column in _lettered(layout):
        if not column.choices:
            continue
        for number, choice in enumerate(column.choices, start=1):
            _write(choices[f"{letter}{number}"], choice)
        offered = f"'{CHOICES}'!${letter}$1:${letter}${len(column.choices)}"
        offer = DataValidation(type="list", formula1=offered, allow_blank=True)
        offer.error, offer.errorTitle = "Hãy chọn một giá trị trong danh sách.", column.heading
        offer.add(f"{letter}{_HEADER_ROW + 1}:{letter}{_HEADER_ROW + limits.ROWS}")
        sheet.add_data_validation(offer)


def _lettered(layout: SheetLayout) -> Iterator[tuple[str, SheetColumn]]:
    for place, column in enumerate(layout.columns, start=1):
        yield get_column_letter(place), column


def _write(
    cell: Any,  # noqa: ANN401 - the library says a cell or a merged one
    words: str,
    *,
    bold: bool = False,
    size: int = _SIZE,
    centre: bool | None = None,
) -> None:
    cell.value = _escaped(words)
    cell.data_type = "s"  # a text that begins with = is a text
    cell.number_format = _TEXT
    cell.font = _font(bold=bold, size=size)
    cell.alignment = _CENTRED if (bold if centre is None else centre) else _USUAL


@cache
def _font(*, bold: bool, size: int) -> Font:
    return Font(name=_FACE, size=size, bold=bold)


def _escaped(words: str) -> str:
    text = _LIKE_ESCAPE.sub("_x005F_", words)
    text = _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    return _NOT_XML.sub("\ufffd", text)
