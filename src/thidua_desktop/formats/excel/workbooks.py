"""Workbooks with one sheet of a known layout: written as a template or a list, read as texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua_desktop.domain.sheets import SheetLayout, SheetRows
from thidua_desktop.formats.files import PlainFiles


class Workbooks:
    """Fits the Workbooks of services.ports.

    openpyxl takes longer to import than most commands to run, and few of them need it.
    """

    def write(self, path: Path, layout: SheetLayout, rows: Sequence[Sequence[object]]) -> None:
        """Write a workbook with a sheet of this layout and a sheet of hints."""
        from thidua_desktop.formats.excel.writing import workbook_bytes  # noqa: PLC0415

        PlainFiles().write(path, workbook_bytes(layout, rows))

    def read(self, path: Path, layout: SheetLayout) -> SheetRows:
        """Read the rows under the headings of the layout, as texts."""
        from thidua_desktop.formats.excel.reading import read_workbook  # noqa: PLC0415

        return read_workbook(path, layout)
