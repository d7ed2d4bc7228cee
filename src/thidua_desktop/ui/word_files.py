"""A Word file that an officer edited: chosen in a dialog, or dropped onto a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from thidua_desktop.services.changes import Changes
    from thidua_desktop.ui.dialogs.returned_dialog import Within
    from thidua_desktop.ui.pages.page import PageContext

READ_WORD = "Nhận bản Word đã sửa…"
_DROPS = frozenset({QEvent.Type.DragEnter, QEvent.Type.Drop})


class WordDrop(QObject):
    """Lets one Word file be dropped onto a window; `job` reads it in."""

    def __init__(self, window: QWidget, job: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._job = job
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Take a Word file, and nothing else."""
        if event.type() in _DROPS and isinstance(event, QDropEvent):
            path = _word_file_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self._job(path)
                return True
        return super().eventFilter(window, event)


def _word_file_in(dropped: QMimeData) -> Path | None:
    """Return the one Word file among what is dropped."""
    files = [Path(one.toLocalFile()) for one in dropped.urls() if one.isLocalFile()]
    found = [one for one in files if one.suffix.lower() == ".docx"]
    return found[0] if len(found) == 1 else None


def ask_word_file(parent: QWidget, job: Callable[[Path], None]) -> None:
    """Ask which file it is."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - after first paint

    chosen, _ = QFileDialog.getOpenFileName(parent, READ_WORD, "", "Word (*.docx)")
    if chosen:
        job(Path(chosen))


def read_word_file(
    context: PageContext,
    path: Path,
    parent: QWidget,
    taken: Callable[[Changes], None],
    within: Within | None = None,
) -> None:
    """Show what a file says otherwise than the records."""
    from thidua_desktop.ui.dialogs.returned_dialog import (  # noqa: PLC0415 - after first paint
        ReturnedDialog,
        nothing_open,
    )

    dialog = ReturnedDialog(context, path, parent, within=within or nothing_open)
    dialog.taken.connect(taken)
    dialog.open()
