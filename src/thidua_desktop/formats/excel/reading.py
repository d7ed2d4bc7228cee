"""A workbook of a known layout as texts.

The file is looked at before it is opened: it is a zip, and a sheet of one cell may claim to have a
million. Nothing in it is ever worked out: of a formula the stored result is read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.datetime import from_excel

from thidua_desktop.domain.errors import (
    NotAWorkbookError,
    UnreadableFileError,
    WorkbookTooLargeError,
    WrongHeadingsError,
)
from thidua_desktop.domain.sheets import ColumnContent, SheetLayout, SheetRow, SheetRows
from thidua_desktop.domain.text import clean
from thidua_desktop.formats.broken import BROKEN
from thidua_desktop.formats.excel import limits

_LAST_YEAR, _LAST_SERIAL = 2_200, 2_958_465
# How Excel keeps control characters, and the underscore of a text that only looks like one.
_ESCAPE = re.compile(r"_x(005[Ff]|00[01][0-9A-Fa-f])_")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the headings stand in a sheet: the row, the place of each column, further headings."""

    sheet: Any
    row: int
    places: dict[str, int]
    others: tuple[str, ...]


def read_workbook(path: Path, layout: SheetLayout) -> SheetRows:
    """Read the rows under the headings of the layout."""
    try:
        if path.stat().st_size > limits.FILE_BYTES:
            raise WorkbookTooLargeError(path.name)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    return _read(BytesIO(content), path.name, layout)


def _read(file: BinaryIO, name: str, layout: SheetLayout) -> SheetRows:
    _refuse_dangerous(file, name)
    wanted = {clean(column.heading): column.name for column in layout.columns}
    try:
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
            needed = {clean(c.heading) for c in layout.columns if not c.optional}
            found, nearest = _search(book, wanted, needed)
            if not found:
                raise WrongHeadingsError(name, nearest)
            found.sort(key=lambda one: one.sheet.title != layout.name)
            rows = tuple(_rows(found[0], layout, name))
    except BROKEN as error:
        raise NotAWorkbookError(name) from error
    return SheetRows(
        sheet=str(found[0].sheet.title),
        header_row=found[0].row,
        rows=rows,
        other_columns=found[0].others,
        other_sheets=tuple(str(one.sheet.title) for one in found[1:]),
    )


def _refuse_dangerous(file: BinaryIO, name: str) -> None:
    """Look at the zip before it is opened: what it would swell to, and how much."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except BROKEN as error:
        raise NotAWorkbookError(name) from error
    if sum(part.file_size for part in parts) > limits.INFLATED_BYTES:
        raise WorkbookTooLargeError(name)
    if any(p.file_size > max(limits.PART_BYTES, limits.RATIO * p.compress_size) for p in parts):
        raise NotAWorkbookError(name)


def _search(
    book: Any,  # noqa: ANN401 - the library's book
    wanted: dict[str, str],
    needed: set[str],
) -> tuple[list[_Found], tuple[str, ...]]:
    """Return the sheets that have the headings needed, and what the nearest of the others lacks."""
    found: list[_Found] = []
    nearest = tuple(heading for heading in wanted if heading in needed)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its own size need not be so
        rows = sheet.iter_rows(max_row=limits.HEADER_SEARCH, max_col=limits.COLUMNS)
        for number, row in enumerate(rows, start=1):
            headings = [clean(_text(cell)) for cell in row]
            missing = tuple(h for h in wanted if h in needed and h not in headings)
            nearest = min(nearest, missing, key=len)
            if not missing:
                here = {heading: name for heading, name in wanted.items() if heading in headings}
                places = {name: headings.index(heading) for heading, name in here.items()}
                read = set(places.values())
                others = (h for place, h in enumerate(headings) if h and place not in read)
                found.append(_Found(sheet, number, places, tuple(others)))
                break
    return found, nearest


def _rows(found: _Found, layout: SheetLayout, name: str) -> Iterator[SheetRow]:
    dates = {c.name for c in layout.columns if c.content is ColumnContent.DATE}
    rows = found.sheet.iter_rows(min_row=found.row + 1, max_col=limits.COLUMNS)
    for number, row in enumerate(rows, start=found.row + 1):
        if number > limits.SHEET_ROWS:
            raise NotAWorkbookError(name)
        # Styled rows without a word in them go on to the end of many a sheet.
        if all(row[place].value is None for place in found.places.values()):
            continue
        cells = dict.fromkeys((column.name for column in layout.columns), "")
        cells |= {
            column: _text(row[place], is_date=column in dates)
            for column, place in found.places.items()
        }
        if not any(cells.values()):
            continue
        if number > found.row + limits.ROWS:
            raise WorkbookTooLargeError(name)
        yield SheetRow(number=number, cells=cells)


def _text(cell: Any, *, is_date: bool = False) -> str:  # noqa: ANN401 - the library's cell
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case datetime() | date():
            return _date_text(value, cell.number_format)
        case int() | float() if is_date and _LAST_YEAR < value <= _LAST_SERIAL:
            return _date_text(from_excel(value, cell.parent.parent.epoch), "d/m/y")
        case float():
            return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
        case _:
            return _ESCAPE.sub(lambda said: chr(int(said.group(1), 16)), str(value)).strip()


def _date_text(day: date, number_format: str) -> str:
    """Return a date as precisely as its cell shows it."""
    shown = _LITERAL.sub("", number_format).lower()
    if "d" in shown:
        return f"{day:%d/%m/%Y}"
    return f"{day:%m/%Y}" if "m" in shown else f"{day:%Y}"
