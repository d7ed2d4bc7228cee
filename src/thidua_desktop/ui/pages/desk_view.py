"""The merge desk in the window: bundles laid out, looked into, decided by key, merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.desk import DeskChoice
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import BackupFailedError, StoppedError, ThiduaError
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.desk import (
    DeskLaid,
    DeskMerged,
    decided,
    desk_version,
    lay_out,
    merge_desk,
    standing,
    take_off,
    unlock,
)
from thidua_desktop.services.desk_plan import DeskCounts, DeskPlan, DeskRow, branch_rows, plan_desk
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.pages.counts_table import CountsTable
from thidua_desktop.ui.pages.desk_bundle import DeskBundle
from thidua_desktop.ui.pages.desk_news import laid_text, merged_text
from thidua_desktop.ui.pages.desk_record import DeskRecord
from thidua_desktop.ui.pages.desk_tree import DeskTree, Node
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.running import Running

T = TypeVar("T")
_EMPTY_DESK, _FULL, _STOPPED = range(3)
_COUNTS, _RECORD, _BUNDLE = range(3)
_EMPTY = (
    "Bàn hợp nhất đang trống.\n\nKéo gói .tdkt, hay cả thư mục có gói, thả vào trang này, hoặc bấm "
    "“Nhận gói…”. Chương trình cho xem trước mọi thay đổi; chưa bấm “Nhập” thì chưa ghi gì."
)
_WITHOUT_BACKUP = (
    "Nhập mà không sao lưu: từng lần nhập vẫn hoàn tác được trong Sổ gói, nhưng nếu ổ đĩa hỏng thì "
    "chỉ khôi phục được bản sao lưu gần nhất trước đó, những gì làm sau bản ấy sẽ mất. Bấm “Không” "
    "thì các gói vẫn nằm trên bàn."
)


class DeskView(QWidget):
    """The desk as it lies. `merged` tells what a merge touched."""

    merged = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.plan: DeskPlan | None = None
        self._is_busy = False
        self._later: list[Path] = []  # dropped while something ran
        self._summary = Text(role="strong", wrap=True)
        self._only = QCheckBox("Chỉ hiện chỗ cần chọn")
        self._only.toggled.connect(self._show_tree)
        self._clear = button_of("Dọn bàn", self._ask_to_clear)
        self._merge = button_of("Nhập", self.merge, primary=True)
        self._running = Running()
        self.tree = DeskTree(context.look)
        self.tree.picked.connect(self._show_node)
        self.tree.opened.connect(self._read_rows)
        self.record = DeskRecord(context)
        self.record.decided.connect(self._show_choices)
        self.record.went.connect(self._went)
        self._counts = CountsTable()
        self.bundle = DeskBundle(context)
        self.bundle.removed.connect(self._remove_bundle)
        self.bundle.unlocked.connect(self._unlock)
        self._right = QStackedWidget()
        self._stack = QStackedWidget()
        self._build()

    # laying out, planning

    def lay(self, paths: Sequence[Path]) -> None:
        """Copy bundles onto the desk and plan it anew; while something runs, right after it."""
        if not paths:
            return
        if self._is_busy:
            self._later += paths
            self.context.news("Đang làm việc khác; xong thì gói vừa đưa vào được chép lên bàn.")
            return
        progress = self._begin("Đang chép gói %p%")
        self._run(
            lambda ports: lay_out(
                ports, paths, progress=progress.tell, stop_wanted=progress.stop_wanted
            ),
            self._laid,
        )

    def refresh(self) -> None:
        """Plan anew when the desk or the data is another one than was planned."""
        if not self._is_busy:
            self.context.reader.run(
                lambda: desk_version(self.context.ports()),
                owner=self,
                done=self._plan_if_other,
                failed=self._refused,
            )

    def close_plan(self) -> None:
        """Let go of the copy."""
        plan, self.plan = self.plan, None
        self.record.show_plan(None, {})
        if plan is not None:
            self.context.planner.run(
                plan.close, owner=self, done=lambda _done: None, failed=self._refused
            )

    def step(self, by: int) -> None:
        """Go to the next cell that waits, or the one before."""
        self.record.step(by)

    def _laid(self, laid: DeskLaid) -> None:
        self._end()
        said = laid_text(laid)
        if said:
            self.context.news(said)
        self._plan_anew()

    def _plan_if_other(self, version: tuple[tuple[int, int], tuple[str, ...]]) -> None:
        plan = self.plan
        known = plan and (plan.version, tuple(one.sha for one in plan.files))
        if known != version and not self._is_busy:
            self._plan_anew()

    def _plan_anew(self) -> None:
        progress = self._begin("Đang xem trước %p%")
        self.close_plan()

        def job(ports: Ports) -> tuple[DeskPlan, dict[str, DeskChoice]]:
            plan = plan_desk(ports, progress=progress.tell, stop_wanted=progress.stop_wanted)
            return plan, standing(plan, decided(ports))

        self._run(job, self._show_plan, planning=True)

    def _show_plan(self, found: tuple[DeskPlan, dict[str, DeskChoice]]) -> None:
        self._end()
        self.plan, choices = found
        self.record.show_plan(self.plan, choices)
        self._show_tree()
        self._stack.setCurrentIndex(_FULL if self.plan.files else _EMPTY_DESK)
        if self.record.left():
            self.tree.open_first()
            self.step(1)
        else:
            self._show_node(Node())

    def _show_tree(self) -> None:
        if self.plan is not None:
            self.tree.show_plan(self.plan, self.record.choices, only_open=self._only.isChecked())
            self._show_summary()
            if self._only.isChecked():
                self.tree.open_first()

    def _show_summary(self) -> None:
        if self.plan is None:
            return
        every, left = self.record.cells(), self.record.left()
        counts = sum((one.counts for one in self.plan.offices), DeskCounts())
        parts = [
            f"{len(self.plan.files)} gói",
            f"{counts.new} bản ghi mới",
            f"{counts.changed} bản ghi sửa",
            f"còn {left} trong {len(every)} chỗ cần chọn" if every else "không có chỗ nào cần chọn",
        ]
        self._summary.setText(" · ".join(parts))
        for widget in (self._summary, self._clear, self._merge):
            widget.setVisible(bool(self.plan.files))
        useful = {BundleState.NEW, BundleState.PARKED, BundleState.KNOWN}
        self._merge.setEnabled(any(one.state in useful for one in self.plan.reports))

    def _read_rows(self, node: Node) -> None:
        plan, branch, kind = self.plan, node.branch, node.kind
        if plan is None or branch is None or kind is None:
            return
        only = self._only.isChecked()
        self.context.reader.run(
            lambda: branch_rows(plan, branch, kind, start=node.start),
            owner=self,
            done=lambda rows: self._add_rows(plan, node, rows, only_open=only),
            failed=self._refused,
        )

    def _add_rows(
        self, plan: DeskPlan, node: Node, rows: Iterable[DeskRow], *, only_open: bool
    ) -> None:
        if plan is self.plan and only_open == self._only.isChecked():
            self.tree.add_rows(node, rows, only_open=only_open)

    # looking

    def _show_node(self, node: Node) -> None:
        if node.row is not None and node.branch is not None:
            self.record.show_record(node.branch, node.row.kind, node.row.id)
        elif node.report is not None:
            self.bundle.show_report(node.report, self._path_of(node.report.file))
            self._right.setCurrentIndex(_BUNDLE)
        else:
            self._show_counts(node)
            self._right.setCurrentIndex(_COUNTS)

    def _show_counts(self, node: Node) -> None:
        if self.plan is None:
            return
        if node.branch is None:
            rows = [(one.name, one.counts) for one in self.plan.offices]
            self._counts.show_counts("Tất cả các đơn vị", "Đơn vị", rows)
            return
        kinds = [one for one in node.branch.kinds if node.kind in {None, one.kind}]
        rows = [(kind_label(one.kind), one.counts) for one in kinds]
        self._counts.show_counts(node.branch.name, "Loại", rows)

    def _show_choices(self) -> None:
        self.tree.show_choices(self.record.choices)
        self._show_summary()

    def _went(self, kind: str, record_id: UUID) -> None:
        self._right.setCurrentIndex(_RECORD)
        self.tree.choose_record(kind, record_id)

    # merging

    def merge(self) -> None:
        """Merge what lies on the desk and apply what was chosen."""
        if self.plan is not None and not self._is_busy:
            self.close_plan()
            self._merge_now(backup=True)

    def _merge_now(self, *, backup: bool) -> None:
        progress = self._begin("Đang nhập %p%")
        self._run(
            lambda ports: merge_desk(
                ports, progress=progress.tell, stop_wanted=progress.stop_wanted, backup=backup
            ),
            self._merged,
        )

    def _ask_without_backup(self, error: BackupFailedError) -> None:
        ask_first(
            self,
            "Chưa sao lưu được",
            error_text(error) + "\n\n" + _WITHOUT_BACKUP,
            "Nhập mà không sao lưu",
            partial(self._merge_now, backup=False),
            self._plan_anew,
        )

    def _merged(self, done: DeskMerged) -> None:
        self._end()
        self.context.news(merged_text(done))
        self.merged.emit(done.changes)
        self._plan_anew()

    def _ask_to_clear(self) -> None:
        if self.plan is None or not self.plan.files:
            return
        shas = [one.sha for one in self.plan.files]
        ask_first(
            self,
            "Bàn hợp nhất",
            f"Bỏ {len(shas)} gói khỏi bàn cùng các lựa chọn đã làm? Chưa gói nào được nhập; "
            "dữ liệu của cơ quan giữ nguyên.",
            "Dọn bàn",
            lambda: self._run(lambda ports: take_off(ports, shas), self._cleared),
        )

    def _remove_bundle(self, name: str) -> None:
        shas = self._named(name)
        self._run(lambda ports: take_off(ports, shas), self._cleared)

    def _named(self, name: str) -> list[str]:
        files = self.plan.files if self.plan else ()
        return [one.sha for one in files if one.path.name == name]

    def _path_of(self, name: str) -> Path | None:
        files = self.plan.files if self.plan else ()
        return next((one.path for one in files if one.path.name == name), None)

    def _unlock(self, name: str, typed: str) -> None:
        for sha in self._named(name):
            self._run(partial(unlock, sha=sha, typed=typed), self._cleared)

    def _cleared(self, _done: object) -> None:
        self._plan_anew()

    # the rest

    def _run(
        self, job: Callable[[Ports], T], done: Callable[[T], None], *, planning: bool = False
    ) -> None:
        runner = self.context.planner if planning else self.context.writer
        runner.run(lambda: job(self.context.ports()), owner=self, done=done, failed=self._failed)

    def _failed(self, error: ThiduaError) -> None:
        self._end()
        self._refused(error)
        if isinstance(error, BackupFailedError):
            self._ask_without_backup(error)
        if isinstance(error, StoppedError):
            self._stack.setCurrentIndex(_STOPPED)
            self._summary.setText("")  # it told of what lay there before

    def _refused(self, error: ThiduaError) -> None:
        self.context.news(error_text(error))

    def _begin(self, words: str) -> Progress:
        self._is_busy = True
        for button in (self._merge, self._clear):
            button.setEnabled(False)
        return self._running.begin(words)

    def _end(self) -> None:
        self._is_busy = False
        self._running.hide()
        self._clear.setEnabled(True)
        QTimer.singleShot(0, self, self._lay_later)

    def _lay_later(self) -> None:
        if self._later and not self._is_busy:
            paths, self._later = self._later, []
            self.lay(paths)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        for widget in (self._running, self._clear, self._merge):
            top.addWidget(widget)
        self._running.bar.setMinimumWidth(200)
        left, right = Card(), Card()
        left.body.addWidget(self._only)
        left.body.addWidget(self.tree, 1)
        right.body.addWidget(self._right, 1)
        for shown in (self._counts, self.record, self.bundle):
            self._right.addWidget(shown)
        for part in (
            EmptyPlace(_EMPTY),
            panes(left, right, widths=(380, 700)),
            self._stopped_part(),
        ):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._end()

    def _stopped_part(self) -> QWidget:
        part = QWidget()
        again = button_of("Xem trước lại", self._plan_anew, primary=True)
        layout = QVBoxLayout(part)
        layout.addWidget(EmptyPlace("Đã dừng. Các gói vẫn nằm trên bàn."), 1)
        layout.addWidget(again, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return part
