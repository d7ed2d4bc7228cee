"""Every text field of every page takes what Vietnamese input methods send, letter for letter."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from office_work import a_household_proposed, a_person_proposed
from thidua_desktop.domain.proposals import Contribution
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.places import PLACES
from unikey import compose, press, stream

WORDS = "Đường làng tiếng Việt ngữ nghĩa Ẩn ý"


def text_of(widget: QWidget) -> str:
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()


def fields_of(desk) -> list[tuple[str, QWidget]]:
    """Return every text field of every page of a window, found from the widgets themselves."""
    found: dict[QWidget, str] = {}
    for place in PLACES:
        if place.for_province and not desk.session.office().is_province:
            continue
        page = desk.go(place.key)
        for sort in (QLineEdit, QPlainTextEdit):
            for widget in page.findChildren(sort):
                found[widget] = f"{place.key}: {widget.objectName() or widget.accessibleName()}"
    return [(name, widget) for widget, name in found.items()]


@pytest.fixture(params=["office", "province"])
def any_desk(request, open_desk, office_ports, province):
    if request.param == "province":
        return open_desk(province)
    a_household_proposed(office_ports)
    proposal_id = a_person_proposed(office_ports)
    with office_ports.store.read() as work:
        number = work.book.me().number
    nominee = open_proposal(office_ports, proposal_id).nominee
    line = Contribution(id=office_ports.new_id(number), proposal_id=proposal_id)
    save_record(office_ports, line)
    assert nominee
    return open_desk(office_ports)


def test_the_stream_grows_each_letter_as_unikey_does() -> None:
    assert "".join(stream("ế")) == "e\bê\bế"
    assert "".join(stream("đa")) == "d\bđa"


def test_every_text_field_keeps_what_input_methods_send(any_desk) -> None:
    tried = 0
    for name, widget in fields_of(any_desk):
        if widget.isReadOnly() or not widget.isEnabled():
            continue
        for way in (press, compose):
            widget.blockSignals(True)  # what pages make of it is told elsewhere
            widget.clear()
            way(widget, WORDS)
            widget.blockSignals(False)
            assert text_of(widget) == WORDS, f"{name}: {way.__name__}"
        tried += 1
    assert tried >= 10


def test_nothing_completes_inline_or_cuts_while_somebody_types(any_desk) -> None:
    for name, widget in fields_of(any_desk):
        if not isinstance(widget, QLineEdit):
            continue
        completer = widget.completer()
        inline = QCompleter.CompletionMode.InlineCompletion
        assert completer is None or completer.completionMode() != inline, name
        assert widget.maxLength() > 1_000, f"{name}: length is checked after composing"
        assert widget.validator() is None, f"{name}: a validator swallows half a letter"
        assert not widget.inputMask(), name


def test_a_field_that_rewrites_while_typing_is_found(qtbot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.textEdited.connect(lambda text: line.setText(f"{text}s" if text == "tie" else text))
    press(line, "tiếng")
    assert line.text() != "tiếng"
