"""Units gathered one by one: typed, found, taken with Enter; taken out with Delete."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.unit_tree import UnitNode, UnitTree, search_units
from thidua_desktop.domain.words import word
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.typed_words import let_pass

_MOST_HITS = 30
_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class UnitPicker(QWidget):
    """The chosen units in the order they were taken; one at most unless `several`.

    Namesakes are told apart by the unit above them. A unit that ends some day says so.
    """

    changed = Signal()

    def __init__(
        self, look: Look, label: str, *, several: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tree: UnitTree | None = None
        self._several = several
        self._chosen: list[UnitNode] = []
        self.search = QLineEdit()
        let_pass(self.search)
        self.search.setAccessibleName(label)
        self.search.setPlaceholderText("Gõ tên hoặc mã, không cần dấu; Enter để lấy")
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.setFocusProxy(self.search)
        heading = Text(label)
        heading.setBuddy(self.search)
        self.hits = RowList(look, "Các đơn vị tìm thấy")
        self.hits.setMinimumWidth(0)
        self.hits.installEventFilter(self)
        self.hits.doubleClicked.connect(self._take)
        self.hits.hide()
        self.list = RowList(look, f"{label}: đã chọn")
        self.list.setMinimumWidth(0)
        self.list.installEventFilter(self)
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        self.out = button_of("Bỏ đơn vị đang chọn (Delete)", self._drop, quiet=True)
        self.count = Text(role="muted")
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(self.search)
        layout.addWidget(self._complaint)
        layout.addWidget(self.hits, 3)
        layout.addWidget(self.list, 2)
        layout.addLayout(below)
        self._show_chosen()

    def offer(self, tree: UnitTree) -> None:
        """Offer the units of a register; the chosen ones stay while they are in it."""
        self._tree = tree
        known = {node.unit.id: node for node in tree.nodes}
        self._chosen = [known.get(node.unit.id, node) for node in self._chosen]
        self._show_chosen()
        self._find()

    def choose(self, ids: Sequence[UUID]) -> None:
        """Choose these units, as far as they are offered."""
        known = {node.unit.id: node for node in self._tree.nodes} if self._tree else {}
        self._chosen = [known[one] for one in ids if one in known]
        self._show_chosen()
        self.changed.emit()

    @property
    def nodes(self) -> tuple[UnitNode, ...]:
        """Return the chosen units as the register shows them."""
        return tuple(self._chosen)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Return the ids of the chosen units."""
        return tuple(node.unit.id for node in self._chosen)

    def complain(self, words: str) -> None:
        """Say what is wrong with the choice; nothing is wrong without words."""
        self._complaint.setText(f"⚠ {words}" if words else "")
        self._complaint.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take with Enter, go down into what was found, take out with Delete."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.list:
            return self._key_in_list(event)
        if event.key() in _KEYS:
            if self.search.text().strip():
                self._take()
            else:
                self.focusNextPrevChild(True)
            return True
        if watched is self.search and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.hits.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return super().eventFilter(watched, event)

    def _key_in_list(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Delete:
            self._drop()
            return True
        if event.key() in _KEYS:
            self.focusNextPrevChild(True)
            return True
        return False

    def _find(self) -> None:
        text = self.search.text().strip()
        found = search_units(self._tree, text)[:_MOST_HITS] if self._tree and text else ()
        self.hits.show_rows([_row(node) for node in found])
        self.hits.setVisible(bool(text))
        if found:
            self.hits.choose(found[0].unit.id)

    def _take(self) -> None:
        wanted = self.hits.chosen()
        nodes = self._tree.nodes if self._tree else ()
        node = next((one for one in nodes if one.unit.id == wanted), None)
        if node is None:
            return
        kept = self._chosen if self._several else []
        self._chosen = [*(one for one in kept if one.unit.id != node.unit.id), node]
        self.search.clear()
        self.search.setFocus()
        self._show_chosen()
        self.list.choose(node.unit.id)
        self.changed.emit()

    def _drop(self) -> None:
        gone = self.list.chosen()
        place = self.list.currentIndex().row()
        self._chosen = [node for node in self._chosen if node.unit.id != gone]
        self._show_chosen()
        if self._chosen:
            self.list.choose(self._chosen[min(place, len(self._chosen) - 1)].unit.id)
        self.changed.emit()

    def _show_chosen(self) -> None:
        self.list.show_rows([_row(node) for node in self._chosen])
        self.count.setText(f"Đã chọn {len(self._chosen)}" if self._chosen else "Chưa chọn")
        self.out.setEnabled(bool(self._chosen))


def _row(node: UnitNode) -> Row:
    unit = node.unit
    below = f"{word(unit.level)} · mã {unit.code}"
    if unit.valid_to:
        below += f" · đến {shown(unit.valid_to)}"
    return Row(unit.id, node.label, below)
