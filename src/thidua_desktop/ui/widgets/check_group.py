"""Several of a few values, each with its own box."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from thidua_desktop.ui.widgets.labels import Text, on_button


class CheckGroup(QWidget):
    """`chosen` tells the ids of all boxes that are ticked, once a person ticked one or took it."""

    chosen = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._boxes: dict[UUID, QCheckBox] = {}
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 4, 0, 0)
        self._inside.setSpacing(2)
        self._inside.addWidget(Text(label))

    def offer(self, options: Sequence[tuple[str, UUID]]) -> None:
        """Offer these values; those that stand already keep their boxes."""
        if [one for _, one in options] == list(self._boxes):
            return
        for box in self._boxes.values():
            self._inside.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for words, value in options:
            box = QCheckBox(on_button(words))
            box.setAccessibleName(f"{self._label}: {words}")
            box.clicked.connect(self._say)
            self._boxes[value] = box
            self._inside.addWidget(box)

    def show_chosen(self, values: Collection[UUID], *, read_only: bool) -> None:
        """Tick these, and let others be ticked or not; what cannot be changed shows the ticked."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)
            box.setEnabled(not read_only)
            box.setVisible(not read_only or value in values)
        self.setVisible(bool(self._boxes) and (not read_only or bool(values)))

    def _say(self) -> None:
        self.chosen.emit(tuple(one for one, box in self._boxes.items() if box.isChecked()))
