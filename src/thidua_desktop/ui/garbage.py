"""Reference cycles are collected on the UI thread, and nowhere else."""

from __future__ import annotations

import gc
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer

_SETTLED = 3_000  # milliseconds


class GarbageCollector(QObject):
    """Made before the first job runs, one for each window that has workers.

    Python collects on whichever thread happens to allocate. On a worker it would destroy
    closed pages there, and Qt crashes when widgets die off the UI thread. So Python collects again
    only when the last of them stops: where somebody practises, two windows have workers.

    What is there a moment after the start stays to the end: it is not looked through again and
    again, for that holds the UI thread up. Before that moment nothing is looked through at all:
    the libraries that the workers load would be, while the first list is drawn.
    """

    _at_work: ClassVar[WeakSet[GarbageCollector]] = WeakSet()
    _has_settled: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._at_work.add(self)
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._collect)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(self._settle)
        self._settled.start()

    def stop(self) -> None:
        """Leave it to Python again; called when the workers of this window have ended."""
        self._timer.stop()
        self._settled.stop()
        self._at_work.discard(self)
        if not self._at_work:
            if self._has_settled:
                gc.unfreeze()
                GarbageCollector._has_settled = False
            gc.collect()
            gc.enable()

    def _settle(self) -> None:
        # Where somebody else keeps what was there before, it is theirs to let go.
        if self._has_settled or gc.get_freeze_count() == 0:
            gc.freeze()
            GarbageCollector._has_settled = True
        self._timer.start()

    def _collect(self) -> None:
        full = [n for n in range(3) if gc.get_count()[n] > gc.get_threshold()[n]]
        if full:
            gc.collect(max(full))
