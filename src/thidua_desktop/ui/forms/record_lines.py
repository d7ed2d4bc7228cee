"""A few records in lines under one another, each editable in place: evidence, contributions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.records import Record
from thidua_desktop.ui.forms.record_line import RecordLine
from thidua_desktop.ui.widgets.editors import (
    Options,
)
from thidua_desktop.ui.widgets.frames import button_of, reveal
from thidua_desktop.ui.widgets.labels import Text

R = TypeVar("R", bound=Record)
_ABOVE = ("criterion_id",)  # too long to stand beside the others


class RecordLines(QWidget, Generic[R]):
    """Lines of records. What is done with them is for who holds it: signals say what is wanted.

    `changed_record` carries the pair (as shown, as edited); `below` makes what stands under a line.
    `above` names the columns that stand over the others of a line, `under` those below them,
    `captions` writes their names over the first one. Enter in the last field of the last line wants
    a new line. `pasting` says that a block is to be pasted, and in which field the cursor stands.
    """

    wanted = Signal()
    changed_record = Signal(object)
    removed = Signal(object)
    note_answered = Signal(object, str)
    note_settled = Signal(object, str)
    note_closed = Signal(object)
    asking = Signal(str, str)
    pasting = Signal(str)

    def __init__(  # noqa: PLR0913 - where each column stands
        self,
        kind: type[R],
        columns: Sequence[str],
        heading: str,
        add: str,
        *,
        below: Callable[[RecordLine[R]], QWidget] | None = None,
        above: Sequence[str] = _ABOVE,
        under: Sequence[str] = (),
        captions: bool = False,
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self.kind = kind
        self._below = below
        self.columns = tuple(columns)
        self._above = tuple(above)
        self._under = tuple(under)
        self._captions = captions
        self._today = today
        self._options: dict[str, Options] = {}
        self._read_only = False
        self._wants_new = False
        self._may_ask = False
        self.lines: list[RecordLine[R]] = []
        self._add = button_of(add, self.add, quiet=True)
        self._add.setObjectName(f"add_{kind.__name__.lower()}")
        head = QHBoxLayout()
        head.addWidget(Text(heading, role="strong", wrap=True), 1)
        self._paste = button_of("Dán từ Excel…", lambda: self.pasting.emit(""), quiet=True)
        self._paste.setToolTip("Chép các ô trong Excel rồi bấm; hoặc Ctrl+V ngay trong một ô")
        self._paste.hide()
        self._may_paste = False
        head.addWidget(self._paste)
        head.addWidget(self._add)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(12 if captions and self._above else 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._inside)

    def offer(self, options: Mapping[str, Options]) -> None:
        """Offer the values of the choices."""
        self._options = dict(options)
        for line in self.lines:
            line.offer(self._options)

    def let_paste(self) -> None:
        """Offer to paste blocks."""
        self._may_paste = True
        self._paste.setVisible(not self._read_only)

    def _paste_in(self, name: str) -> bool:
        """Ask for a block to be pasted where the cursor stands; tell whether that can be."""
        is_open = self._may_paste and not self._read_only
        if is_open:
            self.pasting.emit(name)
        return is_open

    def set_read_only(self, read_only: bool) -> None:
        """Let the lines be read, or also changed."""
        self._read_only = read_only
        self._paste.setVisible(self._may_paste and not read_only)
        self._add.setVisible(not read_only)
        for line in self.lines:
            line.set_read_only(read_only)

    def show_records(self, records: Sequence[R]) -> None:
        """Show these records; lines that are already there keep cursor and wrong words."""
        known = {line.record.id: line for line in self.lines}
        self.lines = [known.pop(one.id) if one.id in known else self._line(one) for one in records]
        for line in known.values():
            self._inside.removeWidget(line)
            line.autosave.forget()
            line.hide()
            line.deleteLater()
        for place, (line, record) in enumerate(zip(self.lines, records, strict=True)):
            if self._inside.indexOf(line) != place:
                self._inside.insertWidget(place, line)
            line.refresh(record)
            line.show_captions(shown=self._captions and place == 0)
            line.show_recovered()
            line.show_own_notes()
        if self._wants_new and self.lines and self.lines[-1].is_new:
            self._wants_new = False
            self.lines[-1].begin()

    def focus_field(self, record_id: object, name: str) -> bool:
        """Go to a field of a line; tell whether it is here."""
        line = next((one for one in self.lines if one.record.id == record_id), None)
        return line is not None and line.focus_field(name)

    def focus_add(self) -> None:
        """Go to the button that adds a line."""
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self._add)

    def show_notes(self, notes: Sequence[FieldNote]) -> None:
        """Show the notes on each line under it."""
        for line in self.lines:
            line.notes.show_notes(note for note in notes if note.id == line.record.id)

    def let_ask(self, *, allowed: bool) -> None:
        """Let questions be asked about fields, or not."""
        self._may_ask = allowed
        for line in self.lines:
            line.asking.allowed = allowed

    def fix(self, records: Collection[object]) -> None:
        """Let the lines of these records only be read."""
        for line in self.lines:
            line.set_read_only(self._read_only or line.record.id in records)

    def flush(self) -> None:
        """Say now what waits to be said."""
        for line in self.lines:
            line.autosave.flush()

    def add(self) -> None:
        """Ask for a new line; the cursor goes there."""
        self._wants_new = True
        for line in self.lines:
            line.is_new = False
        self.wanted.emit()

    def add_another(self) -> bool:
        """Ask for a new line, where lines may be added; tell whether they may."""
        if self._read_only:
            return False
        self.add()
        return True

    def _go_on(self, line: RecordLine[R]) -> None:
        """Go from a line to the next one; after the last to a new one."""
        place = self.lines.index(line) + 1
        if place < len(self.lines):
            self.lines[place].begin()
        elif not self._read_only:
            self.add()

    def _line(self, record: R) -> RecordLine[R]:
        line = RecordLine(
            self.kind,
            self.columns,
            self._options,
            record,
            above=self._above,
            under=self._under,
            today=self._today,
        )
        for name, editor in line.editors.items():
            editor.paste_block = partial(self._paste_in, name)
        line.finished.connect(partial(self._go_on, line))
        line.changed.connect(self.changed_record)
        line.removed.connect(self.removed)
        line.set_read_only(self._read_only)
        line.asking.allowed = self._may_ask
        line.notes.answered.connect(self.note_answered)
        line.notes.settled.connect(self.note_settled)
        line.notes.closed.connect(self.note_closed)
        line.wants_to_ask.connect(self.asking)
        if self._below is not None:
            line.add_below(self._below(line))
        return line
