"""Ctrl+K: one line that finds whatever there is to do and whomever there is to open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.search import Entry, SearchIndex
from thidua_desktop.ui.commands import Command
from thidua_desktop.ui.searching import Searching
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.list_keys import ListKeys
from thidua_desktop.ui.widgets.rows import Row, RowList

_COMMAND = "command"
_COMMANDS, _RECORDS = 5, 30
_WIDTH, _HEIGHT = 640, 420


class Palette(QDialog):
    """Finds commands and records without marks; Enter does the one, or opens the other.

    `open_record` is given a kind and an id.
    """

    def __init__(
        self,
        look: Look,
        commands: Sequence[Command],
        searching: Searching,
        open_record: Callable[[str, UUID], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tìm và làm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._commands = tuple(commands)
        self._names = SearchIndex(
            Entry(_COMMAND, UUID(int=place), command.words, also=(command.keys,))
            for place, command in enumerate(self._commands)
        )
        self._searching = searching
        self._open_record = open_record
        self.line = QLineEdit()
        self.line.setAccessibleName("Tìm lệnh, đơn vị, người, hồ sơ")
        self.line.setPlaceholderText("Tìm lệnh, đơn vị, người, hồ sơ; không cần dấu")
        self.list = RowList(look, "Kết quả")
        self._below = Text(role="caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._below)
        ListKeys(self.line, self.list, self._do_chosen)
        self.line.textChanged.connect(self._show_found)
        self.list.clicked.connect(self._do_chosen)
        searching.renewed.connect(self._show_found)
        self._show_found()

    def _show_found(self) -> None:
        text = self.line.text()
        rows = self._found_rows(text) if text.strip() else self._all_commands()
        self.list.show_rows(rows)
        if rows:
            self.list.choose(rows[0].key)
        self._below.setText(_below(text, len(rows), is_ready=self._searching.index is not None))

    def _all_commands(self) -> list[Row]:
        return [self._command_row(place) for place in range(len(self._commands))]

    def _found_rows(self, text: str) -> list[Row]:
        """Return what fits as it was typed; where nothing does, what one wrong letter may mean."""
        for forgiving in (False, True):
            named = self._names.find(text, limit=_COMMANDS, forgiving=forgiving)
            rows = [self._command_row(hit.id.int) for hit in named.hits]
            rows += [
                Row((hit.kind, hit.id), hit.title, hit.detail, kind_label(hit.kind), "label")
                for hit in self._searching.find(text, limit=_RECORDS, forgiving=forgiving)
            ]
            if rows:
                return rows
        return []

    def _command_row(self, place: int) -> Row:
        command = self._commands[place]
        below = f"Lệnh · mở trang {command.where}" if command.where else "Lệnh"
        return Row(place, command.words, below, command.keys, "label")

    def _do_chosen(self) -> None:
        chosen = self.list.chosen()
        if chosen is None:
            return
        self.accept()
        match chosen:
            case int():
                self._commands[chosen].job()
            case (str() as kind, UUID() as record_id):
                self._open_record(kind, record_id)
            case _:
                raise TypeError(chosen)


def _below(text: str, count: int, *, is_ready: bool) -> str:
    if not is_ready:
        return "Danh mục tìm kiếm đang được lập; lệnh dùng được ngay."
    if text.strip() and not count:
        return "Không tìm thấy. Thử gõ ít chữ hơn, hoặc chữ cái đầu của họ tên (nvd)."
    return "↑ ↓ chọn · Enter mở · Esc đóng"
