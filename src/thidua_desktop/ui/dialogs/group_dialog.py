"""Cụm, khối thi đua: its name, who is in it from a day on, who leads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupRole
from thidua_desktop.domain.unit_tree import UnitTree
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.peer_groups import (
    GroupNode,
    Role,
    delete_group,
    new_group,
    save_group,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import unit_tree
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.where_from import where_action
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.unit_picker import UnitPicker

_ROWS = (("name",), ("form",), ("valid_from", "valid_to"), ("resolution",))
_LEADERS = (
    ("Trưởng cụm, khối", PeerGroupRole.HEAD),
    ("Phó trưởng thứ nhất", PeerGroupRole.DEPUTY),
    ("Phó trưởng thứ hai", PeerGroupRole.DEPUTY),
)


class GroupDialog(Dialog):
    """One group, new or there before. `kept` tells what was touched."""

    kept = Signal(object)

    def __init__(
        self,
        context: PageContext,
        day: PartialDate,
        node: GroupNode | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cụm, khối thi đua")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 580)
        self._context = context
        self._day = day
        self._node = node
        self._roles: dict[UUID, Role] = {}
        self._before: tuple[UUID, ...] = ()
        self.form: RecordForm[PeerGroup] = RecordForm(PeerGroup, _ROWS)
        self.addAction(where_action(self, context))
        self.members = UnitPicker(context.look, "Thành viên *")
        self.members.changed.connect(self._offer_leaders)
        self.leaders = [Choice() for _ in _LEADERS]
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.keep = button_of("Lưu cụm, khối", self._keep, primary=True)
        buttons = QHBoxLayout()
        if node is not None:
            buttons.addWidget(button_of("Xóa cụm, khối…", self._ask_delete))
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(self.keep)
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.form)
        left.addLayout(self._leader_grid())
        left.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(scrolled(fields), 1)
        sides.addWidget(self.members, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                f"Thành viên thêm vào là từ ngày {shown(day)}, thành viên bỏ ra là hết ngày trước "
                "đó. Cụm, khối mới thì thành viên tham gia từ ngày đầu.",
                role="muted",
                wrap=True,
            )
        )
        layout.addLayout(sides, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        context.reader.run(
            partial(_read, context, day, node),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def drops_words(self) -> bool:
        """Tell whether something was typed, or others were chosen as members."""
        return super().drops_words() or self.members.ids != self._before

    def _leader_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        for place, (words, _) in enumerate(_LEADERS):
            box = self.leaders[place]
            box.setAccessibleName(words)
            label = Text(words)
            label.setBuddy(box)
            grid.addWidget(label, 2 * place, 0)
            grid.addWidget(box, 2 * place + 1, 0)
        return grid

    def _show(self, read: tuple[PeerGroup, UnitTree]) -> None:
        group, tree = read
        self.form.show_record(group)
        self.members.offer(tree)
        if self._node is not None:
            self._roles = {one.unit.id: one.role for one in self._node.members}
            self.members.choose([one.unit.id for one in self._node.members])
        self._before = self.members.ids
        self._offer_leaders()
        self._choose_leaders()
        self.form.focus_field("name")

    def _offer_leaders(self) -> None:
        for box in self.leaders:
            chosen = box.currentData()
            box.clear()
            box.addItem("—", None)
            for node in self.members.nodes:
                box.addItem(node.label, node.unit.id)
            box.setCurrentIndex(max(box.place_of(chosen), 0))

    def _choose_leaders(self) -> None:
        waiting = list(self.leaders)
        for _, role in _LEADERS:
            box = waiting.pop(0)
            taken = {other.currentData() for other in self.leaders}
            found = [one for one, of in self._roles.items() if of is role and one not in taken]
            box.setCurrentIndex(max(box.place_of(found[0]), 0) if found else 0)

    def _said_roles(self) -> dict[UUID, Role]:
        said: dict[UUID, Role] = dict.fromkeys(self.members.ids)
        for box, (_, role) in reversed(list(zip(self.leaders, _LEADERS, strict=True))):
            for unit_id in said:
                if unit_id == box.currentData():
                    said[unit_id] = role
        return said

    def _keep(self) -> None:
        group, wrong = self.form.record()
        self._show_issues(wrong)
        if wrong:
            return
        shown_group = self._node.group if self._node else None
        roles, day = self._said_roles(), self._day
        self._run(
            lambda ports: save_group(ports, group, roles, day=day, shown=shown_group),
            "Đã lưu cụm, khối thi đua.",
        )

    def _ask_delete(self) -> None:
        ask_first(
            self,
            "Xóa cụm, khối",
            "Xóa cụm, khối này cùng danh sách thành viên? Nếu cụm, khối chỉ thôi hoạt động, hãy "
            "ghi ngày “Hoạt động đến”.",
            "Xóa",
            self._delete,
        )

    def _delete(self) -> None:
        node = self._node
        if node is not None:
            self._run(lambda ports: delete_group(ports, node.group), "Đã xóa cụm, khối thi đua.")

    def _run(self, job: Callable[[Ports], Changes], words: str) -> None:
        context = self._context
        self.keep.setEnabled(False)
        context.writer.run(
            lambda: job(context.ports()),
            owner=self,
            done=partial(self._done, words),
            failed=self._refused,
        )

    def _done(self, words: str, changes: Changes) -> None:
        self._context.news(words)
        self.kept.emit(changes)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.keep.setEnabled(True)
        if isinstance(error, InvalidInputError):
            self._show_issues(error.issues)
        self._say(error_text(error))

    def _show_issues(self, issues: Sequence[FieldIssue]) -> None:
        self.form.show_issues(issues)
        told = {one.field: issue_text(one.issue) for one in issues}
        self.members.complain(told.get("members", ""))
        wrong = next((one.field for one in issues if one.field in self.form.editors), "")
        if wrong:
            self.form.focus_field(wrong)
        elif "members" in told:
            self.members.setFocus()
        self._say(f"Chưa lưu gì: còn {len(told)} chỗ cần sửa." if told else "")

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))


def _read(
    context: PageContext, day: PartialDate, node: GroupNode | None
) -> tuple[PeerGroup, UnitTree]:
    ports = context.ports()
    return (replace(node.group) if node else new_group(ports)), unit_tree(ports, day)
