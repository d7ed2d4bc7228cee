"""The pages of a paper in small: drawn when they come in sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from thidua_desktop.domain.drawings import DrawnPage, PageSize
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.pdf_pages import picture_of

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SIDE = 104  # of the square a small page fits into, in logical pixels
MOST_KEPT = 200
_WIDTH = 156


class _Thumbs(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.drawn: OrderedDict[int, QIcon] = OrderedDict()
        blank = QPixmap(SIDE, SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        self.blank = _icon(blank)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of pages."""
        return 0 if parent.isValid() else self.count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a page, and its picture as far as it was drawn."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"Trang {index.row() + 1}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self.drawn.get(index.row(), self.blank)
        return None


class PdfThumbs(QListView):
    """`chosen` carries the page that somebody goes to, `marked` that pages were selected,
    `wanting` that pictures are missing.
    """

    chosen = Signal(int)
    marked = Signal()
    wanting = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = look.colour("inputborder")
        self._model = _Thumbs(self)
        self.setModel(self._model)
        self._sizes: tuple[PageSize, ...] = ()
        self._follows = False
        self.setAccessibleName("Các trang")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDTH)
        self.setIconSize(QSize(SIDE, SIDE))
        self.verticalScrollBar().valueChanged.connect(lambda _: self.wanting.emit())
        self.selectionModel().currentChanged.connect(self._current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.marked.emit())

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Show pages of these sizes; their pictures come by `give`."""
        height = self.fontMetrics().height() + SIDE + 18
        self.setGridSize(QSize(_WIDTH - 22, height))
        self._model.beginResetModel()
        self._sizes = tuple(sizes)
        self._model.count = len(self._sizes)
        self._model.drawn.clear()
        self._model.endResetModel()
        self.wanting.emit()

    def missing(self) -> tuple[int, float] | None:
        """Return which page is to be drawn next, and at how many pixels a point."""
        if not self._sizes or not self.isVisible():
            return None
        step = max(1, self.gridSize().height())
        first = max(0, self.verticalScrollBar().value() // step)
        for page in range(first, first + self.viewport().height() // step + 2):
            if page < len(self._sizes) and page not in self._model.drawn:
                size = self._sizes[page]
                side = SIDE * self.devicePixelRatioF()
                return page, side / max(size.width, size.height)
        return None

    def give(self, page: int, drawn: DrawnPage | None) -> None:
        """Take the picture of a page, or that there is none."""
        self._model.drawn[page] = self._model.blank if drawn is None else self._framed(drawn)
        while len(self._model.drawn) > MOST_KEPT:
            self._model.drawn.popitem(last=False)
        index = self._model.index(page)
        self._model.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def follow(self, page: int) -> None:
        """Make the page that is looked at the current one; several that are selected stay so."""
        index = self._model.index(page)
        self._follows = True
        how = QItemSelectionModel.SelectionFlag.NoUpdate
        if len(self.selected()) <= 1:
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, how)
        self._follows = False
        self.scrollTo(index)

    def selected(self) -> tuple[int, ...]:
        """Return the pages that are selected, in order."""
        return tuple(sorted(index.row() for index in self.selectedIndexes()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what is missing now."""
        super().resizeEvent(event)
        self.wanting.emit()

    def drawn(self) -> int:
        """Return how many pages were drawn and are kept."""
        return len(self._model.drawn)

    def _framed(self, drawn: DrawnPage) -> QIcon:
        picture = picture_of(drawn)
        painter = QPainter(picture)
        painter.setPen(QPen(self._edge, round(self.devicePixelRatioF())))
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
        painter.end()
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        return _icon(picture)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._follows and index.isValid():
            self.chosen.emit(index.row())


def _icon(picture: QPixmap) -> QIcon:
    """Return a picture that looks the same where it is selected."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
