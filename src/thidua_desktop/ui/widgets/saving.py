"""Saving by itself: a moment after the last change, and whenever something is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE = 800


class AutoSave(QObject):
    """Calls `save` once a person pauses; `flush` calls it at once if anything waits."""

    def __init__(self, save: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._now)

    @property
    def waits(self) -> bool:
        """Tell whether a change waits to be saved."""
        return self._timer.isActive()

    def touch(self) -> None:
        """Note a change."""
        self._timer.start()

    def flush(self) -> None:
        """Save now what waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def forget(self) -> None:
        """Drop what waits: it was saved, or another record is shown."""
        self._timer.stop()

    def _now(self) -> None:
        self._save()
