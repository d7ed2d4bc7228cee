"""Đặt, đổi, bỏ cụm từ: the phrase over this PC's keys."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.machine_key import set_phrase
from thidua_desktop.services.offices import new_phrase
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.phrase_field import PhraseField

_SET = (
    "Cụm từ giữ khóa của máy này: không có cụm từ thì không mở được gói và không gửi được gói dưới "
    "tên máy này. Chương trình hỏi một lần mỗi khi mở. Hãy ghi ra giấy, cất nơi chỉ anh chị biết; "
    "quên thì phải cấp mã máy mới."
)
_REMOVE = "Bỏ cụm từ thì ai dùng tài khoản này trên máy cũng mở được chương trình và gửi được gói."
_DIFFERENT = "Hai lần gõ không giống nhau. Chưa thay đổi gì; hãy gõ lại."


class PhraseDialog(Dialog):
    """Sets a phrase, another one, or (removing) takes it away; `done_so` when it was done."""

    done_so = Signal(str)

    def __init__(
        self,
        context: PageContext,
        parent: QWidget | None = None,
        *,
        has_phrase: bool,
        removing: bool = False,
    ) -> None:
        super().__init__(parent)
        verb = "Bỏ cụm từ" if removing else "Đổi cụm từ" if has_phrase else "Đặt cụm từ"
        self.setWindowTitle(verb)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 340)
        self._context, self._removing, self._verb = context, removing, verb
        self.current = PhraseField("Cụm từ đang dùng", "current")
        self.new = PhraseField("Cụm từ mới", "new")
        self.again = PhraseField("Gõ lại cụm từ mới", "again")
        self.current.setVisible(has_phrase)
        for field in (self.new, self.again):
            field.setVisible(not removing)
        shown = [one for one in (self.current, self.new, self.again) if not one.isHidden()]
        for field, following in pairwise(shown):
            field.entered.connect(following.editor.setFocus)
        shown[-1].entered.connect(self._do)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.suggest = button_of("Gợi ý sáu từ", self._suggest)
        self.suggest.setVisible(not removing)
        self.do_it = button_of(verb, self._do, primary=True)
        buttons = QHBoxLayout()
        no = button_of("Thôi", self.reject)
        buttons.addWidget(self.suggest)
        buttons.addStretch(1)
        buttons.addWidget(no)
        buttons.addWidget(self.do_it)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(_REMOVE if removing else _SET, wrap=True))
        for field in shown:
            layout.addWidget(field)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        shown[0].setFocus()

    def _suggest(self) -> None:
        context = self._context
        context.reader.run(
            lambda: new_phrase(context.ports()),
            owner=self,
            done=self._suggested,
            failed=self._refused,
        )

    def _suggested(self, words: str) -> None:
        self.new.show_phrase(words)
        self.again.setFocus()

    def _do(self) -> None:
        if not self._removing and self.new.typed != self.again.typed:
            self._say(_DIFFERENT)
            self.again.setFocus()
            return
        context, current = self._context, self.current.typed
        new = None if self._removing else self.new.typed or ""
        self.do_it.setEnabled(False)
        self._say("Đang khóa lại…")
        context.writer.run(
            lambda: set_phrase(context.ports(), new, current=current),
            owner=self,
            done=lambda _: self._done(),
            failed=self._refused,
        )

    def _done(self) -> None:
        told = {
            "Đặt cụm từ": "Đã đặt cụm từ; lần mở sau chương trình sẽ hỏi.",
            "Đổi cụm từ": "Đã đổi cụm từ.",
            "Bỏ cụm từ": "Đã bỏ cụm từ; chương trình không hỏi nữa.",
        }
        self.done_so.emit(told[self._verb])
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.do_it.setEnabled(True)
        self._say(error_text(error))

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
