"""Keys of a line that stands over a list: arrows move in the list, Enter takes what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from thidua_desktop.ui.widgets.rows import RowList

_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_TAKING = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ListKeys(QObject):
    """Hands the keys over; the cursor stays in the line."""

    def __init__(self, line: QLineEdit, rows: RowList, take: Callable[[], None]) -> None:
        super().__init__(line)
        self._rows = rows
        self._take = take
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the list the keys that move in it, and take what is chosen on Enter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _TAKING:
                self._take()
                return True
            if event.key() in _MOVING:
                self._rows.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
