"""Bỏ qua một điều soát thấy: why it may stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class WaiveDialog(Dialog):
    """Says by one signal why."""

    chosen = Signal(str)

    def __init__(self, finding: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bỏ qua điều soát thấy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 340)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("Lý do bỏ qua")
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(button_of("Bỏ qua", self._waive, primary=True))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(finding, role="strong", wrap=True))
        layout.addWidget(
            Text(
                "Điều này thôi nhắc và thôi chặn cho đến khi ô liên quan được sửa. Lý do đi theo "
                "hồ sơ, tỉnh đọc được.",
                role="muted",
                wrap=True,
            )
        )
        label = Text("Lý do")
        label.setBuddy(self.reason)
        layout.addWidget(label)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._complaint)
        layout.addLayout(buttons)
        self.reason.setFocus()

    def _waive(self) -> None:
        reason = self.reason.toPlainText().strip()
        self._complaint.setText("" if reason else "⚠ Hãy ghi lý do.")
        self._complaint.setVisible(not reason)
        if reason:
            self.chosen.emit(reason)
            self.accept()
