"""Typing as people do it."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_in(editor: QWidget, text: str) -> None:
    """Commit the text as an input method does.

    QTest presses keys, and there is no key for “ề”: it aborts the whole test process.
    """
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)
