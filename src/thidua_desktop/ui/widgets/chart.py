"""Bars with their numbers: a chart that can also be read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.theme import Look

_ROOM = 10


class Bars(QWidget):
    """One bar per line: words, number, colour token."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: tuple[tuple[str, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[tuple[str, int, str]]) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        self.setAccessibleName("Biểu đồ")
        self.setAccessibleDescription("; ".join(f"{words}: {n}" for words, n, _ in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that all bars need."""
        return QSize(260, max(1, len(self._bars)) * self._line())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a bar is not cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, longest word first to find the room for words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, line = self.fontMetrics(), self._line()
        words = max((metrics.horizontalAdvance(w) for w, _, _ in self._bars), default=0) + _ROOM
        most = max((number for _, number, _ in self._bars), default=0) or 1
        room = max(20, self.width() - words - metrics.horizontalAdvance("0000") - _ROOM)
        for place, (name, number, token) in enumerate(self._bars):
            top = place * line
            painter.setPen(self._look.colour("text"))
            painter.drawText(QRectF(0, top, words, line), Qt.AlignmentFlag.AlignVCenter, name)
            length = room * number / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(token))
            if number:
                painter.drawRoundedRect(QRectF(words, top + 5, max(3, length), line - 10), 3, 3)
            painter.setPen(self._look.colour("muted"))
            painter.drawText(
                QRectF(words + length + 8, top, 80, line),
                Qt.AlignmentFlag.AlignVCenter,
                str(number),
            )

    def _line(self) -> int:
        return self.fontMetrics().height() + 10
