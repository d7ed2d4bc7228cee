"""Từ khôi phục: the root key as words, to be written down and locked away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.keys import root_words
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_COLUMNS = 4


class RootDialog(QDialog):
    """Asks for the phrase where there is one, and shows the words."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Từ khôi phục khóa gốc")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 420)
        self._context = context
        self.phrase = QLineEdit()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setAccessibleName("Cụm từ bảo vệ khóa gốc")
        self.phrase.setPlaceholderText("Cụm từ bảo vệ khóa gốc; không đặt thì để trống")
        self.phrase.returnPressed.connect(self._ask)
        self.show_words = button_of("Hiện các từ", self._ask, primary=True)
        self.words: tuple[Text, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        row = QHBoxLayout()
        row.addWidget(self.phrase, 1)
        row.addWidget(self.show_words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Ai có 24 từ này làm lại được khóa gốc của tỉnh. Hãy chép ra giấy theo đúng thứ tự "
                "và cất vào két; không chụp ảnh, không lưu vào máy.",
                wrap=True,
            )
        )
        layout.addLayout(row)
        layout.addWidget(self.message)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _ask(self) -> None:
        if self.words:
            return
        self.show_words.setEnabled(False)
        context, typed = self._context, self.phrase.text() or None
        context.writer.run(
            lambda: root_words(context.ports(), lambda: typed),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, words: Sequence[str]) -> None:
        self.message.hide()
        self.phrase.clear()
        self.words = tuple(
            Text(f"{place}. {said}", role="strong") for place, said in enumerate(words, start=1)
        )
        rows = -(-len(words) // _COLUMNS)
        for place, label in enumerate(self.words):
            self._grid.addWidget(label, place % rows, place // rows)

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
        self.message.show()
        self.show_words.setEnabled(True)
        self.phrase.setFocus()
