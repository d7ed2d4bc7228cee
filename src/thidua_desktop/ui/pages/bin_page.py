"""Đã xóa: what was deleted, what it said, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.search_words import holds, words_of
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.bin import BinRow, bin_rows, restore_binned, wipe_binned
from thidua_desktop.services.changes import Changes
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saved_filters import SavedFilters

_EMPTY = (
    "Không có gì ở đây. Bản ghi bị xóa trên máy này, hoặc bị xóa ở nơi khác rồi theo gói về, "
    "nằm lại đây cho đến khi được lấy lại."
)
_NOT_OURS = "Nơi quản lý bản ghi đã xóa; chỉ nơi đó lấy lại được."
_SURE = "Bấm lần nữa để xóa hẳn"
_WIPE = "Xóa hẳn…"
_COLUMNS = (
    Column("kind", "Loại bản ghi"),
    Column("at", "Xóa lúc"),
    Column("by", "Người, nơi xóa"),
    Column("others", "Bản ghi đi kèm"),
)


class BinPage(Page):
    """List left, what the chosen record said right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đã xóa", context)
        self._rows: tuple[BinRow, ...] = ()
        self.restore = self.head.add_action("Lấy lại", self._restore, primary=True, name="restore")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Tìm (Ctrl+F)")
        self._search.setToolTip("Tìm tên, loại; không cần dấu")
        self._search.setAccessibleName("Tìm trong mục Đã xóa")
        self._search.textChanged.connect(self._filter)
        self._list = RowList(context.look, "Bản ghi đã xóa")
        self._list.let_choose_columns(context.habits, "bin", "Bản ghi", _COLUMNS)
        self._filters = SavedFilters(context.habits, "bin", {"text": self._search})
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.activated.connect(self._restore)
        self._count = Text(role="muted")
        self._title = Text(role="heading", wrap=True)
        self._about = Text(role="muted", wrap=True)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(14)
        self._grid.setContentsMargins(0, 6, 0, 6)
        self.wipe = button_of(_WIPE, self._wipe, quiet=True)
        self._right = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._search, 1)
        row.addWidget(ListTools(self._filters, self._list.columns, "mục Đã xóa"))
        column.addLayout(row)
        column.addWidget(self._list, 1)
        column.addWidget(self._count)
        card = Card()
        for widget in (self._title, self._about, self._fields):
            card.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.wipe)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        self._right.addWidget(EmptyPlace(_EMPTY))
        self._right.addWidget(scrolled(card))
        sides = panes(left, self._right, widths=(450, 640))
        self.body.addWidget(keep_panes(self.context.habits, "bin", sides), 1)

    def refresh(self) -> None:
        """Read what lies in the bin."""
        self.read(bin_rows, self._show)

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()
        self._search.selectAll()

    def step(self, by: int) -> None:
        """Go to the next record, or the one before."""
        self._list.step(by)

    def _show(self, rows: Sequence[BinRow]) -> None:
        self._rows = tuple(rows)
        self._filter()

    def _filter(self) -> None:
        typed = words_of(self._search.text())
        found = [row for row in self._rows if holds(_searched(row), typed)]
        self._list.show_rows([_list_row(row) for row in found])
        self._count.setText(f"{len(found)} / {len(self._rows)} lần xóa")
        if self._list.chosen() is None and found:
            self._list.choose((found[0].kind, found[0].id))
        self._choose()

    def _chosen(self) -> BinRow | None:
        chosen = self._list.chosen()
        return next((row for row in self._rows if (row.kind, row.id) == chosen), None)

    def _choose(self) -> None:
        row = self._chosen()
        self._right.setCurrentIndex(0 if row is None else 1)
        self.restore.setEnabled(row is not None and row.may_restore)
        self.wipe.setText(_WIPE)
        if row is None:
            return
        self._title.setText(row.title)
        parts = [kind_label(row.kind), _when(row)]
        if row.others:
            parts.append(f"cùng {row.others} bản ghi đi kèm, lấy lại cùng lúc")
        if not row.may_restore:
            parts.append(_NOT_OURS)
        self._about.setText(" · ".join(part for part in parts if part))
        self.wipe.setVisible(row.may_wipe)
        self.wipe.setToolTip("Không ai khác từng thấy bản ghi này; xóa hẳn rồi thì không lấy lại.")
        self._show_fields(row)

    def _show_fields(self, row: BinRow) -> None:
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, words) in enumerate(row.said):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Text(label, role="caption"), place, 0, top)
            self._grid.addWidget(Text(words, wrap=True), place, 1, top)

    def _restore(self) -> None:
        row = self._chosen()
        if row is not None and row.may_restore:
            kind, record_id, title = row.kind, row.id, row.title
            self.write(
                lambda ports: restore_binned(ports, kind, record_id),
                lambda changes: self._done(f"Đã lấy lại “{title}”.", changes),
            )

    def _wipe(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if self.wipe.text() != _SURE:
            self.wipe.setText(_SURE)
            return
        kind, record_id = row.kind, row.id
        self.write(
            lambda ports: wipe_binned(ports, kind, record_id),
            lambda changes: self._done("Đã xóa hẳn.", changes),
        )

    def _done(self, words: str, changes: Changes) -> None:
        self.context.news(words)
        self.changed.emit(changes)
        self.refresh()


def _searched(row: BinRow) -> str:
    return f"{row.title} {kind_label(row.kind)} {row.by}"


def _list_row(row: BinRow) -> Row:
    more = f" và {row.others} bản ghi đi kèm" if row.others else ""
    below = f"{kind_label(row.kind)}{more} · {_when(row)}"
    status = "" if row.may_restore else "Nơi khác xóa"
    at = f"{row.at.astimezone():%d/%m/%Y %H:%M}" if row.at else ""
    cells = (kind_label(row.kind), at, row.by, str(row.others or ""))
    return Row((row.kind, row.id), row.title, below, status, "plain", cells)


def _when(row: BinRow) -> str:
    at = f"{row.at.astimezone():%d/%m/%Y %H:%M}" if row.at else ""
    return f"xóa {at}" + (f" bởi {row.by}" if row.by else "")
