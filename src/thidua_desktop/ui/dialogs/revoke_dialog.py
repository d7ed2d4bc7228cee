"""Thu hồi máy: up to which number what a lost PC wrote stays valid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.offices import Machine
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.number_box import NumberBox
from thidua_desktop.ui.widgets.root_key import RootKeyFields

_OF_AN_OFFICE = (
    "Từ nay gói của máy này bị từ chối, và máy không mở được gói của tỉnh. Đã thu hồi thì không "
    "trả lại được."
)
_OF_THE_PROVINCE = (
    "Đây là máy của tỉnh, chỉ khóa gốc thu hồi được. Gói chung sau báo cho các cơ quan: từ đó gói "
    "của máy này bị từ chối. Máy đang dùng đứng ra bảo đảm cho các cơ quan mà máy kia đã nhận. Đã "
    "thu hồi thì không trả lại được; sau đó nên khóa các tệp đăng ký và cấp tệp mới."
)


class RevokeDialog(Dialog):
    """Says by one signal up to which number; of a PC of the province, with the root's key."""

    chosen = Signal(int)

    def __init__(
        self,
        office: str,
        machine: Machine,
        parent: QWidget | None = None,
        *,
        of_province: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thu hồi máy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600 if of_province else 520, 460 if of_province else 260)
        self.key = RootKeyFields() if of_province else None
        self.last = NumberBox()
        self.last.setAccessibleName("Số thay đổi cuối còn giá trị")
        self.last.setRange(0, machine.held)
        self.last.setValue(machine.held)
        label = Text("Giữ các thay đổi đến số")
        label.setBuddy(self.last)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.last)
        row.addStretch(1)
        no, yes = (
            button_of("Thôi", self.reject),
            button_of("Thu hồi", self._revoke, primary=True),
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (no, yes):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(f"{office}, máy {machine.place}", role="strong", wrap=True))
        layout.addWidget(
            Text(
                f"Tỉnh đã nhận của máy này đến thay đổi số {machine.held}. "
                f"{_OF_THE_PROVINCE if of_province else _OF_AN_OFFICE}",
                wrap=True,
            )
        )
        layout.addLayout(row)
        if self.key is not None:
            layout.addWidget(self.key)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _revoke(self) -> None:
        self.chosen.emit(self.last.value())
        self.accept()
