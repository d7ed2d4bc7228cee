"""A button of many words: it gives way where there is little room, and its tooltip has them all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from thidua_desktop.ui.widgets.labels import tip

_AROUND = 20  # the frame and the padding of a quiet button


class LongButton(QPushButton):
    """Ends in … where its words do not fit."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setProperty("quiet", "1")
        self.setToolTip(tip(words))
        self.setAccessibleName(words)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words anew."""
        super().resizeEvent(event)
        right, room = Qt.TextElideMode.ElideRight, self.width() - _AROUND
        self.setText(self.fontMetrics().elidedText(self._words, right, room))
