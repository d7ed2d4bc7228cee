"""A list as long as it may be: it knows the ids of all rows and reads those that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.rows import ROW, Row, RowTable, TwoLineModel

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ID = 16
_AROUND = 40  # rows that are read above and below what is looked at
_MOST_KEPT = 2_000


class IdListModel(TwoLineModel):
    """`wanted` asks for the rows of these ids; `give` hands them over."""

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = b""
        self._rows: dict[bytes, Row] = {}
        self._old: dict[bytes, Row] = {}
        self._missed: set[int] = set()
        self._between = (0, 0)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows and no others: the first ones, before all ids are known."""
        self.beginResetModel()
        self._rows = {_key(row): row for row in rows}
        self._ids = b"".join(self._rows)
        self._old = {}
        self.endResetModel()

    def show_ids(self, ids: bytes) -> None:
        """Show the rows of these ids, 16 bytes each; what is known of them is read again."""
        self._old |= self._rows
        self._rows = {}
        if len(self._old) > _MOST_KEPT:
            self._old = {}
        if ids == self._ids:
            if count := self.rowCount():
                self.dataChanged.emit(self.index(0), self._end(count - 1))
            return
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def give(self, rows: Iterable[Row]) -> None:
        """Take in rows that were asked for."""
        if len(self._rows) > _MOST_KEPT:
            self._rows = {}
        for row in rows:
            self._rows[_key(row)] = row
        first, last = self._between
        if self.rowCount():  # where they stand now does not matter: what is seen is drawn anew
            end = min(last, self.rowCount() - 1)
            self.dataChanged.emit(self.index(min(first, end)), self._end(end))

    def _end(self, place: int) -> QModelIndex:
        """Return the last cell of a row."""
        return self.index(place, self.columnCount() - 1)

    def key_at(self, place: int) -> UUID:
        """Return the id in a place."""
        return UUID(bytes=self._key_at(place))

    def _key_at(self, place: int) -> bytes:
        return self._ids[place * _ID : (place + 1) * _ID]

    def place_of(self, key: object) -> int:
        """Return where an id stands, -1 when it is not here."""
        if not isinstance(key, UUID):
            return -1
        found = self._ids.find(key.bytes)
        while found >= 0 and found % _ID:
            found = self._ids.find(key.bytes, found + 1)
        return found // _ID if found >= 0 else -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._ids) // _ID

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a row; one that was not read yet is asked for."""
        if role not in _ROLES:
            return None
        return self.said(self._row(index.row()), index.column(), role)

    def _row(self, place: int) -> Row:
        key = self._key_at(place)
        row = self._rows.get(key)
        if row is None:
            self._missed.add(place)
            self._soon.start()
            row = self._old.get(key) or Row(UUID(bytes=key), "…")
        return row

    def _ask(self) -> None:
        """Ask for what was looked at, and for some rows around: the next step finds them here."""
        if not self._missed:
            return
        first = max(min(self._missed) - _AROUND, 0)
        last = min(max(self._missed) + _AROUND, self.rowCount() - 1)
        self._missed.clear()
        self._between = first, last
        keys = (self._key_at(place) for place in range(first, last + 1))
        self.wanted.emit(tuple(UUID(bytes=key) for key in keys if key not in self._rows))


class IdList(RowTable):
    """The list itself: a table, for a list of Qt looks at every row it has."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        self.rows = IdListModel()
        super().__init__(look, name, self.rows, parent)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the first rows; which one was chosen is kept while it is among them."""
        chosen = self.chosen()
        self.rows.show_rows(rows)
        self._choose_again(chosen)

    def show_ids(self, ids: bytes) -> None:
        """Show other rows; the one that was chosen stays chosen while it is among them."""
        chosen = self.chosen()
        self.rows.show_ids(ids)
        self._choose_again(chosen)

    def chosen(self) -> UUID | None:
        """Return the id of the chosen row."""
        index = self.currentIndex()
        return self.rows.key_at(index.row()) if index.isValid() else None

    def choose(self, key: object) -> bool:
        """Choose the row of an id; tell whether there is one."""
        place = self.rows.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))
        return place >= 0

    def choose_first(self) -> None:
        """Choose the first row, if there is one."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def marked(self) -> list[UUID]:
        """Return the ids of the marked rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.key_at(place) for place in places]

    def _choose_again(self, key: UUID | None) -> None:
        if key is not None and self.chosen() != key:
            self.choose(key)


_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(ROW),
    }
)


def _key(row: Row) -> bytes:
    if not isinstance(row.key, UUID):
        raise TypeError(row.key)
    return row.key.bytes
