"""Undo and redo by key: in a field what is typed there, everywhere else the last change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from office_work import a_person_proposed
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.proposals import open_proposal, save_proposal
from typing_in import type_in

CTRL = Qt.KeyboardModifier.ControlModifier


def inner(form, name):
    return form.editors[name].inner


@pytest.fixture
def page(desk, office_ports):
    office_ports_id = a_person_proposed(office_ports)
    page = desk.go("proposals")
    page.open_at(office_ports_id)
    desk.settle()
    return page


def said(desk) -> str:
    return desk.window._news.text()


def test_in_a_field_undo_takes_back_what_is_typed_there(desk, page) -> None:
    field = inner(page.panel.nominees[Subject.PERSON], "position")
    field.setFocus()
    type_in(field, "Kỹ sư")
    desk.pause()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    desk.pause()
    assert open_proposal(desk.ports, page.panel.view.proposal.id).nominee.position == ""


def test_after_the_field_was_left_undo_takes_the_change_back(desk, page) -> None:
    form = page.panel.nominees[Subject.PERSON]
    field, other = inner(form, "position"), inner(form, "workplace")
    field.setFocus()
    type_in(field, "Kỹ sư")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert other.hasFocus()
    desk.settle()
    QTest.keyClick(other, Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert said(desk) == "Đã hoàn tác: sửa “Chức vụ, nghề nghiệp” của “Đặng Thị Ngọc Ẩn”."
    assert field.text() == ""
    QTest.keyClick(other, Qt.Key.Key_Y, CTRL)
    desk.settle()
    assert said(desk) == "Đã làm lại: sửa “Chức vụ, nghề nghiệp” của “Đặng Thị Ngọc Ẩn”."
    assert field.text() == "Kỹ sư"


def test_a_value_taken_back_is_shown_where_the_cursor_stands(desk, page) -> None:
    view = open_proposal(desk.ports, page.panel.view.proposal.id)
    moved = replace(view.nominee, workplace="UBND xã Vũ Lễ")
    save_proposal(desk.ports, view.proposal, moved, shown=(view.proposal, view.nominee))
    desk.go("proposals")
    field = inner(page.panel.nominees[Subject.PERSON], "workplace")
    assert field.text() == "UBND xã Vũ Lễ"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert field.text() == ""
    assert field.hasFocus()


def test_what_is_typed_and_not_saved_yet_is_saved_before_it_is_taken_back(desk, page) -> None:
    field = inner(page.panel.form, "summary")
    before = field.toPlainText()
    field.setFocus()
    type_in(field, "Thêm nữa. ")
    desk.window.history.undo()  # as the command palette does
    desk.settle()
    assert field.toPlainText() == before
    assert said(desk).startswith("Đã hoàn tác: sửa “Tóm tắt thành tích”")


def test_when_nothing_is_left_to_take_back_it_is_said(desk) -> None:
    desk.window.history.undo()
    desk.settle()
    assert said(desk) == "Không còn thay đổi nào trên máy này để hoàn tác."
    desk.window.history.redo()
    desk.settle()
    assert said(desk) == "Không có gì để làm lại."


def test_enter_goes_from_field_to_field_and_past_the_buttons(desk, page) -> None:
    form = page.panel.nominees[Subject.PERSON]
    field = inner(form, "full_name")
    field.setFocus()
    seen = []
    for _ in form.editors:
        current = desk.window.focusWidget()
        seen.append(current.objectName())
        QTest.keyClick(current, Qt.Key.Key_Return)
    assert seen == list(form.editors)
    assert desk.window.focusWidget() is inner(page.panel.form, "award_form_id")


def test_control_enter_saves_and_begins_another_from_every_sort_of_field(desk, page) -> None:
    asked = []
    page.begin_another = lambda: asked.append(1)
    for widget in page.panel.findChildren(QLineEdit) + page.panel.findChildren(QPlainTextEdit):
        if widget.isVisible() and not widget.isReadOnly():
            widget.setFocus()
            before = len(asked)
            QTest.keyClick(widget, Qt.Key.Key_Return, CTRL)
            assert len(asked) == before + 1, widget.objectName()
