"""A form for one record: laid out by hand, its editors made from the declaration of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.checks import keepable
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issue_text import found_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.records import FieldSpec, FieldType, Record, kind_spec
from thidua_desktop.ui.forms.asked_field import AskedField, field_around
from thidua_desktop.ui.forms.keeping import KeptFields, own_notes_on
from thidua_desktop.ui.widgets.asking import ASK_KEY, Asking
from thidua_desktop.ui.widgets.editors import (
    ChoiceEditor,
    Editor,
    LineEditor,
    LinesEditor,
    Options,
    editor_of,
)
from thidua_desktop.ui.widgets.frames import reveal
from thidua_desktop.ui.widgets.labels import Text, restyle
from thidua_desktop.ui.widgets.notes import NotesBox
from thidua_desktop.ui.widgets.recovered import RecoveredBox

R = TypeVar("R", bound=Record)
_NOTES_ROW = 3
_RECOVERED_ROW = 4
_OWN_NOTE_ROW = 5


class RecordForm(QWidget, Generic[R]):
    """Shows a record and gives back the edited one. Knows widgets and words, nothing else.

    `rows` name the fields of each row; a row with several shares the width between them, a word
    alone is the heading of what follows. `heights` are lines of the texts that want more than
    three; `today` says after which day nothing can have been.

    What was typed and cannot be kept stays in its editor under its complaint: also when the record
    is stored meanwhile, or another one was looked at in between.
    """

    edited = Signal()
    left = Signal()
    note_answered = Signal(object, str)
    note_settled = Signal(object, str)
    note_closed = Signal(object)
    asking = Signal(str, str)

    def __init__(
        self,
        kind: type[R],
        rows: Sequence[str | Sequence[str]],
        *,
        heights: Mapping[str, int] | None = None,
        today: Callable[[], date] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._today = today
        self._record: R | None = None
        self._complaints: dict[str, Text] = {}
        self._labels: dict[str, Text] = {}
        self._wrong: dict[UUID, dict[str, tuple[str, str]]] = {}
        self.editors: dict[str, Editor] = {}
        self._kept = KeptFields(
            self,
            self.editors,
            record=lambda: self._record,
            is_wrong=lambda name: bool(self._complaints[name].text()),
            show=self.show_recovered,
        )
        self.notes: dict[str, NotesBox] = {}
        self._cells: dict[str, tuple[QGridLayout, int]] = {}
        self._recovered: dict[str, RecoveredBox] = {}
        self._own_notes: dict[str, Text] = {}
        self._asking = Asking(self)
        key = QShortcut(QKeySequence(ASK_KEY), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._ask_here)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for names in rows:
            if isinstance(names, str):
                layout.addWidget(Text(names, role="strong"))
            else:
                layout.addLayout(self._row(names, heights or {}))

    def show_record(self, record: R) -> None:
        """Fill the form; of the complaints only those come back that are about this record."""
        self._put_wrong_aside()
        self._record = record
        wrong = self._wrong.pop(record.id, {})
        for name, editor in self.editors.items():
            editor.show_value(getattr(record, name))
            typed, words = wrong.get(name, ("", ""))
            if words and isinstance(editor, LineEditor | LinesEditor):
                editor.show_typed(typed)
            self._complain(name, words)
        self.show_recovered()
        self.show_own_notes()

    def show_own_notes(self) -> None:
        """Show the clerk's own notes, each under its field."""
        if self._record is None:
            return
        noted = own_notes_on(self, self._record)
        for name in noted.keys() & self.editors.keys() | self._own_notes.keys():
            if name not in self._own_notes:
                grid, column = self._cells[name]
                self._own_notes[name] = Text(role="caption", wrap=True)
                grid.addWidget(self._own_notes[name], _OWN_NOTE_ROW, column)
            self._own_notes[name].setText(f"✎ Ghi chú riêng: {noted.get(name, '')}")
            self._own_notes[name].setVisible(name in noted)

    def show_recovered(self) -> None:
        """Show under each field what an earlier run left typed there."""
        left = self._kept.recovered()
        for name in left.keys() | self._recovered.keys():
            self._recovered_box(name).show_words([left[name]] if name in left else [])

    def refresh_record(self, record: R) -> None:
        """Take over what was stored, without touching what is being typed or has a complaint."""
        before, self._record = self._record or record, record
        for name, editor in self.editors.items():
            if not self._complaints[name].text():
                editor.follow(getattr(before, name), getattr(record, name))

    @property
    def shown(self) -> R | None:
        """Return the record as it was shown, before anything was typed."""
        return self._record

    def record(self) -> tuple[R, tuple[FieldIssue, ...]]:
        """Return the record as far as it can be kept, and why the other fields cannot.

        Fields that cannot be read, or that do not go together, are in it as they were.
        """
        if self._record is None:
            raise RuntimeError("no record is shown")
        changed: dict[str, Any] = {}
        unread = []
        for name, editor in self.editors.items():
            try:
                changed[name] = editor.value()
            except NotKeptError as wrong:
                unread.append(FieldIssue(name, wrong.issue))
        record, issues = keepable(self._record, changed, self._today() if self._today else None)
        return record, (*unread, *issues)

    def show_issues(self, issues: Sequence[FieldIssue]) -> None:
        """Show these complaints and no others, each under its field."""
        texts = {issue.field: found_text(issue, self._spec(issue.field)) for issue in issues}
        for name in self._complaints:
            self._complain(name, texts.get(name, ""))

    def _spec(self, name: str) -> FieldSpec | None:
        return self.editors[name].spec if name in self.editors else None

    def offer(self, name: str, options: Options) -> None:
        """Offer the values of a choice."""
        editor = self.editors[name]
        if isinstance(editor, ChoiceEditor):
            editor.offer(options)

    def show_notes(self, notes: Iterable[FieldNote]) -> None:
        """Show the notes that are about this record's fields, each under its own."""
        wanted: dict[str, list[FieldNote]] = {}
        for note in notes:
            if self._record is not None and note.id == self._record.id:
                wanted.setdefault(note.field, []).append(note)
        for name in self.notes.keys() | (wanted.keys() & self.editors.keys()):
            box = self._notes_box(name)
            box.show_notes(wanted.get(name, ()))
            box.follow(self.editors[name].inner)

    def let_ask(self, *, allowed: bool) -> None:
        """Let questions be asked about fields, or not."""
        self._asking.allowed = allowed

    def set_read_only(self, read_only: bool) -> None:
        """Let the record be read, or also changed."""
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def show_field(self, name: str, *, visible: bool) -> None:
        """Show or leave out a field that does not concern every record."""
        for widget in (self.editors[name], self._labels[name]):
            widget.setVisible(visible)

    def focus_field(self, name: str) -> bool:
        """Go to a field, and bring it into sight; tell whether the form has it."""
        if name not in self.editors:
            return False
        self.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self.editors[name])
        return True

    def _notes_box(self, name: str) -> NotesBox:
        if name not in self.notes:
            grid, column = self._cells[name]
            box = self.notes[name] = NotesBox()
            box.answered.connect(self.note_answered)
            box.settled.connect(self.note_settled)
            box.closed.connect(self.note_closed)
            grid.addWidget(box, _NOTES_ROW, column)
        return self.notes[name]

    def _recovered_box(self, name: str) -> RecoveredBox:
        if name not in self._recovered:
            grid, column = self._cells[name]
            box = self._recovered[name] = RecoveredBox()
            self._kept.serve(box)
            grid.addWidget(box, _RECOVERED_ROW, column)
        return self._recovered[name]

    def _ask_here(self) -> None:
        focus = self.focusWidget()
        here = [name for name, one in self.editors.items() if focus and one.isAncestorOf(focus)]
        if self._asking.allowed:
            self._ask((here or list(self.editors))[0])

    def _ask(self, name: str) -> None:
        self.asking.emit(kind_spec(self._kind).name, name)

    def asked_field(self, inside: QWidget) -> AskedField | None:
        """Return the field that a widget in this form stands for."""
        return field_around(self._record, self.editors, inside)

    def _complain(self, name: str, words: str) -> None:
        complaint = self._complaints[name]
        complaint.setText(f"⚠ {words}" if words else "")
        complaint.setVisible(bool(words))
        inner = self.editors[name].inner
        if bool(inner.property("invalid")) is not bool(words):
            inner.setProperty("invalid", "1" if words else "")
            restyle(inner)

    def _put_wrong_aside(self) -> None:
        if self._record is None:
            return
        self._wrong[self._record.id] = {
            name: (editor.typed(), self._complaints[name].text().removeprefix("⚠ "))
            for name, editor in self.editors.items()
            if self._complaints[name].text() and isinstance(editor, LineEditor | LinesEditor)
        }

    def _row(self, names: Sequence[str], heights: Mapping[str, int]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for column, name in enumerate(names):
            spec = kind_spec(self._kind).field(name)
            editor = editor_of(spec, height=heights.get(name, 3))
            editor.edited.connect(self.edited)
            editor.left.connect(self.left)
            self.editors[name] = editor
            self._kept.watch(name)  # what is left is saved by now, or complained of
            # A check box says its own name.
            words = "" if spec.type is FieldType.BOOL else spec.label
            # Beside others a long name takes a second line: the row goes into narrow places.
            label = Text(f"{words} *" if spec.required else words, wrap=len(names) > 1)
            label.setAlignment(Qt.AlignmentFlag.AlignBottom)
            label.setBuddy(editor)
            if not words and len(names) == 1:
                label.setMaximumHeight(0)
            self._labels[name] = label
            complaint = Text(role="complaint", wrap=True)
            complaint.setObjectName(f"{name}_issue")
            complaint.hide()
            self._complaints[name] = complaint
            grid.addWidget(label, 0, column)
            grid.addWidget(editor, 1, column)
            grid.addWidget(complaint, 2, column)
            grid.setColumnStretch(column, 1)
            self._cells[name] = (grid, column)
            self._asking.watch(editor.inner, editor, label, job=partial(self._ask, name))
        return grid
