"""Reference cycles are collected on the UI thread, at a moment when nobody waits for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from thidua_desktop.ui.garbage import GarbageCollector


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """The generations that were looked through."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_python_collects_again_only_when_the_last_window_with_workers_is_gone(qapp) -> None:
    office, practice = GarbageCollector(), GarbageCollector()
    practice.stop()
    practice.stop()
    assert not gc.isenabled(), "a worker of the office's window would collect"
    office.stop()
    assert gc.isenabled()


def test_nothing_is_looked_through_before_the_start_has_settled(qapp, qtbot, collected) -> None:
    collector = GarbageCollector()
    garbage = [[] for _ in range(60_000)]
    collected.clear()
    qtbot.wait(700)  # the timer would have come by
    assert collected == []
    collector._settle()
    garbage += [[] for _ in range(60_000)]
    qtbot.waitUntil(lambda: bool(collected))
    collector.stop()
