"""Thêm đơn vị: a unit that follows no other one, under the unit it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.unit_tree import UnitTree
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.units import UnitSaved, add_unit, unit_tree
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of, on_top, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.unit_picker import UnitPicker

_ROWS = (
    ("name",),
    ("code", "level"),
    ("short_name", "document_code"),
    ("form", "valid_from"),
    ("address",),
    ("phone",),
)


class NewUnit(Dialog):
    """A form and the unit above. `added` carries the unit as it was stored."""

    added = Signal(object)

    def __init__(
        self,
        context: PageContext,
        *,
        above: Sequence[UUID] = (),
        day: PartialDate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thêm đơn vị")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 600)
        self._context = context
        self._above = tuple(above)
        self.form: RecordForm[Unit] = RecordForm(Unit, _ROWS)
        # The id follows from code and day; this one only stands for the form until then.
        self.form.show_record(Unit(id=UUID(int=1), valid_from=day))
        self.above = UnitPicker(context.look, "Trực thuộc *", several=False)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.add = button_of("Thêm vào danh mục", self._add, primary=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(self.add)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(scrolled(on_top(self.form)), 1)
        sides.addWidget(self.above, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Chỉ dùng cho đơn vị không kế thừa đơn vị nào. Đơn vị lập từ đơn vị cũ thì dùng "
                "“Sáp nhập, sắp xếp…”, để tra được nó từ đâu ra.",
                role="muted",
                wrap=True,
            )
        )
        layout.addLayout(sides, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        context.reader.run(
            partial(_units, context, day), owner=self, done=self._offer, failed=self._refused
        )
        self.form.focus_field("name")

    def _offer(self, tree: UnitTree) -> None:
        self.above.offer(tree)
        self.above.choose(self._above)

    def _add(self) -> None:
        unit, wrong = self.form.record()
        self._show_issues(wrong)
        if wrong:
            return
        unit = replace(unit, parent_id=next(iter(self.above.ids), None))
        context = self._context
        self.add.setEnabled(False)
        context.writer.run(
            lambda: add_unit(context.ports(), unit),
            owner=self,
            done=self._added,
            failed=self._refused,
        )

    def _added(self, saved: UnitSaved) -> None:
        self._context.news(f"Đã thêm {saved.unit.name} vào danh mục.")
        self.added.emit(saved)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.add.setEnabled(True)
        if isinstance(error, InvalidInputError):
            self._show_issues(error.issues)
        else:
            self._say(error_text(error))

    def _show_issues(self, issues: Sequence[FieldIssue]) -> None:
        self.form.show_issues(issues)
        told = {one.field: issue_text(one.issue) for one in reversed(issues)}
        self.above.complain(told.get("parent_id", ""))
        wrong = next((one.field for one in issues if one.field in self.form.editors), "")
        if wrong:
            self.form.focus_field(wrong)
        elif told:
            self.above.setFocus()
        self._say(f"Chưa thêm gì: còn {len(told)} chỗ cần sửa." if told else "")

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))


def _units(context: PageContext, day: PartialDate) -> UnitTree:
    return unit_tree(context.ports(), day)
