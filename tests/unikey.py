"""Keys as Vietnamese input methods send them: letters, backspaces, the composed letter again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

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


WORDS = "Đường làng tiếng Việt ngữ nghĩa Ẩn ý"
_INLINE = QCompleter.CompletionMode.InlineCompletion
_TRIED = "tried"
_LEAST_ROOM = 1_000  # a length is judged after composing, never while typing


def text_of(field: QWidget) -> str:
    """Return what stands in a text field."""
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def text_fields(root: QWidget) -> list[QWidget]:
    """Return every text field in a widget that a person can type letters in, found by walking;
    those that were typed in before are left out.
    """
    found = [one for sort in (QLineEdit, QPlainTextEdit) for one in root.findChildren(sort)]
    return [one for one in found if _takes_letters(one)]


def faults_in(root: QWidget) -> list[str]:
    """Type into every text field of a widget as input methods do; return what did not keep it.

    Whoever listens hears each letter: a field that somebody rewrites meanwhile is found. What
    stood in the fields stands there again at the end.
    """
    return [fault for field in text_fields(root) for fault in _faults_of(field)]


def _faults_of(field: QWidget) -> Iterator[str]:
    name = f"{type(field).__name__} {field.objectName() or field.accessibleName()}"
    before = text_of(field)
    field.setProperty(_TRIED, "1")
    for way in (press, compose):
        field.clear()
        way(field, WORDS)
        if text_of(field) != WORDS:
            yield f"{name}: {way.__name__}: {text_of(field)!r}"
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(before)
        return
    field.setText(before)
    completer = field.completer()
    if completer is not None and completer.completionMode() == _INLINE:
        yield f"{name}: completes inline"
    if field.maxLength() < _LEAST_ROOM or field.inputMask():
        yield f"{name}: cuts while somebody composes"
    if field.validator() is not None:
        yield f"{name}: a validator swallows half a letter"


def _takes_letters(field: QWidget) -> bool:
    is_number = isinstance(field.parentWidget(), QAbstractSpinBox)
    return (
        field.isEnabled()
        and not field.isReadOnly()
        and not is_number
        and not field.property(_TRIED)
    )
