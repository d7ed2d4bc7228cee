"""Thu hồi máy: up to which number what a lost PC wrote stays valid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from thidua_desktop.domain.offices import Machine
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class RevokeDialog(QDialog):
    """Says by one signal up to which number."""

    chosen = Signal(int)

    def __init__(self, office: str, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thu hồi máy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 260)
        self.last = QSpinBox()
        self.last.setAccessibleName("Số thay đổi cuối còn giá trị")
        self.last.setRange(0, machine.held)
        self.last.setValue(machine.held)
        row = QHBoxLayout()
        row.addWidget(Text("Giữ các thay đổi đến số"))
        row.addWidget(self.last)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(button_of("Thu hồi", self._revoke, primary=True))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(f"{office}, máy {machine.place}", role="strong", wrap=True))
        layout.addWidget(
            Text(
                f"Tỉnh đã nhận của máy này đến thay đổi số {machine.held}. Từ nay gói của máy này "
                "bị từ chối, và máy không mở được gói của tỉnh. Đã thu hồi thì không trả lại được.",
                wrap=True,
            )
        )
        layout.addLayout(row)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _revoke(self) -> None:
        self.chosen.emit(self.last.value())
        self.accept()
