"""The fields of a record in columns beside one another, with what differs marked in the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.labels import MARKS

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole + 1
_PAD, _GAP = 8, 3
_GRID = 1
_FIRST, _LAST = 128, 150
_SMALL = 90
_EMPTY = "(để trống)"
# Two texts that share less than this are two texts: marks on every other word tell nothing.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Side:
    """A value at one side, and who said it; `is_there` False: nothing was said at this side."""

    text: str = ""
    about: str = ""
    is_there: bool = True


NOTHING = Side(is_there=False)


@dataclass(frozen=True, slots=True)
class SideRow:
    """A field: its name, its values by side, what is to be done about it."""

    key: str
    label: str
    sides: tuple[Side, Side, Side]
    status: str
    kind: str = "plain"
    differs: bool = False


def marked_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand that the other text does not have: start, length.

    >>> marked_words("Trưởng thôn Đông", "Phó thôn Đông")
    ((0, 6),)
    """
    ours, theirs = list(_words(text)), list(_words(other))
    matcher = SequenceMatcher(
        None, [word for _, word in ours], [word for _, word in theirs], autojunk=False
    )
    if matcher.ratio() < _ALIKE:
        return ()
    marks = []
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag in {"replace", "delete"}:
            start = ours[first][0]
            end = ours[last - 1][0] + len(ours[last - 1][1])
            marks.append((start, end - start))
    return tuple(marks)


def _words(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for word in text.split():
        start = text.index(word, start)
        yield start, word
        start += len(word)


class SidesModel(QAbstractTableModel):
    """Rows of fields; the first column names them, the last says what is to be done."""

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: tuple[SideRow, ...] = ()

    def show_rows(self, rows: Iterable[SideRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a cell, for the eye and for the screen reader."""
        row = self.rows[index.row()]
        if role == _CELL:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self._headings[index.column()]
            return f"{row.label}. {heading}: {self._text(row, index.column())}. {row.status}"
        return None

    def _text(self, row: SideRow, column: int) -> str:
        if column == 0:
            return row.label
        if column == len(self._headings) - 1:
            return row.status
        side = row.sides[column - 1]
        return (side.text or _EMPTY) if side.is_there else ""


class SidesDelegate(QStyledItemDelegate):
    """Paints a value with its lines, the words that differ underlined on a ground, and who said
    it below.
    """

    def __init__(self, look: Look, table: SidesTable) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height that the words need in the width of their column."""
        # The line of the grid is part of the column, not of what is painted.
        width = self._table.columnWidth(index.column()) - _GRID - 2 * _PAD
        height = 2 * _PAD + _GRID
        for layout in self._layouts(index, option.font, width):
            height += round(layout.boundingRect().height()) + _GAP
        return QSize(width, max(height, QFontMetrics(option.font).height() + 2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the cell."""
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("accentbg"))
        top = float(rect.top() + _PAD)
        for place, layout in enumerate(self._layouts(index, option.font, rect.width() - 2 * _PAD)):
            painter.setPen(self._ink(index, place))
            layout.draw(painter, QPointF(rect.left() + _PAD, top))
            top += layout.boundingRect().height() + _GAP
        painter.restore()

    def _ink(self, index: _Index, place: int) -> QColor:
        row: SideRow = index.data(_CELL)
        if index.column() == self._table.last_column:
            ink = {"info": "accenttext", "plain": "muted"}.get(row.kind, row.kind)
        elif place or index.column() == 0 or self._is_empty(index):
            ink = "muted"
        else:
            ink = "text"
        return self._look.colour(ink)

    def _is_empty(self, index: _Index) -> bool:
        row: SideRow = index.data(_CELL)
        return not row.sides[index.column() - 1].text

    def _layouts(self, index: _Index, font: QFont, width: int) -> Iterator[QTextLayout]:
        row: SideRow = index.data(_CELL)
        column = index.column()
        text = str(index.data())
        if column == self._table.last_column:
            yield self._laid(f"{MARKS[row.kind]} {text}", font, width)
            return
        marks: tuple[tuple[int, int], ...] = ()
        if column > 1 and row.differs and row.sides[column - 1].text:
            marks = marked_words(text, row.sides[2 if column == 2 else 1].text)  # noqa: PLR2004
        yield self._laid(text, font, width, marks)
        if column and row.sides[column - 1].about:
            small = QFont(font)
            small.setPointSizeF(font.pointSizeF() * _SMALL / 100)
            yield self._laid(row.sides[column - 1].about, small, width)

    def _laid(
        self, text: str, font: QFont, width: int, marks: Iterable[tuple[int, int]] = ()
    ) -> QTextLayout:
        # What stands for a new line inside a paragraph of Qt is another letter.
        layout = QTextLayout(text.replace("\n", "\u2028"), font)
        formats = []
        for start, length in marks:
            one = QTextLayout.FormatRange()
            one.start, one.length = start, length
            style = QTextCharFormat()
            style.setBackground(self._look.colour("warnbg"))
            style.setFontUnderline(True)
            one.format = style
            formats.append(one)
        layout.setFormats(formats)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 20))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout


class SidesTable(QTableView):
    """The table itself; columns share the width, rows are as high as their words need."""

    def __init__(
        self, look: Look, name: str, sides: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        headings = ("Trường", *sides, "Tình trạng")
        self.last_column = len(headings) - 1
        self.fields = SidesModel(headings, self)
        self.setModel(self.fields)
        self.setItemDelegate(SidesDelegate(look, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)

    def show_rows(self, rows: Iterable[SideRow]) -> None:
        """Show these fields; the chosen one stays chosen while it is among them."""
        chosen = self.chosen()
        self.fields.show_rows(rows)
        self._fit()
        if chosen is not None:
            self.choose(chosen)

    def chosen(self) -> str | None:
        """Return the key of the chosen field."""
        index = self.currentIndex()
        return self.fields.rows[index.row()].key if index.isValid() else None

    def choose(self, key: str) -> bool:
        """Choose a field and bring it into sight; tell whether it is here."""
        for place, row in enumerate(self.fields.rows):
            if row.key == key:
                index = self.fields.index(place, 0)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        first, last = min(_FIRST, width // 5), min(_LAST, width // 5)
        each = max(60, (width - first - last) // (self.last_column - 1))
        for column in range(1, self.last_column):
            self.setColumnWidth(column, each)
        self.setColumnWidth(0, first)
        self.setColumnWidth(self.last_column, width - first - each * (self.last_column - 1))
        self.resizeRowsToContents()
