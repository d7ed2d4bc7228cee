"""Editors of one field, made from its declaration.

An input method composes letters with backspaces: nothing here completes inline, limits the length
while typing, or rewrites the text (gui.md 2). What was typed is read when the editor is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.blocks import is_block
from thidua_desktop.domain.field_values import NotKeptError, value_issue
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.records import FieldSpec, FieldType
from thidua_desktop.domain.typed import read_typed, typed_text
from thidua_desktop.domain.words import word
from thidua_desktop.ui.widgets.choice import Choice

Options = Sequence[tuple[str, object]]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_COMES_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Editor(QWidget):
    """What every editor can: show a value, give the value back, say that it was touched."""

    edited = Signal()
    left = Signal()

    def __init__(self, spec: FieldSpec, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.inner = inner
        inner.setObjectName(spec.name)
        inner.setAccessibleName(spec.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)
        self.setFocusProxy(inner)
        self.go_on: Callable[[], object] | None = None  # with Enter, instead of to the next field
        self.paste_block: Callable[[], bool] | None = None  # instead of a text with cells in it
        self._yields = False
        self.edited.connect(self._typed)
        inner.installEventFilter(self)
        if isinstance(inner, QPlainTextEdit):  # which is asked for its menu there
            inner.viewport().installEventFilter(self)

    def show_value(self, value: object) -> None:
        """Show a value; nobody is told."""
        self.inner.blockSignals(True)
        self._show(value)
        self.inner.blockSignals(False)

    def value(self) -> Any:  # noqa: ANN401 - of the field's own type
        """Return the value as typed. Raises NotKeptError when it cannot be read or kept."""
        value = self._value()
        if issue := value_issue(self.spec, value):
            raise NotKeptError(issue)
        return value

    def follow(self, before: object, value: object) -> None:
        """Show what a value became, unless somebody is at work on what was there before.

        What did not change is not shown again: a blank typed last would go under the cursor.
        """
        if not self.is_in_use() or (before != value and self._shows(before)):
            self.show_value(value)

    def hint(self, words: str) -> None:
        """Say in the empty field what may stand there, if it is a line of text."""

    def _shows(self, value: object) -> bool:
        try:
            return bool(self.value() == value)
        except NotKeptError:
            return False

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read, or also changed."""
        self.inner.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the editor is left; offer in its menu what the window can say of a field."""
        if watched is self.inner and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
            if isinstance(event, QFocusEvent) and event.reason() not in _COMES_BACK:
                self.forget_typing()
        if watched is self.inner and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if isinstance(event, QContextMenuEvent):
            self.inner.setFocus(Qt.FocusReason.MouseFocusReason)
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def menu(self) -> QMenu:
        """Return the menu of the field: its own lines, then the window's."""
        inner = self.inner
        if isinstance(inner, QLineEdit | QPlainTextEdit):
            menu = inner.createStandardContextMenu()
        else:
            menu = QMenu(inner)
        if menu.actions():
            menu.addSeparator()
        menu.addActions(self.window().actions())
        return menu

    def is_in_use(self) -> bool:
        """Tell whether a person is at this field, so that nothing changes under the cursor."""
        return self.inner.hasFocus() and not self._yields

    def give_way(self) -> None:
        """Show what is stored from now on, until somebody types here again: it was taken back."""
        self._yields = True

    def _typed(self) -> None:
        self._yields = False

    def forget_typing(self) -> None:
        """Let undo in this field begin anew: what was typed before is a step of the journal."""

    def can_take_back(self, key: QKeySequence.StandardKey) -> bool:
        """Tell whether undo or redo would change what is typed in this field now."""
        return False

    def next_field(self) -> None:
        """Go to the next field that can be typed in, past buttons and what is only read."""
        widget = self.inner.nextInFocusChain()
        while widget is not None and widget is not self.inner:
            field = widget.parentWidget()
            if isinstance(field, Editor) and field.inner is widget and field.takes_keys():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
            widget = widget.nextInFocusChain()

    def takes_keys(self) -> bool:
        """Tell whether a person can change the field now."""
        return self.inner.isVisible() and self.inner.isEnabled()

    def _key(self, event: QKeyEvent) -> bool:
        """Let Enter go on, and undo reach the journal where nothing was typed here since."""
        plain = event.modifiers() in {_NO_MODIFIER, Qt.KeyboardModifier.KeypadModifier}
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and plain:
            return self._enter()
        pastes = event.type() == QEvent.Type.KeyPress and event.matches(
            QKeySequence.StandardKey.Paste
        )
        if pastes and self.paste_block is not None and self._is_block():
            return self.paste_block()
        if event.type() == QEvent.Type.ShortcutOverride:
            for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(key) and not self.can_take_back(key):
                    event.ignore()
                    return True
        return False

    def _is_block(self) -> bool:
        """Tell whether cells lie on the clipboard, not lines that fit into a text of lines."""
        text = QApplication.clipboard().text()
        return "\t" in text or (is_block(text) and not isinstance(self.inner, QPlainTextEdit))

    def _enter(self) -> bool:
        (self.go_on or self.next_field)()
        return True

    def _show(self, value: object) -> None:
        raise NotKeptError(Issue.WRONG_TYPE)

    def _value(self) -> object:
        raise NotKeptError(Issue.WRONG_TYPE)


class LineEditor(Editor):
    """One line of text. Enter goes on to the next field."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        self._line = QLineEdit()
        super().__init__(spec, self._line, parent)
        self._line.textChanged.connect(self.edited)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be read and copied, or also changed."""
        self._line.setReadOnly(read_only)

    def value(self) -> Any:  # noqa: ANN401 - of the field's own type
        """Return the value as typed. Raises NotKeptError when it cannot be read or kept."""
        return read_typed(self.spec, self.typed())

    def hint(self, words: str) -> None:
        """Say in the empty line what may stand there."""
        self._line.setPlaceholderText(words)

    def typed(self) -> str:
        """Return the text as it stands there, readable or not."""
        return self._line.text()

    def take_over(self, text: str) -> None:
        """Take a text as if it were typed."""
        self._line.setText(text)

    def show_typed(self, text: str) -> None:
        """Show a text as it was typed; nobody is told."""
        self._line.blockSignals(True)
        self._line.setText(text)
        self._line.blockSignals(False)

    def _show(self, value: object) -> None:
        text = typed_text(self.spec, value)
        if text != self._line.text():
            self._line.setText(text)
            self._line.setCursorPosition(0)  # a text too long for the line is read from its start

    def takes_keys(self) -> bool:
        """Tell whether a person can change the field now."""
        return super().takes_keys() and not self._line.isReadOnly()

    def forget_typing(self) -> None:
        """Let undo in this field begin anew."""
        if self._line.isUndoAvailable() or self._line.isRedoAvailable():
            place, modified = self._line.cursorPosition(), self._line.isModified()
            self.show_typed(self._line.text())
            self._line.setModified(modified)  # it is as little kept as before
            self._line.setCursorPosition(place)

    def can_take_back(self, key: QKeySequence.StandardKey) -> bool:
        """Tell whether undo or redo would change what is typed in this field now."""
        if key is QKeySequence.StandardKey.Undo:
            return self._line.isUndoAvailable()
        return self._line.isRedoAvailable()


class DateEditor(LineEditor):
    """A date as people know it: a year, a month, or a day."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._line.setPlaceholderText("ngày/tháng/năm")
        self._line.setToolTip("Ngày/tháng/năm, tháng/năm, hoặc chỉ năm")


class Lines(QPlainTextEdit):
    """Several lines; Tab goes on, as everywhere in a form."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.show_lines(height)

    def show_lines(self, height: int) -> None:
        """Be so many lines high."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * height + 22)


class LinesEditor(Editor):
    """A text of several lines."""

    def __init__(self, spec: FieldSpec, *, height: int = 3, parent: QWidget | None = None) -> None:
        self._lines = Lines(height)
        self._most = height
        self._grows = False
        super().__init__(spec, self._lines, parent)
        self._lines.textChanged.connect(self.edited)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be read and copied, or also changed."""
        self._lines.setReadOnly(read_only)

    def takes_keys(self) -> bool:
        """Tell whether a person can change the field now."""
        return super().takes_keys() and not self._lines.isReadOnly()

    def forget_typing(self) -> None:
        """Let undo in this field begin anew."""
        self._lines.document().clearUndoRedoStacks()

    def can_take_back(self, key: QKeySequence.StandardKey) -> bool:
        """Tell whether undo or redo would change what is typed in this field now."""
        document = self._lines.document()
        if key is QKeySequence.StandardKey.Undo:
            return document.isUndoAvailable()
        return document.isRedoAvailable()

    def _enter(self) -> bool:
        return False  # a line of the text ends

    def grow(self, most: int) -> None:
        """Be as high as the text that stands there, from now on, up to so many lines."""
        self._most = most
        self._grows = True
        self._lines.document().documentLayout().documentSizeChanged.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit once the text has its width: before that it says nothing of its lines."""
        if self._grows and watched is self.inner and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        lines = round(self._lines.document().size().height())  # this kind counts in lines
        self._lines.show_lines(min(max(lines, 1), self._most))

    def value(self) -> Any:  # noqa: ANN401 - of the field's own type
        """Return the value as typed. Raises NotKeptError when it cannot be kept."""
        return read_typed(self.spec, self.typed())

    def typed(self) -> str:
        """Return the text as it stands there, too long or not."""
        return self._lines.toPlainText()

    def take_over(self, text: str) -> None:
        """Take a text as if it were typed."""
        self._lines.setPlainText(text)

    def show_typed(self, text: str) -> None:
        """Show a text as it was typed; nobody is told."""
        self._lines.blockSignals(True)
        self._lines.setPlainText(text)
        self._lines.blockSignals(False)

    def _show(self, value: object) -> None:
        text = typed_text(self.spec, value)
        if text != self._lines.toPlainText():
            self._lines.setPlainText(text)


class ChoiceEditor(Editor):
    """One of several values; the first is none of them."""

    def __init__(
        self, spec: FieldSpec, options: Options = (), parent: QWidget | None = None
    ) -> None:
        self._combo = Choice()
        super().__init__(spec, self._combo, parent)
        self._values: list[object] = []
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(8)
        self.offer(options or [(word(choice), choice) for choice in spec.choices])
        self._combo.currentIndexChanged.connect(self.edited)

    def offer(self, options: Options) -> None:
        """Offer other values; the chosen one stays where it can."""
        chosen = self._chosen()
        self._combo.blockSignals(True)
        self._combo.clear()
        self._values = [self.spec.blank]
        self._combo.addItem("—")
        for words, value in options:
            self._combo.addItem(words)
            self._values.append(value)
        self._show(chosen)
        self._combo.blockSignals(False)

    def _chosen(self) -> object:
        place = self._combo.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else self.spec.blank

    def _show(self, value: object) -> None:
        if value not in self._values:
            # A value that is not offered (any more) is shown, not lost.
            self._values.append(value)
            self._combo.addItem("chưa nhận" if isinstance(value, UUID) else str(value))
        self._combo.setCurrentIndex(self._values.index(value))

    def _value(self) -> object:
        return self._chosen()


class CheckEditor(Editor):
    """Yes or no."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        self._check = QCheckBox(spec.label)
        super().__init__(spec, self._check, parent)
        self._check.toggled.connect(self.edited)

    def _show(self, value: object) -> None:
        self._check.setChecked(bool(value))

    def _value(self) -> object:
        return self._check.isChecked()


def editor_of(spec: FieldSpec, *, options: Options = (), height: int = 3) -> Editor:
    """Return the editor that fits a field."""
    match spec.type:
        case FieldType.DATE:
            return DateEditor(spec)
        case FieldType.INTEGER | FieldType.DECIMAL:
            return LineEditor(spec)
        case FieldType.BOOL:
            return CheckEditor(spec)
        case FieldType.ENUM | FieldType.REF:
            return ChoiceEditor(spec, options)
        case FieldType.TEXT if spec.lines:
            return LinesEditor(spec, height=height)
        case _:
            return LineEditor(spec)
