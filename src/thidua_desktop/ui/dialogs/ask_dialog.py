"""Hỏi đơn vị về ô này: which field, and the question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class AskDialog(Dialog):
    """Says by one signal which field is asked about and what."""

    asked = Signal(object, str)

    def __init__(
        self, about: str, places: Sequence[FieldPlace], chosen: FieldPlace, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hỏi đơn vị về ô này")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 320)
        self.fields = Choice()
        self.fields.setAccessibleName("Ô được hỏi")
        self.fields.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._places = tuple(places)
        for place in self._places:
            self.fields.addItem(
                f"{field_label(place.kind, place.field)} ({kind_label(place.kind)})"
            )
        self.fields.setCurrentIndex(self._places.index(chosen))
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("Câu hỏi")
        self.words.setPlaceholderText("Cần đơn vị nói rõ điều gì? Câu này hiện ngay dưới ô đó.")
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(button_of("Hỏi", self._say, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(Text(about, role="strong", wrap=True))
        layout.addWidget(Text("Ô được hỏi"))
        layout.addWidget(self.fields)
        layout.addWidget(Text("Câu hỏi"))
        layout.addWidget(self.words, 1)
        layout.addWidget(self._complaint)
        layout.addWidget(
            Text("Câu hỏi đi trong gói sau gửi riêng đơn vị này.", role="muted", wrap=True)
        )
        layout.addLayout(buttons)
        self.words.setFocus()

    def _say(self) -> None:
        words = self.words.toPlainText().strip()
        self._complaint.setText("" if words else "⚠ Hãy ghi câu hỏi.")
        self._complaint.setVisible(not words)
        if words:
            self.asked.emit(self._places[self.fields.currentIndex()], words)
            self.accept()
