"""The new units of a resolution: a name and a code each, one row below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.unit_changes import NewUnit
from thidua_desktop.ui.widgets.fields import LineField
from thidua_desktop.ui.widgets.frames import button_of


class NewUnits(QWidget):
    """As many rows as the change wants, or as a person adds."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[LineField, LineField]] = []
        self._lines: list[QWidget] = []
        self.more = button_of("Thêm một đơn vị mới", self._add, quiet=True)
        self.fewer = button_of("Bớt đơn vị cuối", self._remove, quiet=True)
        self._least = 1
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addWidget(self.more)
        buttons.addWidget(self.fewer)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._column)
        layout.addLayout(buttons)

    def want(self, least: int, *, may_be_more: bool) -> None:
        """Show this many rows; what was typed in the first ones stays."""
        self._least = least
        while len(self.rows) < least:
            self._row()
        while len(self.rows) > least and not may_be_more:
            self._remove_last()
        for button in (self.more, self.fewer):
            button.setVisible(may_be_more)
        self._tell()

    def suggest(self, name: str, code: str) -> None:
        """Fill the first row where it is empty."""
        if self.rows:
            for field, words in zip(self.rows[0], (name, code), strict=True):
                if not field.text:
                    field.line.setText(words)

    @property
    def units(self) -> tuple[NewUnit, ...]:
        """Return what was typed, row by row."""
        return tuple(NewUnit(name=name.text, code=code.text) for name, code in self.rows)

    def complain(self, words: Sequence[dict[str, str]]) -> None:
        """Say what is wrong in each row, by `name` and `code`."""
        for (name, code), said in zip(self.rows, words, strict=True):
            name.complain(said.get("name", ""))
            code.complain(said.get("code", ""))

    def _add(self) -> None:
        self._row()
        self._tell()
        self.rows[-1][0].setFocus()
        self.edited.emit()

    def _remove(self) -> None:
        self._remove_last()
        self._tell()
        self.edited.emit()

    def _row(self) -> None:
        place = len(self.rows)
        name = LineField("Tên đơn vị mới *", f"new_name_{place}")
        code = LineField("Mã *", f"new_code_{place}")
        code.line.setPlaceholderText("mã hành chính")
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(name, 3)
        layout.addWidget(code, 2)
        for field in (name, code):
            field.edited.connect(self.edited)
        self.rows.append((name, code))
        self._lines.append(line)
        self._column.addWidget(line)

    def _remove_last(self) -> None:
        self.rows.pop()
        line = self._lines.pop()
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _tell(self) -> None:
        self.fewer.setEnabled(len(self.rows) > self._least)
