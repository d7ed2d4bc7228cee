"""Cột của danh sách: which columns stand beside the rows, in which order, how wide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.columns import NARROWEST, WIDEST, Column, Columns
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.number_box import NumberBox

_NAME = Qt.ItemDataRole.UserRole
_STEP = 10


class ColumnsDialog(Dialog):
    """Space shows or hides a column, buttons move it; nothing changes before “Dùng”."""

    def __init__(self, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cột của danh sách")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 480)
        self._columns = columns
        self._widths = {one.name: columns.width_of(one.name) for one in columns.offered}
        self.list = QListWidget()
        self.list.setAccessibleName("Các cột; phím cách để hiện hoặc ẩn")
        for column in _ordered(columns):
            item = QListWidgetItem(column.label)
            item.setData(_NAME, column.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_shown = column.name in columns.shown
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._show_width)
        self.width_box = NumberBox()
        self.width_box.setRange(NARROWEST, WIDEST)
        self.width_box.setSingleStep(_STEP)
        self.width_box.setSuffix(" điểm")
        self.width_box.setAccessibleName("Bề rộng cột đang chọn")
        self.width_box.valueChanged.connect(self._set_width)
        self.up = button_of("Lên", lambda: self._move(-1))
        self.down = button_of("Xuống", lambda: self._move(1))
        self._lay_out()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(
            Text(
                "Đánh dấu các cột cần hiện (phím cách). Cột đầu của danh sách luôn hiện.",
                role="muted",
                wrap=True,
            )
        )
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        label = Text("Bề rộng")
        label.setBuddy(self.width_box)
        row.addWidget(label)
        row.addWidget(self.width_box)
        layout.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(button_of("Như ban đầu", self._reset))
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        self.usual = button_of("Dùng", self._use, primary=True)
        buttons.addWidget(self.usual)
        layout.addLayout(buttons)

    def drops_words(self) -> bool:
        """Nothing of this was typed."""
        return False

    def _name(self) -> str | None:
        item = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else None

    def _show_width(self) -> None:
        name = self._name()
        place, count = self.list.currentRow(), self.list.count()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < count - 1)
        if name is not None:
            self.width_box.blockSignals(True)
            self.width_box.setValue(self._widths[name])
            self.width_box.blockSignals(False)

    def _set_width(self, width: int) -> None:
        name = self._name()
        if name is not None:
            self._widths[name] = width

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if 0 <= place + by < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + by, item)
            self.list.setCurrentItem(item)

    def _use(self) -> None:
        items = [self.list.item(place) for place in range(self.list.count())]
        shown = [item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked]
        self._columns.choose(shown, self._widths)
        self.accept()

    def _reset(self) -> None:
        self._columns.reset()
        self.accept()


def _ordered(columns: Columns) -> list[Column]:
    """Return those that stand first, as they stand, then the others."""
    by_name = {column.name: column for column in columns.offered}
    first = [by_name[name] for name in columns.shown]
    return [*first, *(one for one in columns.offered if one.name not in columns.shown)]
