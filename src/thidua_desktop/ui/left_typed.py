"""Over the page: an earlier run left words typed and not saved, and the way to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:  # first paint does not need it
    from thidua_desktop.services.typed import Recovered


class LeftTyped(QWidget):
    """Not there until there is something; it leads from field to field."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._left: tuple[Recovered, ...] = ()
        self._next = 0
        self.words = Text(wrap=True)
        self.open = button_of("Mở ô này", self.open_next)
        self.later = button_of("Để sau", self.hide, quiet=True)
        frame = QFrame()
        frame.setProperty("banner", "ask")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        row.addWidget(self.later)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 0)
        outer.addWidget(frame)
        self.hide()

    def show_left(self, left: Sequence[Recovered]) -> None:
        """Say what is left; with nothing left the line goes."""
        self._left, self._next = tuple(left), 0
        if left:
            first = left[0]
            more = f" và {len(left) - 1} ô khác" if len(left) > 1 else ""
            self.words.setText(
                f"↺ Lần trước đã gõ mà chưa lưu được: “{first.label}” của “{first.title}”{more}. "
                "Chữ đã gõ còn nguyên; hãy mở ô và chọn lấy hay bỏ."
            )
        self.setVisible(bool(left))

    def open_next(self) -> None:
        """Go to a field that has something left; the next time to another one."""
        from thidua_desktop.ui.pages.waiting import page_of  # noqa: PLC0415 - after first paint

        if self._left:
            place = self._left[self._next % len(self._left)].place
            self._next += 1
            self._context.go(page_of(place), place)
