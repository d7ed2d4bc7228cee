"""A line that says what was just done and offers, for a while, to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_WHILE = 10_000


class UndoBar(QFrame):
    """Hidden until something can be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", "info")
        self._words = Text(wrap=True)
        self._back: Callable[[], None] | None = None
        self.undo = button_of("Lấy lại", self._take_back, quiet=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WHILE)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def offer(self, words: str, back: Callable[[], None]) -> None:
        """Say what was done; `back` takes it back."""
        self._words.setText(words)
        self._back = back
        self.show()
        self._timer.start()

    def _take_back(self) -> None:
        self._timer.stop()
        self.hide()
        if self._back is not None:
            self._back()
            self._back = None
