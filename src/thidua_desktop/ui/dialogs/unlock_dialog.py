"""Cụm từ mở khóa: asked once at the start where a person put this PC's keys under one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.machine_key import unlock
from thidua_desktop.services.renewal import renew
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.phrase_field import PhraseField

_FORGOTTEN = (
    "Quên cụm từ thì khóa cũ không mở được nữa. Máy sẽ được cấp mã và khóa mới: dữ liệu và bản "
    "nháp còn nguyên, gói xuất lần tới xin chấp nhận lại máy này. Gói gửi riêng cho máy này mà "
    "chưa nhập thì phải xin gửi lại."
)


class UnlockDialog(Dialog):
    """`unlocked` says that the data can be opened; rejected, nobody could say the phrase."""

    unlocked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mở khóa")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 230)
        self._context = context
        self.phrase = PhraseField("Cụm từ mở khóa của máy này", "phrase")
        self.phrase.entered.connect(self._unlock)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.open_it = button_of("Mở", self._unlock, primary=True)
        self.forgotten = button_of("Quên cụm từ…", self._ask_renew)
        buttons = QHBoxLayout()
        end = button_of("Thoát", self.leave)
        buttons.addWidget(self.forgotten)
        buttons.addStretch(1)
        buttons.addWidget(end)
        buttons.addWidget(self.open_it)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Cụm từ này được đặt trong Cài đặt, hỏi một lần mỗi khi mở chương trình.", wrap=True
            )
        )
        layout.addWidget(self.phrase)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.phrase.setFocus()

    def _unlock(self) -> None:
        typed, context = self.phrase.typed, self._context
        if typed is None:
            return
        self._say("Đang mở…")
        context.writer.run(
            lambda: unlock(context.ports(), lambda: typed),
            owner=self,
            done=lambda _: self._done(),
            failed=self._refused,
        )

    def _ask_renew(self) -> None:
        ask_first(self, "Quên cụm từ", _FORGOTTEN, "Cấp mã máy mới", self.renew_now)

    def renew_now(self) -> None:
        """Give this PC a new id and new keys, which need no phrase."""
        context = self._context
        self._say("Đang cấp mã mới…")
        context.writer.run(
            lambda: renew(context.ports()),
            owner=self,
            done=lambda _: self._done(),
            failed=self._refused,
        )

    def _done(self) -> None:
        self.accept()
        self.unlocked.emit()

    def _refused(self, error: ThiduaError) -> None:
        self._say(error_text(error))
        self.phrase.editor.selectAll()
        self.phrase.setFocus()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
