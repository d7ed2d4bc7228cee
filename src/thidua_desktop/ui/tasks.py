"""Use cases run off the UI thread, one after another; their results come back on it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal

if TYPE_CHECKING:  # first paint runs no job yet
    from thidua_desktop.domain.errors import ThiduaError

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class _Job:
    """Held by the runner, never by a worker: who lets go last destroys what a job holds, and a
    widget must die on the UI thread.
    """

    owner: QObject
    run: Callable[[], Callable[[], None]]
    report: Callable[[], None] | None = None


class TaskRunner(QObject):
    """Lives as long as the application, so that no job outlives the object it reports to.

    One worker: SQLite has one writer, and two saves in a row must end in that order. What only
    reads goes through a second runner.
    """

    crashed = Signal(Exception)
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: dict[int, _Job] = {}
        self._numbers = count()
        self._is_over = False
        self._ended.connect(self._deliver)

    def run(
        self,
        job: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[ThiduaError], None],
        ahead: bool = False,
    ) -> None:
        """Run `job`, which touches no widget; then `done` or `failed`, if `owner` still lives.

        One that goes `ahead` waits for what runs, not for what waits.
        """

        def report() -> Callable[[], None]:
            from thidua_desktop.domain.errors import ThiduaError  # noqa: PLC0415 - on the worker

            try:
                return partial(done, job())
            except ThiduaError as error:
                return partial(failed, error)
            except Exception as fault:
                log.exception("a use case broke")
                return partial(self._break, fault, failed)

        if self._is_over:
            return
        number = next(self._numbers)
        self._jobs[number] = _Job(owner, report)
        self._pool.start(partial(self._work, number), int(ahead))

    def _work(self, number: int) -> None:
        self._jobs[number].report = self._jobs[number].run()
        with suppress(RuntimeError):  # this is gone: nobody is left to be told
            self._ended.emit(number)

    def wait(self) -> bool:
        """Wait until nothing runs any more, but not for ever; for pictures."""
        return self._pool.waitForDone(30_000)

    def end(self) -> None:
        """Begin nothing more, and wait until nothing runs; before this goes, for what still ran
        would go on in what is gone.
        """
        self._is_over = True
        self._pool.waitForDone()

    def _break(self, fault: Exception, failed: Callable[[ThiduaError], None]) -> None:
        from thidua_desktop.domain.errors import FaultError  # noqa: PLC0415 - as above

        failed(FaultError())
        self.crashed.emit(fault)

    def _deliver(self, number: int) -> None:
        job = self._jobs.pop(number)
        if job.report is not None and shiboken6.isValid(job.owner):
            job.report()


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
