"""The counts of the merge desk: their headings and names are whole, however large the letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont

from thidua_desktop.services.desk_plan import DeskCounts
from thidua_desktop.ui.pages.counts_table import CountsTable

LONG = "Sở Nông nghiệp và Phát triển nông thôn"
WRAPPED = Qt.TextFlag.TextWordWrap


@pytest.mark.parametrize("size", [10, 12.5, 14])
@pytest.mark.parametrize("width", [420, 600, 900])
def test_no_heading_and_no_name_is_cut(qtbot, size: float, width: int) -> None:
    shown = CountsTable()
    qtbot.addWidget(shown)
    font = QFont(shown.font())
    font.setPointSizeF(size)
    for widget in (shown, shown.table, shown.table.horizontalHeader()):
        widget.setFont(font)
    shown.resize(width, 400)
    shown.show_counts("Tất cả", "Đơn vị", [(LONG, DeskCounts(new=3)), ("Sở Y tế", DeskCounts())])
    shown.show()
    header = shown.table.horizontalHeader()
    metrics = header.fontMetrics()
    for column in range(1, shown.table.columnCount()):
        said = str(shown.table.model().headerData(column, Qt.Orientation.Horizontal))
        room = header.sectionSize(column)
        assert max(map(metrics.horizontalAdvance, said.split())) <= room
        assert (
            metrics.boundingRect(QRect(0, 0, room, 999), WRAPPED, said).height() <= header.height()
        )
    room = QRect(0, 0, header.sectionSize(0), 999)
    name = shown.table.fontMetrics().boundingRect(room, WRAPPED, LONG)
    assert name.height() <= shown.table.rowHeight(0)
    assert shown.table.rowCount() == 3
    assert shown.table.item(2, 0).text() == "Cộng"
