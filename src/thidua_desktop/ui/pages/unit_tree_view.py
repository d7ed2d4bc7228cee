"""The register as a tree: by level, or by peer groups; with columns that a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from thidua_desktop.domain.units import Unit
from thidua_desktop.services.cells import columns_of, said_by
from thidua_desktop.services.peer_groups import GroupNode
from thidua_desktop.services.units import UnitNode, UnitTree, search_units
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.pages.unit_groups import (
    group_item,
    groups_like,
    key_of,
    no_group_item,
)
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.columns import Column, Columns
from thidua_desktop.ui.widgets.labels import tip

_NODE = Qt.ItemDataRole.UserRole
_OF_UNIT = columns_of(Unit, without=("name",))


class UnitTreeView(QTreeWidget):
    """Shows units or groups; what an item stands for is a UnitNode or a GroupNode."""

    def __init__(self, look: Look, habits: Habits) -> None:
        super().__init__()
        self._look = look
        self._known: dict[UUID, Unit] = {}
        self.setColumnCount(1 + len(_OF_UNIT))
        columns = [Column(one.name, one.label) for one in _OF_UNIT]
        self.setHeaderLabels(["Đơn vị", *(one.label for one in columns)])
        self.setAccessibleName("Danh mục đơn vị")
        self.setUniformRowHeights(True)
        self.setMinimumWidth(320)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.columns = Columns(self, habits)
        self.columns.offer("units", columns)

    def show_levels(self, tree: UnitTree, text: str) -> str:
        """Show the tree, or in one list what is found; return how many that are, in words."""
        self._known = {node.unit.id: node.unit for node in tree.nodes}
        nodes = search_units(tree, text) if text else tree.roots
        self._put([self._item(node, deep=not text) for node in nodes])
        if not text:
            self.expandToDepth(0)
        return f"{len(nodes if text else tree.nodes)} đơn vị"

    def show_groups(self, tree: UnitTree, groups: Sequence[GroupNode], text: str) -> str:
        """Show peer groups with their members; return how many that are, in words."""
        known = {node.unit.id: node for node in tree.nodes}
        found = groups_like(groups, text)
        self._put([group_item(one, known) for one in found] or [no_group_item(tree.as_of)])
        self.expandAll()
        return f"{len(found)} cụm, khối"

    def select(self, record_id: UUID | None) -> bool:
        """Choose a unit or group; tell whether it is in sight."""
        anything = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        for item in self.findItems("", anything) if record_id is not None else ():
            if key_of(item.data(0, _NODE)) == record_id:
                self.setCurrentItem(item)
                return True
        return False

    def marked(self) -> list[UUID]:
        """Return the units that are marked."""
        nodes = (item.data(0, _NODE) for item in self.selectedItems())
        return [node.unit.id for node in nodes if isinstance(node, UnitNode)]

    @staticmethod
    def node_of(item: QTreeWidgetItem) -> UnitNode | GroupNode | None:
        """Return what an item stands for; of one that only says something, nothing."""
        node: UnitNode | GroupNode | None = item.data(0, _NODE)
        return node

    def _put(self, items: Sequence[QTreeWidgetItem]) -> None:
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems(items)
        self.blockSignals(False)

    def _item(self, node: UnitNode, *, deep: bool) -> QTreeWidgetItem:
        words = f"{node.label} – đã hết hiệu lực" if node.is_dissolved else node.label
        item = QTreeWidgetItem([words, *self._said(node)])
        item.setData(0, _NODE, node)
        if node.is_dissolved:
            item.setForeground(0, self._look.colour("muted"))
            item.setToolTip(0, tip(node.fate))
        if deep:
            item.addChildren([self._item(child, deep=True) for child in node.children])
        return item

    def _said(self, node: UnitNode) -> tuple[str, ...]:
        """Return the words for the columns, where any stand."""
        if not self.columns.shown:
            return ()
        return said_by(lambda _kind, unit_id: self._known.get(unit_id), node.unit, _OF_UNIT)
