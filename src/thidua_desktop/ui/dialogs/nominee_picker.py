"""Whom it is about: who is known already is found by any part of the name; else it is a new one."""

from __future__ import annotations

from collections.abc import Sequence
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

_MOST = 30
_WIDTH, _HEIGHT = 640, 460


class NomineePicker(Dialog):
    """`known` tells the kind and id of who was found, `new` the kind and name of who was not.

    `does` says what Enter does with who is chosen.
    """

    known = Signal(object, object)
    new = Signal(object, str)

    def __init__(
        self,
        look: Look,
        searching: Searching,
        parent: QWidget,
        *,
        title: str = "Đề nghị cho ai?",
        does: str = "lập đề nghị",
        subjects: Sequence[Subject] = tuple(Subject),
        offers_new: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._does = does
        self._kinds = tuple(subject.value for subject in subjects)
        self._new = tuple(subjects) if offers_new else ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._searching = searching
        self.line = QLineEdit()
        let_pass(self.line)
        self.line.setAccessibleName(f"Tìm {', '.join(word(one).lower() for one in subjects)}")
        if_none = "; chưa có thì gõ tên người mới" if offers_new else ""
        self.line.setPlaceholderText(f"Gõ tên, không cần dấu{if_none}")
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
        rows += [_new_row(subject, text) for subject in self._new]
        self.list.show_rows(rows)
        if rows:
            self.list.choose(rows[0].key)
        is_ready = self._searching.index is not None
        self._below.setText(
            f"↑ ↓ chọn · Enter {self._does} · Esc đóng"
            if is_ready
            else "Danh mục tìm kiếm đang được lập; đối tượng mới thì thêm được ngay."
        )

    def _hits(self, text: str) -> tuple[Hit, ...]:
        """Return who fits as it was typed; where nobody does, whom one wrong letter may mean."""
        if not text:
            return ()
        find = self._searching.find
        exact = find(text, kinds=self._kinds, limit=_MOST, forgiving=False)
        return exact or find(text, kinds=self._kinds, limit=_MOST)

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
