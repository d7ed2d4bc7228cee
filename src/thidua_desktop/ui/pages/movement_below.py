"""Đơn vị trực thuộc: the units below against what they owe in a year, in words and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.deadlines import DebtState, Due
from thidua_desktop.domain.search_words import holds, words_of
from thidua_desktop.domain.words import word
from thidua_desktop.services.movement_findings import document_name
from thidua_desktop.services.movements_below import DONE, BelowColumn, BelowRow, BelowTable, counts
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.labels import Text, tip
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from thidua_desktop.ui.widgets.typed_words import let_pass

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_COLOURS = {
    DebtState.OPEN: "muted",
    DebtState.OVERDUE: "err",
    DebtState.DONE: "ok",
    DebtState.LATE: "warn",
    DebtState.UNCLEAR: "warn",
}
_LONGEST = 42
_UNITS_WIDTH, _CELL_WIDTH, _WIDEST_CELL = 330, 170, 240
_STATES: tuple[tuple[str, Callable[[BelowRow], bool]], ...] = (
    ("Mọi tình trạng", lambda _row: True),
    ("Quá hạn, chưa làm", lambda row: row.has(DebtState.OVERDUE)),
    ("Còn việc chưa làm", lambda row: not row.is_complete),
    ("Làm trễ hạn", lambda row: row.has(DebtState.LATE)),
    ("Đã làm đủ", lambda row: row.is_complete),
)
_SCOPES: tuple[tuple[str, Callable[[BelowRow], bool]], ...] = (
    ("Trực thuộc trực tiếp", lambda row: row.is_direct),
    ("Mọi cấp bên dưới", lambda _row: True),
)


class BelowModel(QAbstractTableModel):
    """The units that are in sight, and how each stands with each column."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.columns: tuple[BelowColumn, ...] = ()
        self.rows: tuple[BelowRow, ...] = ()

    def show_rows(self, columns: Sequence[BelowColumn], rows: Sequence[BelowRow]) -> None:
        """Show other rows and columns."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of units."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns: the unit, and what is owed."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what a column is, when it falls due, and how many did it."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if section == 0:
            return "Đơn vị" if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section - 1]
        task = column.obligation.task[:1].upper() + column.obligation.task[1:]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(task)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        found = counts(self.rows, section - 1)
        done, every = sum(found[state] for state in DONE), sum(found.values())
        due = shown(PartialDate.of(column.due_on))
        return f"{self._short(column)}\nhạn {due}\n{done}/{every} đã làm"

    def _short(self, column: BelowColumn) -> str:
        """Return what a column is in few words: its document, where only it asks for such."""
        paper, task = column.obligation.paper, column.obligation.task
        alike = [one for one in self.columns if one.obligation.paper == paper]
        if paper is not None and len(alike) == 1:
            return word(paper)
        whole = task[:1].upper() + task[1:]
        return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST].rsplit(' ', 1)[0]}…"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, for the eye and for the screen reader."""
        row = self.rows[index.row()]
        if index.column() == 0:
            is_words = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return (
                row.label
                if is_words
                else tip(row.label)
                if role == Qt.ItemDataRole.ToolTipRole
                else None
            )
        cell = row.cells[index.column() - 1]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_words(cell)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.label}: {cell_words(cell)}"
            case Qt.ItemDataRole.ForegroundRole:
                return self._look.colour(_COLOURS[cell.state] if cell else "muted")
            case Qt.ItemDataRole.ToolTipRole if cell is not None:
                return tip("\n".join(document_name(one) for one in cell.documents))
            case _:
                return None


class BelowView(QWidget):
    """The table with its filters. `wanted` says which unit is to be looked at."""

    wanted = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._table: BelowTable | None = None
        self.filter = QLineEdit()
        let_pass(self.filter)
        self.filter.setAccessibleName("Lọc đơn vị trực thuộc")
        self.filter.setPlaceholderText("Lọc đơn vị (Ctrl+F)")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_rows)
        self.scope = _choice("Những đơn vị nào", [words for words, _ in _SCOPES])
        self.scope.currentIndexChanged.connect(self._show_rows)
        self.states = _choice("Tình trạng", [words for words, _ in _STATES])
        self.states.currentIndexChanged.connect(self._show_rows)
        self.model = BelowModel(context.look, self)
        self.view = _Table()
        self.view.setModel(self.model)
        self.view.activated.connect(self._open)
        self.view.entered_row.connect(self._open)
        self.count = Text(role="muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.scope)
        row.addWidget(self.states)
        fields = {"scope": self.scope, "states": self.states, "text": self.filter}
        filters = SavedFilters(context.habits, "movement/below", fields)
        row.addWidget(ListTools(filters, None, "Đơn vị trực thuộc"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.count)

    def show_table(self, table: BelowTable) -> None:
        """Show the units below in a year."""
        self._table = table
        self._show_rows()

    def begin(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _show_rows(self) -> None:
        table = self._table
        if table is None:
            return
        typed = words_of(self.filter.text())
        in_scope = [row for row in table.rows if _SCOPES[self.scope.currentIndex()][1](row)]
        fits = _STATES[self.states.currentIndex()][1]
        rows = [row for row in in_scope if fits(row) and (not typed or holds(row.label, typed))]
        chosen = self._chosen()
        self.model.show_rows(table.columns, rows)
        places = [place for place, row in enumerate(rows) if chosen and row.unit.id == chosen]
        if rows:
            self.view.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self.view.fit()
        self.count.setText(_summary(in_scope, rows, table.year))

    def _chosen(self) -> object:
        place = self.view.currentIndex().row()
        return self.model.rows[place].unit.id if 0 <= place < len(self.model.rows) else None

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.wanted.emit(chosen)


class _Table(QTableView):
    """A table gone through line by line; Enter opens the line."""

    entered_row = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Đơn vị trực thuộc và việc phải làm")
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(
            Qt.AlignmentFlag(
                Qt.AlignmentFlag.AlignLeft.value
                | Qt.AlignmentFlag.AlignVCenter.value
                | Qt.TextFlag.TextWordWrap.value
            )
        )
        header.setHighlightSections(False)

    def fit(self) -> None:
        """Give the name of the unit and each column their room."""
        header = self.horizontalHeader()
        header.setMinimumHeight(self.fontMetrics().lineSpacing() * 4 + 16)
        room = self.viewport().width()
        count = self.model().columnCount() - 1
        cell = max(_CELL_WIDTH, min(_WIDEST_CELL, (room - _UNITS_WIDTH) // max(count, 1)))
        for column in range(1, count + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, cell)
        self.setColumnWidth(0, max(_UNITS_WIDTH, room - cell * count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


def cell_words(cell: Due | None) -> str:
    """Return how a unit stands with something, in few words."""
    if cell is None:
        return "– không phải làm"
    first = cell.documents[0].issued_on if cell.documents else None
    match cell.state:
        case DebtState.DONE:
            return f"✓ đã làm {shown(first)}" if first else "✓ đã làm"
        case DebtState.LATE:
            return f"! đã làm, trễ {cell.days_late} ngày"
        case DebtState.UNCLEAR:
            return "? đã làm, chưa rõ ngày"
        case DebtState.OVERDUE:
            return f"✕ quá hạn {-cell.days_left} ngày"
        case DebtState.OPEN:
            return f"… còn {cell.days_left} ngày"


def _summary(every: Sequence[BelowRow], shown_ones: Sequence[BelowRow], year: int) -> str:
    if not every:
        return f"Không có đơn vị trực thuộc nào có việc phải làm trong năm {year}."
    complete = sum(row.is_complete for row in every)
    late = sum(row.has(DebtState.LATE) for row in every)
    overdue = sum(row.has(DebtState.OVERDUE) for row in every)
    said = [
        f"{len(every)} đơn vị",
        f"{complete} đã làm đủ",
        f"{len(every) - complete} còn việc chưa làm",
        f"{late} làm trễ hạn",
        f"{overdue} có việc quá hạn",
    ]
    if len(shown_ones) != len(every):
        said.insert(0, f"Đang hiện {len(shown_ones)} trong số")
        said[0:2] = [f"Đang hiện {len(shown_ones)}/{len(every)} đơn vị"]
    return f"Năm {year}: {' · '.join(said)}. Enter mở đơn vị đang chọn."


def _choice(name: str, words: Sequence[str]) -> Choice:
    made = Choice()
    made.setAccessibleName(name)
    made.addItems(list(words))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(max(len(one) for one in words))
    return made
