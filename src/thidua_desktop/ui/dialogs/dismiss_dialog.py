"""Gác lại gói đang chờ: why a bundle need not wait any more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class DismissDialog(Dialog):
    """Says by one signal why."""

    chosen = Signal(str)

    def __init__(self, bundle: str, waits: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Gác lại gói đang chờ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 340)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("Lý do")
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(button_of("Gác lại", self._dismiss, primary=True))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(bundle, role="strong", wrap=True))
        layout.addWidget(Text(waits, wrap=True))
        layout.addWidget(
            Text(
                "Gác lại thì gói thôi chờ, không có gì của gói được nhập; lý do được giữ trong sổ. "
                "Đơn vị gửi vẫn giữ dữ liệu của mình, gói này nhận lại được.",
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

    def _dismiss(self) -> None:
        reason = self.reason.toPlainText().strip()
        self._complaint.setText("" if reason else "⚠ Hãy ghi lý do.")
        self._complaint.setVisible(not reason)
        if reason:
            self.chosen.emit(reason)
            self.accept()
