"""Columns of a table are never narrower than what stands above them."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QTableView


def fit_headings(table: QTableView) -> None:
    """Widen each column to its heading, in the letters that are chosen now."""
    header = table.horizontalHeader()
    header.ensurePolished()
    for column in range(header.count()):
        if header.sectionResizeMode(column) is QHeaderView.ResizeMode.Interactive:
            wanted = max(header.sectionSize(column), header.sectionSizeHint(column))
            header.resizeSection(column, wanted)
