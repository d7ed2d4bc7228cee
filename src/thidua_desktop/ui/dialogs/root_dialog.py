"""Từ khôi phục: the root key as words, to be printed, locked away, and typed again as a proof."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.text import fold
from thidua_desktop.services.keys import root_check, root_words
from thidua_desktop.services.printing import one_dossier
from thidua_desktop.services.recovery_paper import recovery_dossier
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.phrase_field import PhraseField
from thidua_desktop.ui.widgets.typed_words import let_pass

_COLUMNS = 4
_PAPER = "Phiếu khôi phục khóa tỉnh"
_ASKED = (5, 12, 21)  # one from each of three columns


class RootDialog(Dialog):
    """Asks for the phrase where there is one, shows the words, prints them, asks for some back."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Từ khôi phục khóa gốc")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 460)
        self._context = context
        self._said: tuple[str, ...] = ()
        self._typed: str | None = None
        self.phrase = PhraseField("Cụm từ bảo vệ khóa gốc; không đặt thì để trống", "phrase")
        self.phrase.entered.connect(self._ask)
        self.show_words = button_of("Hiện các từ", self._ask, primary=True)
        self.words: tuple[Text, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.check = Text(role="muted", wrap=True)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.paper = button_of("In phiếu…", self._print, primary=True)
        self.prove = button_of("Gõ lại để kiểm tra phiếu", self._begin_proof)
        self.back = QLineEdit()
        let_pass(self.back)
        self.back.setAccessibleName("Các từ gõ lại")
        self.asked = Text(f"Trên phiếu, từ số {', số '.join(map(str, _ASKED))} là những từ nào?")
        self.asked.setBuddy(self.back)
        self.back.returnPressed.connect(self._prove)
        self.done_well = Text(role="strong", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.phrase, 1)
        row.addWidget(self.show_words, 0, Qt.AlignmentFlag.AlignBottom)
        steps = QHBoxLayout()
        for button in (self.paper, self.prove):
            steps.addWidget(button)
        steps.addStretch(1)
        close = button_of("Đóng", self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Ai có 24 từ này làm lại được khóa gốc của tỉnh. Hãy in phiếu (hoặc chép tay đúng "
                "thứ tự), niêm phong trong phong bì, cất ở hai nơi; không chụp ảnh, không lưu vào "
                "máy.",
                wrap=True,
            )
        )
        layout.addLayout(row)
        layout.addWidget(self.message)
        layout.addLayout(self._grid)
        layout.addLayout(steps)
        layout.addWidget(self.asked)
        layout.addWidget(self.back)
        layout.addWidget(self.done_well)
        layout.addStretch(1)
        layout.addWidget(self.check)
        layout.addLayout(buttons)
        for widget in (self.paper, self.prove, self.asked, self.back, self.done_well):
            widget.hide()
        context.reader.run(
            lambda: root_check(context.ports()),
            owner=self,
            done=lambda said: self.check.setText(f"Từ đối chiếu của khóa: {said}"),
            failed=self._refused,
        )

    def _ask(self) -> None:
        if self._said:
            return
        self.show_words.setEnabled(False)
        context, self._typed = self._context, self.phrase.typed
        typed = self._typed
        context.writer.run(
            lambda: root_words(context.ports(), lambda: typed),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, words: Sequence[str]) -> None:
        self.message.hide()
        self.phrase.editor.clear()
        self._said = tuple(words)
        self.words = tuple(
            Text(f"{place}. {said}", role="strong") for place, said in enumerate(words, start=1)
        )
        rows = -(-len(words) // _COLUMNS)
        for place, label in enumerate(self.words):
            self._grid.addWidget(label, place % rows, place // rows)
        self.phrase.hide()
        self.show_words.hide()
        for widget in (self.paper, self.prove):
            widget.show()
        self.paper.setFocus()

    def _print(self) -> None:
        typed = self._typed
        preview = PrintPreview(
            self._context,
            [one_dossier(_PAPER, "", lambda ports: recovery_dossier(ports, lambda: typed))],
            self,
            is_secret=True,
        )
        preview.open()

    def _begin_proof(self) -> None:
        """Hide the words, and ask for some of them from the paper."""
        for label in self.words:
            label.hide()
        self.prove.hide()
        self.asked.show()
        self.back.show()
        self.back.setFocus()

    def _prove(self) -> None:
        wanted = [self._said[place - 1] for place in _ASKED]
        is_right = fold(self.back.text()).split() == wanted
        self.done_well.setText(
            "Đúng. Phiếu dùng được; hãy niêm phong và cất ngay."
            if is_right
            else "⚠ Chưa đúng. Hãy xem lại phiếu: gõ ba từ, đúng số, cách nhau bằng dấu cách."
        )
        self.done_well.show()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
        self.message.show()
        self.show_words.setEnabled(True)
        self.phrase.setFocus()
