"""Labels that show words literally, in the roles of the style sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from thidua_desktop.domain.text import visible


class Text(QLabel):
    """A label that never takes its words for markup."""

    def __init__(
        self, words: str = "", *, role: str = "", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def setText(self, words: str) -> None:
        """Show words; what would turn them around is seen as a mark."""
        super().setText(visible(words))


def tip(words: str) -> str:
    """Return words as a tooltip shows them literally: Qt takes for markup what looks like it."""
    shown = visible(words)
    if not {"<", "&"} & set(shown):
        return shown
    from html import escape  # noqa: PLC0415 - it loads the names of two thousand letters

    return f"<qt>{escape(shown, quote=False).replace(chr(10), '<br/>')}</qt>"


def on_button(words: str) -> str:
    """Return words as a button or menu shows them literally: it takes & for the mark of a key."""
    return visible(words).replace("&", "&&")


class FileName(Text):
    """The name of a file in the room there is: shortened in the middle, its ending stays."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.setToolTip(tip(name))
        self.setAccessibleName(name)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name anew."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._name, middle, self.width()))


MARKS = {"ok": "✓", "warn": "…", "err": "✕", "info": "●", "plain": "–", "label": ""}


class Chip(Text):
    """A status: a word and a mark, never colour alone."""

    def __init__(self, words: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_status(words, kind)

    def show_status(self, words: str, kind: str) -> None:
        """Show another status; without words the chip is not there."""
        self.setText(f"{MARKS[kind]} {words}" if words else "")
        self.setProperty("chip", kind)
        if not words:
            self.hide()
        elif self.parentWidget() is not None:  # without one it would be a window for a moment
            self.show()
        restyle(self)


class Line(QFrame):
    """A thin line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "1")


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget again after a property changed.

    One that never was shown it has not looked at yet; to ask for the style then costs the start.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
