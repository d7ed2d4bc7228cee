"""Đề nghị cho ai: who is known already is found by any part of the name; else it is a new one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.text import clean
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.search import Hit
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.searching import Searching
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.list_keys import ListKeys
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.typed_words import let_pass

_KINDS = tuple(subject.value for subject in Subject)
_MOST = 30
_WIDTH, _HEIGHT = 640, 460


class NomineePicker(Dialog):
    """`known` tells the kind and id of who was found, `new` the kind and name of who was not."""

    known = Signal(object, object)
    new = Signal(object, str)

    def __init__(self, look: Look, searching: Searching, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Đề nghị cho ai?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._searching = searching
        self.line = QLineEdit()
        let_pass(self.line)
        self.line.setAccessibleName("Tìm cá nhân, tập thể, hộ gia đình")
        self.line.setPlaceholderText("Gõ tên, không cần dấu; chưa có thì gõ tên người mới")
        self.list = RowList(look, "Đối tượng tìm thấy, và đối tượng mới")
        self._below = Text(role="caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._below)
        ListKeys(self.line, self.list, self._take)
        self.line.textChanged.connect(self._show_found)
        self.list.clicked.connect(self._take)
        searching.renewed.connect(self._show_found)
        self._show_found()
        self.line.setFocus()

    def _show_found(self) -> None:
        text = clean(self.line.text())
        found = self._hits(text)
        rows = [
            Row((hit.kind, hit.id), hit.title, hit.detail, kind_label(hit.kind), "label")
            for hit in found
        ]
        rows += [_new_row(subject, text) for subject in Subject]
        self.list.show_rows(rows)
        self.list.choose(rows[0].key)
        is_ready = self._searching.index is not None
        self._below.setText(
            "↑ ↓ chọn · Enter lập đề nghị · Esc đóng"
            if is_ready
            else "Danh mục tìm kiếm đang được lập; đối tượng mới thì thêm được ngay."
        )

    def _hits(self, text: str) -> tuple[Hit, ...]:
        """Return who fits as it was typed; where nobody does, whom one wrong letter may mean."""
        if not text:
            return ()
        find = self._searching.find
        exact = find(text, kinds=_KINDS, limit=_MOST, forgiving=False)
        return exact or find(text, kinds=_KINDS, limit=_MOST)

    def _take(self) -> None:
        match self.list.chosen():
            case Subject() as subject:
                self.new.emit(subject, clean(self.line.text()))
            case (str() as kind, UUID() as nominee_id):
                self.known.emit(Subject(kind), nominee_id)
            case _:
                return
        self.accept()


def _new_row(subject: Subject, text: str) -> Row:
    words = f"Thêm {word(subject).lower()} mới"
    below = "Lập hồ sơ mới mang tên này" if text else "Lập hồ sơ mới, tên ghi sau"
    return Row(subject, f"{words}: {text}" if text else words, below, "Mới", "label")
