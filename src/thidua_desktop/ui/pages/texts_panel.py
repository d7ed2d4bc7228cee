"""The right side of Mẫu văn bản: one text, what may be filled in, the shipped one beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.issue_text import text_fault_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.paper_forms import PaperForm, PaperText, paper_text_issues
from thidua_desktop.domain.templates import Slot
from thidua_desktop.services.paper_texts import FormTextRow, save_paper_text
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text

_HEIGHT = 7


class TextsPanel(QWidget):
    """Shows a text of a form; `restoring` wants the shipped one back, `saved` tells of a save."""

    restoring = Signal()
    saved = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._forms: tuple[PaperForm, ...] = ()
        self._slots: tuple[Slot, ...] = ()
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.rebuilt = Banner("ask")
        self.wrong = Banner("err")
        self.form = SavedForm(
            page,
            PaperText,
            (("wording",),),
            heights={"wording": _HEIGHT},
            store=_store,
            judge=self._judge,
        )
        self.form.saved.connect(self.saved)
        self.restore = button_of("Trả về mẫu gốc", self.restoring.emit, quiet=True)
        self._offered = Text(role="muted", wrap=True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(4)
        self._shipped = Text(wrap=True)
        self._shipped.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._shipped.setAccessibleName("Mẫu gốc")
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        for widget in (self.rebuilt, self.wrong, self.form):
            card.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._offered, 1)
        row.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        card.body.addLayout(self._buttons)
        card.body.addWidget(Text("Mẫu gốc", role="strong"))
        card.body.addWidget(self._shipped)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(card))

    def show_forms(self, forms: tuple[PaperForm, ...]) -> None:
        """Know the forms, to judge what is typed."""
        self._forms = forms

    def show_text(self, row: FormTextRow, *, may_change: bool) -> None:
        """Show a text."""
        self.title.setText(f"{row.form.name}: {row.text.label}")
        self.chip.show_status(*chip_of(row))
        is_rebuilt = row.form.is_reconstructed
        self.rebuilt.show_words(
            "Mẫu dựng lại, cần đối chiếu", row.form.source if is_rebuilt else ""
        )
        self.wrong.show_words(
            "Đang in theo mẫu gốc", "\n".join(text_fault_text(one) for one in row.faults)
        )
        self.form.show_record(row.shown, read_only=not may_change)
        self._offer(row.text.slots, may_change=may_change)
        self.restore.setVisible(may_change and row.is_own)
        self._shipped.setText(row.text.shipped)

    @property
    def unsaved(self) -> PaperText | None:
        """Return the text as it is shown or being written."""
        return self.form.record

    def _offer(self, slots: tuple[Slot, ...], *, may_change: bool) -> None:
        self._offered.setText(
            "Chỗ điền: bấm để đặt vào chỗ con trỏ; chương trình thay bằng dữ liệu khi in."
            if slots
            else "Đoạn này không có chỗ điền."
        )
        if slots == self._slots and self._buttons.count():
            self._let(may_change=may_change)
            return
        self._slots = slots
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for slot in slots:
            button = button_of(f"{{{slot.label}}}", partial(self._insert, slot), quiet=True)
            button.setAccessibleName(f"Đặt chỗ điền {slot.label}")
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._let(may_change=may_change)

    def _let(self, *, may_change: bool) -> None:
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(may_change)

    def _insert(self, slot: Slot) -> None:
        editor = self.form.form.editors["wording"].inner
        if isinstance(editor, QPlainTextEdit):
            editor.insertPlainText(f"{{{slot.label}}}")
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, text: PaperText) -> tuple[FieldIssue, ...]:
        return paper_text_issues(self._forms, text)


def chip_of(row: FormTextRow) -> tuple[str, str]:
    """Return the state of a text in a word and its kind."""
    if row.faults:
        return "Chỗ điền sai", "err"
    return ("Của tỉnh", "info") if row.is_own else ("Mẫu gốc", "plain")


def _store(ports: Ports, text: PaperText, shown: PaperText) -> RecordSaved[PaperText]:
    return save_paper_text(ports, text, shown=shown)
