"""Alt+↑ and Alt+↓ go from record to record on every page, without the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.app.paths import resources
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.stepping import step_in


def alt(desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window, key, Qt.KeyboardModifier.AltModifier)
    desk.settle()


def test_units_are_gone_through_by_key(desk) -> None:
    page = desk.go("units")
    first = page.form.record()[0]
    alt(desk, Qt.Key.Key_Down)
    second = page.form.record()[0]
    assert second.id != first.id
    alt(desk, Qt.Key.Key_Up)
    assert page.form.record()[0].id == first.id


def test_settings_go_through_the_offices(province_desk) -> None:
    page = province_desk.go("settings")
    rows = page.offices.list
    rows.setCurrentIndex(QModelIndex())
    alt(province_desk, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 0


def test_the_first_page_goes_from_door_to_door(desk) -> None:
    page = desk.go("overview")
    seen = []
    for _ in range(3):
        alt(desk, Qt.Key.Key_Down)
        seen.append(desk.window.focusWidget())
    assert len(set(map(id, seen))) == 3
    assert all(page.isAncestorOf(one) for one in seen)
    alt(desk, Qt.Key.Key_Up)
    assert desk.window.focusWidget() is seen[1]


@pytest.mark.parametrize("key", [place.key for place in PLACES if not place.for_province])
def test_the_keys_are_answered_on_every_page(desk, key: str) -> None:
    page = desk.go(key)
    for by in (1, 1, -1):
        page.step(by)
    desk.settle()
    assert isinstance(desk.window.page, Page)


def test_the_list_one_is_in_goes_first_and_its_ends_hold(qtbot) -> None:
    look = Look(resources())
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    lists = [RowList(look, name) for name in ("một", "hai")]
    for rows in lists:
        rows.show_rows([Row(n, str(n)) for n in range(2)])
        layout.addWidget(rows)
    layout.addWidget(button_of("cửa", page.close))
    page.show()
    step_in(page, 1)
    assert [rows.chosen() for rows in lists] == [0, None]
    lists[1].setFocus()
    for _ in range(4):
        step_in(page, 1)
    assert [rows.chosen() for rows in lists] == [0, 1]
