"""Ctrl+F filters the list in sight; Alt+↑/↓ goes through what is left of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from thidua_desktop.app.paths import resources
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.list_filter import ListFilter
from thidua_desktop.ui.widgets.rows import ROW, Row, RowList
from typing_in import type_in

NAMES = ("Xã Vũ Quý", "Xã Mỹ Lộc", "Xã Đông Hòa", "Xã Đông Hoàng")


@pytest.fixture
def rows(qtbot) -> Iterator[RowList]:
    found = RowList(Look(resources()), "Các xã")
    both = with_tools(Habits(), "xa", found)
    qtbot.addWidget(both)
    both.show()
    found.show_rows([Row(place, name, "Thái Bình") for place, name in enumerate(NAMES)])
    yield found
    both.close()


def titles(rows: RowList) -> list[str]:
    model = rows.rows
    return [model.index(place).data(ROW).title for place in range(model.rowCount())]


def line_of(rows: RowList) -> ListFilter:
    (line,) = rows.parentWidget().findChildren(ListFilter)
    return line


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("vu qui", ["Xã Vũ Quý"]),
        ("đông ho", ["Xã Đông Hòa", "Xã Đông Hoàng"]),
        ("hoang dong", ["Xã Đông Hoàng"]),
        ("thai binh", list(NAMES)),
        ("không có", []),
    ],
)
def test_words_typed_leave_what_holds_them(rows: RowList, typed: str, left: list[str]) -> None:
    type_in(line_of(rows), typed)
    assert titles(rows) == left
    assert rows.chosen() == (NAMES.index(left[0]) if left else None)


def test_who_is_chosen_stays_so_while_he_is_left(rows: RowList) -> None:
    rows.choose(3)
    type_in(line_of(rows), "dong")
    assert rows.chosen() == 3
    line_of(rows).clear()
    assert titles(rows) == list(NAMES)
    assert rows.chosen() == 3


def test_rows_read_anew_are_filtered_too(rows: RowList) -> None:
    type_in(line_of(rows), "my")
    rows.show_rows([Row(9, "Xã Mỹ Hà"), Row(8, "Xã An Khê")])
    assert titles(rows) == ["Xã Mỹ Hà"]


@pytest.mark.parametrize("place", ["units", "criteria", "checklist", "proposals", "questions"])
def test_ctrl_f_puts_the_cursor_into_the_search_of_every_list(desk, place: str) -> None:
    desk.go(place)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    focus = desk.window.focusWidget()
    assert focus is not None
    assert "ọc" in focus.placeholderText() or "Tìm" in focus.placeholderText()
    assert "Ctrl+F" in focus.placeholderText()


def test_alt_and_an_arrow_goes_through_what_the_filter_leaves(desk) -> None:
    page = desk.go("criteria")
    QTest.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_in(desk.window.focusWidget(), "van hoa")
    shown = titles(page._list)
    assert 1 < len(shown) < 15
    seen = [page._list.currentIndex().data(ROW).title]
    for _ in shown[1:]:
        QTest.keyClick(desk.window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        seen.append(page._list.currentIndex().data(ROW).title)
    assert seen == shown
