"""A list whose rows have two lines and a status: light enough for many thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from thidua_desktop.domain.search_words import Word, holds, words_of
from thidua_desktop.domain.text import visible
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.labels import MARKS, tip

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1
_PAD, _GAP, _CHIP_PAD = 10, 2, 8


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows. `key` says what it stands for."""

    key: object
    title: str
    below: str = ""
    status: str = ""
    kind: str = "plain"


class RowModel(QAbstractListModel):
    """Rows in the order given; sorting and filtering belong to who gives them."""

    def __init__(self, parent: QWidget | None = None) -> None:
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
        return row_data(self._rows[index.row()], role)

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
        width = self._paint_status(painter, inner, row, font)
        metrics = QFontMetrics(font)
        room = inner.width() - (width + _PAD if width else 0)
        painter.setFont(font)
        painter.setPen(self.look.colour("text"))
        title = metrics.elidedText(visible(row.title), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.left(), inner.top() + metrics.ascent(), title)
        painter.setPen(self.look.colour("muted"))
        below = metrics.elidedText(visible(row.below), Qt.TextElideMode.ElideRight, room)
        baseline = inner.top() + metrics.height() + _GAP + metrics.ascent()
        painter.drawText(inner.left(), baseline, below)
        painter.restore()

    def _paint_status(self, painter: QPainter, inner: QRect, row: Row, font: QFont) -> int:
        if not row.status:
            return 0
        metrics = QFontMetrics(font)
        words = f"{MARKS[row.kind]} {row.status}".strip()
        width = metrics.horizontalAdvance(words) + 2 * _CHIP_PAD
        height = metrics.height() + 4
        top = inner.top() + (inner.height() - height) // 2
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
        return width


class RowList(QListView):
    """The list itself."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._typed: list[Word] = []
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(look, self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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

    def let_mark_many(self) -> None:
        """Let several rows be marked at once: Shift or Ctrl with the arrows, Ctrl+A for all."""
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)

    def marked(self) -> list[object]:
        """Return the keys of the marked rows, from the top."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
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

    def step(self, by: int) -> None:
        """Choose the next row or the one before."""
        count = self.rows.rowCount()
        if count:
            place = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self.rows.index(place))


def _holds(row: Row, typed: Sequence[Word]) -> bool:
    return not typed or holds(f"{row.title} {row.below} {row.status}", typed)
