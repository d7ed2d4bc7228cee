"""Use cases run off the UI thread, one after another; their results come back on it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

from thidua_desktop.domain.errors import FaultError, ThiduaError

log = logging.getLogger(__name__)
T = TypeVar("T")


class TaskRunner(QObject):
    """Lives as long as the application, so that no job outlives the object it reports to.

    One worker: SQLite has one writer, and two saves in a row must end in that order. What only
    reads goes through a second runner.
    """

    crashed = Signal(Exception)
    # object, not QObject: Qt would wrap a dead owner anew, and it would look alive.
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._ended.connect(self._deliver)

    def run(
        self,
        job: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ThiduaError], None],
    ) -> None:
        """Run `job`, which touches no widget; then `done` or `failed`, if `owner` still lives."""

        def work() -> None:
            report: Callable[[], None]
            try:
                report = partial(done, job())
            except ThiduaError as error:
                report = partial(failed, error)
            except Exception as fault:
                log.exception("a use case broke")
                report = partial(self._break, fault, failed)
            self._ended.emit(owner, report)

        self._pool.start(work)

    def wait(self) -> bool:
        """Wait until nothing runs any more; for the end of the program and for pictures."""
        return self._pool.waitForDone(30_000)

    def _break(self, fault: Exception, failed: Callable[[ThiduaError], None]) -> None:
        failed(FaultError())
        self.crashed.emit(fault)

    def _deliver(self, owner: QObject, report: Callable[[], None]) -> None:
        if shiboken6.isValid(owner):
            report()


class Progress(QObject):
    """How far a long job is, told from its worker to the UI; and the wish to stop it."""

    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def tell(self, done: int, total: int) -> None:
        """Say from the worker how far the job is."""
        self.moved.emit(done, total)

    def stop(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def stop_wanted(self) -> bool:
        """Tell the job whether somebody wants it to stop."""
        return self._stop.is_set()
