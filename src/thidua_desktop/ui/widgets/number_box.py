"""A number that is typed, or stepped through by ↑ and ↓."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

_PAD = 8  # as the style sheet gives a line; in here Qt does not look at it


class NumberBox(QSpinBox):
    """Its digits stand as far from the edge as the letters of a line."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(_PAD, 0, 0, 0)
