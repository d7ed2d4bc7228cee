"""A list of units with a line to search in: by name, short name or code, marks or not.

Namesakes are told apart by the unit above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.search_words import holds, words_of
from thidua_desktop.domain.unit_tree import unit_labels
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.typed_words import let_pass


class UnitSearch(QWidget):
    """One unit is chosen, or none yet; `moved` says that another is."""

    moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[Unit, ...] = ()
        self._labels: dict[UUID, str] = {}
        self.search = QLineEdit()
        let_pass(self.search)
        self.search.setObjectName("search")
        self.search.setAccessibleName("Tìm cơ quan")
        self.search.setPlaceholderText("Gõ tên cơ quan, không cần dấu")
        self.search.textChanged.connect(self._filter)
        self.list = RowList(look, "Các cơ quan")
        self.list.selectionModel().currentChanged.connect(self.moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)

    def show_units(self, units: Sequence[Unit]) -> None:
        """Offer these units, in this order."""
        self._units = tuple(units)
        self._labels = unit_labels(units, {unit.id: unit for unit in units})
        self._filter()
        self.search.setFocus()

    @property
    def unit(self) -> Unit | None:
        """Return the unit that is chosen."""
        chosen = self.list.chosen()
        return next((unit for unit in self._units if unit.id == chosen), None)

    def _filter(self) -> None:
        typed = words_of(self.search.text())
        rows = [
            Row(unit.id, self._labels[unit.id], f"{word(unit.level)} · mã {unit.code}")
            for unit in self._units
            if holds(f"{self._labels[unit.id]} {unit.short_name} {unit.code}", typed)
        ]
        self.list.show_rows(rows)
        if typed and rows and self.list.chosen() is None:
            self.list.choose(rows[0].key)
