"""The record on the merge desk that is looked at, and the choices: by key, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.domain.desk import Choosing, DeskChoice
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.issue_text import refusal_text
from thidua_desktop.services.desk import (
    all_of_one_side,
    decide,
    decided,
    open_cells,
    standing,
    take_back,
)
from thidua_desktop.services.desk_plan import DeskPlan, OfficeBranch, RecordSides, planned_record
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.pages.record_sides import RecordSidesView
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

HERE, SENT = 0, 1
Place = tuple[OfficeBranch, CellDifference]


class DeskRecord(QWidget):
    """Holds the plan and what stands chosen.

    `decided` says that choices changed, `went` that another record is looked at: kind and id.
    """

    decided = Signal()
    went = Signal(str, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.plan: DeskPlan | None = None
        self.choices: dict[str, DeskChoice] = {}
        self._where: Place | None = None
        province = context.office().is_province
        here, sent = ("Tỉnh đang có", "Đơn vị gửi") if province else ("Đang có", "Nơi gửi")
        self.record = RecordSidesView(context.look, ("Trước đây", here, sent))
        self.record.taken.connect(self._take)
        self.record.typed.connect(self._type)
        self.record.later.connect(self._put_off)
        self.record.refused.connect(self._refused)
        keys = Text("Alt+↓ chỗ kế tiếp", role="caption", wrap=True)
        below = QHBoxLayout()
        below.addWidget(keys, 1)
        below.addWidget(button_of("Lấy lại lựa chọn (Ctrl+Z)", self.undo, quiet=True))
        below.addWidget(self._everything())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.record, 1)
        layout.addLayout(below)

    def show_plan(self, plan: DeskPlan | None, choices: dict[str, DeskChoice]) -> None:
        """Take over another plan, with what stands chosen in it."""
        self.plan, self.choices, self._where = plan, choices, None
        self.record.copy = plan.scratch if plan else None
        self.record.forget()

    def cells(self) -> list[Place]:
        """Return the cells that wait for this office, in the order of the tree."""
        offices = self.plan.offices if self.plan else ()
        return [(branch, cell) for branch in offices for cell in branch.cells]

    def left(self) -> int:
        """Return how many cells nobody has decided."""
        return sum(cell.cell not in self.choices for _, cell in self.cells())

    def step(self, by: int) -> None:
        """Go to the next cell that waits, or the one before."""
        cells = self.cells()
        if not cells:
            return
        place = self._place_in(cells)
        order = range(1, len(cells) + 1)
        following = [cells[(place + by * n) % len(cells)] for n in order]
        undecided = [one for one in following if one[1].cell not in self.choices]
        self._go_to(*(undecided or following)[0])

    def show_record(
        self, branch: OfficeBranch, kind: str, record_id: UUID, field: str = ""
    ) -> None:
        """Show a record as it would be."""
        plan = self.plan
        if plan is None:
            return
        self.record.forget()
        self.went.emit(kind, record_id)

        def show(sides: RecordSides) -> None:
            if plan is self.plan:
                self.record.show_sides(sides, self.choices, field)
                cell = self.record.cell
                self._where = (branch, cell) if cell else self._where
                self.record.table.setFocus()

        self.context.reader.run(
            lambda: planned_record(plan, branch, kind, record_id),
            owner=self,
            done=show,
            failed=self._refused,
        )

    def _take(self, cell: str, option: int) -> None:
        found = self._cell(cell)
        if found is not None:
            said = self._option(found[1], option)
            self._decide([_choice(found[1], Choosing.TAKE, said)], after=found)

    def _type(self, cell: str, words: str) -> None:
        found = self._cell(cell)
        if found is not None:
            self._decide([_choice(found[1], Choosing.VALUE, words)], after=found)

    def _put_off(self, cell: str) -> None:
        found = self._cell(cell)
        if found is not None:
            self._decide([_choice(found[1], Choosing.LATER, "")], after=found)

    def take_record(self, side: int) -> None:
        """Take one side in every cell of the record that is shown."""
        if self.plan is None or self._where is None:
            return
        branch, at = self._where
        cells = [one for one in branch.cells if (one.kind, one.id) == (at.kind, at.id)]
        self._decide(all_of_one_side(self.plan, cells, side), after=self._where)

    def take_office(self, side: int) -> None:
        """Take one side in every cell of this office that is not decided; ask first."""
        if self.plan is None or self._where is None:
            return
        plan, branch = self.plan, self._where[0]
        cells = open_cells([branch], self.choices)
        if not cells:
            self.context.news(f"{branch.name}: mọi chỗ đã được chọn.")
            return
        what = "Lấy giá trị đơn vị gửi" if side == SENT else "Giữ giá trị đang có"
        ask_first(
            self,
            "Bàn hợp nhất",
            f"{what} ở {len(cells)} chỗ còn để ngỏ của {branch.name}? "
            "Những chỗ đã chọn vẫn giữ nguyên; Ctrl+Z lấy lại cả lượt này.",
            f"{what} ở {len(cells)} chỗ",
            lambda: self._decide(all_of_one_side(plan, cells, side), after=self._where),
        )

    def undo(self) -> None:
        """Take the last step of choosing back, and go to where it was."""
        self.context.writer.run(
            lambda: _taken_back(self.context.ports()),
            owner=self,
            done=self._undone,
            failed=self._refused,
        )

    def _decide(self, choices: Sequence[DeskChoice], *, after: Place | None) -> None:
        before = dict(self.choices)
        self.choices |= {one.cell: one for one in choices}
        self._where = after
        self._show_choices()

        def not_kept(error: ThiduaError) -> None:
            self.choices = before
            self._show_choices()
            if after:
                self._go_to(*after)
            self._refused(error)

        self.context.writer.run(
            lambda: decide(self.context.ports(), choices),
            owner=self,
            done=lambda _done: None,
            failed=not_kept,
        )
        if self.left():
            self.step(1)
        else:
            self.context.news("Mọi chỗ đã được chọn. Bấm “Nhập” để ghi.")

    def _undone(self, found: tuple[tuple[DeskChoice, ...], dict[str, DeskChoice]]) -> None:
        gone, choices = found
        if not gone or self.plan is None:
            self.context.news("Không còn lựa chọn nào để lấy lại.")
            return
        self.choices = standing(self.plan, choices)
        self._show_choices()
        self.context.news(f"Đã lấy lại {len(gone)} lựa chọn.")
        at = self._cell(gone[0].cell)
        if at is not None:
            self._go_to(*at)

    def _show_choices(self) -> None:
        self.record.show_choices(self.choices)
        self.decided.emit()

    def _go_to(self, branch: OfficeBranch, cell: CellDifference) -> None:
        self._where = (branch, cell)
        if self.record.shown == (cell.kind, cell.id) and self.isVisible():
            self.record.table.choose(cell.field)
            self.record.table.setFocus()
        else:
            self.show_record(branch, cell.kind, cell.id, cell.field)

    def _cell(self, name: str) -> Place | None:
        return next((one for one in self.cells() if one[1].cell == name), None)

    def _place_in(self, cells: Sequence[Place]) -> int:
        name = self._where[1].cell if self._where else None
        return next((n for n, (_, one) in enumerate(cells) if one.cell == name), -1)

    def _option(self, cell: CellDifference, option: int) -> str:
        shown = self.record.cell
        heads = shown.heads if shown and shown.cell == cell.cell else cell.heads
        return heads[option].op

    def _everything(self) -> QPushButton:
        every = QPushButton("Lấy hết…")
        menu = QMenu(every)
        for words, job in (
            ("Bản ghi này: giữ hết bên trái (Alt+1)", lambda: self.take_record(HERE)),
            ("Bản ghi này: lấy hết bên phải (Alt+2)", lambda: self.take_record(SENT)),
            ("Đơn vị này: giữ hết giá trị đang có…", lambda: self.take_office(HERE)),
            ("Đơn vị này: lấy hết giá trị đơn vị gửi…", lambda: self.take_office(SENT)),
        ):
            menu.addAction(words).triggered.connect(job)
        every.setMenu(menu)
        for keys, job in (
            ("Alt+1", lambda: self.take_record(HERE)),
            ("Alt+2", lambda: self.take_record(SENT)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(job)
        return every

    def _refused(self, error: ThiduaError) -> None:
        self.context.news(refusal_text(error))


def _choice(cell: CellDifference, how: Choosing, said: str) -> DeskChoice:
    return DeskChoice(kind=cell.kind, id=cell.id, field=cell.field, how=how, said=said)


def _taken_back(ports: Ports) -> tuple[tuple[DeskChoice, ...], dict[str, DeskChoice]]:
    return take_back(ports), decided(ports)
