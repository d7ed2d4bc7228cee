"""A clerk's own notes on fields: written by a key, shown under the field, on this PC only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.asked_field import AskedField, field_at
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:  # first paint does not need it
    from thidua_desktop.domain.journal import FieldText
    from thidua_desktop.services.ports import Ports

_ABOUT = (
    "Ghi chú chỉ nằm trên máy này: không vào hồ sơ, không in ra, không đi theo gói dữ liệu. Để "
    "trống là bỏ ghi chú."
)


class OwnNotes(QObject):
    """Fits the Notes of ui.forms.keeping."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._notes: dict[tuple[str, UUID, str], str] = {}
        self.action = QAction("Ghi chú riêng cho ô này…", window)
        self.action.setShortcut(QKeySequence("Ctrl+M"))
        self.action.triggered.connect(self._begin)

    def read(self) -> None:
        """Read the notes of this PC."""
        context = self._context
        context.reader.run(
            lambda: _read(context.ports()),
            owner=self,
            done=self._show,
            failed=self._window_refused,
        )

    def noted(self, kind: str, record_id: UUID) -> Mapping[str, str]:
        """Return the notes on a record, by field."""
        found = self._notes.items()
        return {place[2]: text for place, text in found if place[:2] == (kind, record_id)}

    def keep(self, asked: AskedField, text: str) -> None:
        """Keep a note in place of the one there."""
        from thidua_desktop.domain.journal import FieldText  # noqa: PLC0415 - after first paint

        note = FieldText(kind=asked.kind, id=asked.id, field=asked.name, text=text)
        context = self._context
        context.writer.run(
            lambda: _keep(context.ports(), note),
            owner=self,
            done=lambda _kept: self.read(),
            failed=self._window_refused,
        )

    def _show(self, notes: Sequence[FieldText]) -> None:
        self._notes = {(one.kind, one.id, one.field): one.text for one in notes}
        for form in self._window.findChildren(QWidget):
            show = getattr(form, "show_own_notes", None)
            if show is not None:
                show()

    def _begin(self) -> None:
        asked = field_at(self._window.focusWidget())
        if asked is None:
            self._context.news("Hãy đặt con trỏ vào một ô rồi bấm lại Ctrl+M.")
            return
        text = self.noted(asked.kind, asked.id).get(asked.name, "")
        OwnNoteDialog(self, asked, text, self._window).open()

    def _window_refused(self, error: Exception) -> None:
        from thidua_desktop.domain.error_text import error_text  # noqa: PLC0415 - rare
        from thidua_desktop.domain.errors import ThiduaError  # noqa: PLC0415 - rare

        if isinstance(error, ThiduaError):
            self._context.news(error_text(error))


class OwnNoteDialog(Dialog):
    """Writes one note. However it is left, what was typed is kept."""

    def __init__(self, notes: OwnNotes, asked: AskedField, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        from thidua_desktop.domain.words import field_label  # noqa: PLC0415 - after first paint

        self._notes = notes
        self._asked = asked
        self._before = text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Ghi chú riêng")
        self.resize(460, 240)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(f"Ghi chú riêng: {field_label(asked.kind, asked.name)}")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Xong", self.accept, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(Text(field_label(asked.kind, asked.name), role="strong", wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(Text(_ABOUT, role="caption", wrap=True))
        layout.addLayout(buttons)
        self.finished.connect(self._keep)

    def drops_words(self) -> bool:
        """Return no: closing keeps them."""
        return False

    def _keep(self) -> None:
        text = self.text.toPlainText().strip()
        if text != self._before:
            self._notes.keep(self._asked, text)


def _read(ports: Ports) -> tuple[FieldText, ...]:
    from thidua_desktop.services.own_notes import own_notes  # noqa: PLC0415 - on the worker

    return own_notes(ports)


def _keep(ports: Ports, note: FieldText) -> None:
    from thidua_desktop.services.own_notes import keep_own_note  # noqa: PLC0415 - on the worker

    keep_own_note(ports, note)
