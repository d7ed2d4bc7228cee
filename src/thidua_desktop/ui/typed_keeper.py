"""Keeps what is being typed in the local journal, so that a kill costs at most the last moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.saving import PAUSE

if TYPE_CHECKING:  # first paint needs none
    from uuid import UUID

    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.domain.journal import FieldText
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.services.typed import Recovered
    from thidua_desktop.ui.widgets.editors import Editor
    from thidua_desktop.ui.widgets.recovered import FieldWords

    _Place = tuple[str, UUID, str]

# While somebody types without a pause, the journal is never further behind than this.
_BEHIND = 400


class TypedKeeper(QObject):
    """Fits the Keeper of ui.forms.keeping. `found` tells how much an earlier run left."""

    found = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: dict[_Place, str] = {}
        self._changed: dict[_Place, str] = {}
        self._is_writing = False
        self._hurries = False
        self._left: dict[_Place, Recovered] = {}
        self._soon = _timer(self, _BEHIND, self._note_changed)
        # After the save that the pause brings about: what is stored then needs no keeping.
        self._after = _timer(self, 2 * PAUSE, self.settle_open)

    def read(self) -> None:
        """Read what an earlier run left."""
        context = self._context
        context.reader.run(
            lambda: _read(context.ports()), owner=self, done=self._read, failed=self._refused
        )

    def typed(self, kind: str, record_id: UUID, editor: Editor) -> None:
        """Note that somebody types in a field."""
        from thidua_desktop.ui.widgets.editors import LineEditor, LinesEditor  # noqa: PLC0415

        if not isinstance(editor, LineEditor | LinesEditor):
            return  # what is chosen is saved at once
        place = (kind, record_id, editor.spec.name)
        self._open[place] = self._changed[place] = editor.typed()
        if not self._soon.isActive():
            self._soon.start()
        self._after.start()

    def hurry(self) -> None:
        """Note at once what was typed: its field is left, and cannot be stored."""
        self._hurries = bool(self._changed)
        if self._hurries:
            self._soon.stop()
            self._note_changed()

    def left_typed(self, kind: str, record_id: UUID) -> Sequence[FieldWords]:
        """Return what an earlier run left typed in this record."""
        from thidua_desktop.ui.widgets.recovered import FieldWords  # noqa: PLC0415 - as above

        return [
            FieldWords(place[2], one.label, one.kept, one.typed.text)
            for place, one in self._left.items()
            if place[:2] == (kind, record_id)
        ]

    def settle(self, kind: str, record_id: UUID, field: str) -> None:
        """Forget what an earlier run left in a field."""
        one = self._left.pop((kind, record_id, field), None)
        if one is not None:
            self._write(partial(_drop, one.typed), ahead=False)
            self.found.emit(tuple(self._left.values()))

    def settle_open(self) -> None:
        """Drop what is saved by now; what cannot be saved stays kept."""
        self._soon.stop()
        self._after.stop()
        self._changed.clear()
        texts = _texts(self._open)
        if texts:
            self._write(partial(_settle, texts), ahead=False)

    def _note_changed(self) -> None:
        if self._is_writing:
            self._soon.start()  # on a slow disk one write at a time: the next says more
            return
        self._hurries = False
        texts = _texts(self._changed)
        if texts:
            # Ahead of the saves that wait: what was typed in the fields before is noted with it.
            self._is_writing = True
            self._write(partial(_note, texts), ahead=True)

    def _write(self, job: Callable[[Ports], None], *, ahead: bool) -> None:
        context = self._context
        context.writer.run(
            lambda: job(context.ports()),
            owner=self,
            done=self._written,
            failed=self._refused,
            ahead=ahead,
        )

    def _read(self, left: Sequence[Recovered]) -> None:
        self._left = {(one.typed.kind, one.typed.id, one.typed.field): one for one in left}
        self.found.emit(tuple(left))

    def _written(self, _done: None) -> None:
        self._is_writing = False
        if self._hurries:
            self._soon.stop()
            self._note_changed()

    def _refused(self, error: ThiduaError) -> None:
        """Say nothing: the save that follows says why it is refused."""
        self._is_writing = False


def _timer(parent: QObject, pause: int, job: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(job)
    return timer


def _texts(typed: dict[_Place, str]) -> list[FieldText]:
    """Return what was typed, and begin anew."""
    from thidua_desktop.domain.journal import FieldText  # noqa: PLC0415 - after first paint

    texts = [
        FieldText(kind=kind, id=record_id, field=field, text=text)
        for (kind, record_id, field), text in typed.items()
    ]
    typed.clear()
    return texts


def _read(ports: Ports) -> tuple[Recovered, ...]:
    from thidua_desktop.services.typed import recovered  # noqa: PLC0415 - on the worker

    return recovered(ports)


def _note(texts: Sequence[FieldText], ports: Ports) -> None:
    from thidua_desktop.services.typed import note_typed  # noqa: PLC0415 - on the worker

    note_typed(ports, texts)


def _settle(texts: Sequence[FieldText], ports: Ports) -> None:
    from thidua_desktop.services.typed import settle_typed  # noqa: PLC0415 - on the worker

    settle_typed(ports, texts)


def _drop(text: FieldText, ports: Ports) -> None:
    from thidua_desktop.services.typed import drop_typed  # noqa: PLC0415 - on the worker

    drop_typed(ports, text)
