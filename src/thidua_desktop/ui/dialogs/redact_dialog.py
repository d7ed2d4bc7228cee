"""Xóa dữ liệu cá nhân theo luật: which fields of a record, why, and what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.redaction import (
    COPIES,
    RETENTION,
    ErasableRecord,
    Redacted,
    erasable,
    redact_fields,
)
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.asked_field import AskedField
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import Banner, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text

_STAYS = (
    "Còn lại: ai đã ghi lúc nào và rằng đã có giá trị; các ô không chọn; tờ trình đã nộp (bản chụp "
    "có giá trị này cũng bị xóa). Việc xóa đi trong gói sau đến mọi nơi có bản ghi này. Không hoàn "
    "tác được."
)
_NOT_OURS = (
    "Bản ghi này của cơ quan khác. Chỉ cơ quan có bản ghi, hoặc tỉnh, xóa được; hãy chuyển yêu cầu "
    "cho nơi đó."
)
_NOTHING = "Không còn giá trị nào của bản ghi này để xóa."
_LONGEST, _REASON_HEIGHT = 60, 64


class RedactDialog(Dialog):
    """`redacted` carries what was touched, and what to say of it."""

    redacted = Signal(object, str)

    def __init__(
        self, context: PageContext, asked: AskedField, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xóa dữ liệu cá nhân theo luật")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(660, 600)
        self._context, self._asked = context, asked
        self.heading = Text(kind_label(asked.kind), role="heading", wrap=True)
        self.law = Banner("ask")
        self.law.show_words("Trước khi xóa", RETENTION)
        inside = QWidget()
        self._fields = QVBoxLayout(inside)
        self._fields.setContentsMargins(0, 0, 8, 0)
        self.boxes: dict[str, QCheckBox] = {}
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Lý do")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_REASON_HEIGHT)
        self.reason.setPlaceholderText("Như: theo đơn ngày …, căn cứ Luật Bảo vệ dữ liệu cá nhân")
        label = Text("Lý do (bắt buộc; lý do đi theo gói, không nhắc lại giá trị bị xóa)")
        label.setWordWrap(True)
        label.setBuddy(self.reason)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.sure = QCheckBox("Tôi hiểu việc xóa không hoàn tác được")
        self.sure.toggled.connect(self._may)
        self.do_it = button_of("Xóa hẳn", self._do, primary=True)
        self.do_it.setEnabled(False)
        no = button_of("Thôi", self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.sure)
        buttons.addStretch(1)
        for button in (no, self.do_it):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.law)
        layout.addWidget(Text("Xóa mọi giá trị từng có của các ô:"))
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(Text(f"{_STAYS} {COPIES}", role="muted", wrap=True))
        layout.addWidget(label)
        layout.addWidget(self.reason)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        context.writer.run(  # after what was just typed was saved
            lambda: erasable(context.ports(), asked.kind, asked.id),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, found: ErasableRecord) -> None:
        self.heading.setText(f"{kind_label(found.kind)}: {found.title}")
        for one in found.fields:
            label, shown = field_label(found.kind, one.name), " ".join(one.shown.split())
            now = (
                f": {shown[:_LONGEST]}{'…' * (len(shown) > _LONGEST)}" if shown else " (nay trống)"
            )
            box = QCheckBox(f"{label}{now} · {one.writes} lần ghi".replace("&", "&&"))
            box.setObjectName(one.name)
            box.setChecked(one.name == self._asked.name)
            box.setEnabled(found.is_allowed)
            box.toggled.connect(self._may)
            self.boxes[one.name] = box
            self._fields.addWidget(box)
        self._fields.addStretch(1)
        if not found.fields or not found.is_allowed:
            self._say(_NOTHING if found.is_allowed else _NOT_OURS)
            self.sure.setEnabled(False)

    def _may(self) -> None:
        self.do_it.setEnabled(self.sure.isChecked() and bool(self._chosen()))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def _do(self) -> None:
        reason, chosen = self.reason.toPlainText().strip(), self._chosen()
        if not reason:
            self._say("⚠ Hãy ghi lý do.")
            self.reason.setFocus()
            return
        self.do_it.setEnabled(False)
        context, asked = self._context, self._asked
        context.writer.run(
            lambda: redact_fields(context.ports(), asked.id, chosen, reason=reason),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, done: Redacted) -> None:
        files = f" và {done.files} tệp" if done.files else ""
        told = f"Đã xóa hẳn {done.ops} lần ghi{files}. Gói sau xóa ở mọi nơi có bản ghi này."
        self.accept()
        self.redacted.emit(done.changes, told)

    def _refused(self, error: ThiduaError) -> None:
        self._say(error_text(error))
        self._may()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
