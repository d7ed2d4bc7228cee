"""A second start on the same data brings the first window to the front instead of failing.

By a file beside the data, for the program has nothing to do with networks: who starts second writes
to it, who has the folder open sees that, empties it and shows its window.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.tasks import TaskRunner

_NAME = "thidua.cua"
_KNOCK = b"x"
_PATIENCE, _LOOK_AGAIN = 3.0, 0.05  # in seconds


class OneWindow(QObject):
    """The door of a data folder: whoever has the folder open listens at it."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = data / _NAME
        self._watcher: QFileSystemWatcher | None = None

    def listen(self, window: QWidget, runner: TaskRunner) -> None:
        """Show this window to whoever knocks; the caller holds the folder, so nobody else does."""
        runner.run(
            self._make_door,
            owner=self,
            done=partial(self._watch, window, runner),
            failed=lambda _: None,
        )

    def knock(self) -> bool:
        """Ask the window that has the folder open to come to the front; tell whether one did.

        On a worker: it waits for the door, and for an answer.
        """
        end, has_knocked = monotonic() + _PATIENCE, False
        while monotonic() < end:
            with suppress(OSError):  # no door yet: that program is still opening, or has none
                if not has_knocked:
                    with self._door.open("r+b") as door:
                        door.write(_KNOCK)
                    has_knocked = True
                elif not self._door.stat().st_size:
                    return True
            sleep(_LOOK_AGAIN)
        if has_knocked:
            self._make_door()
        return False

    def close(self) -> None:
        """Listen no more."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _make_door(self) -> None:
        with suppress(OSError):  # without one, who starts second is told that the data are open
            self._door.write_bytes(b"")

    def _watch(self, window: QWidget, runner: TaskRunner, _made: None) -> None:
        self._watcher = QFileSystemWatcher([str(self._door)], self)
        self._watcher.fileChanged.connect(partial(self._heard, window, runner))
        self._heard(window, runner)  # who knocked before anybody watched

    def _heard(self, window: QWidget, runner: TaskRunner, _path: str = "") -> None:
        runner.run(self._answered, owner=window, done=partial(_show, window), failed=lambda _: None)

    def _answered(self) -> bool:
        """Empty the file; tell whether anything stood in it."""
        is_asked = self._door.exists() and self._door.stat().st_size > 0
        if is_asked:
            self._make_door()
        return is_asked


def _show(window: QWidget, is_asked: bool) -> None:
    if is_asked:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
