"""Dropping a file onto something, as a file manager does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def drop(widget: QWidget, path: Path) -> None:
    """Drag a file in and let it go."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent(QPoint(3, 3), *how, none), QDropEvent(QPointF(3, 3), *how, none)):
        QApplication.sendEvent(widget, event)
