"""A list whose rows have two lines and a status: light enough for many thousand rows.

Beside them a person may let columns stand: a row brings their words along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from thidua_desktop.domain.search_words import Word, holds, words_of
from thidua_desktop.domain.text import visible
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.columns import Column, Columns
from thidua_desktop.ui.widgets.labels import MARKS, tip

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1
_PAD, _GAP, _CHIP_PAD = 10, 2, 8
_LARGEST_STATUS = 0.4  # of the width of a row
_ASIDE = 60  # how far ← and → look, in pixels


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows. `key` says what it stands for, `cells` what stands in further columns."""

    key: object
    title: str
    below: str = ""
    status: str = ""
    kind: str = "plain"
    cells: Sequence[str] = ()


class TwoLineModel(QAbstractTableModel):
    """What models of rows share: the first column is the row, further ones are its cells."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heading = ""
        self._columns: tuple[Column, ...] = ()

    def offer(self, heading: str, columns: Sequence[Column]) -> None:
        """Have these columns; rows bring a cell for each."""
        self.beginResetModel()
        self._heading, self._columns = heading, tuple(columns)
        self.endResetModel()

    def index(self, row: int, column: int = 0, parent: _Index = _ROOT) -> QModelIndex:
        """Return the place of a cell; of a row, where no column is named."""
        return super().index(row, column, parent)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section - 1].label if section else self._heading

    def said(self, row: Row, column: int, role: int) -> object:
        """Return what a cell says, to the eye and to the screen reader."""
        if not column or role == ROW:
            return row_data(row, role)
        words = row.cells[column - 1] if column <= len(row.cells) else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(words)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(words)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._columns[column - 1].label}: {words or 'trống'}"
            case _:
                return None


class RowModel(TwoLineModel):
    """Rows in the order given; sorting and filtering belong to who gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a row, for the eye and for the screen reader."""
        return self.said(self._rows[index.row()], index.column(), role)

    def place_of(self, key: object) -> int:
        """Return where a key stands, -1 when it is not here."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), -1)


def row_data(row: Row, role: int) -> object:
    """Return what a model of rows says of one of them."""
    if role == Qt.ItemDataRole.DisplayRole:
        return visible(row.title)
    if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
        said = "\n".join(part for part in (row.title, row.below, row.status) if part)
        return tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
    return row if role == ROW else None


class RowDelegate(QStyledItemDelegate):
    """Paints a row: title, the line below in muted, the status at the right."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of two lines."""
        metrics = QFontMetrics(option.font)
        return QSize(120, metrics.height() * 2 + _GAP + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        font: QFont = option.font
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.look.colour("accentbg"))
        elif index.row() % 2:
            painter.fillRect(rect, self.look.colour("alt"))
        inner = rect.adjusted(_PAD, 6, -_PAD, -6)
        if index.column():
            self._paint_cell(painter, inner, str(index.data() or ""), font)
            painter.restore()
            return
        metrics = QFontMetrics(font)
        width = self._status_width(row, metrics)
        room = inner.width() - (width + _PAD if width else 0)
        # Where the status would take the room of the title, it stands below it.
        is_narrow = width > inner.width() * _LARGEST_STATUS
        self._paint_status(painter, inner, row, font, is_low=is_narrow)
        painter.setFont(font)
        painter.setPen(self.look.colour("text"))
        end = Qt.TextElideMode.ElideRight
        whole = inner.width() if is_narrow else room
        title = metrics.elidedText(visible(row.title), end, whole)
        painter.drawText(inner.left(), inner.top() + metrics.ascent(), title)
        painter.setPen(self.look.colour("muted"))
        below = metrics.elidedText(visible(row.below), end, room)
        baseline = inner.top() + metrics.height() + _GAP + metrics.ascent()
        painter.drawText(inner.left(), baseline, below)
        painter.restore()

    def _paint_cell(self, painter: QPainter, inner: QRect, words: str, font: QFont) -> None:
        """Paint one line in the middle; what is longer is in the tooltip."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self.look.colour("text"))
        line = words.replace("\n", " ")
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _status_width(self, row: Row, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(_status(row)) + 2 * _CHIP_PAD if row.status else 0

    def _paint_status(
        self, painter: QPainter, inner: QRect, row: Row, font: QFont, *, is_low: bool
    ) -> None:
        if not row.status:
            return
        metrics = QFontMetrics(font)
        words = _status(row)
        width = min(self._status_width(row, metrics), inner.width())
        height = metrics.height() + (0 if is_low else 4)
        middle = inner.top() + (inner.height() - height) // 2
        top = inner.bottom() - height + 1 if is_low else middle
        chip = QRect(inner.right() - width, top, width, height)
        background = {"info": "accentbg"}.get(row.kind, f"{row.kind}bg")
        ink = {"info": "accenttext", "plain": "muted", "label": "muted"}.get(row.kind, row.kind)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "plain":  # rows have two grounds: on both the outline is seen
            painter.setPen(self.look.colour("border"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, 9, 9)
        elif row.kind != "label":  # which is no status, only what the row is
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour(background))
            painter.drawRoundedRect(chip, 9, 9)
        painter.setPen(self.look.colour(ink))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)


def _status(row: Row) -> str:
    return f"{MARKS[row.kind]} {row.status}".strip()


class RowTable(QTableView):
    """What lists of rows share: a table of one column to which a person may add others."""

    def __init__(
        self, look: Look, name: str, model: TwoLineModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        model.setParent(self)
        self.columns: Columns | None = None
        self.setModel(model)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName(name)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()

    def let_choose_columns(
        self, habits: Habits, key: str, heading: str, columns: Sequence[Column]
    ) -> None:
        """Let these columns be shown beside the rows, as they were left under this key."""
        model = self.model()
        if isinstance(model, TwoLineModel):
            model.offer(heading, columns)
        if self.columns is None:
            self.columns = Columns(self, habits)
        self.columns.offer(key, columns)

    def moveCursor(
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and last row with Home and End, and look at further columns with ← →: a
        row is chosen here, never a cell.
        """
        moves = QTableView.CursorAction
        if action in {moves.MoveLeft, moves.MoveRight}:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (_ASIDE if action is moves.MoveRight else -_ASIDE))
            return self.currentIndex()
        if action in {moves.MoveHome, moves.MoveEnd}:
            last = 0 if action is moves.MoveHome else self.model().rowCount() - 1
            return self.model().index(last, 0)
        return super().moveCursor(action, modifiers)

    def changeEvent(self, event: QEvent) -> None:
        """Make the rows as high as the letters want."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_rows()

    def _fit_rows(self) -> None:
        option = QStyleOptionViewItem()
        option.font = self.font()
        height = self.itemDelegate().sizeHint(option, QModelIndex()).height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def let_mark_many(self) -> None:
        """Let several rows be marked at once: Shift or Ctrl with the arrows, Ctrl+A for all."""
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)

    def step(self, by: int) -> None:
        """Choose the next row or the one before."""
        count = self.model().rowCount()
        if count:
            place = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self.model().index(place, 0))


class RowList(RowTable):
    """The list itself."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        self.rows = RowModel()
        super().__init__(look, name, self.rows, parent)
        self._all: tuple[Row, ...] = ()
        self._typed: list[Word] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the one that was chosen stays chosen while it is among them."""
        self._all = tuple(rows)
        chosen = self.chosen()
        self.rows.show_rows([row for row in self._all if _holds(row, self._typed)])
        if chosen is not None:
            self.choose(chosen)

    def filter(self, text: str) -> None:
        """Show the rows only in which every word of the text begins a word."""
        self._typed = words_of(text)
        self.show_rows(self._all)
        if self.chosen() is None:
            self.step(1)

    def chosen(self) -> object | None:
        """Return the key of the chosen row."""
        index = self.currentIndex()
        return index.data(ROW).key if index.isValid() else None

    def marked(self) -> list[object]:
        """Return the keys of the marked rows, from the top."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ROW).key for index in rows]

    def shown(self) -> list[object]:
        """Return the keys of the rows that are shown, from the top."""
        return [self.rows.index(place).data(ROW).key for place in range(self.rows.rowCount())]

    def choose(self, key: object) -> bool:
        """Choose the row of a key; tell whether there is one among those shown."""
        place = self.rows.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))
        return place >= 0

    def choose_row(self, place: int) -> None:
        """Choose the row at a place, or the last."""
        if count := self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(min(place, count - 1)))


def _holds(row: Row, typed: Sequence[Word]) -> bool:
    words = f"{row.title} {row.below} {row.status} {' '.join(row.cells)}"
    return not typed or holds(words, typed)
