"""What runs: how far it is, and the button to stop it. While nothing runs it is not there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of


class Running(QWidget):
    """Shows what began last; `stopping` tells that somebody stopped it."""

    stopping = Signal()

    def __init__(self, name: str = "Việc đang làm") -> None:
        super().__init__()
        self._progress = Progress()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(button_of("Dừng", self._stopped))
        self.hide()

    def begin(self, words: str = "%p%") -> Progress:
        """Return the progress of what begins now; what ran before is to stop."""
        self._progress.stop()
        self._progress = Progress()
        self._progress.moved.connect(self._moved)
        self.bar.setFormat(words)
        self.bar.setRange(0, 0)
        self.show()
        return self._progress

    def is_last(self, progress: Progress) -> bool:
        """Tell whether nothing else began since."""
        return progress is self._progress

    def stop(self) -> None:
        """Ask what runs to stop at its next step."""
        self._progress.stop()

    def _stopped(self) -> None:
        self.stop()
        self.stopping.emit()

    def _moved(self, done: int, total: int) -> None:
        if self.sender() is self._progress:
            self.bar.setRange(0, max(total, 1))
            self.bar.setValue(done)
