"""Which field of which record a widget stands for: what “Từ đâu ra?” is asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # first paint asks of no field
    from uuid import UUID

    from thidua_desktop.domain.records import Record


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of a record. `copy` is the copy of the data that it is shown from; None: the data."""

    kind: str
    id: UUID
    name: str
    copy: object = None


def field_around(
    record: Record | None, editors: Mapping[str, QWidget], inside: QWidget
) -> AskedField | None:
    """Return the field whose editor a widget lies in."""
    if record is None:
        return None
    from thidua_desktop.domain.records import kind_name  # noqa: PLC0415 - after first paint

    for name, editor in editors.items():
        if editor is inside or editor.isAncestorOf(inside):
            return AskedField(kind_name(type(record)), record.id, name)
    return None


def field_at(widget: QWidget | None) -> AskedField | None:
    """Return the field that a widget stands for, as whatever it lies in says."""
    inside = widget
    while widget is not None:
        ask = getattr(widget, "asked_field", None)
        if ask is not None:
            found: AskedField | None = ask(inside)
            return found
        widget = widget.parentWidget()
    return None
