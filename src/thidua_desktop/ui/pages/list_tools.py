"""Beside the filter of a list: the filters that have a name, and the columns that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.dialogs.columns_dialog import ColumnsDialog
from thidua_desktop.ui.dialogs.name_dialog import NameDialog
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.widgets.columns import Column, Columns
from thidua_desktop.ui.widgets.labels import on_button
from thidua_desktop.ui.widgets.list_filter import ListFilter
from thidua_desktop.ui.widgets.rows import RowList
from thidua_desktop.ui.widgets.saved_filters import SavedFilters

_WORDS = "Bộ lọc…"
_KEYS = "Ctrl+L"


class ListTools(QPushButton):
    """A button with a menu. `columns` are None where a list has none to choose."""

    def __init__(self, filters: SavedFilters, columns: Columns | None, of: str) -> None:
        super().__init__()
        self.filters = filters
        self._columns = columns
        self.setText(_WORDS)
        self.setToolTip(f"Bộ lọc đã lưu, cột của danh sách ({_KEYS})")
        self.setAccessibleName(f"Bộ lọc và cột: {of}")
        self._menu = QMenu(self)
        self.clicked.connect(self.begin)

    def begin(self) -> None:
        """Open the menu, the first line chosen."""
        self._fill()
        self._menu.setActiveAction(self._menu.actions()[0])
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        menu, filters = self._menu, self.filters
        menu.clear()
        names = filters.names()
        for name in names:
            self._add(menu, on_button(name), partial(filters.apply, name))
        if names:
            menu.addSeparator()
        now = self._add(menu, "Lưu bộ lọc đang dùng…", self._ask_name)
        now.setEnabled(not filters.is_usual())
        self._add(menu, "Bỏ lọc", filters.clear).setEnabled(not filters.is_usual())
        if names:
            self._fill_below(menu.addMenu("Đổi tên bộ lọc"), names, self._ask_other_name)
            self._fill_below(menu.addMenu("Xóa bộ lọc"), names, self._ask_delete)
        if self._columns is not None and self._columns.offered:
            menu.addSeparator()
            self._add(menu, "Cột của danh sách…", self._choose_columns)
            usual = self._add(menu, "Danh sách như ban đầu", self._columns.reset)
            usual.setEnabled(bool(self._columns.shown))

    def _fill_below(self, menu: QMenu, names: Sequence[str], job: Callable[[str], None]) -> None:
        for name in names:
            self._add(menu, on_button(name), partial(job, name))

    def _add(self, menu: QMenu, words: str, job: Callable[[], None]):  # type: ignore[no-untyped-def] # noqa: ANN202 - a QAction
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False: job())
        return action

    def _ask_name(self) -> None:
        dialog = NameDialog("Lưu bộ lọc", "Tên bộ lọc", "", self.filters.names(), self.window())
        dialog.named.connect(self.filters.save)
        dialog.open()

    def _ask_other_name(self, name: str) -> None:
        others = [one for one in self.filters.names() if one != name]
        dialog = NameDialog("Đổi tên bộ lọc", "Tên mới", name, others, self.window())
        dialog.named.connect(partial(self.filters.rename, name))
        dialog.open()

    def _ask_delete(self, name: str) -> None:
        ask_first(
            self.window(),
            "Xóa bộ lọc",
            f"Xóa bộ lọc “{name}”? Các bản ghi trong danh sách không đổi gì.",
            "Xóa bộ lọc",
            partial(self.filters.delete, name),
        )

    def _choose_columns(self) -> None:
        if self._columns is not None:
            ColumnsDialog(self._columns, self.window()).open()


def with_tools(
    habits: Habits,
    key: str,
    rows: RowList,
    *,
    beside: Mapping[str, QWidget] | None = None,
    heading: str = "",
    columns: Sequence[Column] = (),
) -> QWidget:
    """Return a list with its filter and its tools above. What stands `beside` filters it too."""
    line = ListFilter(rows)
    if columns:
        rows.let_choose_columns(habits, key, heading, columns)
    filters = SavedFilters(habits, key, dict(beside or {}) | {"text": line})
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(line, 1)
    row.addWidget(ListTools(filters, rows.columns, rows.accessibleName()))
    column.addLayout(row)
    column.addWidget(rows, 1)
    return both


def tools_in(page: QWidget) -> ListTools | None:
    """Return the tools that Ctrl+L means: of the list one is in, else the last ones in sight."""
    seen = [one for one in page.findChildren(ListTools) if one.isVisible()]
    focus = page.window().focusWidget()
    near = [one for one in seen if focus is not None and _stand_together(one, focus)]
    return next(iter([*near, *reversed(seen)]), None)


def _stand_together(tools: ListTools, focus: QWidget) -> bool:
    place = tools.parentWidget()
    return place is not None and place.isAncestorOf(focus)
