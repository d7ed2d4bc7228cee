"""The province's answer to the proposal that is open: received, eligible, or returned and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.proposals import Outcome
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class ReviewPanel(QFrame):
    """Says by one signal what the board decided."""

    answered = Signal(Outcome, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", "info")
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("Lý do trả lại")
        self.reason.setPlaceholderText("Lý do trả lại, đơn vị sẽ đọc câu này")
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(button_of("Tiếp nhận", lambda: self._say(Outcome.RECEIVED)))
        buttons.addWidget(button_of("Đủ điều kiện", lambda: self._say(Outcome.ELIGIBLE)))
        buttons.addStretch(1)
        buttons.addWidget(button_of("Trả lại kèm lý do", lambda: self._say(Outcome.RETURNED)))
        layout = QVBoxLayout(self)
        layout.addWidget(Text("Thẩm định của tỉnh", role="strong"))
        layout.addWidget(self.reason)
        layout.addWidget(self._complaint)
        layout.addLayout(buttons)

    def _say(self, outcome: Outcome) -> None:
        reason = self.reason.text().strip()
        lacks = outcome is Outcome.RETURNED and not reason
        self._complaint.setText("⚠ Trả lại thì phải ghi lý do." if lacks else "")
        self._complaint.setVisible(lacks)
        if not lacks:
            self.answered.emit(outcome, reason if outcome is Outcome.RETURNED else "")
            self.reason.clear()
