"""Notes on fields: asked at the province, answered in the office where the field is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from exchange_work import put
from office_work import Pair, a_person_proposed
from thidua_desktop.domain.notes import NoteKind
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.questions import QuestionState
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.questions import ask, list_questions
from thidua_desktop.ui.dialogs.ask_dialog import AskDialog
from typing_in import type_in

ASKED = "Bà ở thôn nào của xã Bình Thanh?"


def button(parent, words: str) -> QPushButton:
    (found,) = [one for one in parent.findChildren(QPushButton) if one.text() == words]
    return found


def nominee_of(ports: Ports, proposal_id) -> Person:
    return open_proposal(ports, proposal_id).nominee


@pytest.fixture
def submitted(pair: Pair):
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    return proposal_id


@pytest.fixture
def asked(pair: Pair, submitted):
    nominee = nominee_of(pair.province, submitted)
    ask(pair.province, "person", nominee.id, "address", wording=ASKED, asked_by="Ban Thi đua")
    pair.down()
    return submitted


def test_a_question_is_answered_under_the_field_where_the_count_leads(asked, desk) -> None:
    page = desk.go("overview")
    assert page._waits._number.text() == "1"
    page._waits.clicked.emit()
    desk.settle()
    page = desk.window.page
    form = page.panel.nominees[Subject.PERSON]
    assert form.editors["address"].inner.hasFocus()
    (strip,) = form.notes["address"].strips
    assert strip.isVisible()
    assert strip.note.words == ASKED

    QTest.keyClick(form.editors["address"].inner, Qt.Key.Key_Tab)
    assert strip.reply.hasFocus()  # the next stop of a person without a mouse
    type_in(strip.reply, "Thôn Đông Hòa.")
    QTest.keyClick(strip.reply, Qt.Key.Key_Return)
    desk.settle()
    (row,) = list_questions(desk.ports)
    assert (row.question.answer, row.state) == ("Thôn Đông Hòa.", QuestionState.ANSWERED)
    (strip,) = form.notes["address"].strips
    assert strip.note.sort is NoteKind.ANSWER
    assert desk.go("overview")._waits._number.text() == "0"


def test_an_answer_half_typed_outlives_another_note(asked, desk, pair: Pair) -> None:
    page = desk.go("proposals")
    form = page.panel.nominees[Subject.PERSON]
    (strip,) = form.notes["address"].strips
    type_in(strip.reply, "Thôn Đô")
    nominee = nominee_of(pair.province, asked)
    ask(pair.province, "person", nominee.id, "address", wording="Và số nhà?")
    pair.down()
    desk.window.page.refresh()
    desk.settle()
    assert [one.reply.text() for one in form.notes["address"].strips] == ["Thôn Đô", ""]


@pytest.mark.parametrize(
    ("words", "name"), [("Chấp nhận", "Trần Đức Vương"), ("Giữ nguyên", "Đặng Thị Ngọc Ẩn")]
)
def test_a_suggestion_is_settled_under_its_field(
    pair: Pair, desk, submitted, *, words: str, name: str
) -> None:
    put(pair.province, nominee_of(pair.province, submitted), full_name="Trần Đức Vương")
    pair.down()
    page = desk.go("proposals")
    form = page.panel.nominees[Subject.PERSON]
    (strip,) = form.notes["full_name"].strips
    assert "Trần Đức Vương" in strip.note.words
    button(strip, words).click()
    desk.settle()
    assert form.notes["full_name"].strips == ()
    assert form.editors["full_name"].value() == name
    assert nominee_of(desk.ports, submitted).full_name == name


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the menu
def test_the_province_asks_by_a_key_and_by_the_menu_of_a_field(submitted, province_desk) -> None:
    page = province_desk.go("proposals")
    province_desk.settle()
    form = page.panel.nominees[Subject.PERSON]
    form.editors["address"].inner.setFocus()
    QTest.keyClick(form.editors["address"].inner, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(AskDialog)
    assert dialog.fields.currentText() == "Nơi cư trú (Cá nhân)"
    button(dialog, "Hỏi").click()  # nothing is asked yet
    assert dialog.isVisible()
    type_in(dialog.words, ASKED)
    button(dialog, "Hỏi").click()
    province_desk.settle()
    (strip,) = form.notes["address"].strips
    assert (strip.note.words, strip.note.asks) == (ASKED, False)

    # A choice that may only be read takes no focus; its frame still has the menu.
    editor = form.editors["gender"]
    middle = editor.rect().center()
    menus = {id(menu) for menu in QApplication.allWidgets() if isinstance(menu, QMenu)}
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, editor.mapToGlobal(middle))
    QApplication.sendEvent(editor, event)
    (menu,) = [
        one
        for one in QApplication.allWidgets()
        if isinstance(one, QMenu) and id(one) not in menus and one.isVisible()
    ]
    menu.actions()[-1].trigger()
    menu.close()
    (dialog,) = [one for one in page.findChildren(AskDialog) if one.isVisible()]
    assert dialog.fields.currentText() == "Giới tính (Cá nhân)"
    dialog.reject()


def test_an_office_has_nobody_to_ask(asked, desk) -> None:
    page = desk.go("proposals")
    form = page.panel.nominees[Subject.PERSON]
    form.editors["address"].inner.setFocus()
    QTest.keyClick(form.editors["address"].inner, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert page.findChild(AskDialog) is None
    assert not page.panel.head.ask.isVisible()


def test_a_unit_is_asked_about_and_answers(pair: Pair, desk) -> None:
    with pair.office.store.read() as work:
        me = work.book.me()
    ask(pair.province, "unit", me.unit_id, "phone", wording="Số này còn dùng không?")
    pair.down()
    desk.go("overview")._waits.clicked.emit()
    desk.settle()
    page = desk.window.page
    (strip,) = page.form.notes["phone"].strips
    assert page.form.editors["phone"].inner.hasFocus()
    type_in(strip.reply, "Còn dùng.")
    button(strip, "Trả lời").click()
    desk.settle()
    assert list_questions(desk.ports)[0].question.answer == "Còn dùng."
    with desk.ports.store.read() as work:
        assert work.records.get(Unit, me.unit_id).id == page._shown.id


def test_the_list_of_questions_answers_closes_and_leads_to_the_field(
    asked, pair: Pair, desk, open_desk
) -> None:
    page = desk.go("questions")
    assert page._title.text() == "Đặng Thị Ngọc Ẩn · Nơi cư trú"
    assert not page.shut.isVisible()
    type_in(page.reply, "Thôn Đông Hòa.")
    page.say.click()
    desk.settle()
    assert page._chip.text() == "✓ Đã trả lời"
    assert not page.reply.isVisible()
    page.go.click()
    desk.settle()
    assert desk.window.page.panel.nominees[Subject.PERSON].editors["address"].inner.hasFocus()
    pair.up()

    province = open_desk(pair.province)
    page = province.go("questions")
    assert page._answer.text() == "Thôn Đông Hòa."
    page.shut.click()
    province.settle()
    assert page._count.text() == "0 / 1 câu hỏi"
    page._state.setCurrentIndex(page._state.findData(QuestionState.CLOSED))
    page.shut.click()
    province.settle()
    assert list_questions(pair.province)[0].state is QuestionState.ANSWERED


def test_a_text_too_long_for_its_line_is_read_from_its_start(desk) -> None:
    proposal_id = a_person_proposed(desk.ports)
    person = nominee_of(desk.ports, proposal_id)
    put(desk.ports, person, workplace="Phòng Kinh tế và Hạ tầng " * 8, shared=False)
    page = desk.go("proposals")
    desk.settle()
    line = page.panel.nominees[Subject.PERSON].editors["workplace"].inner
    assert line.cursorPosition() == 0
