"""Where a person may ask about a field: its own menu, and a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QMenu, QPlainTextEdit, QWidget

ASK_KEY = "Ctrl+H"
ASK_WORDS = "Hỏi đơn vị về ô này…"


class Asking(QObject):
    """Adds the question to the menu of widgets while it is `allowed`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.allowed = False
        self._jobs: dict[QObject, tuple[QWidget, Callable[[], None]]] = {}

    def watch(self, inner: QWidget, *around: QWidget, job: Callable[[], None]) -> None:
        """Offer a job in the menu of an editor, its frame and its label."""
        watched: list[QWidget] = [inner, *around]
        if isinstance(inner, QAbstractScrollArea):
            watched.append(inner.viewport())
        for widget in watched:
            self._jobs[widget] = (inner, job)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the menu of the editor with the question in it."""
        if not self.allowed or not isinstance(event, QContextMenuEvent):
            return False
        inner, job = self._jobs[watched]
        if isinstance(inner, QLineEdit | QPlainTextEdit):
            menu = inner.createStandardContextMenu()
            menu.addSeparator()
        else:
            menu = QMenu(inner)
        menu.addActions(inner.window().actions())
        menu.addAction(f"{ASK_WORDS}\t{ASK_KEY}", job)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
        return True
