"""A few records in lines under one another, each editable in place: evidence, contributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import issue_text
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import Record, kind_spec, replace_values
from thidua_desktop.ui.widgets.editors import ChoiceEditor, Editor, Options, editor_of
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, restyle
from thidua_desktop.ui.widgets.saving import AutoSave

R = TypeVar("R", bound=Record)
_STRETCH = {"wording": 6, "criterion_id": 4, "quantity": 2, "measure": 2, "sort": 3}


class RecordLines(QWidget, Generic[R]):
    """Lines of records. What is done with them is for who holds it: signals say what is wanted.

    `changed_record` carries the pair (as shown, as edited).
    """

    wanted = Signal()
    changed_record = Signal(object)
    removed = Signal(object)

    def __init__(
        self,
        kind: type[R],
        columns: Sequence[str],
        heading: str,
        add: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._columns = tuple(columns)
        self._options: dict[str, Options] = {}
        self._records: tuple[R, ...] = ()
        self._read_only = False
        self._lines: list[_Line[R]] = []
        self._add = button_of(add, self.wanted.emit, quiet=True)
        self._add.setObjectName(f"add_{kind.__name__.lower()}")
        head = QHBoxLayout()
        head.addWidget(Text(heading, role="strong"))
        head.addStretch(1)
        head.addWidget(self._add)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._inside)

    def offer(self, options: Mapping[str, Options]) -> None:
        """Offer the values of the choices; takes effect with the next records."""
        self._options = dict(options)

    def set_read_only(self, read_only: bool) -> None:
        """Let the lines be read, or also changed."""
        self._read_only = read_only
        self._add.setVisible(not read_only)
        for line in self._lines:
            line.set_read_only(read_only)

    def show_records(self, records: Sequence[R]) -> None:
        """Show these records; lines that are already there keep the cursor."""
        same = [one.id for one in records] == [line.record.id for line in self._lines]
        self._records = tuple(records)
        if same:
            for line, record in zip(self._lines, records, strict=True):
                line.refresh(record)
            return
        for line in self._lines:
            self._inside.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(record) for record in records]
        for line in self._lines:
            self._inside.addWidget(line)

    def flush(self) -> None:
        """Say now what waits to be said."""
        for line in self._lines:
            line.autosave.flush()

    def _line(self, record: R) -> _Line[R]:
        line = _Line(self._kind, self._columns, self._options, record)
        line.changed.connect(self.changed_record)
        line.removed.connect(self.removed)
        line.set_read_only(self._read_only)
        return line


class _Line(QWidget, Generic[R]):
    """One record in a line."""

    changed = Signal(object)
    removed = Signal(object)

    def __init__(
        self, kind: type[R], columns: Sequence[str], options: Mapping[str, Options], record: R
    ) -> None:
        super().__init__()
        self.record = record
        self.autosave = AutoSave(self._say, self)
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        self._editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        for column, name in enumerate(columns):
            spec = kind_spec(kind).field(name)
            editor = editor_of(spec, options=options.get(name, ()), height=1)
            if name in options and isinstance(editor, ChoiceEditor):
                editor.offer(options[name])
            editor.show_value(getattr(record, name))
            editor.edited.connect(self.autosave.touch)
            editor.left.connect(self.autosave.flush)
            editor.setToolTip(spec.label)
            editor.inner.setProperty("placeholderText", spec.label)
            self._editors[name] = editor
            grid.addWidget(editor, 0, column)
            grid.setColumnStretch(column, _STRETCH.get(name, 2))
        self._remove = button_of("Bỏ", self._ask, quiet=True)
        grid.addWidget(self._remove, 0, len(columns))
        grid.addWidget(self._complaint, 1, 0, 1, len(columns))

    def refresh(self, record: R) -> None:
        """Take over what was stored, but for the editor being typed in."""
        self.record = record
        for name, editor in self._editors.items():
            if not editor.inner.hasFocus() and not self.autosave.waits:
                editor.show_value(getattr(record, name))

    def set_read_only(self, read_only: bool) -> None:
        """Let the line be read, or also changed."""
        self._remove.setVisible(not read_only)
        for editor in self._editors.values():
            editor.set_read_only(read_only)

    def _say(self) -> None:
        changed: dict[str, Any] = {}
        issues = []
        for name, editor in self._editors.items():
            try:
                changed[name] = editor.value()
            except NotKeptError as wrong:
                issues.append(FieldIssue(name, wrong.issue))
        self._show_issues(issues)
        record = replace_values(self.record, changed)
        if record != self.record and not issues:
            shown, self.record = self.record, record
            self.changed.emit((shown, record))

    def _show_issues(self, issues: Sequence[FieldIssue]) -> None:
        wrong = {issue.field for issue in issues}
        words = " ".join(issue_text(issue.issue) for issue in issues)
        self._complaint.setText(f"⚠ {words}" if words else "")
        self._complaint.setVisible(bool(words))
        for name, editor in self._editors.items():
            editor.inner.setProperty("invalid", "1" if name in wrong else "")
            restyle(editor.inner)

    def _ask(self) -> None:
        self.autosave.forget()
        self.removed.emit(self.record)
