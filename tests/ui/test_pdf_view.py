"""A paper to look at: only what is in sight is drawn, words are found, keys turn the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from papers_to_see import a_paper
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.attachments import PDF
from thidua_desktop.formats.drawing.process import DrawingProcess
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.pdf_pages import Fit
from thidua_desktop.ui.widgets.pdf_view import PdfView
from typing_in import type_in


class Counted:
    """Fits Pages, and notes which pages were drawn."""

    def __init__(self, inner) -> None:
        self.inner = inner
        self.sizes = inner.sizes
        self.drawn: list[int] = []
        self.close = inner.close
        self.find = inner.find

    def draw(self, page: int, scale: float):
        self.drawn.append(page)
        return self.inner.draw(page, scale)


@pytest.fixture
def view(qtbot) -> Iterator[PdfView]:
    drawer = TaskRunner()
    drawer.crashed.connect(pytest.fail)
    view = PdfView(Look(resources()), drawer)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    process = DrawingProcess()
    view.process = process
    yield view
    view.clear()
    drawer.wait()
    process.end()


def quiet(qtbot, view: PdfView) -> None:
    """Wait until nothing is left to draw or to read."""
    qtbot.waitUntil(
        lambda: (
            not view._is_busy
            and view.pages.missing() is None
            and view.thumbs.missing() is None
            and view._search.next_page() is None
        ),
        timeout=20_000,
    )


def test_three_hundred_pages_are_scrolled_and_few_are_drawn(qtbot, view) -> None:
    paper = Counted(view.process.open("a.pdf", a_paper(300), PDF))
    view.show_pages(paper)
    quiet(qtbot, view)
    assert len(set(paper.drawn)) < 12
    view.pages.setFocus()
    QTest.keyClick(view.pages, Qt.Key.Key_End)
    quiet(qtbot, view)
    assert (view.pages.page, view.number.text(), view.total.text()) == (299, "300", "/ 300")
    assert len(set(paper.drawn)) < 24
    QTest.keyClick(view.pages, Qt.Key.Key_Home)
    for _ in range(4):
        QTest.keyClick(view.pages, Qt.Key.Key_PageDown)
    assert view.pages.page > 0
    view.number.clear()
    type_in(view.number, "150")
    QTest.keyClick(view.number, Qt.Key.Key_Return)
    assert view.pages.page == 149

    # Zoom: what is looked at stays; by wheel, by key, by choice.
    before = view.pages.zoom
    centre = QPointF(view.pages.viewport().rect().center())
    turn = (QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier)
    wheel = QWheelEvent(centre, centre, *turn, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.pages.viewport(), wheel)
    assert view.pages.zoom > before
    assert view.pages.page == 149
    QTest.keyClick(view.pages, "9", Qt.KeyboardModifier.ControlModifier)
    assert view.pages.fit is Fit.PAGE
    assert view.zoom.currentText() == "Vừa trang"
    QTest.keyClick(view.pages, Qt.Key.Key_PageDown)
    assert view.pages.page == 150

    # Words typed without marks are found with them; the search goes on from here and round about.
    QTest.keyClick(view.pages, "f", Qt.KeyboardModifier.ControlModifier)
    assert view.line.hasFocus()
    type_in(view.line, "trang 29")
    quiet(qtbot, view)
    qtbot.waitUntil(lambda: view.found.text() == "2/11", timeout=20_000)  # 29, then 290 to 299
    assert view.pages.page == 289
    QTest.keyClick(view.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (view.found.text(), view.pages.page) == ("1/11", 28)
    QTest.keyClick(view.line, Qt.Key.Key_F3)
    assert view.pages.page == 289
    view.line.clear()
    type_in(view.line, "không có chữ này")
    qtbot.waitUntil(lambda: view.found.text() == "Không thấy", timeout=20_000)


def test_pictures_far_away_are_let_go(qtbot, view, monkeypatch) -> None:
    from thidua_desktop.ui.widgets import pdf_pages  # noqa: PLC0415

    monkeypatch.setattr(pdf_pages, "MOST_KEPT", 16_000_000)
    view.show_pages(view.process.open("a.pdf", a_paper(9), PDF))
    for page in range(9):
        view.pages.go(page)
        quiet(qtbot, view)
    assert view.pages.kept() <= 16_000_000


def test_a_page_that_cannot_be_drawn_says_so_and_the_others_are_seen(qtbot, view) -> None:
    paper = Counted(view.process.open("a.pdf", a_paper(3), PDF))
    draw = paper.draw
    paper.draw = lambda page, scale: draw(page if page != 1 else 99, scale)
    with qtbot.waitSignal(view.broken, timeout=10_000):
        view.show_pages(paper)
    quiet(qtbot, view)
    assert view.pages._undrawn == {1}
    assert 0 in view.pages._drawn
