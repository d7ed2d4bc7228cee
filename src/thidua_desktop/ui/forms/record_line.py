"""One record in a line, editable in place: what is typed in it saves itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from thidua_desktop.domain.checks import keepable
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import KindSpec, Record, kind_spec
from thidua_desktop.ui.forms.asked_field import AskedField, field_around
from thidua_desktop.ui.forms.keeping import KeptFields, own_notes_on
from thidua_desktop.ui.widgets.asking import Asking
from thidua_desktop.ui.widgets.editors import (
    ChoiceEditor,
    Editor,
    LineEditor,
    LinesEditor,
    Options,
    editor_of,
)
from thidua_desktop.ui.widgets.frames import button_of, reveal
from thidua_desktop.ui.widgets.labels import Text, restyle
from thidua_desktop.ui.widgets.notes import NotesBox
from thidua_desktop.ui.widgets.recovered import RecoveredBox
from thidua_desktop.ui.widgets.saving import AutoSave

R = TypeVar("R", bound=Record)
_STRETCH = {
    "wording": 6,
    "quantity": 2,
    "measure": 2,
    "sort": 3,
    "year": 1,
    "level": 4,
    "scope": 3,
    "title": 5,
    "workplace": 5,
    "name": 6,
    "authors": 3,
    "summary": 5,
    "movement_id": 4,
    "award_form_id": 4,
    "basis": 3,
    "issuer": 4,
    "decision_number": 3,
    "decision_date": 3,
    "paper": 4,
}
_MOST_LINES = 6


class RecordLine(QWidget, Generic[R]):
    """One record in a line."""

    changed = Signal(object)
    removed = Signal(object)
    finished = Signal()
    wants_to_ask = Signal(str, str)

    def __init__(
        self,
        kind: type[R],
        columns: Sequence[str],
        options: Mapping[str, Options],
        record: R,
        *,
        above: Sequence[str] = (),
        under: Sequence[str] = (),
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self.record = record
        self._today = today
        self._captions: list[Text] = []
        self.is_new = True
        self.autosave = AutoSave(self._say, self)
        self.notes = NotesBox(name_fields=True)
        self._own_note = Text(role="caption", wrap=True)
        self.recovered = RecoveredBox(name_fields=True)
        self.asking = Asking(self)
        self._wrong: frozenset[str] = frozenset()
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        self.editors: dict[str, Editor] = {}
        self._kept = KeptFields(
            self,
            self.editors,
            record=lambda: self.record,
            is_wrong=lambda name: name in self._wrong,
            show=self.show_recovered,
        )
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        over, below = _row(), _row()
        beside = [name for name in columns if name not in {*above, *under}]
        if above:  # at once: the order of Tab is the order of being laid out
            grid.addLayout(over, 0, 0, 1, len(beside) + 1)
        if under:
            grid.addLayout(below, 3, 0, 1, len(beside) + 1)
        for name in columns:
            editor = self._editor(kind_spec(kind), name, options.get(name, ()))
            if name in above:
                self._place(editor, over, 0, list(above).index(name))
            elif name in under:
                self._place(editor, below, 0, list(under).index(name))
            else:
                self._place(editor, grid, 1, beside.index(name))
        last = self.editors[columns[-1]]
        if isinstance(last, LineEditor):
            last.go_on = self.finished.emit
        self._remove = button_of("Bỏ", self._ask, quiet=True)
        grid.addWidget(self._remove, 2, len(beside), Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._complaint, 4, 0, 1, len(beside))
        grid.addWidget(self.notes, 5, 0, 1, len(beside) + 1)
        self._keep_below(len(beside) + 1)

    def _editor(self, kind: KindSpec, name: str, options: Options) -> Editor:
        """Return the editor of a field, which saves what is typed in it."""
        spec = kind.field(name)
        editor = editor_of(spec, options=options, height=1)
        if isinstance(editor, LinesEditor):
            editor.grow(_MOST_LINES)
        editor.show_value(getattr(self.record, name))
        editor.edited.connect(self.autosave.touch)
        editor.left.connect(self.autosave.flush)
        editor.setToolTip(spec.label)
        editor.inner.setProperty("placeholderText", spec.label)
        self.editors[name] = editor
        self._kept.watch(name)  # what is left is saved by now, or complained of
        job = partial(self.wants_to_ask.emit, kind.name, name)
        self.asking.watch(editor.inner, editor, job=job)
        return editor

    def _keep_below(self, width: int) -> None:
        """Have room for what an earlier run left and for own notes."""
        self._kept.serve(self.recovered)
        self._grid.addWidget(self.recovered, 7, 0, 1, width)
        self._grid.addWidget(self._own_note, 8, 0, 1, width)
        self._own_note.hide()

    def _place(self, editor: Editor, row: QGridLayout, first: int, column: int) -> None:
        """Put an editor under its name, which is hidden until it is wanted."""
        caption = Text(editor.spec.label, role="caption", wrap=True)
        caption.setBuddy(editor)
        caption.hide()
        self._captions.append(caption)
        row.addWidget(caption, first, column, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(editor, first + 1, column, Qt.AlignmentFlag.AlignTop)
        row.setColumnStretch(column, _STRETCH.get(editor.spec.name, 2))

    def add_below(self, widget: QWidget) -> None:
        """Put something of the page's under the fields."""
        self._grid.addWidget(widget, 6, 0, 1, -1)

    def show_captions(self, *, shown: bool) -> None:
        """Write the names of the fields over them, or not."""
        for caption in self._captions:
            caption.setVisible(shown)

    def offer(self, options: Mapping[str, Options]) -> None:
        """Offer the values of the choices."""
        for name, editor in self.editors.items():
            if name in options and isinstance(editor, ChoiceEditor):
                editor.offer(options[name])

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.focus_field(next(iter(self.editors)))

    def focus_field(self, name: str) -> bool:
        """Go to a field, and bring it into sight; tell whether the line has it."""
        if name not in self.editors:
            return False
        self.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self.editors[name])
        return True

    def asked_field(self, inside: QWidget) -> AskedField | None:
        """Return the field that a widget in this line stands for."""
        return field_around(self.record, self.editors, inside)

    def refresh(self, record: R) -> None:
        """Take over what was stored, but for what is being typed or cannot be kept."""
        before, self.record = self.record, record
        for name, editor in self.editors.items():
            if not self.autosave.waits and name not in self._wrong:
                editor.follow(getattr(before, name), getattr(record, name))

    def show_own_notes(self) -> None:
        """Show the clerk's own notes under the line."""
        noted = own_notes_on(self, self.record)
        words = (
            f"✎ Ghi chú riêng · {editor.spec.label}: {noted[name]}"
            for name, editor in self.editors.items()
            if name in noted
        )
        said = "\n".join(words)
        self._own_note.setText(said)
        self._own_note.setVisible(bool(said))

    def show_recovered(self) -> None:
        """Show under the line what an earlier run left typed in it."""
        self.recovered.show_words(list(self._kept.recovered().values()))

    def set_read_only(self, read_only: bool) -> None:
        """Let the line be read, or also changed."""
        self._remove.setVisible(not read_only)
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def _say(self) -> None:
        """Tell what can be kept; the rest stays as it was typed."""
        changed: dict[str, Any] = {}
        issues = []
        for name, editor in self.editors.items():
            try:
                changed[name] = editor.value()
            except NotKeptError as wrong:
                issues.append(FieldIssue(name, wrong.issue))
        record, others = keepable(self.record, changed, self._today() if self._today else None)
        self._show_issues((*issues, *others))
        if record != self.record:
            shown, self.record = self.record, record
            self.changed.emit((shown, record))

    def _complaint_of(self, found: FieldIssue) -> str:
        if found.field not in self.editors:
            return issue_text(found.issue)
        spec = self.editors[found.field].spec
        return f"{spec.label}: {issue_text(found.issue, spec)}"

    def _show_issues(self, issues: Sequence[FieldIssue]) -> None:
        self._wrong = frozenset(issue.field for issue in issues)
        words = " ".join(map(self._complaint_of, issues))
        self._complaint.setText(f"⚠ {words}" if words else "")
        self._complaint.setVisible(bool(words))
        for name, editor in self.editors.items():
            editor.inner.setProperty("invalid", "1" if name in self._wrong else "")
            restyle(editor.inner)

    def _ask(self) -> None:
        self.autosave.forget()
        self.removed.emit(self.record)


def _row() -> QGridLayout:
    row = QGridLayout()
    row.setHorizontalSpacing(6)
    row.setVerticalSpacing(2)
    return row
