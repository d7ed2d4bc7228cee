"""What keeps the unsaved words of a form: found in the window that the form lies in, if any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.widgets.editors import Editor
from thidua_desktop.ui.widgets.recovered import FieldWords


class Keeper(Protocol):
    """Keeps what is typed until it is saved, and gives back what an earlier run left."""

    def typed(self, kind: str, record_id: UUID, editor: Editor) -> None:
        """Note that somebody types in a field of this record."""

    def left_typed(self, kind: str, record_id: UUID) -> Sequence[FieldWords]:
        """Return what an earlier run left typed in this record."""

    def settle(self, kind: str, record_id: UUID, field: str) -> None:
        """Forget what an earlier run left in a field."""


def keeper_of(widget: QWidget | None) -> Keeper | None:
    """Return the keeper of the window that a widget lies in."""
    while widget is not None:
        keeper: Keeper | None = getattr(widget, "keeper", None)
        if keeper is not None:
            return keeper
        widget = widget.parentWidget()
    return None
