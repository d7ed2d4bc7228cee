"""A chart says its numbers in words too."""

from __future__ import annotations

from PySide6.QtGui import QAccessible

from thidua_desktop.app.paths import resources
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.chart import Bars

DONE, LATE = ("Đã làm", 7, "chart1"), ("Chậm", 2, "chart2")


def test_a_reader_says_every_bar_with_its_number(qtbot) -> None:
    bars = Bars(Look(resources()))
    qtbot.addWidget(bars)
    bars.show_bars([DONE, LATE])
    bars.show()

    seen = QAccessible.queryAccessibleInterface(bars)
    assert seen.text(QAccessible.Text.Name) == "Biểu đồ"
    assert seen.text(QAccessible.Text.Description) == "Đã làm: 7; Chậm: 2"

    bars.show_bars([LATE])
    assert seen.text(QAccessible.Text.Description) == "Chậm: 2"


def test_every_bar_has_its_room_and_a_longer_one_for_more(qtbot) -> None:
    bars = Bars(Look(resources()))
    qtbot.addWidget(bars)
    bars.show_bars([DONE])
    one = bars.sizeHint().height()
    bars.show_bars([DONE, LATE])
    assert bars.minimumSizeHint().height() == 2 * one
    bars.resize(300, 2 * one)
    bars.show()
    picture = bars.grab().toImage()

    def coloured(row: int) -> int:
        colour = Look(resources()).colour(("chart1", "chart2")[row])
        middle = row * one + one // 2
        return sum(picture.pixelColor(x, middle) == colour for x in range(picture.width()))

    assert coloured(0) > 2 * coloured(1) > 0
