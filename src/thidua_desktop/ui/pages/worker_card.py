"""Máy này: whose data lie here, and who works here, whose name every change bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:  # read on the worker that first asks
    from thidua_desktop.services.ports import Ports

_HINT = (
    "Tên này đi theo mỗi thay đổi và hiện ở “Từ đâu ra?”. Để trống thì dùng tên tài khoản của máy; "
    "những gì đã ghi giữ tên lúc ghi."
)


class WorkerCard(Card):
    """A sentence, and a line that is kept when it is left."""

    def __init__(self, page: Page) -> None:
        super().__init__("Máy này")
        self._page = page
        self._kept = ""
        self.about = Text(wrap=True)
        label = Text("Người làm việc trên máy này")
        self.who = QLineEdit()
        self.who.setObjectName("who")
        self.who.setAccessibleName("Người làm việc trên máy này")
        self.who.setMaximumWidth(420)
        self.who.editingFinished.connect(self._keep)
        label.setBuddy(self.who)
        for part in (self.about, label, self.who, Text(_HINT, role="muted", wrap=True)):
            self.body.addWidget(part)

    def refresh(self) -> None:
        """Read anew who works here."""

        def read(ports: Ports) -> str:
            from thidua_desktop.services.worker import worker  # noqa: PLC0415 - on the worker

            return worker(ports)

        self._page.read(read, self._show)

    def _show(self, name: str) -> None:
        self._kept = name
        if not self.who.hasFocus():
            self.who.setText(name)

    def _keep(self) -> None:
        typed = self.who.text()
        if typed.strip() == self._kept:
            return

        def keep(ports: Ports) -> str:
            from thidua_desktop.services.worker import name_worker  # noqa: PLC0415 - on the worker

            return name_worker(ports, typed)

        self._page.write(keep, self._told)

    def _told(self, name: str) -> None:
        self._kept = name
        self.who.setText(name)
        self._page.context.news(f"Từ nay thay đổi trên máy này ghi tên {name or '(không tên)'}.")
