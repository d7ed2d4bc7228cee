"""Reference cycles are collected on the UI thread, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_SETTLED = 3_000  # milliseconds


class GarbageCollector(QObject):
    """Made once, before the first job runs.

    Python collects on whichever thread happens to allocate. On a worker it would destroy
    closed pages there, and Qt crashes when widgets die off the UI thread.

    What is there a moment after the start stays to the end: it is not looked through again and
    again, for that holds the UI thread up.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(gc.freeze)
        self._settled.start()

    def stop(self) -> None:
        """Leave it to Python again; called when no worker runs any more."""
        self._timer.stop()
        self._settled.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        full = [n for n in range(3) if gc.get_count()[n] > gc.get_threshold()[n]]
        if full:
            gc.collect(max(full))
