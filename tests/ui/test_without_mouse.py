"""A scripted clerk enters proposals from the keyboard alone: no mouse event is ever delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Gender
from thidua_desktop.services.proposals import open_proposal, proposal_list
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.places import PLACES
from typing_in import type_in

_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
}
_CTRL = Qt.KeyboardModifier.ControlModifier
_FAMILIES = ("Nguyễn", "Trần", "Phạm", "Đỗ", "Vũ", "Bùi")
_GIVEN = ("Thị Hường", "Văn Ất", "Đình Chuyên", "Thị Mỵ", "Quang Ổn")


class Mice(QObject):
    """Counts the mouse events that reach any widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        self.count += isinstance(watched, QWidget) and event.type() in _MOUSE
        return False


@pytest.fixture
def mice(qapp: QApplication) -> Iterator[Mice]:
    mice = Mice()
    qapp.installEventFilter(mice)
    yield mice
    qapp.removeEventFilter(mice)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the cursor"
    QTest.keyClick(widget, key, modifier)


def enter_one(desk, number: int) -> str:
    """Fill the proposal that is open, field by field, and go on to the next."""
    name = f"{_FAMILIES[number % 6]} {_GIVEN[number % 5]} {number}"
    typed = {"full_name": name, "birth_date": str(1950 + number), "position": "Nông dân"}
    chosen = {"gender": 1 + number % 2, "award_form_id": 1 if number == 0 else 0}
    while (field := QApplication.focusWidget()).objectName() != "summary":
        here = field.objectName()
        if here in typed:
            field.selectAll()
            type_in(field, typed[here])
        for _ in range(chosen.get(here, 0)):
            press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is not field
    type_in(field, f"Vận động {number + 1} hộ hiến đất làm đường.")
    return name


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_clerk_enters_thirty_proposals_without_a_mouse(
    desk, mice: Mice, size: Callable[[int, int], int]
) -> None:
    count = size(6, 30)
    desk.window.activateWindow()
    place = [place.key for place in PLACES].index("proposals") + 1
    QTest.keyClick(desk.window, str(place), _CTRL)
    desk.settle()
    QTest.keyClick(desk.window, Qt.Key.Key_N, _CTRL)
    picker = desk.window.findChild(NomineePicker)
    type_in(picker.line, "Nguyễn")  # whom nobody knows yet: what is chosen is a new person
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    desk.window.activateWindow()  # as the desktop does when a dialog closes
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    desk.settle()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    names = []
    for number in range(count):
        names.append(enter_one(desk, number))
        if number < count - 1:
            press(Qt.Key.Key_Return, _CTRL)
            desk.settle()
    desk.pause()
    rows = proposal_list(desk.ports)
    assert sorted(row.name for row in rows) == sorted(names)
    views = [open_proposal(desk.ports, row.id) for row in rows]
    assert len({view.proposal.award_form_id for view in views}) == 1  # it stays
    assert None not in {view.proposal.award_form_id for view in views}
    assert all(view.proposal.summary.endswith("làm đường.") for view in views)
    assert {view.nominee.gender for view in views} == set(Gender)
    assert {view.nominee.birth_date for view in views} == {
        PartialDate(1950 + number) for number in range(count)
    }
    assert mice.count == 0


def test_the_count_sees_a_mouse(desk, mice: Mice) -> None:
    QTest.mouseClick(desk.window, Qt.MouseButton.LeftButton)
    assert mice.count
