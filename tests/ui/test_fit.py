"""Nothing is cut and nothing overlaps, on the smallest screens and with the largest letters."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from thidua_desktop.app.paths import resources
from thidua_desktop.ui.theme import Look, apply
from thidua_desktop.ui.widgets.labels import Text

PLACES = (
    "overview",
    "units",
    "criteria",
    "checklist",
    "nominees",
    "proposals",
    "bundles",
    "questions",
    "twins",
    "settings",
)


def cut_words(root: QWidget) -> list[str]:
    """Return the words of labels and buttons that are wider than their place."""
    cut = []
    for label in root.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            width = QFontMetrics(label.font()).horizontalAdvance(label.text())
            if width > label.width() + 1:
                cut.append(label.text())
    for button in [*root.findChildren(QPushButton), *root.findChildren(QToolButton)]:
        says = isinstance(button, QPushButton) or "Text" in button.toolButtonStyle().name
        wanted = button.minimumSizeHint() if isinstance(button, QPushButton) else button.sizeHint()
        if button.isVisible() and says and button.width() < wanted.width():
            cut.append(button.text())
    return cut


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("base", [10.0, 14.0])
def test_no_word_is_cut_on_any_page(qapp, open_desk, office_ports, size, base) -> None:
    desk = open_desk(office_ports, size)
    apply(qapp, Look(resources(), base=base))
    try:
        found = {key: cut_words(desk.go(key).window()) for key in PLACES}
        assert {key: cut for key, cut in found.items() if cut} == {}
        assert desk.window.width() <= size[0]
    finally:
        apply(qapp, Look(resources()))


def test_a_word_that_is_cut_is_found(qtbot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    label = Text("Một câu rất dài không thể nào đứng vừa", parent=root)
    label.setFixedWidth(40)
    root.show()
    assert cut_words(root) == [label.text()]
