"""Reference cycles are collected on the UI thread, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer


class GarbageCollector(QObject):
    """Made once, before the first job runs.

    Python collects on whichever thread happens to allocate. On a worker it would destroy
    closed pages there, and Qt crashes when widgets die off the UI thread.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again; called when no worker runs any more."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        full = [n for n in range(3) if gc.get_count()[n] > gc.get_threshold()[n]]
        if full:
            gc.collect(max(full))
