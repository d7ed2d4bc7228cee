"""F18 in the window: whatever a name says, labels, lists and tooltips show it and obey nothing.

The pages are those the window itself lists: a new one is looked at unasked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from office_work import Pair, a_household_proposed, a_person_proposed
from reliability.figures import Measured
from reliability.hostile_texts import STEERING, TEXTS
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.text import visible
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.widgets import labels, rows
from thidua_desktop.ui.widgets.labels import FileName, Text, on_button, tip

FIT = [unicodedata.normalize("NFC", text) for text in TEXTS if len(text) < 300]


def rendered(words: str) -> str:
    """Return what a tooltip shows; it is plain unless Qt takes it for markup."""
    if not QtGui.Qt.mightBeRichText(words):
        return words
    document = QtGui.QTextDocument()
    document.setHtml(words)
    return document.toPlainText()


def squeezed(words: str) -> str:
    return "".join(words.replace("\ufeff", "").split())  # Qt takes it for the mark of a file


@pytest.mark.parametrize("text", FIT, ids=range(len(FIT)))
def test_a_label_a_tooltip_and_a_button_show_the_words(text: str, qapp) -> None:
    label, name = Text(text), FileName(text)
    assert label.textFormat() is name.textFormat() is Qt.TextFormat.PlainText
    assert squeezed(label.text()) == squeezed(visible(text))
    assert squeezed(rendered(tip(text))) == squeezed(visible(text))
    assert squeezed(rendered(name.toolTip())) == squeezed(visible(text))
    assert on_button(text).replace("&&", "&") == visible(text)
    for shown in (label.text(), name.toolTip(), on_button(text)):
        assert not [sign for sign in STEERING if sign in shown]


def test_a_tooltip_that_takes_words_for_markup_would_be_found() -> None:
    assert rendered("<b>đậm</b>") == "đậm"
    assert rendered(tip("<b>đậm</b>")) == "<b>đậm</b>"


# every page of the window


@pytest.fixture
def hostile_pair(pair: Pair) -> Pair:
    """Return an office that proposes persons and a household with such names."""
    with pair.office.store.write() as work:
        number = work.book.me().number
        for text in FIT:
            person = Person(id=pair.office.new_id(number), full_name=text, position=text)
            work.records.put(person, shown=None)
        work.commit()
    for text in ("<img src=http://x.example/a.png>", "<b>đậm</b> & <i>", "&amp; %1 =1+1"):
        a_person_proposed(pair.office, text)
    a_household_proposed(pair.office, "<a href=file:///x>bấm</a>")
    return pair


def tips_of(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if isinstance(model, QAbstractItemModel):
        for index in indexes(model, QModelIndex()):
            if words := index.data(Qt.ItemDataRole.ToolTipRole):
                yield str(words)


def indexes(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    is_list = isinstance(model, QAbstractListModel)
    columns = 1 if is_list else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield index
            if column == 0 and not is_list:
                yield from indexes(model, index)


def faults(window: QWidget) -> list[str]:
    """Return every label and tooltip in a window that could obey what it is told."""
    found = [
        f"label: {label.text()}"
        for label in window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
        if QtGui.Qt.mightBeRichText(label.text())
    ]
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    for view in window.findChildren(QAbstractItemView):
        tips += tips_of(view)
    found += [f"tooltip: {words}" for words in tips if "<" in words and "<qt>" not in words]
    return found


@pytest.mark.parametrize("who", ["office", "province"])
def test_every_page_shows_names_literally(
    who: str, hostile_pair: Pair, open_desk, measured: Measured
) -> None:
    if who == "province":
        hostile_pair.up()
    desk = open_desk(getattr(hostile_pair, who))
    for place in PLACES:
        if not place.for_province or who == "province":
            desk.go(place.key)
            assert faults(desk.window) == [], place.key
    measured("F18", pages=len(PLACES), active=0)


def test_a_list_whose_tooltips_are_markup_would_be_found(
    hostile_pair: Pair, open_desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (labels, rows):
        monkeypatch.setattr(module, "tip", lambda words: words)
    desk = open_desk(hostile_pair.office)
    desk.go("proposals")
    assert faults(desk.window)
