"""Hoàn tác: what stands on an import is said before it is taken out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.offices import ReceivedBundle
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.undoing import ImportUndone, UndoPreview, preview_undo, undo_import
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList


class UndoImport(Dialog):
    """Says “sạch” or lists what depends on it; then asks."""

    undone = Signal(object)

    def __init__(
        self, context: PageContext, received: ReceivedBundle, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hoàn tác một lần nhập")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 420)
        self._context = context
        self._received = received
        self.message = Text("Đang xem những gì dựa vào gói này…", wrap=True)
        self.list = RowList(context.look, "Những gì dựa vào gói này")
        self.list.hide()
        self.agree = button_of("Hoàn tác", self._undo, primary=True)
        self.agree.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button_of("Không", self.reject))
        row.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.message)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        layout.addLayout(row)
        context.planner.run(
            lambda: preview_undo(context.ports(), received.id),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, preview: UndoPreview) -> None:
        number, sender = preview.received.number, preview.sender
        head = f"Gói số {number} của {sender}: {preview.records} bản ghi."
        rows = [
            Row(n, f"Gói số {one.number}", f"nhập lúc {one.at.astimezone():%d/%m/%Y %H:%M}")
            for n, one in enumerate(preview.blocked_by)
        ]
        rows += [
            Row(
                len(rows) + n,
                f"{kind_label(one.kind)}: {one.title}",
                "đã được sửa hoặc quyết định sau khi nhập gói này"
                if one.is_edit
                else "nhắc tới bản ghi sẽ không còn",
            )
            for n, one in enumerate(preview.dependents)
        ]
        if preview.blocked_by:
            said = (
                "Chưa hoàn tác được: các gói sau của cùng nơi gửi dựa vào gói này. Hãy hoàn tác "
                "chúng trước, từ gói mới nhất. Không có gì bị thay đổi."
            )
        elif preview.dependents:
            said = (
                f"Có {len(rows)} việc làm sau dựa vào gói này (bên dưới). Hoàn tác thì các việc đó "
                "vẫn giữ, chỉ lấy ra những gì gói mang đến. Gói này nhập lại lúc nào cũng được."
            )
        else:
            said = "Sạch: không có gì dựa vào gói này. Gói này nhập lại lúc nào cũng được."
        self.message.setText(f"{head}\n{said}")
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.agree.setEnabled(not preview.blocked_by)
        if not preview.blocked_by:
            self.agree.setFocus()

    def _undo(self) -> None:
        self.agree.setEnabled(False)
        self._context.writer.run(
            lambda: undo_import(self._context.ports(), self._received.id),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, done: ImportUndone) -> None:
        self._context.news(f"Đã hoàn tác gói số {done.preview.received.number}.")
        self.undone.emit(done.changes)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
