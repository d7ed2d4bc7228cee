"""Hoàn tác một bước sắp xếp: what comes back and what goes is said first."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.unit_change_wording import undoing_lines
from thidua_desktop.services.unit_changes import (
    ChangeUndoing,
    preview_change_undoing,
    undo_change,
)
from thidua_desktop.ui.dialogs.change_units import show_lines
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class UndoChange(Dialog):
    """Asks with a preview. `undone` tells what was touched."""

    undone = Signal(object)

    def __init__(self, context: PageContext, step: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hoàn tác một bước sắp xếp")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 420)
        self._context = context
        self._step = step
        self.message = Text("Đang xem bước này…", wrap=True)
        self.preview = QTreeWidget()
        self.preview.setHeaderHidden(True)
        self.preview.setAccessibleName("Những gì sẽ trở lại")
        self.agree = button_of("Hoàn tác", self._undo, primary=True)
        self.agree.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button_of("Không", self.reject))
        row.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.message)
        layout.addWidget(self.preview, 1)
        layout.addLayout(row)
        context.reader.run(
            lambda: preview_change_undoing(context.ports(), step),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, back: ChangeUndoing) -> None:
        self.message.setText("Danh mục trở lại như trước bước này:")
        show_lines(self.preview, undoing_lines(back))
        self.agree.setEnabled(True)
        self.agree.setFocus()

    def _undo(self) -> None:
        self.agree.setEnabled(False)
        context, step = self._context, self._step
        context.writer.run(
            lambda: undo_change(context.ports(), step),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, changes: Changes) -> None:
        self._context.news("Đã hoàn tác bước sắp xếp.")
        self.undone.emit(changes)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.preview.hide()
        self.message.setText(error_text(error))
