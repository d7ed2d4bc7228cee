"""A question with a verb on its button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_first(
    parent: QWidget,
    title: str,
    words: str,
    verb: str,
    job: Callable[[], None],
    otherwise: Callable[[], None] | None = None,
) -> None:
    """Ask, and do the job only when the verb is pressed.

    Where there is something to do `otherwise`, Enter does that: the job is not what is usual.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(words)
    agreed = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    agreed.setObjectName("agreed")
    refused = box.addButton("Không", QMessageBox.ButtonRole.RejectRole)
    agreed.clicked.connect(job)
    if otherwise is not None:
        box.rejected.connect(otherwise)
        box.setDefaultButton(refused)
    box.open()
