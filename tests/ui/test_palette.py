"""Ctrl+K finds what there is to do and whom to open, without marks and without the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from builders import an_id
from thidua_desktop.domain.criteria import CriteriaSet, Criterion
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal, Subject
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.search import SEARCHED
from thidua_desktop.ui.commands import words_of
from thidua_desktop.ui.dialogs.palette import Palette
from thidua_desktop.ui.places import PLACES, place_of
from thidua_desktop.ui.widgets.list_filter import ListFilter
from thidua_desktop.ui.widgets.rows import ROW
from typing_in import type_in


@pytest.fixture
def desk(open_desk, office_ports):
    """The window of an office with one proposal."""
    with office_ports.store.write() as work:
        person = Person(id=an_id(1), full_name="Trịnh Văn Ổn")
        proposal = Proposal(id=an_id(2), subject=Subject.PERSON, person_id=person.id, year=2024)
        for record in (person, proposal):
            work.records.put(record, shown=None)
        work.commit()
    return open_desk(office_ports)


def opened(desk) -> Palette:
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (palette,) = desk.window.findChildren(Palette)
    return palette


def rows(palette: Palette) -> list[tuple[str, str]]:
    model = palette.list.rows
    found = [model.index(place).data(ROW) for place in range(model.rowCount())]
    return [(row.title, row.status) for row in found]


def test_before_anything_is_typed_every_command_is_there_with_its_keys(desk) -> None:
    found = dict(rows(opened(desk)))
    assert found["Thêm mới trên trang này"] == "Ctrl+N"
    assert found["Bản ghi sau"] == "Alt+↓"
    assert found["Hoàn tác thay đổi cuối"] == "Ctrl+Z"
    assert found["Mở: Đơn vị"] == "Ctrl+2"
    assert "Mở: Có thể trùng" not in found  # a place of the province


def test_a_command_is_found_without_marks_and_enter_does_it(desk) -> None:
    palette = opened(desk)
    type_in(palette.line, "mo cai dat")
    assert rows(palette)[0][0] == "Mở: Cài đặt"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.page.head.title.text() == "Cài đặt"


def test_a_button_of_the_page_is_a_command(desk) -> None:
    page = desk.go("proposals")
    pressed = []
    page.head.add_action("Thử việc lạ…", lambda: pressed.append(1))
    desk.settle()
    palette = opened(desk)
    type_in(palette.line, "thu viec la")
    assert rows(palette)[0] == ("Thử việc lạ", "")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert pressed == [1]


def test_what_another_page_does_opens_that_page(desk) -> None:
    palette = opened(desk)
    type_in(palette.line, "in phieu")
    assert rows(palette)[0] == ("In phiếu", "")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.page.head.title.text() == "Phiếu tiêu chí"


def test_units_are_merged_from_every_page_of_the_province(province_desk) -> None:
    palette = opened(province_desk)
    type_in(palette.line, "sap nhap")
    (found,) = rows(palette)[:1]
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    province_desk.settle()
    page = province_desk.window.page
    assert page.arrange.isVisible()
    assert found == (words_of(page.arrange.text()), "")
    assert {words_of(page.arrange.text()), words_of(page.add_unit.text())} == {
        *next(place for place in PLACES if place.key == "units").province_does
    }


def test_an_office_is_offered_nothing_that_only_the_province_does(desk) -> None:
    offered = {command.words for command in opened(desk)._commands}
    assert "Thêm cụm, khối" in offered
    assert not offered & {words for place in PLACES for words in place.province_does}


@pytest.mark.parametrize(
    ("typed", "key"), [("tiet kiem", "movement"), ("nguoi ky", "units"), ("co chu", "settings")]
)
def test_a_tab_or_a_field_of_another_page_is_opened(desk, typed: str, key: str) -> None:
    palette = opened(desk)
    type_in(palette.line, typed)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    desk.settle()
    page = desk.window.page
    assert desk.window._buttons[key].isChecked()
    if key == "settings":
        assert page.focusWidget().objectName() == "size"
    else:
        tabs = page.findChild(QTabBar)
        assert fold(tabs.tabText(tabs.currentIndex())) == typed


def test_a_unit_is_opened_by_what_it_is_called(desk) -> None:
    palette = opened(desk)
    type_in(palette.line, "huyen vu thu")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.page.form.record()[0].name == "Huyện Vũ Thư"


def test_the_arrows_choose_and_a_proposal_is_opened(desk) -> None:
    palette = opened(desk)
    type_in(palette.line, "tvo")
    assert [row[1] for row in rows(palette)] == ["Cá nhân", "Đề nghị khen thưởng"]
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Enter)
    desk.settle()
    assert desk.window.page.panel.view.proposal.id == an_id(2)


def test_a_record_written_on_a_page_is_found_at_once(desk) -> None:
    with desk.ports.store.write() as work:
        work.records.put(Person(id=an_id(3), full_name="Quách Thị Nhàn"), shown=None)
        changes = work.commit()
    desk.window.page.changed.emit(changes)
    desk.settle()
    palette = opened(desk)
    type_in(palette.line, "quach nhan")
    assert rows(palette) == [("Quách Thị Nhàn", "Cá nhân")]


def test_nothing_found_says_what_to_try(desk) -> None:
    palette = opened(desk)
    type_in(palette.line, "zzzzqq")
    assert rows(palette) == []
    assert "Không tìm thấy" in palette._below.text()
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.parametrize("kind", SEARCHED, ids=kind_name)
def test_every_kind_that_is_found_has_its_place(kind: type[Record]) -> None:
    place, key = place_of(kind_name(kind), an_id(1))
    assert place in {"units", "nominees", "criteria", "proposals"}
    assert key


def test_a_unit_that_is_over_is_opened_on_a_day_on_which_it_stood(desk) -> None:
    page = desk.go("units")
    with desk.ports.store.read() as work:
        today = PartialDate.of(desk.window.context.today())
        over = next(one for one in work.records.having(Unit) if not one.stands_on(today))
    assert not page._dissolved.isChecked()
    page._search.setText("vu thu")
    desk.window.open_record("unit", over.id)
    desk.settle()
    assert page.form.record()[0].id == over.id
    assert not page._search.text()


def test_a_unit_is_opened_from_the_groups_too(desk) -> None:
    page = desk.go("units")
    page.by.setCurrentIndex(1)
    with desk.ports.store.read() as work:
        unit = next(one for one in work.records.having(Unit) if one.name == "Huyện Vũ Thư")
    desk.window.open_record("unit", unit.id)
    desk.settle()
    assert page.form.record()[0].id == unit.id


def test_a_criterion_is_opened_in_its_set_whatever_was_filtered(desk) -> None:
    with desk.ports.store.write() as work:
        criteria_set = CriteriaSet(id=an_id(21), name="Bộ của huyện")
        told = Criterion(id=an_id(23), set_id=criteria_set.id, place=2, wording="Vườn cây Bác Hồ")
        other = Criterion(id=an_id(22), set_id=criteria_set.id, place=1, wording="Đường hoa")
        for record in (criteria_set, other, told):
            work.records.put(record, shown=None)
        work.commit()
    page = desk.go("criteria")
    assert page.panel.criterion.record.set_id != criteria_set.id
    page.findChild(ListFilter).setText("khong co gi nhu vay")
    desk.window.open_record("criterion", told.id)
    desk.settle()
    assert page.panel.criterion.record == told
    desk.window.open_record("criterion", other.id)
    desk.settle()
    assert page.panel.criterion.record == other


def test_a_set_is_opened_by_itself(desk) -> None:
    with desk.ports.store.write() as work:
        work.records.put(CriteriaSet(id=an_id(21), name="Bộ của huyện"), shown=None)
        work.commit()
    page = desk.go("criteria")
    desk.window.open_record("criteria_set", an_id(21))
    desk.settle()
    assert page.panel.whole.record.name == "Bộ của huyện"
