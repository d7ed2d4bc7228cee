"""What a merge does in numbers: a line for each office or kind, a column for each count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.services.desk_plan import DeskCounts
from thidua_desktop.ui.pages.desk_tree import COUNT_WORDS
from thidua_desktop.ui.widgets.labels import Text

_NONE = "–"


class CountsTable(QWidget):
    """The table under its heading."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text(role="heading", wrap=True)
        self.table = QTableWidget(0, len(COUNT_WORDS) + 1)
        self.table.setAccessibleName("Số bản ghi và số chỗ")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(
            Qt.AlignmentFlag(Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value)
        )
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumHeight(64)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self.table, 1)

    def show_counts(self, title: str, first: str, rows: Sequence[tuple[str, DeskCounts]]) -> None:
        """Show these lines, and their sum where they are several."""
        self._title.setText(title)
        words = [f"{said[0].upper()}{said[1:]}" for said in COUNT_WORDS.values()]
        self.table.setHorizontalHeaderLabels([first, *words])
        shown = list(rows)
        if len(shown) > 1:
            shown.append(("Cộng", sum((counts for _, counts in rows), DeskCounts())))
        self.table.setRowCount(len(shown))
        for line, (name, counts) in enumerate(shown):
            self.table.setItem(line, 0, QTableWidgetItem(name))
            for column, count in enumerate(COUNT_WORDS, start=1):
                item = QTableWidgetItem(f"{getattr(counts, count) or _NONE}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(line, column, item)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, max(130, self.table.viewport().width() // 4))
        self.table.resizeRowsToContents()
