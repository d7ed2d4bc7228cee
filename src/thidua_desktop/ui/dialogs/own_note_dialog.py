"""A clerk's own note on a field, written in a small dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.words import field_label
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.asked_field import AskedField
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_ABOUT = (
    "Ghi chú chỉ nằm trên máy này: không vào hồ sơ, không in ra, không đi theo gói dữ liệu. Để "
    "trống là bỏ ghi chú."
)


class OwnNoteDialog(Dialog):
    """Writes one note. However it is left, what was typed is kept."""

    def __init__(
        self, keep: Callable[[str], None], asked: AskedField, text: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._keep_text = keep
        self._before = text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Ghi chú riêng")
        self.resize(460, 240)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(f"Ghi chú riêng: {field_label(asked.kind, asked.name)}")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Xong", self.accept, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(Text(field_label(asked.kind, asked.name), role="strong", wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(Text(_ABOUT, role="caption", wrap=True))
        layout.addLayout(buttons)
        self.finished.connect(self._keep)

    def drops_words(self) -> bool:
        """Return no: closing keeps them."""
        return False

    def _keep(self) -> None:
        text = self.text.toPlainText().strip()
        if text != self._before:
            self._keep_text(text)
