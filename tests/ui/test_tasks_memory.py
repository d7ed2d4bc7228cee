"""What a job holds dies on the UI thread, for Qt crashes when a widget dies elsewhere."""

from __future__ import annotations

import gc
import sys
from threading import Event, Timer, get_ident

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool

from thidua_desktop.ui.tasks import TaskRunner

JOBS = 200


class Witness:
    """Notes on which thread it dies."""

    def __init__(self, deaths: list[int]) -> None:
        self._deaths = deaths

    def look(self) -> None:
        """Be held by a job."""

    def __del__(self) -> None:
        self._deaths.append(get_ident())


@pytest.fixture
def deaths() -> list[int]:
    gc.collect()
    return []


def test_what_a_job_holds_dies_on_the_ui_thread(qapp, qtbot, deaths: list[int]) -> None:
    runner, owner = TaskRunner(), QObject()
    for _ in range(JOBS):
        held = Witness(deaths)
        runner.run(held.look, owner=owner, done=lambda _none, w=held: w.look(), failed=print)
        del held
    qtbot.waitUntil(lambda: len(deaths) == JOBS)
    assert set(deaths) == {get_ident()}


def test_a_pool_of_qt_alone_would_be_seen(qapp, qtbot, deaths: list[int]) -> None:
    pool = QThreadPool()
    for _ in range(JOBS):
        pool.start(Witness(deaths).look)
    pool.waitForDone()
    qtbot.waitUntil(lambda: len(deaths) == JOBS)
    assert set(deaths) != {get_ident()}


def test_a_job_that_outlives_who_asked_ends_in_silence(
    qapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: said.append(error))
    begun, goes_on, ended = Event(), Event(), Event()
    session, owner = QObject(), QObject()
    runner = TaskRunner(session)

    def job() -> None:
        begun.set()
        goes_on.wait()
        ended.set()

    runner.run(job, owner=owner, done=said.append, failed=said.append)
    assert begun.wait(30)
    Timer(0.1, goes_on.set).start()
    shiboken6.delete(session)
    assert ended.is_set()  # Qt waits for it
    QCoreApplication.processEvents()
    assert said == []
