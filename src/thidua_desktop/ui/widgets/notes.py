"""Notes under a field: what is asked or suggested there, and the answer on the spot."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.domain.notes import FieldNote, NoteKind
from thidua_desktop.domain.words import field_label, word
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_MARKS = {
    NoteKind.QUESTION: "?",
    NoteKind.ANSWER: "✓",
    NoteKind.SUGGESTION: "→",
    NoteKind.SUGGESTED: "…",
    NoteKind.ACCEPTED: "✓",
    NoteKind.DISMISSED: "✕",
    NoteKind.RETURN: "✕",
}


class NoteStrip(QFrame):
    """One note. What is said to it is for who holds it: signals say what is wanted."""

    answered = Signal(object, str)
    settled = Signal(object, str)
    closed = Signal(object)

    def __init__(self, note: FieldNote, *, name_field: bool = False) -> None:
        super().__init__()
        self.note = note
        self.setProperty("banner", "ask" if note.asks else "info")
        self.setAccessibleName(f"{word(note.sort)}: {note.words}")
        heading = f"{_MARKS[note.sort]} {word(note.sort)}"
        if name_field:
            heading += f" · {field_label(note.kind, note.field)}"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(3)
        layout.addWidget(Text(heading, role="strong", wrap=True))
        layout.addWidget(Text(note.words, wrap=True))
        if note.by:
            layout.addWidget(Text(note.by, role="caption", wrap=True))
        self.reply = QLineEdit()
        if note.sort is NoteKind.QUESTION and note.asks:
            layout.addLayout(self._reply_row())
        if note.sort is NoteKind.SUGGESTION and note.asks:
            layout.addLayout(self._choice_row())
        if note.closes:
            layout.addLayout(_row(button_of("Khép câu hỏi", lambda: self.closed.emit(note))))

    def _reply_row(self) -> QHBoxLayout:
        self.reply.setObjectName("reply")
        self.reply.setAccessibleName("Câu trả lời")
        self.reply.setPlaceholderText("Trả lời tỉnh; gói sau sẽ mang đi")
        self.reply.returnPressed.connect(self._say)
        row = QHBoxLayout()
        row.addWidget(self.reply, 1)
        row.addWidget(button_of("Trả lời", self._say))
        return row

    def _choice_row(self) -> QHBoxLayout:
        note = self.note
        return _row(
            button_of("Chấp nhận", lambda: self.settled.emit(note, note.take)),
            button_of("Giữ nguyên", lambda: self.settled.emit(note, note.keep)),
        )

    def _say(self) -> None:
        words = self.reply.text().strip()
        if words:
            self.answered.emit(self.note, words)
        else:
            self.reply.setFocus()


class NotesBox(QWidget):
    """The notes of one field, or of one line of fields; without notes it is not there."""

    answered = Signal(object, str)
    settled = Signal(object, str)
    closed = Signal(object)

    def __init__(self, *, name_fields: bool = False) -> None:
        super().__init__()
        self._name_fields = name_fields
        self._strips: dict[FieldNote, NoteStrip] = {}
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(4)
        self.hide()

    @property
    def strips(self) -> tuple[NoteStrip, ...]:
        """Return what is shown."""
        return tuple(self._strips.values())

    def follow(self, editor: QWidget) -> None:
        """Be the next stop of the Tab key after an editor."""
        before = editor
        for strip in self.strips:
            for stop in [strip.reply, *strip.findChildren(QPushButton)]:
                if stop.parent() is not None:
                    QWidget.setTabOrder(before, stop)
                    before = stop

    def show_notes(self, notes: Iterable[FieldNote]) -> None:
        """Show these notes; one that is there already keeps what is being typed."""
        before, self._strips = self._strips, {}
        for note in notes:
            strip = before.pop(note, None) or self._strip(note)
            self._strips[note] = strip
            self._inside.addWidget(strip)
        for strip in before.values():
            self._inside.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._strips))

    def _strip(self, note: FieldNote) -> NoteStrip:
        strip = NoteStrip(note, name_field=self._name_fields)
        strip.answered.connect(self.answered)
        strip.settled.connect(self.settled)
        strip.closed.connect(self.closed)
        return strip


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
