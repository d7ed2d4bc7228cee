"""What was typed and not saved is offered back beside what its field holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from office_work import a_person_proposed
from thidua_desktop.domain.journal import FieldText
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import delete_record
from thidua_desktop.services.typed import recovered, settle_typed
from typing_in import type_in


@pytest.fixture
def person(office_ports):
    return open_proposal(office_ports, a_person_proposed(office_ports)).nominee


def left(ports, person, field: str, text: str) -> None:
    settle_typed(ports, [FieldText(kind="person", id=person.id, field=field, text=text)])


def kept(ports) -> dict[str, str]:
    return {one.typed.field: one.typed.text for one in recovered(ports)}


def box_of(desk, name):
    return desk.window.page.panel.nominees[Subject.PERSON]._recovered[name]


def button(widget, words: str):
    from PySide6.QtWidgets import QPushButton  # noqa: PLC0415

    return next(one for one in widget.findChildren(QPushButton) if one.text() == words)


def test_only_what_a_field_does_not_hold_is_kept(office_ports, person) -> None:
    left(office_ports, person, "full_name", f"  {person.full_name} ")
    left(office_ports, person, "birth_date", "31/2/1984")
    left(office_ports, person, "position", "Kỹ s")
    assert kept(office_ports) == {"birth_date": "31/2/1984", "position": "Kỹ s"}
    left(office_ports, person, "position", "")
    assert kept(office_ports) == {"birth_date": "31/2/1984"}
    one = recovered(office_ports)[0]
    assert (one.kept, one.title, one.label) == ("1984", person.full_name, "Ngày sinh")
    delete_record(office_ports, person)
    assert recovered(office_ports) == ()


def test_the_window_says_what_was_left_and_leads_there(office_ports, person, open_desk) -> None:
    left(office_ports, person, "position", "Kỹ sư trưở")
    desk = open_desk(office_ports)
    desk.settle()
    assert desk.window.left.isVisible()
    assert f"“Chức vụ, nghề nghiệp” của “{person.full_name}”" in desk.window.left.words.text()
    desk.window.left.open.click()
    desk.settle()
    form = desk.window.page.panel.nominees[Subject.PERSON]
    assert form.editors["position"].inner.hasFocus()
    assert form.editors["position"].inner.text() == ""  # what is stored is shown
    button(box_of(desk, "position"), "Lấy chữ đã gõ").click()
    desk.pause()
    desk.pause()
    assert form.editors["position"].inner.text() == "Kỹ sư trưở"
    assert not desk.window.left.isVisible()
    person_now = open_proposal(office_ports, desk.window.page.panel.view.proposal.id).nominee
    assert person_now.position == "Kỹ sư trưở"
    assert kept(office_ports) == {}


def test_it_can_be_left_as_it_is(office_ports, person, open_desk) -> None:
    left(office_ports, person, "position", "xyz")
    desk = open_desk(office_ports)
    desk.settle()
    desk.window.left.open.click()
    desk.settle()
    button(box_of(desk, "position"), "Giữ như đang có").click()
    desk.settle()
    assert not desk.window.left.isVisible()
    assert not box_of(desk, "position").isVisible()
    assert kept(office_ports) == {}


def test_what_cannot_be_kept_outlives_the_window(office_ports, person, open_desk) -> None:
    desk = open_desk(office_ports)
    desk.go("proposals")
    field = desk.window.page.panel.nominees[Subject.PERSON].editors["birth_date"].inner
    field.setFocus()
    field.selectAll()
    desk.window.keeper._soon.setInterval(60_000)  # who goes on to the next field may not pause
    desk.window.keeper._after.setInterval(60_000)
    type_in(field, "năm Giáp Tý")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    desk.settle()
    assert kept(office_ports) == {"birth_date": "năm Giáp Tý"}, "before anything else is typed"
    desk.window.close()
    desk.settle()
    assert kept(office_ports) == {"birth_date": "năm Giáp Tý"}
    again = open_desk(office_ports)
    again.settle()
    again.window.left.open.click()
    again.settle()
    button(box_of(again, "birth_date"), "Lấy chữ đã gõ").click()
    again.pause()
    form = again.window.page.panel.nominees[Subject.PERSON]
    assert form.editors["birth_date"].inner.text() == "năm Giáp Tý"
    assert "Không đọc được ngày" in form._complaints["birth_date"].text()


def test_while_somebody_types_without_a_pause_it_is_kept(office_ports, person, open_desk) -> None:
    desk = open_desk(office_ports)
    page = desk.go("proposals")
    page.panel._saving._autosave._timer.setInterval(60_000)  # no pause, no save
    field = page.panel.nominees[Subject.PERSON].editors["position"].inner
    field.setFocus()
    for letter in "Kỹ sư":
        type_in(field, letter)
        desk.qtbot.wait(120)
    desk.settle()
    assert "Kỹ sư".startswith(kept(office_ports)["position"])
    desk.window.page.flush()
    desk.window.keeper.settle_open()
    desk.settle()
    assert kept(office_ports) == {}
