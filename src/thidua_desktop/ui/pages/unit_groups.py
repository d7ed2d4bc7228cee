"""The register by cụm, khối: a group with its units in the tree, and what is told of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.search_words import holds, words_of
from thidua_desktop.domain.unit_tree import UnitNode
from thidua_desktop.domain.words import word
from thidua_desktop.services.peer_groups import GroupNode
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Chip, Text

_NODE = Qt.ItemDataRole.UserRole


class GroupView(QWidget):
    """A group: who set it up by which paper, who leads it. `editing` asks to change it."""

    editing = Signal(object)
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._node: GroupNode | None = None
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.about = Text(wrap=True)
        self.members = Text(wrap=True)
        self.edit = button_of("Sửa cụm, khối…", self._edit)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addWidget(self.about)
        card.body.addWidget(self.members)
        row = QHBoxLayout()
        row.addWidget(self.edit)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_group(self, node: GroupNode) -> None:
        """Show a group as of the day that is looked at."""
        self._node = node
        group = node.group
        self.title.setText(group.name)
        self.chip.show_status(f"{word(group.form)} · {len(node.members)} đơn vị", "info")
        period = " đến ".join(filter(None, (shown(group.valid_from), shown(group.valid_to))))
        said = [
            f"Đơn vị lập: {node.owner}" if node.owner else "",
            f"Hoạt động: {'từ ' if group.valid_from else 'đến '}{period}" if period else "",
            f"Văn bản: {group.resolution}" if group.resolution else "",
            "" if node.is_own else "Cụm, khối của cơ quan khác: chỉ xem.",
        ]
        self.about.setText("\n".join(filter(None, said)))
        lines = [
            f"{place}. {one.label}" + (f" – {word(one.role)}" if one.role else "")
            for place, one in enumerate(node.members, start=1)
        ]
        self.members.setText("\n".join(lines))
        self.edit.setVisible(node.is_own)

    def _edit(self) -> None:
        if self._node is not None:
            self.editing.emit(self._node)


def groups_like(groups: Sequence[GroupNode], text: str) -> tuple[GroupNode, ...]:
    """Return the groups whose name, or one of whose units, holds every word of the text."""
    typed = words_of(text)
    return tuple(
        node
        for node in groups
        if holds(" ".join((node.group.name, *(one.label for one in node.members))), typed)
    )


def group_item(node: GroupNode, known: Mapping[UUID, UnitNode]) -> QTreeWidgetItem:
    """Return the item of a group with its units."""
    item = QTreeWidgetItem([f"{node.group.name} ({len(node.members)})"])
    item.setData(0, _NODE, node)
    bold = QFont()
    bold.setBold(True)
    item.setData(0, Qt.ItemDataRole.FontRole, bold)
    for member in node.members:
        words = f"{member.label} – {word(member.role)}" if member.role else member.label
        child = QTreeWidgetItem([words])
        unit = known.get(member.unit.id)
        child.setData(0, _NODE, unit or UnitNode(member.unit, member.label))
        item.addChild(child)
    return item


def no_group_item(day: PartialDate) -> QTreeWidgetItem:
    """Return what stands where there is no group."""
    item = QTreeWidgetItem([f"Chưa có cụm, khối nào vào ngày {shown(day)}."])
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def key_of(node: object) -> UUID | None:
    """Return the id of what an item stands for."""
    match node:
        case UnitNode(unit=unit):
            return unit.id
        case GroupNode(group=group):
            return group.id
        case _:
            return None
