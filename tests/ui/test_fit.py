"""Nothing is cut and nothing overlaps, on the smallest screens and with the largest letters.

The long walk, with every dialog, every look and pictures, is `installer/walk.py`.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from fitting import faults, nameless, too_large
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.units import Signer
from thidua_desktop.ui.commands import words_of
from thidua_desktop.ui.dialogs.palette import Palette
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.theme import Look, Scheme, apply
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.labels import Text

RENAMED = {"Thêm tập thể", "Thêm hộ gia đình", "Xuất gói"}  # by the tab, by whose PC it is
LONG = "Một câu rất dài không thể nào đứng vừa ở một chỗ hẹp như thế này"


@pytest.mark.parametrize(
    ("size", "base", "scheme"),
    [((1366, 768), 10.0, Scheme.LIGHT), ((1093, 614), 14.0, Scheme.DARK)],
)
def test_nothing_is_cut_on_any_page(qapp, open_desk, office_ports, size, base, scheme) -> None:
    desk = open_desk(office_ports, size)
    apply(qapp, Look(resources(), scheme, base))
    try:
        keys = [place.key for place in PLACES if not place.for_province]
        found, buttons, silent, names = {}, {}, {}, {}
        for key in keys:
            page = desk.go(key)
            found[key] = faults(page.window())
            silent[key] = nameless(page.window())
            offered = (*page.findChildren(QPushButton), *page.actions())
            buttons[key] = {words_of(one.text()) for one in offered}
            tabs = (
                bar.tabText(at) for bar in page.findChildren(QTabBar) for at in range(bar.count())
            )
            names[key] = {*tabs, *(label.text() for label in page.findChildren(QLabel))}
        desk.window.open_palette()
        desk.settle()
        (palette,) = desk.window.findChildren(Palette)
        found["palette"] = faults(palette)
        assert {key: cut for key, cut in found.items() if cut} == {}
        assert {key: unnamed for key, unnamed in silent.items() if unnamed} == {}
        # What the palette promises of another page stands there.
        promised = {place.key: {*place.does} - RENAMED for place in PLACES if place.key in keys}
        assert all(promised[key] <= buttons[key] for key in keys), (promised, buttons)
        named = {place.key: {*place.shows} for place in PLACES if place.key in keys}
        assert all(named[key] <= names[key] for key in keys), (named, names)
        assert desk.window.width() <= size[0]
        assert desk.window.height() <= size[1]
    finally:
        apply(qapp, Look(resources()))


def test_the_overview_scrolls_as_far_as_its_cards_go(open_desk, office_ports) -> None:
    page = open_desk(office_ports, (1093, 614)).go("overview")
    area = page.findChild(QScrollArea)
    inside = area.widget()
    wanted = max(area.viewport().height(), inside.heightForWidth(inside.width()))
    assert wanted < inside.minimumSizeHint().height()  # what Qt would take
    assert inside.height() == wanted


def test_all_that_is_done_with_a_signer_has_its_room(qapp, open_desk, office_ports) -> None:
    with office_ports.store.write() as work:
        me = work.book.me()
        signer = Signer(id=office_ports.new_id(me.number), unit_id=me.unit_id, position="Chủ tịch")
        work.records.put(signer, shown=None)
        work.commit()
    desk = open_desk(office_ports, (1093, 614))
    apply(qapp, Look(resources(), Scheme.DARK, 14.0))
    try:
        page = desk.go("units")
        page.tabs.setCurrentIndex(2)
        desk.settle()
        assert page.signers.drop.isVisible()
        assert faults(page.window()) == []
    finally:
        apply(qapp, Look(resources()))


@pytest.fixture
def place(qtbot) -> QWidget:
    """A place of 200 × 120 with a layout."""
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    widget.resize(200, 120)
    return widget


def seen(place: QWidget, *widgets: QWidget) -> list[str]:
    for widget in widgets:
        place.layout().addWidget(widget)
    place.show()
    return faults(place)


def test_what_has_its_room_is_no_fault(place: QWidget) -> None:
    assert seen(place, Text("Ngắn"), QPushButton("Lưu"), QLineEdit()) == []


def test_a_field_that_no_reader_names_is_found(place: QWidget) -> None:
    named, by_buddy, silent = QLineEdit(), QLineEdit(), QLineEdit()
    named.setAccessibleName("Họ và tên")
    label = QLabel("&Ngày sinh")
    label.setBuddy(by_buddy)
    assert seen(place, named, label, by_buddy, silent, QPushButton("Lưu")) == []
    assert nameless(place) == ["QLineEdit in QWidget"]


def test_a_word_that_is_cut_is_found(place: QWidget) -> None:
    label = Text(LONG)
    label.setFixedWidth(40)
    assert any("Một câu" in fault for fault in seen(place, label))


def test_a_line_that_is_cut_off_below_is_found(place: QWidget) -> None:
    label = Text(LONG, wrap=True)
    label.setFixedSize(80, 20)
    assert any("Một câu" in fault for fault in seen(place, label))


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox])
def test_a_button_too_narrow_for_its_words_is_found(place: QWidget, kind: type[QWidget]) -> None:
    button = kind(LONG)
    button.setFixedWidth(60)
    assert any("Một câu" in fault for fault in seen(place, button))


def test_a_field_too_low_for_its_letters_is_found(place: QWidget) -> None:
    line = QLineEdit("Ổ")
    line.setAccessibleName("Họ và tên")
    line.setStyleSheet("min-height: 4px; max-height: 4px; padding: 0;")
    assert seen(place, line) == ["QLineEdit: Họ và tên"]


def test_a_hint_that_is_cut_is_found(place: QWidget) -> None:
    line = QLineEdit()
    line.setPlaceholderText(LONG)
    assert any("Một câu" in fault for fault in seen(place, line))


def test_a_short_choice_that_is_cut_is_found_and_a_long_one_may_end_in_dots(
    place: QWidget,
) -> None:
    year, name = Choice(), Choice()
    year.addItem("Năm 2024")
    name.addItem(LONG)
    for one in (year, name):
        one.setFixedWidth(60)
    assert seen(place, year, name) == ["Choice: Năm 2024"]


@pytest.mark.parametrize(("breaks", "width"), [(False, 70), (True, 30)])
def test_a_heading_too_narrow_for_its_words_is_found(
    place: QWidget, breaks: bool, width: int
) -> None:
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels(["Nghiêngngửa chênh vênh", "Hai"])
    header = table.horizontalHeader()
    if breaks:
        header.setDefaultAlignment(Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap.value))
    header.resizeSection(0, width)
    assert any("Nghiêngngửa" in fault for fault in seen(place, table))
    header.resizeSection(0, 400)
    assert not any("Nghiêngngửa" in fault for fault in faults(place))


def test_a_tab_whose_words_are_cut_is_found(place: QWidget) -> None:
    tabs = QTabWidget()
    tabs.addTab(QWidget(), LONG)
    assert any("Một câu" in fault for fault in seen(place, tabs))


def test_a_number_without_room_is_found(place: QWidget) -> None:
    number = QSpinBox()
    number.setSuffix(" điểm của cột")
    number.setFixedWidth(50)
    assert any("điểm của cột" in fault for fault in seen(place, number))


def test_a_text_of_several_lines_too_low_for_one_is_found(place: QWidget) -> None:
    lines = QPlainTextEdit("Ổ")
    lines.setAccessibleName("Thành tích")
    lines.setFixedHeight(12)
    assert seen(place, lines) == ["QPlainTextEdit: Thành tích"]


def test_a_list_too_low_for_a_row_is_found(place: QWidget) -> None:
    rows = QListWidget()
    rows.setAccessibleName("Các cột")
    rows.addItem("Ổ")
    rows.setFixedHeight(14)
    assert seen(place, rows) == ["QListWidget: Các cột"]


def test_a_window_that_asks_for_more_than_the_screen_is_found(place: QWidget) -> None:
    place.setMinimumSize(400, 50)
    assert seen(place, Text("Ngắn")) == []
    assert too_large(place, (300, 200)) == ["quá lớn"]
    assert too_large(place, (500, 200)) == []


def test_widgets_that_lie_on_each_other_are_found(place: QWidget) -> None:
    one, two = Text("Một"), Text("Hai")
    seen(place, one, two)
    two.setGeometry(one.geometry())
    assert any(fault.startswith("đè nhau") for fault in faults(place))


def test_a_widget_that_sticks_out_is_found(place: QWidget) -> None:
    one = Text("Một")
    seen(place, one)
    one.setGeometry(150, 0, 100, 20)
    assert any(fault.startswith("tràn ra ngoài") for fault in faults(place))


def test_what_is_wider_than_where_it_scrolls_is_found(place: QWidget) -> None:
    area, inside = QScrollArea(), QWidget()
    area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
    inside.setFixedSize(400, 50)
    area.setWidget(inside)
    assert any("bên trong rộng 400" in fault for fault in seen(place, area))
