"""Sáp nhập, sắp xếp đơn vị: what a resolution says, what it will change, then all is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.unit_changes import UnitChange
from thidua_desktop.domain.unit_tree import UnitTree
from thidua_desktop.domain.units import SuccessionKind
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.unit_change_wording import Lines, change_lines
from thidua_desktop.services.unit_changes import ChangePreview, make_change, preview_change
from thidua_desktop.services.units import unit_tree
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.fields import DayField, LineField
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, tip
from thidua_desktop.ui.widgets.new_units import NewUnits
from thidua_desktop.ui.widgets.unit_picker import UnitPicker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Task:
    """One sort of change as a clerk knows it: how many new units, whether into one there is."""

    words: str
    way: SuccessionKind
    new: int = 0
    more: bool = False
    into: bool = False
    stays: bool = False
    several: bool = False


_TASKS = (
    _Task("Sáp nhập thành một đơn vị mới", SuccessionKind.MERGE, new=1, several=True),
    _Task("Sáp nhập vào một đơn vị đang có", SuccessionKind.MERGE, into=True, several=True),
    _Task("Chia thành các đơn vị mới", SuccessionKind.SPLIT, new=2, more=True),
    _Task("Tách một phần, đơn vị cũ vẫn còn", SuccessionKind.SPLIT, new=1, more=True, stays=True),
    _Task("Đổi tên", SuccessionKind.RENAME, new=1),
    _Task("Giải thể, không có đơn vị kế thừa", SuccessionKind.ABOLISH),
)


class ChangeUnits(Dialog):
    """Two steps: fill in, look. `made` carries the change as it was stored."""

    made = Signal(object)

    def __init__(
        self,
        context: PageContext,
        *,
        old: Sequence[UUID] = (),
        day: PartialDate | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sáp nhập, sắp xếp đơn vị")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 580)
        self._context = context
        self._wanted = tuple(old)
        self._change: UnitChange | None = None
        self.task = Choice()
        self.task.setAccessibleName("Việc cần làm")
        for one in _TASKS:
            self.task.addItem(one.words)
        self.day = DayField("Ngày hiệu lực *", "day")
        self.day.show_day(day or PartialDate.of(context.today()))
        self.day.line.editingFinished.connect(self._read_units)
        self.resolution = LineField("Số nghị quyết, quyết định *", "resolution")
        self.resolution.line.setPlaceholderText("ví dụ 1666/NQ-UBTVQH15")
        self.issued = DayField("Ngày ban hành *", "resolution_date")
        self.old = UnitPicker(context.look, "Đơn vị cũ *")
        self.old.changed.connect(self._suggest)
        self.new = NewUnits()
        self.into = UnitPicker(context.look, "Đơn vị nhận, vẫn giữ tên *", several=False)
        self.nothing = Text(
            "Đơn vị cũ hết hiệu lực, không đơn vị nào kế thừa. Bản ghi đã có vẫn giữ tên cũ.",
            role="muted",
            wrap=True,
        )
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.preview = QTreeWidget()
        self.preview.setHeaderHidden(True)
        self.preview.setAccessibleName("Những gì sẽ thay đổi")
        self.preview.setWordWrap(True)
        self.look = button_of("Xem trước", self._look, primary=True)
        self.write = button_of("Ghi vào danh mục", self._write, primary=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._first())
        self.stack.addWidget(self._second())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)
        self.task.currentIndexChanged.connect(self._show_task)
        self._show_task()
        self._read_units()
        self.task.setFocus()

    def drops_words(self) -> bool:
        """Tell whether something was typed, or units were gathered."""
        return super().drops_words() or len(self.old.ids) > 1

    def _first(self) -> QWidget:
        page = QWidget()
        task = Text("Việc cần làm *")
        task.setBuddy(self.task)
        paper = QHBoxLayout()
        paper.setSpacing(12)
        paper.addWidget(self.day, 2)
        paper.addWidget(self.resolution, 3)
        paper.addWidget(self.issued, 2)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.new)
        column.addWidget(self.into, 1)
        column.addWidget(self.nothing)
        column.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.old, 1)
        sides.addWidget(right, 1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(task)
        layout.addWidget(self.task)
        layout.addLayout(paper)
        layout.addLayout(sides, 1)
        layout.addLayout(_buttons(button_of("Thôi", self.reject), self.look))
        return page

    def _second(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Text("Những gì sẽ thay đổi", role="heading"))
        layout.addWidget(
            Text(
                "Chưa ghi gì. Tất cả được ghi cùng một lần và đi trong gói dữ liệu kế tiếp; ghi "
                "rồi vẫn hoàn tác được, ở trang Đơn vị.",
                role="muted",
                wrap=True,
            )
        )
        layout.addWidget(self.preview, 1)
        layout.addLayout(
            _buttons(
                button_of("Thôi", self.reject),
                button_of("Quay lại sửa", self._back),
                self.write,
            )
        )
        return page

    @property
    def _task(self) -> _Task:
        return _TASKS[self.task.currentIndex()]

    def _show_task(self) -> None:
        task = self._task
        self.new.setVisible(bool(task.new))
        if task.new:
            self.new.want(task.new, may_be_more=task.more)
        self.into.setVisible(task.into)
        self.nothing.setVisible(task.way is SuccessionKind.ABOLISH)
        self._suggest()

    def _suggest(self) -> None:
        """Let a renamed unit keep its code, unless a person types another."""
        if self._task.way is SuccessionKind.RENAME and self.old.nodes:
            self.new.suggest("", self.old.nodes[0].unit.code)

    def _read_units(self) -> None:
        day = self.day.day
        if day is None:
            return
        self._context.reader.run(
            partial(_units, self._context, day),
            owner=self,
            done=self._offer,
            failed=self._refused,
        )

    def _offer(self, tree: UnitTree) -> None:
        self.old.offer(tree)
        self.into.offer(tree)
        if self._wanted:
            self.old.choose(self._wanted)
            self._wanted = ()

    def _said(self) -> UnitChange:
        task = self._task
        return UnitChange(
            way=task.way,
            day=self.day.day,
            old=self.old.ids,
            new=self.new.units if task.new else (),
            into=next(iter(self.into.ids), None) if task.into else None,
            stays=task.stays,
            resolution=self.resolution.text,
            resolution_date=self.issued.day,
        )

    def _look(self) -> None:
        self._show_issues(())
        change = self._said()
        if self._task.into and change.into is None:
            self._show_issues((FieldIssue("into", Issue.MISSING),))
            return
        self._change = change
        self._run(self._context.reader, lambda ports: preview_change(ports, change), self._seen)

    def _seen(self, preview: ChangePreview) -> None:
        show_lines(self.preview, change_lines(preview))
        self.stack.setCurrentIndex(1)
        self.write.setFocus()

    def _back(self) -> None:
        self.message.hide()
        self.stack.setCurrentIndex(0)
        self.task.setFocus()

    def _write(self) -> None:
        change = self._change
        if change is not None:
            self.write.setEnabled(False)
            self._run(self._context.writer, lambda ports: make_change(ports, change), self._written)

    def _written(self, made: object) -> None:
        self.made.emit(made)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.write.setEnabled(True)
        self.stack.setCurrentIndex(0)
        if isinstance(error, InvalidInputError):
            self._show_issues(error.issues)
        else:
            self._say(error_text(error))

    def _show_issues(self, issues: Sequence[FieldIssue]) -> None:
        """Show each complaint beside its field, and go to the first of them."""
        told = {one.field: issue_text(one.issue) for one in reversed(issues)}
        for typed in (self.day, self.issued):
            if not typed.is_readable:
                told[typed.line.objectName()] = issue_text(Issue.NOT_A_DATE)
        fields: dict[str, LineField] = {
            "day": self.day,
            "resolution": self.resolution,
            "resolution_date": self.issued,
        }
        for name, field in fields.items():
            field.complain(told.get(name, ""))
        self.old.complain(told.get("old", "") or told.get("to_id", ""))
        self.into.complain(told.get("into", ""))
        count = range(len(self.new.rows))
        self.new.complain(
            [{n: told.get(f"{n}.{place}", "") for n in ("name", "code")} for place in count]
        )
        self._say(f"Chưa ghi gì: còn {len(told)} chỗ cần sửa." if told else "")
        places: list[tuple[str, QWidget]] = [*fields.items(), ("old", self.old)]
        for place, (name_field, code_field) in enumerate(self.new.rows):
            places += [(f"name.{place}", name_field), (f"code.{place}", code_field)]
        places.append(("into", self.into))
        wrong = next((widget for name, widget in places if name in told), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(
        self, runner: TaskRunner, job: Callable[[Ports], T], done: Callable[[T], None]
    ) -> None:
        context = self._context
        runner.run(lambda: job(context.ports()), owner=self, done=done, failed=self._refused)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))


def show_lines(tree: QTreeWidget, parts: Sequence[Lines]) -> None:
    """Show headings with their lines, all open."""
    tree.clear()
    for heading, lines in parts:
        top = QTreeWidgetItem([heading])
        font = tree.font()
        font.setBold(True)
        top.setFont(0, font)
        for line in lines:
            item = QTreeWidgetItem([line])
            item.setToolTip(0, tip(line))
            top.addChild(item)
        tree.addTopLevelItem(top)
    tree.expandAll()


def _buttons(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _units(context: PageContext, day: PartialDate) -> UnitTree:
    return unit_tree(context.ports(), day)
