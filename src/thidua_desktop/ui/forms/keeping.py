"""What keeps the unsaved words of a form: found in the window that the form lies in, if any."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.ui.widgets.editors import Editor, LineEditor, LinesEditor
from thidua_desktop.ui.widgets.recovered import FieldWords, RecoveredBox


class Keeper(Protocol):
    """Keeps what is typed until it is saved, and gives back what an earlier run left."""

    def typed(self, kind: str, record_id: UUID, editor: Editor) -> None:
        """Note that somebody types in a field of this record."""

    def hurry(self) -> None:
        """Note at once what was typed: its field is left, and cannot be stored."""

    def left_typed(self, kind: str, record_id: UUID) -> Sequence[FieldWords]:
        """Return what an earlier run left typed in this record."""

    def settle(self, kind: str, record_id: UUID, field: str) -> None:
        """Forget what an earlier run left in a field."""


class KeptFields:
    """The fields of a form as its keeper knows them.

    `record` returns the record in the form, `is_wrong` tells whether a field holds what cannot be
    stored, `show` shows anew what an earlier run left.
    """

    def __init__(
        self,
        form: QWidget,
        editors: Mapping[str, Editor],
        *,
        record: Callable[[], Record | None],
        is_wrong: Callable[[str], bool],
        show: Callable[[], None],
    ) -> None:
        self._form = form
        self._editors = editors
        self._record = record
        self._is_wrong = is_wrong
        self._show = show

    def watch(self, name: str) -> None:
        """Tell the keeper what is typed in a field; after who saves what is typed heard of it."""
        self._editors[name].edited.connect(partial(self._typed, name))
        self._editors[name].left.connect(partial(self._left, name))

    def serve(self, box: RecoveredBox) -> None:
        """Do what is wanted with recovered texts."""
        box.taken.connect(self._take)
        box.dropped.connect(self._drop)

    def recovered(self) -> dict[str, FieldWords]:
        """Return what an earlier run left in these fields."""
        keeper, record = keeper_of(self._form), self._record()
        if keeper is None or record is None:
            return {}
        left = keeper.left_typed(kind_name(type(record)), record.id)
        return {one.field: one for one in left if one.field in self._editors}

    def _typed(self, name: str) -> None:
        keeper, record = keeper_of(self._form), self._record()
        if keeper is not None and record is not None:
            keeper.typed(kind_name(type(record)), record.id, self._editors[name])

    def _left(self, name: str) -> None:
        keeper = keeper_of(self._form)
        if keeper is not None and self._is_wrong(name):
            keeper.hurry()

    def _take(self, name: str, typed: str) -> None:
        editor = self._editors[name]
        if isinstance(editor, LineEditor | LinesEditor):
            editor.take_over(typed)
        self._drop(name)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, name: str) -> None:
        keeper, record = keeper_of(self._form), self._record()
        if keeper is not None and record is not None:
            keeper.settle(kind_name(type(record)), record.id, name)
        self._show()


class Notes(Protocol):
    """Knows the clerk's own notes."""

    def noted(self, kind: str, record_id: UUID) -> Mapping[str, str]:
        """Return the notes on a record, by field."""


def keeper_of(widget: QWidget | None) -> Keeper | None:
    """Return the keeper of the window that a widget lies in."""
    found: Keeper | None = _around(widget, "keeper")
    return found


def own_notes_on(widget: QWidget, record: Record) -> Mapping[str, str]:
    """Return the own notes on a record, by field, as the window of a widget knows them."""
    notes: Notes | None = _around(widget, "own_notes")
    return notes.noted(kind_name(type(record)), record.id) if notes else {}


def _around(widget: QWidget | None, name: str) -> Any:  # noqa: ANN401 - what a window has
    while widget is not None:
        found = getattr(widget, name, None)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return None
