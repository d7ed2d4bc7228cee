"""Filters that have a name, and columns of a list: chosen by keys, kept on this PC, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox

from office_work import a_person_proposed
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.proposals import ProposalState, Subject
from thidua_desktop.services.people import nominee_columns
from thidua_desktop.ui.dialogs.columns_dialog import ColumnsDialog
from thidua_desktop.ui.dialogs.name_dialog import NameDialog
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from typing_in import type_in

COLUMNS = (Column("born", "Ngày sinh"), Column("work", "Chức vụ"), Column("home", "Nơi ở"))


def headings(view) -> list[str]:
    header, model = view.horizontalHeader(), view.model()
    places = [header.logicalIndex(at) for at in range(header.count())]
    shown = [place for place in places if not header.isSectionHidden(place)]
    return [model.headerData(place, Qt.Orientation.Horizontal) for place in shown]


def menu_line(page, words: str) -> None:
    """Open the menu by its key, and take the line that begins with these words."""
    QTest.keyClick(page.window(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().startswith(words))
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_columns_stand_as_they_were_left_and_go_back_to_what_is_usual(qtbot, tmp_path) -> None:
    path = str(tmp_path / "window.ini")

    def a_list() -> RowList:
        settings = QSettings(path, QSettings.Format.IniFormat)
        rows = RowList(Look(resources()), "Các cá nhân")
        qtbot.addWidget(rows)
        rows.let_choose_columns(Habits(settings), "persons", "Cá nhân", COLUMNS)
        rows.show_rows([Row(1, "Lê Văn Đạt", cells=("1965", "Trưởng thôn", "Xã An Bình"))])
        rows.show()
        return rows

    rows = a_list()
    assert headings(rows) == ["Cá nhân"]
    assert not rows.horizontalHeader().isVisible()
    rows.columns.choose(["home", "born"], {"home": 222})
    rows.horizontalHeader().moveSection(2, 1)
    rows.horizontalHeader().resizeSection(1, 111)  # Ngày sinh, by the mouse
    assert headings(rows) == ["Cá nhân", "Ngày sinh", "Nơi ở"]
    again = a_list()
    assert headings(again) == ["Cá nhân", "Ngày sinh", "Nơi ở"]
    assert again.horizontalHeader().isVisible()
    assert [again.columns.width_of(name) for name in ("born", "home")] == [111, 222]
    assert again.model().index(0, 3).data() == "Xã An Bình"
    again.filter("truong thon")  # what stands in no column is found too
    assert again.chosen() == 1
    again.filter("")
    again.show_rows([Row(n, f"Người {n}", cells=("", "", "")) for n in range(5)])
    for key, place in ((Qt.Key.Key_End, 4), (Qt.Key.Key_Right, 4), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(again, key)
        assert (again.currentIndex().row(), again.currentIndex().column()) == (place, 0)
    again.columns.reset()
    assert headings(a_list()) == ["Cá nhân"]


def test_what_was_kept_by_hand_or_by_another_version_does_no_harm(qtbot, tmp_path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("habits/a/columns", '{"shown": ["gone", "born"], "widths": {"born": 99999}}')
    settings.setValue("habits/b/columns", "[1, 2")
    settings.setValue("habits/b/filters", '{"lạ": 3, "cũ": {"state": "no such state"}}')
    rows = RowList(Look(resources()), "Các cá nhân")
    qtbot.addWidget(rows)
    rows.let_choose_columns(Habits(settings), "a", "Cá nhân", COLUMNS)
    assert rows.columns.shown == ("born",)
    assert rows.columns.width_of("born") < 2_000
    rows.let_choose_columns(Habits(settings), "b", "Cá nhân", COLUMNS)
    assert rows.columns.shown == ()
    state, text = Choice(), QLineEdit()
    for widget in (state, text):
        qtbot.addWidget(widget)
    state.addItem("Mọi trạng thái", None)
    filters = SavedFilters(Habits(settings), "b", {"state": state, "text": text})
    assert filters.names() == ["cũ"]
    filters.apply("cũ")
    assert state.currentIndex() == 0


_MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@_MENU
def test_a_filter_is_saved_taken_renamed_and_deleted_by_keys(desk, office_ports) -> None:
    for name in ("Lê Văn Đạt", "Trần Thị Bình"):
        a_person_proposed(office_ports, name)
    page = desk.go("proposals")
    type_in(page._search, "dat")
    page._state.setCurrentIndex(page._state.place_of(ProposalState.DRAFT))
    menu_line(page, "Lưu bộ lọc")
    dialog = desk.window.findChild(NameDialog)
    type_in(dialog.line, "Của ông Đạt & bà Bình")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    menu_line(page, "Bỏ lọc")
    assert page._search.text() == ""
    assert page._list.rows.rowCount() == 2
    assert page._filters.is_usual()
    menu_line(page, "Của ông Đạt")
    assert page._search.text() == "dat"
    assert page._state.currentData() == ProposalState.DRAFT
    assert page._list.rows.rowCount() == 1
    page._filters.rename("Của ông Đạt & bà Bình", "Ông Đạt")
    assert page._filters.names() == ["Ông Đạt"]
    page.findChild(ListTools)._ask_delete("Ông Đạt")
    box = desk.window.findChild(QMessageBox)
    next(one for one in box.buttons() if one.objectName() == "agreed").click()
    assert page._filters.names() == []
    assert page._search.text() == "dat"


@_MENU
def test_columns_of_persons_are_those_of_their_kind_and_chosen_without_a_mouse(
    desk, office_ports
) -> None:
    a_person_proposed(office_ports, "Lê Văn Đạt")
    page = desk.go("nominees")
    menu_line(page, "Cột của danh sách")
    dialog = desk.window.findChild(ColumnsDialog)
    labels = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert labels == [spec.label for spec in nominee_columns(Subject.PERSON)]
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    desk.settle()
    assert headings(page._list) == ["Cá nhân", labels[1]]
    assert page._list.rows.index(0, 2).data() != ""
    page.tabs.setCurrentIndex(1)
    desk.settle()
    assert headings(page._list) == ["Tập thể"]
    page.tabs.setCurrentIndex(0)
    desk.settle()
    assert headings(page._list) == ["Cá nhân", labels[1]]
    page._order.setCurrentIndex(page._order.place_of(list(ListOrder)[-1]))
    page._filters.save("mới nhất")
    page._filters.clear()
    page.tabs.setCurrentIndex(2)
    page._filters.apply("mới nhất")
    desk.settle()
    assert (page.subject, page._order.currentData()) == (Subject.PERSON, list(ListOrder)[-1])


def test_the_register_shows_columns_and_keeps_them(desk) -> None:
    page = desk.go("units")
    page._view.columns.choose(["parent_id", "code"], {})
    assert page._view.topLevelItem(0).text(1) == page._view.topLevelItem(0).data(0, 256).unit.code
    assert not page._view.isHeaderHidden()
    page._view.columns.reset()
    assert page._view.isHeaderHidden()
