"""Xác nhận máy này: the root vouches for this PC of the province."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.keys import certify
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.root_key import RootKeyFields


class CertifyDialog(Dialog):
    """`certified` says that offices will believe this PC."""

    certified = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xác nhận máy này")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 400)
        self._context = context
        self.key = RootKeyFields()
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.do_it = button_of("Xác nhận", self._do, primary=True)
        no = button_of("Thôi", self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(no)
        buttons.addWidget(self.do_it)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Máy này mang mã mới nên các cơ quan chưa nhận gói của máy. Khóa gốc xác nhận một "
                "lần; chứng thư đi trong gói sau của tỉnh, các cơ quan không phải làm gì. 24 từ "
                "không được lưu lại trên máy.",
                wrap=True,
            )
        )
        layout.addWidget(self.key)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.key.setFocus()

    def _do(self) -> None:
        context, key = self._context, self.key
        phrase, words = key.typed_phrase, key.typed_words
        self.do_it.setEnabled(False)
        context.writer.run(
            lambda: certify(context.ports(), lambda: phrase, words),
            owner=self,
            done=lambda _: self._done(),
            failed=self._refused,
        )

    def _done(self) -> None:
        self.key.clear()
        self.accept()
        self.certified.emit()

    def _refused(self, error: ThiduaError) -> None:
        self.do_it.setEnabled(True)
        self.message.setText(error_text(error))
        self.message.show()
