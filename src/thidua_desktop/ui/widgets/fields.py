"""One line to fill in: a label above, a complaint below. Enter goes on to the next field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.ui.widgets.labels import Text, restyle


class LineField(QWidget):
    """A text; `edited` says that it was typed in."""

    edited = Signal()

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(label.removesuffix(" *"))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._next)
        self.setFocusProxy(self.line)
        self._label = Text(label)
        self._label.setBuddy(self.line)
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.setObjectName(f"{name}_issue")
        self._complaint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._label)
        layout.addWidget(self.line)
        layout.addWidget(self._complaint)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """Return what was typed, without the blanks around it."""
        return self.line.text().strip()

    def complain(self, words: str) -> None:
        """Say what is wrong with it; nothing is wrong without words."""
        self._complaint.setText(f"⚠ {words}" if words else "")
        self._complaint.setVisible(bool(words))
        if bool(self.line.property("invalid")) is not bool(words):
            self.line.setProperty("invalid", "1" if words else "")
            restyle(self.line)

    def _typed(self) -> None:
        self.complain("")
        self.edited.emit()

    def _next(self) -> None:
        self.focusNextPrevChild(True)


class DayField(LineField):
    """A date as people type it."""

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent)
        self.line.setPlaceholderText("ngày/tháng/năm")

    def show_day(self, day: PartialDate | None) -> None:
        """Show a date."""
        self.line.setText(shown(day))

    @property
    def is_readable(self) -> bool:
        """Tell whether what was typed is a date, or nothing."""
        return not self.text or self.day is not None

    @property
    def day(self) -> PartialDate | None:
        """Return the date, or None when nothing that can be read was typed."""
        try:
            return from_typed(self.text)
        except ValueError:
            return None
