"""A field for a phrase: hidden from who looks over the shoulder, shown on request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.widgets.labels import Text


class PhraseField(QWidget):
    """Label, editor, and a box to see what is typed; `entered` when Enter is pressed."""

    entered = Signal()

    def __init__(self, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = QLineEdit()
        self.editor.setObjectName(name)
        self.editor.setAccessibleName(words)
        self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.returnPressed.connect(self.entered)
        label = Text(words, wrap=True)
        label.setBuddy(self.editor)
        self.shown = QCheckBox("Hiện")
        self.shown.setAccessibleName(f"Hiện {words[:1].lower()}{words[1:]}")
        self.shown.toggled.connect(self._show)
        row = QHBoxLayout()
        row.addWidget(self.editor, 1)
        row.addWidget(self.shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addLayout(row)
        self.setFocusProxy(self.editor)

    @property
    def typed(self) -> str | None:
        """Return what was typed; None: nothing."""
        return self.editor.text() or None

    def show_phrase(self, words: str) -> None:
        """Put a phrase there, to be read."""
        self.editor.setText(words)
        self.shown.setChecked(True)

    def _show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.editor.setEchoMode(mode)
