"""Xuất gói: what goes along, and how it is written; the last choice is remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.services.exporting import ExportChoices, ExportWish
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

MAIL_PART = 20_000_000


class ExportDialog(Dialog):
    """Asks what to write; `wanted` carries the wish."""

    wanted = Signal(object)

    def __init__(self, choices: ExportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xuất gói")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(lambda: self.wanted.emit(self.wish()))
        self.fresh = QRadioButton("&Phần mới: những gì nơi nhận chưa báo là đã có")
        self.full = QRadioButton("Gói đầ&y đủ: từ đầu, khi nơi nhận mất dữ liệu")
        self.again = QRadioButton("Ghi &lại gói đã gửi mà chưa được báo nhận")
        self.bundles = Choice()
        self.bundles.setAccessibleName("Gói ghi lại")
        for bundle, name in choices.again:
            said = f"Số {bundle.number} · {name} · {bundle.at.astimezone():%d/%m/%Y %H:%M}"
            self.bundles.addItem(said, bundle.bundle)
        self.light = QCheckBox("&Gói nhẹ: không mang tệp kèm, tệp đi sau")
        self.parts = QCheckBox("&Chia phần cho thư điện tử, mỗi phần không quá 20 MB")
        self.sisters = QCheckBox("&Kèm gói cho máy khác của tỉnh")
        self.sisters.setVisible(choices.sisters > 0)
        group = QButtonGroup(self)
        for button in (self.fresh, self.full, self.again):
            group.addButton(button)
            button.toggled.connect(self._fit)
        self.again.setEnabled(bool(choices.again))
        self.write = button_of("Chọn nơi ghi…", self.accept, primary=True)
        self.usual = self.write
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(Text("Gói gồm", role="strong"))
        for widget in (self.fresh, self.full, self.again, self.bundles):
            layout.addWidget(widget)
        layout.addWidget(Text("Cách ghi", role="strong"))
        layout.addWidget(self.light)
        layout.addWidget(self.parts)
        layout.addWidget(self.sisters)
        layout.addWidget(
            Text("Tệp ghi xong được đọc lại để kiểm tra trước khi rút USB.", role="caption")
        )
        layout.addLayout(buttons)
        (self.full if choices.wish.full else self.fresh).setChecked(True)
        self.light.setChecked(choices.wish.light)
        self.parts.setChecked(choices.wish.part_size is not None)
        self.sisters.setChecked(choices.wish.sisters)
        self._fit()

    def wish(self) -> ExportWish:
        """Return what was chosen."""
        return ExportWish(
            full=self.full.isChecked(),
            light=self.light.isChecked() and not self.again.isChecked(),
            part_size=MAIL_PART if self.parts.isChecked() else None,
            sisters=self.sisters.isChecked(),
            again=self.bundles.currentData() if self.again.isChecked() else None,
        )

    def _fit(self) -> None:
        self.bundles.setVisible(self.again.isChecked())
        self.light.setEnabled(not self.again.isChecked())
        self.sisters.setEnabled(not self.again.isChecked())
