"""The root key as a person gives it: by its phrase where it lies on this PC, or by the 24 words."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.phrase_field import PhraseField

_HEIGHT = 76


class RootKeyFields(QWidget):
    """Two fields, of which one is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phrase = PhraseField("Cụm từ bảo vệ khóa gốc (khi khóa gốc có trên máy này)", "phrase")
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("24 từ trên phiếu khôi phục")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(_HEIGHT)
        label = Text("Hoặc 24 từ trên phiếu khôi phục, đúng thứ tự, cách nhau bằng dấu cách")
        label.setWordWrap(True)
        label.setBuddy(self.words)
        self.phrase.entered.connect(self.words.setFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.phrase)
        layout.addWidget(label)
        layout.addWidget(self.words)
        self.setFocusProxy(self.phrase)

    @property
    def typed_phrase(self) -> str | None:
        """Return the phrase; None: none was typed."""
        return self.phrase.typed

    @property
    def typed_words(self) -> str | None:
        """Return the words; None: none were typed."""
        return self.words.toPlainText().strip() or None

    def clear(self) -> None:
        """Leave nothing on the screen."""
        self.phrase.editor.clear()
        self.words.clear()
