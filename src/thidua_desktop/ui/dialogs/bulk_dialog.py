"""Sửa hàng loạt: one field, one value, the count before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.records import Record, kind_spec
from thidua_desktop.services.bulk import BulkPlan, choices_for, plan_bulk, write_bulk
from thidua_desktop.services.changes import Changes
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.editors import ChoiceEditor, Editor, editor_of
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class BulkDialog(Dialog):
    """`written` tells what was touched."""

    written = Signal(object)

    def __init__(
        self,
        context: PageContext,
        kind: type[Record],
        fields: Sequence[str],
        ids: Sequence[UUID],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Sửa hàng loạt {len(ids)} bản ghi")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 260)
        self._context = context
        self._kind = kind
        self._ids = tuple(ids)
        self._plan: BulkPlan | None = None
        self._asked = 0
        self.editor: Editor | None = None
        self.field = Choice()
        self.field.setAccessibleName("Ô cần sửa")
        for name in fields:
            self.field.addItem(kind_spec(kind).field(name).label, name)
        self._place = QVBoxLayout()
        self.message = Text(wrap=True)
        self.write = button_of("Sửa", self._write, primary=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        label = Text("Ô cần sửa")
        label.setBuddy(self.field)
        layout.addWidget(label)
        layout.addWidget(self.field)
        layout.addWidget(Text("Giá trị mới cho mọi bản ghi đã chọn"))
        layout.addLayout(self._place)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.field.currentIndexChanged.connect(self._begin)
        self._begin()

    def _begin(self) -> None:
        """Offer an editor for the field that is chosen."""
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        spec = kind_spec(self._kind).field(self.field.currentData())
        editor = self.editor = editor_of(spec)
        editor.edited.connect(self._ask)
        self._place.addWidget(editor)
        if isinstance(editor, ChoiceEditor):
            context = self._context
            context.reader.run(
                lambda: choices_for(context.ports(), spec),
                owner=editor,
                done=editor.offer,
                failed=self._refused,
            )
        self._ask()

    def _ask(self) -> None:
        self._asked += 1
        self._plan = None
        self.write.setEnabled(False)
        if self.editor is None:
            return
        try:
            value = self.editor.value()
        except NotKeptError as fault:
            self.message.setText(f"⚠ {issue_text(fault.issue, self.editor.spec)}")
            return
        context, kind, ids, name = self._context, self._kind, self._ids, self.editor.spec.name
        asked = self._asked
        context.reader.run(
            lambda: (asked, plan_bulk(context.ports(), kind, ids, name, value)),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, answer: tuple[int, BulkPlan]) -> None:
        asked, plan = answer
        if asked != self._asked:
            return
        self._plan = plan
        parts = [f"{len(plan.changes)} bản ghi sẽ được sửa."]
        for count, words in (
            (plan.same, "đã có giá trị này"),
            (plan.locked, "đã trình nên giữ nguyên"),
            (plan.unfit, "không hợp với giá trị này nên giữ nguyên"),
            (plan.gone, "không còn"),
        ):
            if count:
                parts.append(f"{count} bản ghi {words}.")
        self.message.setText(" ".join(parts))
        self.write.setText(f"Sửa {len(plan.changes)} bản ghi")
        self.write.setEnabled(bool(plan.changes))

    def _write(self) -> None:
        plan, context = self._plan, self._context
        if plan is not None and plan.changes:
            self.write.setEnabled(False)
            context.writer.run(
                lambda: write_bulk(context.ports(), plan),
                owner=self,
                done=self._done,
                failed=self._refused,
            )

    def _done(self, changes: Changes) -> None:
        self._context.news("Đã sửa hàng loạt. Ctrl+Z lấy lại tất cả cùng lúc.")
        self.written.emit(changes)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
