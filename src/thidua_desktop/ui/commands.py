"""What can be done by a key, and is found by its words in the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget

from thidua_desktop.ui.widgets.frames import reveal


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now: its words, its keys, and how.

    What is done on another page has its name as `where`; it opens that page.
    """

    words: str
    keys: str
    job: Callable[[], object]
    where: str = ""


class Commands:
    """The commands of a window; each has its keys and its words."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._commands: list[Command] = []

    def add(self, words: str, keys: str, job: Callable[[], object]) -> None:
        """Bind keys, if it has any, and let it be found by these words."""
        self.bind(keys, job)
        self._commands.append(Command(words, _shown(keys), job))

    def bind(self, keys: str, job: Callable[[], object]) -> None:
        """Bind keys only: others do the same and are told of."""
        if keys:
            QShortcut(QKeySequence(keys), self._window).activated.connect(job)

    def all(self, page: QWidget) -> list[Command]:
        """Return what can be done: what the page offers first, then what keys do anywhere."""
        buttons = {one.words: one for one in _of_buttons(page.findChildren(QPushButton))}
        offered = (*_of_actions(page.actions()), *self._commands)
        return [*buttons.values(), *offered, *_of_actions(self._window.actions())]


def _of_buttons(buttons: Iterable[QPushButton]) -> list[Command]:
    able = (one for one in buttons if one.isVisible() and one.isEnabled() and one.text())
    return [Command(words_of(button.text()), "", button.click) for button in able]


def _of_actions(actions: Iterable[QAction]) -> list[Command]:
    able = (one for one in actions if one.isVisible() and one.isEnabled())
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Command(words_of(one.text()), one.shortcut().toString(native), one.trigger) for one in able
    ]


def _shown(keys: str) -> str:
    """Return keys as they stand on keyboards here."""
    for name, said in (("Return", "Enter"), ("Down", "↓"), ("Up", "↑")):
        keys = keys.replace(name, said)
    return keys


def words_of(text: str) -> str:
    """Return the words of a button or a menu as a command."""
    return text.replace("&", "").removesuffix("…").strip()


def show_part(page: QWidget, words: str) -> None:
    """Show the tab of this name, or go to the field that bears it."""
    for bar in page.findChildren(QTabBar):
        for place in range(bar.count()):
            if bar.tabText(place) == words:
                bar.setCurrentIndex(place)
    for label in page.findChildren(QLabel):
        if label.text() == words:
            reveal(label)
            field = label.buddy()
            if field is not None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
