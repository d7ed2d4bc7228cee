"""Every dialog: Esc drops nothing that was typed, Enter presses only what has the focus."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox, QPushButton, QVBoxLayout, QWidget

from builders import an_id
from thidua_desktop.domain.units import Unit
from thidua_desktop.ui import dialogs
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.dialogs.palette import Palette
from thidua_desktop.ui.dialogs.reason_dialog import dismiss_dialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.widgets.typed_words import has_typed, let_pass
from typing_in import type_in


class Lines(Dialog):
    """Two lines and a button, which Qt would press with Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.search = QLineEdit(), QLineEdit()
        let_pass(self.search)
        self.presses: list[int] = []
        self.button = QPushButton("Xóa hết")
        self.button.clicked.connect(lambda: self.presses.append(1))
        layout = QVBoxLayout(self)
        for widget in (self.line, self.search, self.button):
            layout.addWidget(widget)


@pytest.fixture
def lines(qtbot) -> Lines:
    dialog = Lines()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def question(dialog: QWidget) -> QMessageBox:
    (box,) = dialog.findChildren(QMessageBox)
    return box


def test_every_dialog_is_one_of_ours() -> None:
    found: set[type] = set()
    for module in pkgutil.iter_modules(dialogs.__path__, f"{dialogs.__name__}."):
        names = vars(import_module(module.name)).values()
        found |= {one for one in names if isinstance(one, type) and issubclass(one, QDialog)}
    # The palette only finds; Qt's own are no dialogs of ours.
    ours = {one for one in found if one.__module__.startswith(dialogs.__name__)} - {Palette}
    assert len(ours) > 20
    assert {one.__name__ for one in ours if not issubclass(one, Dialog)} == set()


def test_esc_over_typed_words_asks_and_enter_goes_on_typing(lines: Lines) -> None:
    type_in(lines.line, "Theo đơn")
    QTest.keyClick(lines, Qt.Key.Key_Escape)
    assert lines.isVisible()
    box = question(lines)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert lines.isVisible()
    assert lines.line.text() == "Theo đơn"


def test_who_means_it_closes_over_typed_words(lines: Lines) -> None:
    type_in(lines.line, "Theo đơn")
    lines.close()  # the cross of the window is Esc too
    assert lines.isVisible()
    question(lines).findChild(QPushButton, "agreed").click()
    assert not lines.isVisible()


def test_esc_closes_at_once_where_nothing_would_be_lost(lines: Lines) -> None:
    lines.line.setText("đã có từ trước")
    type_in(lines.search, "chi tim thoi")
    QTest.keyClick(lines, Qt.Key.Key_Escape)
    assert not lines.isVisible()
    assert not lines.findChildren(QMessageBox)


def test_enter_in_a_line_presses_no_button_and_on_a_button_presses_it(lines: Lines) -> None:
    for line in (lines.line, lines.search):
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert lines.presses == []
    assert lines.isVisible()
    lines.button.setFocus()
    QTest.keyClick(lines.button, Qt.Key.Key_Return)
    assert lines.presses == [1]


def test_words_of_several_lines_are_kept_too(qtbot) -> None:
    dialog = dismiss_dialog("Gói số 3", "Chờ gói số 2")
    qtbot.addWidget(dialog)
    dialog.show()
    type_in(dialog.reason, "Đã nhận bản giấy")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert question(dialog).isVisible()


def test_a_field_of_a_form_counts_as_typed_after_it_was_left(qtbot) -> None:
    form: RecordForm[Unit] = RecordForm(Unit, (("name",), ("code",)))
    qtbot.addWidget(form)
    form.show_record(Unit(id=an_id(1), name="Xã Bình Minh"))
    form.show()
    assert not has_typed(form)
    form.focus_field("name")
    type_in(form.editors["name"].inner, " mới")
    form.focus_field("code")
    assert has_typed(form)


def test_a_dialog_over_a_dialog_has_the_room_of_the_window(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1093, 614)
    small = Dialog(window)
    small.resize(500, 300)
    large = Dialog(QWidget(small))
    large.take_room(900, 680)
    assert (large.width(), large.height()) == (900, 574)
