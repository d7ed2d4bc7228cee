"""Asks for a name; one that is taken is said before it is taken over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.text import clean, fold
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_LONGEST = 80


class NameDialog(Dialog):
    """`named` tells the name. Enter in the line is the button."""

    named = Signal(str)

    def __init__(
        self, title: str, label: str, name: str, taken: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._taken = {fold(one): one for one in taken}
        self.line = QLineEdit(name)
        self.line.setAccessibleName(label)
        self.line.selectAll()
        self.line.textChanged.connect(self._judge)
        said = Text(label)
        said.setBuddy(self.line)
        self.message = Text(role="muted", wrap=True)
        self.keep = button_of("Lưu", self._keep, primary=True)
        self.usual = self.keep
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        for widget in (said, self.line, self.message):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._judge()
        self.line.setFocus()

    def _judge(self) -> None:
        name = clean(self.line.text())
        taken = self._taken.get(fold(name))
        self.keep.setEnabled(0 < len(name) <= _LONGEST)
        if len(name) > _LONGEST:
            self.message.setText(f"⚠ Tên dài quá {_LONGEST} chữ.")
        elif taken is not None:
            self.message.setText(f"⚠ Đã có “{taken}”; lưu thì bộ cũ được thay.")
        else:
            self.message.setText("")

    def _keep(self) -> None:
        name = clean(self.line.text())
        self.named.emit(self._taken.get(fold(name), name))
        self.accept()
