"""A clerk's own notes on fields: written by a key, shown under the field, on this PC only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.page import PageContext

if TYPE_CHECKING:  # first paint needs none
    from uuid import UUID

    from thidua_desktop.domain.journal import FieldText
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.ui.forms.asked_field import AskedField


class OwnNotes(QObject):
    """Fits the Notes of ui.forms.keeping."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._notes: dict[tuple[str, UUID, str], str] = {}
        self.action = QAction("Ghi chú riêng cho ô này…", window)
        self.action.setShortcut(QKeySequence("Ctrl+M"))
        self.action.triggered.connect(self._begin)

    def read(self) -> None:
        """Read the notes of this PC."""
        context = self._context
        context.reader.run(
            lambda: _read(context.ports()),
            owner=self,
            done=self._show,
            failed=self._window_refused,
        )

    def noted(self, kind: str, record_id: UUID) -> Mapping[str, str]:
        """Return the notes on a record, by field."""
        found = self._notes.items()
        return {place[2]: text for place, text in found if place[:2] == (kind, record_id)}

    def keep(self, asked: AskedField, text: str) -> None:
        """Keep a note in place of the one there."""
        from thidua_desktop.domain.journal import FieldText  # noqa: PLC0415 - after first paint

        note = FieldText(kind=asked.kind, id=asked.id, field=asked.name, text=text)
        context = self._context
        context.writer.run(
            lambda: _keep(context.ports(), note),
            owner=self,
            done=lambda _kept: self.read(),
            failed=self._window_refused,
        )

    def _show(self, notes: Sequence[FieldText]) -> None:
        self._notes = {(one.kind, one.id, one.field): one.text for one in notes}
        for form in self._window.findChildren(QWidget):
            show = getattr(form, "show_own_notes", None)
            if show is not None:
                show()

    def _begin(self) -> None:
        from thidua_desktop.ui.dialogs.own_note_dialog import (  # noqa: PLC0415 - after first paint
            OwnNoteDialog,
        )
        from thidua_desktop.ui.forms.asked_field import field_at  # noqa: PLC0415

        asked = field_at(self._window.focusWidget())
        if asked is None:
            self._context.news("Hãy đặt con trỏ vào một ô rồi bấm lại Ctrl+M.")
            return
        text = self.noted(asked.kind, asked.id).get(asked.name, "")
        OwnNoteDialog(partial(self.keep, asked), asked, text, self._window).open()

    def _window_refused(self, error: Exception) -> None:
        from thidua_desktop.domain.error_text import error_text  # noqa: PLC0415 - rare
        from thidua_desktop.domain.errors import ThiduaError  # noqa: PLC0415 - rare

        if isinstance(error, ThiduaError):
            self._context.news(error_text(error))


def _read(ports: Ports) -> tuple[FieldText, ...]:
    from thidua_desktop.services.own_notes import own_notes  # noqa: PLC0415 - on the worker

    return own_notes(ports)


def _keep(ports: Ports, note: FieldText) -> None:
    from thidua_desktop.services.own_notes import keep_own_note  # noqa: PLC0415 - on the worker

    keep_own_note(ports, note)
