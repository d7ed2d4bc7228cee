"""Asks for a reason before something is let stand: a finding waived, a bundle set aside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_WAIVED = (
    "Điều này thôi nhắc và thôi chặn cho đến khi ô liên quan được sửa. Lý do đi theo hồ sơ, tỉnh "
    "đọc được."
)
_DISMISSED = (
    "Gác lại thì gói thôi chờ, không có gì của gói được nhập; lý do được giữ trong sổ. Đơn vị gửi "
    "vẫn giữ dữ liệu của mình, gói này nhận lại được."
)


class ReasonDialog(Dialog):
    """Says by one signal why; `about` is what it is for, `then` what follows."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        about: tuple[str, ...],
        then: str,
        *,
        button: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 340)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("Lý do")
        self._complaint = Text(role="complaint", wrap=True)
        self._complaint.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(button_of(button, self._choose, primary=True))
        label = Text("Lý do")
        label.setBuddy(self.reason)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        headline, *others = about
        layout.addWidget(Text(headline, role="strong", wrap=True))
        for line in others:
            layout.addWidget(Text(line, wrap=True))
        layout.addWidget(Text(then, role="muted", wrap=True))
        layout.addWidget(label)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._complaint)
        layout.addLayout(buttons)
        self.reason.setFocus()

    def _choose(self) -> None:
        reason = self.reason.toPlainText().strip()
        self._complaint.setText("" if reason else "⚠ Hãy ghi lý do.")
        self._complaint.setVisible(not reason)
        if reason:
            self.chosen.emit(reason)
            self.accept()


def waive_dialog(finding: str, parent: QWidget | None = None) -> ReasonDialog:
    """Return what asks why a finding may stand."""
    return ReasonDialog(
        "Bỏ qua điều soát thấy", (finding,), _WAIVED, button="Bỏ qua", parent=parent
    )


def dismiss_dialog(bundle: str, waits: str, parent: QWidget | None = None) -> ReasonDialog:
    """Return what asks why a bundle need not wait any more."""
    return ReasonDialog(
        "Gác lại gói đang chờ", (bundle, waits), _DISMISSED, button="Gác lại", parent=parent
    )
