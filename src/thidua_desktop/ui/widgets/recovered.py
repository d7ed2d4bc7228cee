"""Under a field: what was typed before the program was cut off, beside what the field holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_EMPTY = "(để trống)"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a field holds, and what was typed there and never kept."""

    field: str
    label: str
    kept: str
    typed: str


class RecoveredBox(QWidget):
    """The recovered texts of one field or one line; without any it is not there."""

    taken = Signal(str, str)
    dropped = Signal(str)

    def __init__(self, *, name_fields: bool = False) -> None:
        super().__init__()
        self._name_fields = name_fields
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(4)
        self.frames: list[QFrame] = []
        self.hide()

    def show_words(self, words: Sequence[FieldWords]) -> None:
        """Show these texts and no others."""
        for frame in self.frames:
            self._inside.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self.frames = [self._frame(one) for one in words]
        for frame in self.frames:
            self._inside.addWidget(frame)
        self.setVisible(bool(self.frames))

    def _frame(self, one: FieldWords) -> QFrame:
        frame = QFrame()
        frame.setProperty("banner", "ask")
        heading = "↺ Lần trước đã gõ mà chưa kịp lưu"
        if self._name_fields:
            heading += f" · {one.label}"
        frame.setAccessibleName(f"{heading}: {one.typed}")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(3)
        layout.addWidget(Text(heading, role="strong", wrap=True))
        sides = QGridLayout()
        sides.setHorizontalSpacing(10)
        sides.setColumnStretch(1, 1)
        for row, (side, words) in enumerate((("Đang giữ", one.kept), ("Đã gõ", one.typed))):
            sides.addWidget(Text(side, role="caption"), row, 0)
            sides.addWidget(Text(words or _EMPTY, role="strong" if row else "", wrap=True), row, 1)
        layout.addLayout(sides)
        take = button_of("Lấy chữ đã gõ", lambda: self.taken.emit(one.field, one.typed))
        drop = button_of("Giữ như đang có", lambda: self.dropped.emit(one.field), quiet=True)
        row_of = QHBoxLayout()
        row_of.addWidget(take)
        row_of.addWidget(drop)
        row_of.addStretch(1)
        layout.addLayout(row_of)
        return frame
