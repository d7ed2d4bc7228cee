"""Erasing by law in the window: from the menu of a field, with a reason, and for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.integrity import check
from thidua_desktop.ui.dialogs.redact_dialog import RedactDialog
from typing_in import type_in

ACTION = "Xóa dữ liệu cá nhân theo luật…"
ADDRESS = "Ngo 17 duong Le Loi"


def holds(folder: Path) -> list[str]:
    files = (path for path in (folder / "data").rglob("*") if path.is_file())
    return [path.name for path in files if ADDRESS.encode() in path.read_bytes()]


@pytest.fixture
def proposal(desk, pair: Pair):
    """The proposal of a person, open, with the address just typed."""
    proposal = a_person_proposed(pair.office)
    page = desk.go("proposals")
    page.open_at(proposal)
    desk.settle()
    type_in(address(desk).inner, ADDRESS)
    return proposal


@pytest.fixture
def dialog(desk, pair: Pair, proposal):
    """The dialog on the address of a person who was proposed, submitted, and is at the province."""
    desk.pause()
    pair.submit(proposal)
    desk.window.page.refresh()
    desk.settle()
    return ask(desk)


def address(desk):
    return desk.window.page.panel.nominees[Subject.PERSON].editors["address"]


def ask(desk) -> RedactDialog:
    editor = address(desk)
    assert ACTION in [action.text() for action in editor.menu().actions()]
    editor.inner.setFocus()
    next(one for one in desk.window.actions() if one.text() == ACTION).trigger()
    desk.settle()
    return desk.window.findChild(RedactDialog)


def the_person(pair: Pair) -> Person:
    with pair.office.store.read() as work:
        (person,) = work.records.having(Person)
    return person


def test_it_is_done_only_with_a_field_a_reason_and_the_box(dialog, desk, pair: Pair) -> None:
    assert dialog.boxes["address"].isChecked()
    assert ADDRESS in dialog.boxes["address"].text()
    assert not dialog.boxes["full_name"].isChecked()
    assert not dialog.do_it.isEnabled()
    dialog.sure.setChecked(True)
    dialog.boxes["address"].setChecked(False)
    assert not dialog.do_it.isEnabled()
    dialog.boxes["address"].setChecked(True)
    dialog.do_it.click()
    assert "lý do" in dialog.message.text()
    assert the_person(pair).address == ADDRESS
    dialog.reject()
    assert holds(pair.folder / "kien-xuong")


def test_the_value_goes_from_the_form_and_from_every_file(dialog, desk, pair: Pair) -> None:
    type_in(dialog.reason, "Theo đơn của người có dữ liệu.")
    dialog.sure.setChecked(True)
    dialog.do_it.click()
    desk.settle()
    assert the_person(pair).address == ""
    assert not address(desk).typed()
    assert "Đã xóa hẳn" in desk.window._news.text()
    assert not holds(pair.folder / "kien-xuong")
    assert check(pair.office).faults == ()


@pytest.mark.usefixtures("proposal")
def test_a_value_just_typed_does_not_come_back(desk, pair: Pair) -> None:
    for timer in desk.window.keeper.findChildren(QTimer):
        timer.stop()  # on a slow PC they end after the value was erased
    dialog = ask(desk)
    type_in(dialog.reason, "Theo đơn của người có dữ liệu.")
    dialog.sure.setChecked(True)
    dialog.do_it.click()
    desk.settle()
    desk.window.keeper.settle_open()
    desk.settle()
    assert the_person(pair).address == ""
    with pair.office.store.read() as work:
        assert work.journal.typed() == ()
    assert not holds(pair.folder / "kien-xuong")


def test_another_office_s_record_is_left_to_its_owner(desk, pair: Pair) -> None:
    page = desk.go("units")
    desk.settle()
    page.form.editors["name"].inner.setFocus()
    next(one for one in desk.window.actions() if one.text() == ACTION).trigger()
    desk.settle()
    dialog = desk.window.findChild(RedactDialog)
    assert "của cơ quan khác" in dialog.message.text()
    assert not dialog.sure.isEnabled()
    assert not any(box.isEnabled() for box in dialog.boxes.values())
    dialog.reject()
