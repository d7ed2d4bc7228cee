"""Keys as Vietnamese input methods send them: letters, backspaces, the composed letter again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

BACKSPACE = "\b"


def stream(text: str) -> Iterator[str]:
    """Return what Unikey sends for a text: `ế` comes as e, ⌫, ê, ⌫, ế."""
    for letter in text:
        steps = _steps(letter)
        yield steps[0]
        for step in steps[1:]:
            yield BACKSPACE
            yield step


def press(widget: QWidget, text: str) -> None:
    """Type a text through the stream, key by key, as the system delivers it."""
    for key in stream(text):
        if key == BACKSPACE:
            QTest.keyClick(widget, Qt.Key.Key_Backspace)
        elif key.isascii():
            QTest.keyClick(widget, key)
        else:  # there is no key for it: a packet that carries the letter
            for sort in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                none = Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(widget, QKeyEvent(sort, 0, none, key))


def compose(widget: QWidget, text: str) -> None:
    """Type a text as ibus does: each word stands underlined until it is committed."""
    words = text.split(" ")
    for place, word in enumerate(words, start=1):
        for end in range(1, len(word) + 1):
            QApplication.sendEvent(widget, QInputMethodEvent(word[:end], []))
        event = QInputMethodEvent()
        event.setCommitString(word)
        QApplication.sendEvent(widget, event)
        if place < len(words):
            QTest.keyClick(widget, Qt.Key.Key_Space)


def _steps(letter: str) -> list[str]:
    """Return the letter as it grows: its bare form, with its hat or horn, with its tone."""
    if letter in "đĐ":
        return ["d" if letter == "đ" else "D", letter]
    parts = unicodedata.normalize("NFD", letter)
    grown = [unicodedata.normalize("NFC", parts[: end + 1]) for end in range(len(parts))]
    return list(dict.fromkeys(grown)) if len(grown) > 1 else [letter]
