"""A choice among values, as forms and the heads of pages use it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from thidua_desktop.ui.widgets.labels import tip


class Choice(QComboBox):
    """The wheel does not change it while a form is scrolled, and words too long for it end in …"""

    def place_of(self, value: object) -> int:
        """Return where a value stands, -1 when it is not here.

        `findData` finds an id only where it is the very same object.
        """
        return next((n for n in range(self.count()) if self.itemData(n) == value), -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to search anew: letters typed a moment ago belong to another field or record."""
        super().focusInEvent(event)
        self.view().keyboardSearch("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as Qt does, but for words that would be cut; those show whole in the tooltip."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        whole = self.currentText()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, place.width() - 4)
        self.setToolTip(tip(whole) if shown != whole else "")
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
