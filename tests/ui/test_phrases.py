"""The phrase over this PC's keys in the window: set, asked at the start, changed, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton

from office_work import OFFICE
from thidua_desktop.app.start import Session, main_window
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.machine_key import key_state, set_phrase
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.worker import worker
from thidua_desktop.ui.dialogs.phrase_dialog import PhraseDialog
from thidua_desktop.ui.dialogs.unlock_dialog import UnlockDialog
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.theme import Look
from typing_in import type_in

SECONDS_60 = 60_000
PHRASE = "ba mươi con cò bay"


def dialog_of(parent, kind):
    return parent.findChild(kind)


def press(widget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Space)


# in Cài đặt


def test_a_name_and_a_phrase_are_set_changed_and_taken_away_by_key(desk) -> None:
    settings = desk.go("settings")
    type_in(settings.worker.who, "Trần Thị Vân")
    QTest.keyClick(settings.worker.who, Qt.Key.Key_Return)
    desk.settle()
    assert worker(desk.ports) == "Trần Thị Vân"

    card = settings.keys
    assert "Chưa đặt cụm từ" in card.state.text()
    assert card.remove.isHidden()

    press(card.set_it)
    dialog = dialog_of(card, PhraseDialog)
    assert dialog.current.isHidden()
    type_in(dialog.new.editor, PHRASE)
    QTest.keyClick(dialog.new.editor, Qt.Key.Key_Return)
    type_in(dialog.again.editor, "ba mươi con cò")
    QTest.keyClick(dialog.again.editor, Qt.Key.Key_Return)
    assert "không giống nhau" in dialog.message.text()
    type_in(dialog.again.editor, " bay")
    QTest.keyClick(dialog.again.editor, Qt.Key.Key_Return)
    desk.settle()
    assert "mở bằng cụm từ" in card.state.text()
    assert key_state(desk.ports).has_phrase

    press(card.remove)
    dialog = card.findChildren(PhraseDialog)[-1]
    type_in(dialog.current.editor, "cụm từ khác")
    QTest.keyClick(dialog.current.editor, Qt.Key.Key_Return)
    desk.settle()
    assert "không đúng" in dialog.message.text()
    assert key_state(desk.ports).has_phrase
    dialog.current.editor.clear()
    type_in(dialog.current.editor, PHRASE)
    press(dialog.do_it)
    desk.settle()
    assert not key_state(desk.ports).has_phrase
    assert "Chưa đặt cụm từ" in card.state.text()


def test_a_phrase_is_hidden_unless_one_asks_and_six_words_are_suggested(desk) -> None:
    card = desk.go("settings").keys
    press(card.set_it)
    dialog = dialog_of(card, PhraseDialog)
    assert dialog.new.editor.echoMode() is QLineEdit.EchoMode.Password
    press(dialog.suggest)
    desk.settle()
    assert len(dialog.new.editor.text().split()) == 6
    assert dialog.new.editor.echoMode() is QLineEdit.EchoMode.Normal
    dialog.new.editor.setText("ngắn")
    dialog.again.editor.setText("ngắn")
    press(dialog.do_it)
    desk.settle()
    assert "ít nhất 8 ký tự" in dialog.message.text()
    assert not key_state(desk.ports).has_phrase


# at the start


@pytest.fixture
def locked(pair, make_folder: Callable[[str], Ports]) -> tuple[Ports, str]:
    """An office whose program was just started, and what its data is."""
    before = digest(pair.office).digest
    set_phrase(pair.office, PHRASE)
    return make_folder("kien-xuong"), before


@pytest.fixture
def window(look: Look, qtbot, locked) -> Iterator[MainWindow]:
    session = Session(lambda: locked[0], look)
    window = main_window(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.findChild(UnlockDialog) is not None, timeout=SECONDS_60)
    yield window
    session.writer.wait()
    window.close()
    session.close()


def test_the_phrase_is_asked_once_and_then_the_window_opens(window, qtbot, locked) -> None:
    dialog = window.findChild(UnlockDialog)
    assert not window.page.isEnabled()
    type_in(dialog.phrase.editor, "cụm từ khác")
    QTest.keyClick(dialog.phrase.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "không đúng" in dialog.message.text(), timeout=SECONDS_60)
    type_in(dialog.phrase.editor, PHRASE)  # over what was wrong, which is selected
    with qtbot.waitSignal(dialog.unlocked, timeout=SECONDS_60):
        QTest.keyClick(dialog.phrase.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(window.page.isEnabled, timeout=SECONDS_60)
    assert digest(locked[0]).digest == locked[1]


def test_who_forgot_the_phrase_gets_a_new_id_and_keeps_the_data(
    window, qtbot, locked, tmp_path: Path
) -> None:
    (old,) = (tmp_path / "kien-xuong" / "identity").glob("*.json")
    dialog = window.findChild(UnlockDialog)
    press(dialog.forgotten)
    box = dialog.findChild(QMessageBox)
    assert "dữ liệu và bản nháp còn nguyên" in box.text()
    with qtbot.waitSignal(dialog.unlocked, timeout=SECONDS_60):
        press(box.findChild(QPushButton, "agreed"))
    qtbot.waitUntil(window.page.isEnabled, timeout=SECONDS_60)
    ports = locked[0]
    assert digest(ports).digest == locked[1]
    assert not key_state(ports).has_phrase
    assert len(list(old.parent.glob("*.json"))) == 2
    with ports.store.read() as work:
        assert work.book.me().unit_code == OFFICE


def test_who_cannot_say_it_closes_the_program(window) -> None:
    dialog = window.findChild(UnlockDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert QApplication.activeModalWidget() is None
