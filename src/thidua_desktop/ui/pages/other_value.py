"""Another value for a cell than those that were sent: typed as its form lets it be typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.bundle_limits import LONGEST_TEXT
from thidua_desktop.domain.records import FieldSpec
from thidua_desktop.ui.widgets.editors import Lines

_LEAST = 2
_SHARE = 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OtherValue(QWidget):
    """One line, or a box where the field is declared to have lines.

    `typed` and `used` carry the words; `left` says that a person goes back without using them.
    """

    typed = Signal(str)
    used = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(2 * LONGEST_TEXT)  # Qt cuts in silence, and much sooner
        self.line.setPlaceholderText(
            "Giá trị khác: Enter để gõ, F2 để sửa từ bên phải, Enter để dùng"
        )
        self.lines = Lines(_LEAST)
        self.lines.setPlaceholderText(
            "Giá trị khác: Enter để gõ, F2 để sửa từ bên phải;\n"
            "Enter xuống dòng, Ctrl+Enter để dùng, Esc quay lại"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for box in (self.line, self.lines):
            box.setObjectName("other_value")
            box.setAccessibleName("Giá trị khác")
            box.installEventFilter(self)
            box.textChanged.connect(lambda *_: self.typed.emit(self.words()))
            layout.addWidget(box)
        self.lines.hide()
        self.box: QLineEdit | Lines = self.line

    def show_field(self, spec: FieldSpec, words: str = "") -> None:
        """Be empty for a value of this field, or show the one that was typed before."""
        self.box = self.lines if spec.lines else self.line
        for box in (self.line, self.lines):
            box.setVisible(box is self.box)
        self.setFocusProxy(self.box)
        self._put(words)

    def share_room(self, height: int) -> None:
        """Take a part of this height for several lines: the values above them want it, too."""
        self.lines.setMaximumHeight(max(self.lines.minimumHeight(), height // _SHARE))

    def words(self) -> str:
        """Return what stands there."""
        return self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()

    def begin(self, words: str = "") -> None:
        """Let a person type; where nothing stands yet, from these words on."""
        if words and not self.words():
            self._put(words)
        if isinstance(self.box, Lines):
            self.box.moveCursor(QTextCursor.MoveOperation.End)
        self.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Use the words with Enter (of several lines: with Ctrl), leave them with Escape.

        Ctrl+Enter is a key of the window, too; here it is the box's.
        """
        if not isinstance(event, QKeyEvent) or watched is not self.box:
            return super().eventFilter(watched, event)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        uses = event.key() in _ENTER and (ctrl or self.box is self.line)
        if event.type() == QEvent.Type.ShortcutOverride and uses:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and uses:
            self.used.emit(self.words())
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _put(self, words: str) -> None:
        with QSignalBlocker(self):
            if isinstance(self.box, QLineEdit):
                self.box.setText(words)
            else:
                self.box.setPlainText(words)
