"""A form for one record: laid out by hand, its editors made from the declaration of the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import issue_text
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import FieldType, Record, kind_spec, replace_values
from thidua_desktop.ui.widgets.editors import ChoiceEditor, Editor, Options, editor_of
from thidua_desktop.ui.widgets.labels import Text, restyle

R = TypeVar("R", bound=Record)
_COLUMNS = 12


class RecordForm(QWidget, Generic[R]):
    """Shows a record and gives back the edited one. Knows widgets and words, nothing else.

    `rows` name the fields of each row; a row with several shares the width between them. `heights`
    are lines of the texts that want more than three.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        kind: type[R],
        rows: Sequence[Sequence[str]],
        *,
        heights: Mapping[str, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._record: R | None = None
        self._complaints: dict[str, Text] = {}
        self._labels: dict[str, Text] = {}
        self.editors: dict[str, Editor] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for names in rows:
            layout.addLayout(self._row(names, heights or {}))

    def show_record(self, record: R) -> None:
        """Fill the form and drop the old complaints."""
        self._record = record
        for name, editor in self.editors.items():
            editor.show_value(getattr(record, name))
        self.show_issues(())

    def refresh_record(self, record: R) -> None:
        """Take over what was stored, without touching the editor that is being typed in."""
        self._record = record
        for name, editor in self.editors.items():
            if not editor.inner.hasFocus():
                editor.show_value(getattr(record, name))

    def record(self) -> tuple[R, tuple[FieldIssue, ...]]:
        """Return the record as edited, and what cannot be read; such fields stay as they were."""
        if self._record is None:
            raise RuntimeError("no record is shown")
        changed: dict[str, Any] = {}
        issues = []
        for name, editor in self.editors.items():
            try:
                changed[name] = editor.value()
            except NotKeptError as wrong:
                issues.append(FieldIssue(name, wrong.issue))
        return replace_values(self._record, changed), tuple(issues)

    def show_issues(self, issues: Sequence[FieldIssue]) -> None:
        """Show these complaints and no others, each under its field."""
        texts = {issue.field: issue_text(issue.issue) for issue in issues}
        for name, complaint in self._complaints.items():
            words = texts.get(name, "")
            complaint.setText(f"⚠ {words}" if words else "")
            complaint.setVisible(bool(words))
            inner = self.editors[name].inner
            if bool(inner.property("invalid")) is not bool(words):
                inner.setProperty("invalid", "1" if words else "")
                restyle(inner)

    def offer(self, name: str, options: Options) -> None:
        """Offer the values of a choice."""
        editor = self.editors[name]
        if isinstance(editor, ChoiceEditor):
            editor.offer(options)

    def set_read_only(self, read_only: bool) -> None:
        """Let the record be read, or also changed."""
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def show_field(self, name: str, *, visible: bool) -> None:
        """Show or leave out a field that does not concern every record."""
        for widget in (self.editors[name], self._labels[name]):
            widget.setVisible(visible)

    def focus_field(self, name: str) -> None:
        """Go to a field."""
        if name in self.editors:
            self.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)

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
            # A check box says its own name.
            words = "" if spec.type is FieldType.BOOL else spec.label
            label = Text(f"{words} *" if spec.required else words)
            label.setBuddy(editor)
            self._labels[name] = label
            complaint = Text(role="complaint", wrap=True)
            complaint.setObjectName(f"{name}_issue")
            complaint.hide()
            self._complaints[name] = complaint
            grid.addWidget(label, 0, column)
            grid.addWidget(editor, 1, column)
            grid.addWidget(complaint, 2, column)
            grid.setColumnStretch(column, 1)
        return grid
