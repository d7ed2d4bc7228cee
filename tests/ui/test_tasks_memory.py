"""What a job holds dies on the UI thread, for Qt crashes when a widget dies elsewhere."""

from __future__ import annotations

import gc
from threading import get_ident

import pytest
from PySide6.QtCore import QObject, QThreadPool

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
