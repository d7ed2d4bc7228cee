"""Sheets of a workbook: which columns in which order, and what stands in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# What Excel stores for a formula that it could not work out.
EXCEL_FAULTS = frozenset({"#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!"})


class ColumnContent(StrEnum):
    """What a column holds, so that a template can help to fill it."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: the heading people read, the name the program knows it by, an example. One that is
    `optional` need not be there: older templates do not have it.
    """

    name: str
    heading: str
    content: ColumnContent = ColumnContent.TEXT
    required: bool = False
    optional: bool = False
    width: int = 20
    choices: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """A sheet: its name, the title over it, its columns."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row as texts by column name; `number` counts from 1 as Excel does."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """What was read of a sheet: the rows under its headings that hold anything.

    What was left unread is named: columns without a place in the layout, and further sheets that
    have its headings.
    """

    sheet: str
    header_row: int
    rows: tuple[SheetRow, ...]
    other_columns: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
