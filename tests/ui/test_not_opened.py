"""Data that cannot be opened: damaged ones get their backup back, a second start finds the first
window.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from exchange_work import names, put
from office_work import Clock, Pair
from thidua_desktop.app import one_window
from thidua_desktop.app.one_window import OneWindow
from thidua_desktop.app.paths import resources
from thidua_desktop.app.start import Session, main_window, prepare
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.services.backups import back_up, choose_place
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.not_opened import NotOpenedDialog
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look

SECONDS_60 = 60_000
Start = Callable[[], MainWindow]


@pytest.fixture
def ports(pair: Pair, tmp_path: Path, clock: Clock) -> Ports:
    folder = tmp_path / "kien-xuong"
    return make_ports(
        folder / "data",
        folder / "identity",
        now=clock,
        noise=random.Random(52).randbytes,
        keeps_backups=True,
    )


@pytest.fixture
def start(qapp, qtbot, tmp_path: Path, clock: Clock) -> Iterator[Start]:
    """Start the program on the office's folder, each time as another process would."""
    look = Look(resources())
    prepare(qapp, look)
    folder = tmp_path / "kien-xuong"
    with ExitStack() as ending:

        def begin() -> MainWindow:
            made = make_ports(folder / "data", folder / "identity", now=clock, keeps_backups=True)
            session = Session(lambda: made, look, one_window=OneWindow(folder / "data", qapp))
            window = main_window(session)
            qtbot.addWidget(window)
            ending.callback(session.close)
            ending.callback(window.close)
            ending.callback(session.writer.wait)
            window.show()
            return window

        yield begin


def dialog_of(qtbot, window: MainWindow) -> NotOpenedDialog:
    qtbot.waitUntil(lambda: window.findChild(NotOpenedDialog) is not None, timeout=SECONDS_60)
    return window.findChild(NotOpenedDialog)


def is_open(window: MainWindow) -> bool:
    return any("huyện Kiến Xương" in label.text() for label in window.findChildren(QLabel))


def press(button: QPushButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def break_database(folder: Path) -> bytes:
    path = folder / "data" / "thidua.db"
    content = path.read_bytes()
    path.write_bytes(b"x" * 5_000 + content[5_000:])
    return path.read_bytes()


def test_a_backup_takes_the_place_of_damaged_data(
    qtbot, ports: Ports, start: Start, tmp_path: Path
) -> None:
    put(ports, "Trước bản sao lưu")
    back_up(ports)
    broken = break_database(tmp_path / "kien-xuong")
    window = start()
    dialog = dialog_of(qtbot, window)
    assert "bị hỏng" in dialog.message.text()
    qtbot.waitUntil(dialog.put_back.isEnabled, timeout=SECONDS_60)
    with qtbot.waitSignal(dialog.restored, timeout=SECONDS_60):
        press(dialog.put_back)
    qtbot.waitUntil(window.page.isEnabled, timeout=SECONDS_60)
    (kept,) = (tmp_path / "kien-xuong" / "data").glob("thidua-hong-*.db")
    assert kept.read_bytes() == broken
    qtbot.waitUntil(lambda: is_open(window), timeout=SECONDS_60)
    assert "Trước bản sao lưu" in names(window.context.ports())


def test_a_backup_at_the_chosen_place_is_listed_and_a_place_that_is_gone_is_named(
    qtbot, ports: Ports, start: Start, tmp_path: Path
) -> None:
    put(ports, "Ở ổ ngoài")
    stick, pulled = tmp_path / "ổ ngoài", tmp_path / "đã rút"
    choose_place(ports, stick)
    break_database(tmp_path / "kien-xuong")
    stick.rename(pulled)
    window = start()
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: f"“{stick}”" in dialog.advice.text(), timeout=SECONDS_60)
    assert not dialog.put_back.isEnabled()
    pulled.rename(stick)
    press(dialog.retry)
    qtbot.waitUntil(
        lambda: window.findChild(NotOpenedDialog) not in {None, dialog}, timeout=SECONDS_60
    )
    dialog = window.findChild(NotOpenedDialog)
    qtbot.waitUntil(dialog.put_back.isEnabled, timeout=SECONDS_60)
    assert str(stick) not in dialog.advice.text()
    press(dialog.put_back)
    qtbot.waitUntil(lambda: is_open(window), timeout=SECONDS_60)
    assert "Ở ổ ngoài" in names(window.context.ports())


def test_a_backup_that_is_damaged_too_is_refused_and_another_may_be_chosen(
    qtbot, ports: Ports, start: Start, tmp_path: Path
) -> None:
    backup = back_up(ports)
    backup.path.write_bytes(b"x")
    broken = break_database(tmp_path / "kien-xuong")
    dialog = dialog_of(qtbot, start())
    qtbot.waitUntil(dialog.put_back.isEnabled, timeout=SECONDS_60)
    press(dialog.put_back)
    qtbot.waitUntil(lambda: backup.path.name in dialog.message.text(), timeout=SECONDS_60)
    assert dialog.other.isEnabled()
    assert (tmp_path / "kien-xuong" / "data" / "thidua.db").read_bytes() == broken


def test_where_no_backup_is_at_hand_another_file_is_asked_for(
    qtbot, ports: Ports, start: Start, tmp_path: Path
) -> None:
    put(ports, "Chỉ có ở đây")
    backup = back_up(ports)
    carried = backup.path.rename(tmp_path / "ở USB.saoluu")
    break_database(tmp_path / "kien-xuong")
    window = start()
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: "không có bản sao lưu nào" in dialog.advice.text(), timeout=SECONDS_60)
    assert not dialog.put_back.isEnabled()
    dialog.restore(carried)
    qtbot.waitUntil(lambda: is_open(window), timeout=SECONDS_60)
    assert "Chỉ có ở đây" in names(window.context.ports())


def test_data_that_another_program_holds_are_opened_when_it_let_go(
    qtbot, ports: Ports, start: Start
) -> None:
    with ports.store.hold():
        window = start()
        dialog = dialog_of(qtbot, window)
        assert "đang mở dữ liệu" in dialog.message.text()
        assert not window.page.isEnabled()
        press(dialog.retry)
        qtbot.waitUntil(
            lambda: window.findChild(NotOpenedDialog) not in {None, dialog},
            timeout=SECONDS_60,
        )
        dialog = window.findChild(NotOpenedDialog)
    press(dialog.retry)
    qtbot.waitUntil(lambda: is_open(window), timeout=SECONDS_60)


def test_a_second_start_brings_the_first_window_to_the_front(
    qtbot, ports: Ports, start: Start
) -> None:
    first = start()
    qtbot.waitUntil(lambda: is_open(first), timeout=SECONDS_60)
    first.showMinimized()
    second = start()
    qtbot.waitUntil(lambda: not second.isVisible(), timeout=SECONDS_60)
    qtbot.waitUntil(lambda: not first.isMinimized(), timeout=SECONDS_60)
    assert second.findChild(NotOpenedDialog) is None
    assert first.page.isEnabled()


def test_nobody_answers_at_the_door_of_a_program_that_was_killed(
    qapp, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window, "_PATIENCE", 0.2)
    door, window, runner = OneWindow(tmp_path, qapp), QWidget(), TaskRunner(qapp)
    qtbot.addWidget(window)
    assert not door.knock()
    left = tmp_path / "thidua.cua"
    left.write_bytes(b"")
    assert not door.knock()
    assert left.read_bytes() == b""  # whoever opens the folder next is not asked
    monkeypatch.undo()
    door.listen(window, runner)
    runner.wait()
    with ThreadPoolExecutor(1) as other:
        qtbot.wait(50)
        asked = other.submit(OneWindow(tmp_path).knock)
        qtbot.waitUntil(window.isVisible, timeout=SECONDS_60)
        assert asked.result()
    door.close()
    runner.end()


def test_who_knocks_before_anybody_watches_is_heard_too(qapp, qtbot, tmp_path: Path) -> None:
    door, window, runner = OneWindow(tmp_path, qapp), QWidget(), TaskRunner(qapp)
    qtbot.addWidget(window)
    door.listen(window, runner)
    runner.wait()  # the door is made; nobody was told yet
    (tmp_path / "thidua.cua").write_bytes(b"x")
    qtbot.waitUntil(window.isVisible, timeout=SECONDS_60)
    door.close()
    runner.end()
