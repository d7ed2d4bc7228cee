"""What keeps the unsaved words of a form: found in the window that the form lies in, if any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.ui.widgets.editors import Editor
from thidua_desktop.ui.widgets.recovered import FieldWords


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
