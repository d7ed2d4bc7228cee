"""Saving by itself waits for a pause, and for nothing when something is left."""

from __future__ import annotations

from thidua_desktop.ui.widgets.saving import PAUSE, AutoSave


def test_it_saves_once_a_person_pauses(qtbot) -> None:
    saved: list[int] = []
    autosave = AutoSave(lambda: saved.append(1))
    for _ in range(3):
        autosave.touch()
        qtbot.wait(PAUSE // 4)
    assert autosave.waits
    assert not saved
    qtbot.waitUntil(lambda: bool(saved), timeout=2 * PAUSE)
    assert saved == [1]
    assert not autosave.waits


def test_what_waits_is_saved_at_once_and_only_once(qtbot) -> None:
    saved: list[int] = []
    autosave = AutoSave(lambda: saved.append(1))
    autosave.flush()
    assert not saved
    autosave.touch()
    autosave.flush()
    autosave.flush()
    assert saved == [1]


def test_what_is_dropped_is_not_saved(qtbot) -> None:
    saved: list[int] = []
    autosave = AutoSave(lambda: saved.append(1))
    autosave.touch()
    autosave.forget()
    autosave.flush()
    assert not saved
