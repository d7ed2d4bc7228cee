"""Kế thừa: what a unit was and is, step by step; a step that was made here can be undone."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.words import word
from thidua_desktop.services.units import LifeStep, UnitLife
from thidua_desktop.ui.widgets.frames import Banner, button_of
from thidua_desktop.ui.widgets.labels import Text, tip

_STEP = Qt.ItemDataRole.UserRole
_UNIT = Qt.ItemDataRole.UserRole + 1


class LifeView(QWidget):
    """The steps, oldest first. `wanted` asks for another unit, `undoing` to take a step back."""

    wanted = Signal(object)
    undoing = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_undo = False
        self.answer = Banner("info")
        self.steps = QTreeWidget()
        self.steps.setHeaderHidden(True)
        self.steps.setAccessibleName("Các bước kế thừa của đơn vị")
        self.steps.setMinimumHeight(170)
        self.steps.itemActivated.connect(self._open)
        self.steps.currentItemChanged.connect(self._tell)
        self.hint = Text(
            "Enter trên một đơn vị để mở đơn vị đó. Mọi bước theo ngày hiệu lực.",
            role="muted",
            wrap=True,
        )
        self.undo = button_of("Hoàn tác bước này…", self._undo)
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        row.addWidget(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.answer)
        layout.addWidget(self.steps, 1)
        layout.addLayout(row)

    def let_undo(self, *, allowed: bool) -> None:
        """Let steps be taken back, or not."""
        self._may_undo = allowed
        self.undo.setVisible(allowed)

    def show_life(self, life: UnitLife) -> None:
        """Show what a unit was and is."""
        self.answer.show_words(life.question, life.answer)
        self.steps.clear()
        for step in life.steps:
            self.steps.addTopLevelItem(_item(step))
        self.steps.expandAll()
        self.steps.setVisible(bool(life.steps))
        self.hint.setVisible(bool(life.steps))
        self._tell()

    def _open(self, item: QTreeWidgetItem) -> None:
        unit_id = item.data(0, _UNIT)
        if isinstance(unit_id, UUID):
            self.wanted.emit(unit_id)

    def _step(self) -> LifeStep | None:
        item = self.steps.currentItem()
        found = item.data(0, _STEP) if item else None
        return found if isinstance(found, LifeStep) else None

    def _tell(self) -> None:
        step = self._step()
        self.undo.setEnabled(self._may_undo and step is not None and not step.is_official)

    def _undo(self) -> None:
        step = self._step()
        if step is not None:
            self.undoing.emit(step)


def _item(step: LifeStep) -> QTreeWidgetItem:
    paper = step.resolution
    if paper and step.resolution_date:
        paper += f" ngày {shown(step.resolution_date)}"
    head = f"{shown(step.date)} · {word(step.way)}" + (f" · {paper}" if paper else "")
    top = QTreeWidgetItem([head])
    top.setData(0, _STEP, step)
    font = top.font(0)
    font.setBold(True)
    top.setFont(0, font)
    for unit_id, label in step.old:
        heirs = ", ".join(name for _, name in step.new) or "không có đơn vị kế thừa"
        child = QTreeWidgetItem([f"{label} → {heirs}"])
        child.setToolTip(0, tip(child.text(0)))
        child.setData(0, _STEP, step)
        child.setData(0, _UNIT, unit_id)
        top.addChild(child)
    for unit_id, label in step.new:
        child = QTreeWidgetItem([f"Đơn vị kế thừa: {label}"])
        child.setData(0, _STEP, step)
        child.setData(0, _UNIT, unit_id)
        top.addChild(child)
    return top
