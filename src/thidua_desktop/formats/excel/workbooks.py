"""Workbooks with one sheet of a known layout: written as a template or a list, read back as texts.

Every cell is written as text: a name that begins with `=` must not become a formula. What is read
is capped before it is opened: a workbook is a zip, and a sheet of one cell may claim to have a
million.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from thidua_desktop.domain.errors import (
    NotAWorkbookError,
    UnreadableFileError,
    UnwritableFileError,
    WrongHeadingsError,
)
from thidua_desktop.domain.sheets import SheetLayout, SheetRow, SheetRows
from thidua_desktop.domain.text import clean

FILE_BYTES = 50 * 1024**2
INFLATED_BYTES = 400 * 1024**2
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_HEADER_SEARCH = 20
_EMPTY_ROWS = 200
_TITLE_ROW, _HEADER_ROW = 1, 3
_TEXT = "@"
_EPOCH = datetime(2024, 1, 1)  # noqa: DTZ001 - the library takes no zone; equal files, equal bytes
_THIN = Side(style="thin", color="808080")
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    DefusedXmlException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
)


class Workbooks:
    """Fits the Workbooks of services.ports."""

    def write(self, path: Path, layout: SheetLayout, rows: Sequence[Sequence[object]]) -> None:
        """Write a workbook with a sheet of this layout and a sheet of hints."""
        book = openpyxl.Workbook()
        book.properties.created = book.properties.modified = _EPOCH
        book.properties.creator = "Thi Đua Desktop"
        sheet: Worksheet = book.worksheets[0]
        _fill(sheet, layout, rows)
        _fill_hints(book.create_sheet("Hướng dẫn"), layout)
        written = BytesIO()
        book.save(written)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.tmp")
            draft.write_bytes(written.getvalue())
            draft.replace(path)
        except OSError as error:
            raise UnwritableFileError(path.name) from error

    def read(self, path: Path, layout: SheetLayout) -> SheetRows:
        """Read the rows under the headings of the layout, as texts."""
        _refuse_dangerous(path)
        wanted = {clean(column.heading): column.name for column in layout.columns}
        nearest: tuple[str, ...] = tuple(wanted)
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                found = _read_sheet(sheet, wanted)
                if isinstance(found, SheetRows):
                    return found
                nearest = min(nearest, found, key=len)
        except _BROKEN as error:
            raise NotAWorkbookError(path.name) from error
        raise WrongHeadingsError(path.name, nearest)


def _fill(sheet: Worksheet, layout: SheetLayout, rows: Sequence[Sequence[object]]) -> None:
    sheet.title = layout.name
    last = get_column_letter(len(layout.columns))
    sheet.merge_cells(f"A{_TITLE_ROW}:{last}{_TITLE_ROW}")
    _write(sheet.cell(_TITLE_ROW, 1), layout.title, bold=True, size=14, centre=True)
    sheet.row_dimensions[_HEADER_ROW].height = 34
    for place, column in enumerate(layout.columns, start=1):
        cell = sheet.cell(_HEADER_ROW, place)
        _write(cell, column.heading, bold=True, centre=True)
        cell.fill = PatternFill("solid", fgColor="E3EDF8")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        if column.choices:
            _offer(sheet, letter, column.choices)
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for place, value in enumerate(row, start=1):
            _write(sheet.cell(number, place), str(value))
    for number in range(_HEADER_ROW + 1 + len(rows), _HEADER_ROW + 101):
        for place in range(1, len(layout.columns) + 1):
            sheet.cell(number, place).number_format = _TEXT
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill_hints(sheet: Worksheet, layout: SheetLayout) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    _write(sheet.cell(1, 1), "Cách điền", bold=True, size=14)
    for number, hint in enumerate(layout.hints, start=2):
        _write(sheet.cell(number, 1), str(number - 1))
        _write(sheet.cell(number, 2), hint)
    start = len(layout.hints) + 3
    _write(sheet.cell(start, 1), "Cột", bold=True)
    _write(sheet.cell(start, 2), "Ví dụ", bold=True)
    for number, column in enumerate(layout.columns, start=start + 1):
        mark = " *" if column.required else ""
        _write(sheet.cell(number, 1), column.heading + mark)
        _write(sheet.cell(number, 2), column.example)


def _write(
    cell: Any,  # noqa: ANN401 - the library says a cell or a merged one
    words: str,
    *,
    bold: bool = False,
    size: int = 11,
    centre: bool = False,
) -> None:
    assert isinstance(cell, Cell)  # noqa: S101 - only the first cell of a merged range is written
    cell.value = words
    cell.data_type = "s"  # a text that begins with = is a text
    cell.number_format = _TEXT
    cell.font = Font(name="Times New Roman", size=size, bold=bold)
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="center" if bold else "top",
        horizontal="center" if centre else None,
    )
    if not size > 11:  # noqa: PLR2004 - titles have no frame
        cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _offer(sheet: Worksheet, letter: str, choices: Sequence[str]) -> None:
    listed = f'"{",".join(choices)}"'
    if any("," in choice for choice in choices) or len(listed) > 255:  # noqa: PLR2004 - Excel's
        return
    offer = DataValidation(type="list", formula1=listed, allow_blank=True)
    offer.error, offer.errorTitle = "Hãy chọn một giá trị trong danh sách.", "Giá trị lạ"
    sheet.add_data_validation(offer)
    offer.add(f"{letter}{_HEADER_ROW + 1}:{letter}{MOST_ROWS}")


def _refuse_dangerous(path: Path) -> None:
    """Look at the zip before it is opened: its size, and what it would swell to."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if size > FILE_BYTES or not zipfile.is_zipfile(file):
                raise NotAWorkbookError(path.name)
            with zipfile.ZipFile(file) as archive:
                whole = sum(entry.file_size for entry in archive.infolist())
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    except _BROKEN as error:
        raise NotAWorkbookError(path.name) from error
    if whole > INFLATED_BYTES:
        raise NotAWorkbookError(path.name)


def _read_sheet(sheet: Any, wanted: dict[str, str]) -> SheetRows | tuple[str, ...]:  # noqa: ANN401
    """Return the rows of a sheet, or the headings that it lacks."""
    lacking: tuple[str, ...] = tuple(wanted)
    rows = sheet.iter_rows(max_row=MOST_ROWS + _HEADER_SEARCH, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        headings = [clean(_text(cell)) for cell in row]
        missing = tuple(name for name in wanted if name not in headings)
        if not missing:
            places = {wanted[name]: headings.index(name) for name in wanted}
            found = tuple(_rows(rows, places, number + 1))
            return SheetRows(sheet=str(sheet.title), header_row=number, rows=found)
        lacking = min(lacking, missing, key=len)
        if number >= _HEADER_SEARCH:
            break
    return lacking


def _rows(rows: Iterator[Any], places: dict[str, int], first: int) -> Iterator[SheetRow]:
    empty = 0
    for number, row in enumerate(rows, start=first):
        cells = {
            name: _text(row[place]) if place < len(row) else "" for name, place in places.items()
        }
        # Styled rows without a word in them may go on for ever.
        empty = 0 if any(cells.values()) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        if not empty:
            yield SheetRow(number=number, cells=cells)


def _text(cell: Any) -> str:  # noqa: ANN401 - the library's cell, of whatever type
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
