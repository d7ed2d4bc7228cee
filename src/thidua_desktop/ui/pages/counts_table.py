"""What a merge does in numbers: a line for each office or kind, a column for each count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.services.desk_plan import DeskCounts
from thidua_desktop.ui.pages.desk_tree import COUNT_WORDS
from thidua_desktop.ui.widgets.labels import Text

_NONE = "–"
_LETTERS, _ROOM, _HIGHEST = 17, 20, 10_000


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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the headings wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the headings room: no column is narrower than a word, the head as high as needed."""
        header, width = self.table.horizontalHeader(), self.table.viewport().width()
        metrics, columns = header.fontMetrics(), range(1, self.table.columnCount())
        heads = [
            str(self.table.model().headerData(one, Qt.Orientation.Horizontal) or "")
            for one in columns
        ]
        least = _ROOM + max(
            metrics.horizontalAdvance(word) for head in heads for word in (head.split() or [""])
        )
        first = max(_LETTERS * metrics.averageCharWidth(), width // 4)
        header.setMinimumSectionSize(least)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, first)
        wide = max(least, (width - first) // len(columns))
        header.setFixedHeight(max(_height(metrics, head, wide) for head in heads))
        # Not by the table's own measure: it does not know of the padding of a cell.
        for line in range(self.table.rowCount()):
            item = self.table.item(line, 0)
            said = item.text() if item else ""
            self.table.setRowHeight(line, _height(self.table.fontMetrics(), said, first))


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    """Return how high a cell of this width must be for its words."""
    room = QRect(0, 0, width - _ROOM, _HIGHEST)
    return _ROOM + metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
