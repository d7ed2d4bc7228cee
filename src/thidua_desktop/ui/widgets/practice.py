"""What marks a window to practise in, and the way to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text

_WORDS = (
    "THỰC HÀNH · Mọi số liệu ở đây là bịa. Gói xuất từ đây mang khóa của tỉnh thực hành, tỉnh thật "
    "không nhận; gói thật cũng không nhập được vào đây."
)
_ABOUT = (
    "Một cơ quan và một tỉnh bịa, nằm trong thư mục riêng, để làm thử mọi việc: nhập, trình, xuất "
    "gói, hợp nhất, trả lời. Không việc nào ở đó đụng đến dữ liệu thật."
)
_AFRESH = "Làm lại từ đầu"


class PracticeBanner(QFrame):
    """Over every page of a window in which nothing is real."""

    afresh = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("practice", "1")
        self.setAccessibleName(_WORDS)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 16, 6)
        row.addWidget(Text(_WORDS, role="strong", wrap=True), 1)
        row.addWidget(button_of(_AFRESH, self.afresh.emit))
        self.hide()


class PracticeCard(Card):
    """In the settings: opens the practice office or province. `wanted` names which."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Tỉnh thực hành")
        self.body.addWidget(Text(_ABOUT, wrap=True))
        row = QHBoxLayout()
        for words, what in (
            ("Mở cơ quan thực hành", "office"),
            ("Mở tỉnh thực hành", "province"),
            (_AFRESH, "afresh"),
        ):
            button = button_of(words, partial(self._want, what))
            button.setObjectName(f"practise_{what}")
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _want(self, what: str, _checked: object = None) -> None:
        self.wanted.emit(what)
