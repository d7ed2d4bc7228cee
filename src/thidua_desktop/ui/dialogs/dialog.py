"""What every dialog does with Enter and Esc: neither presses or drops anything by surprise."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.widgets.typed_words import has_typed

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ROUND_ABOUT = 40  # of the main window, in pixels


@runtime_checkable
class Helps(Protocol):
    """A window that has the manual."""

    def open_manual(self, over: QWidget | None = None) -> None:
        """Open it at the page that is shown, over a dialog where one is open."""


class Dialog(QDialog):
    """Enter presses the button that has the focus, never another one; Esc asks before it closes
    over words that were typed and not kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.usual: QPushButton | None = None  # what Enter means where there is nothing to type

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter end here: Qt would press a button of its own choice. F1 helps here too."""
        if event.key() == Qt.Key.Key_F1:
            self._help()
        elif event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.usual is not None and self.usual.isEnabled():
            self.usual.click()

    def _help(self) -> None:
        main = self.parentWidget()
        while main is not None and not isinstance(main, Helps):
            main = main.parentWidget()
        if main is not None:
            main.open_manual(self)

    def drops_words(self) -> bool:
        """Tell whether closing now would lose what was typed."""
        return has_typed(self)

    def reject(self) -> None:
        """Close; ask first where something typed would be lost."""
        if not self.drops_words():
            self.leave()
            return
        ask_first(
            self,
            "Chưa lưu những gì đã gõ",
            "Những gì đã gõ ở đây chưa được lưu. Đóng lại thì mất các chữ đó.",
            "Bỏ và đóng",
            self.leave,
            _stay,
        )

    def take_room(self, wide: int, high: int) -> None:
        """Be as large as is good to read, and not larger than the main window it belongs to."""
        main = self.parentWidget()
        while main is not None and (above := main.window().parentWidget()) is not None:
            main = above
        room = main.window().size() if main is not None else self.screen().availableSize()
        self.resize(min(wide, room.width() - _ROUND_ABOUT), min(high, room.height() - _ROUND_ABOUT))

    def leave(self) -> None:
        """Close, whatever was typed."""
        super().reject()


def _stay() -> None:
    """Keep the dialog as it is: that is what Enter and Esc mean to the question."""
