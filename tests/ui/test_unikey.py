"""Every text field of every page and dialog takes what Vietnamese input methods send, letter for
letter, while everybody listens who listens in the program.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from dialog_walk import Walk, silence_file_dialogs
from office_work import a_household_proposed, a_person_proposed
from thidua_desktop.domain.merit import Initiative, Position, PriorAward, YearlyRating
from thidua_desktop.domain.proposals import Contribution
from thidua_desktop.services.people import add_merit
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record
from unikey import faults_in, stream, text_fields

_BLOCK = "Nội dung\tSố lượng\nHiến đất làm đường\t12"


@pytest.fixture
def full_office(office_ports):
    """An office with a proposal whose nominee has a line of each kind of merit."""
    a_household_proposed(office_ports)
    proposal_id = a_person_proposed(office_ports)
    nominee = open_proposal(office_ports, proposal_id).nominee
    with office_ports.store.read() as work:
        number = work.book.me().number
        today = work.today()
    save_record(office_ports, Contribution(id=office_ports.new_id(number), proposal_id=proposal_id))
    for kind in (Position, YearlyRating, PriorAward, Initiative):
        add_merit(office_ports, nominee, kind, today=today)
    return office_ports


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("who", ["office", "province"])
def test_every_text_field_keeps_what_input_methods_send(
    who: str, request, open_desk, monkeypatch
) -> None:
    ports = request.getfixturevalue("full_office" if who == "office" else "province")
    silence_file_dialogs(monkeypatch)
    QApplication.clipboard().setText(_BLOCK)
    desk = open_desk(ports)
    fields, dialogs = 0, set()
    for name, widget in Walk(desk).steps():
        fields += len(text_fields(widget))
        assert faults_in(widget) == [], name
        dialogs |= {type(widget).__name__} if widget.isWindow() else set()
    assert fields > 40
    assert len(dialogs) > 5


class Rewriting(QWidget):
    """Fields that must not be: each does something to a text while it is being typed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = {name: QLineEdit(self) for name in ("listener", "inline", "short", "digits")}
        self.plain = QPlainTextEdit(self)
        self.good = QLineEdit("Giữ lại", self)
        line = self.lines["listener"]
        line.textEdited.connect(lambda text: line.setText(text.replace("tie", "ties")))
        completer = QCompleter(["Đường làng ngõ xóm"], self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.lines["inline"].setCompleter(completer)
        self.lines["short"].setMaxLength(20)
        self.lines["digits"].setValidator(QIntValidator(self))
        self.plain.textChanged.connect(self._rewrite)
        for name, widget in {**self.lines, "plain": self.plain, "good": self.good}.items():
            widget.setObjectName(name)

    def _rewrite(self) -> None:
        text = self.plain.toPlainText()
        if text.endswith("Vie"):
            self.plain.setPlainText(text.upper())


@pytest.fixture
def rewriting(qtbot) -> Iterator[Rewriting]:
    widget = Rewriting()
    qtbot.addWidget(widget)
    return widget


def test_fields_that_rewrite_while_somebody_types_are_found(rewriting: Rewriting) -> None:
    said = faults_in(rewriting)
    for name in (*rewriting.lines, "plain"):
        assert any(f" {name}:" in fault for fault in said), name
    assert not any(" good:" in fault for fault in said)
    assert rewriting.good.text() == "Giữ lại"


def test_the_stream_grows_each_letter_as_unikey_does() -> None:
    assert "".join(stream("ế")) == "e\bê\bế"
    assert "".join(stream("đa")) == "d\bđa"
