"""Phiếu tiêu chí: a unit's word on each criterion of a set for a year, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedWidget,
)

from thidua_desktop.domain.criteria import Checklist
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issue_text import issues_text
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.checklist_copies import copy_last_year
from thidua_desktop.services.checklist_places import ChecklistPlace, checklist_place
from thidua_desktop.services.checklists import (
    ChecklistView,
    open_checklist,
    set_step,
)
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.criteria_pasting import figures_target
from thidua_desktop.services.peer_scores import take_peer_scores
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.services.score_sheets import printables_of_checklist
from thidua_desktop.ui.dialogs.keying_dialog import KeyingDialog
from thidua_desktop.ui.dialogs.peer_dialog import PeerDialog
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.rank_dialog import RankDialog
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.checklist_choice import ChecklistChoice
from thidua_desktop.ui.pages.checklist_rows import (
    COLUMNS,
    banner_of,
    entry_row,
    list_row,
    sum_text,
)
from thidua_desktop.ui.pages.entry_panel import EntryPanel
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.score_panel import ScorePanel
from thidua_desktop.ui.pages.tier_bar import TierBar
from thidua_desktop.ui.widgets.frames import Banner, panes, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import RowList


class ChecklistPage(Page):
    """Criteria at the left with what was said of them, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Phiếu tiêu chí", context)
        self._view: ChecklistView | None = None
        self._wanted: ChecklistPlace | None = None
        self._begins = False
        self.choice = ChecklistChoice(self)
        self.choice.leaving.connect(self.flush)
        self.choice.chosen.connect(self._open)
        self.head.add_action("In phiếu", self.preview, name="print")
        self._more = self.head.add_action("Thêm…", self._show_more, name="more")
        self._copy = self._task("Chép lời năm trước vào ô còn trống", self.copy_last_year)
        self._paste = self._task("Dán từ Excel…", self.paste)
        self._key = self._task("Nhập kiểm lần hai…", self.key_twice)
        self._score_peers = self._task("Chấm chéo đơn vị bạn…", self.score_peers)
        self._take_peers = self._task("Lấy điểm các đơn vị bạn đã chấm", self.take_peers)
        self._task("Xếp hạng, thử điểm…", self.show_ranks)
        self.banner = Banner("info")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Số tiêu chí đã đánh giá")
        self._sum = Text(role="muted", wrap=True)
        self.tiers = TierBar()
        self.tiers.wanted.connect(self._set_step)
        self._list = RowList(context.look, "Các tiêu chí của phiếu")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.activated.connect(lambda _: self._begin())
        self._pasting = Pasting(self, self._after)
        self._pasting.listen(self._list, self.paste)
        self.panel = ScorePanel(self)
        self.entry = EntryPanel(self)
        self.form, self.evidence = self.panel.form, self.panel.evidence
        for panel in (self.panel, self.entry):
            panel.changed.connect(self._after)
        self._right = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(self.banner)
        bar = QHBoxLayout()
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._sum, 1)
        self.body.addLayout(bar)
        self.body.addWidget(self.tiers)
        for panel in (self.panel, self.entry):
            self._right.addWidget(scrolled(panel))
        habits = self.context.habits
        left = with_tools(habits, "checklist", self._list, heading="Tiêu chí", columns=COLUMNS)
        sides = panes(left, self._right, widths=(420, 660))
        self.body.addWidget(keep_panes(habits, "checklist", sides), 1)

    # what the window asks of every page

    def refresh(self) -> None:
        """Read the sets, then the checklist of the chosen one."""
        self.read(criteria_sets, self.choice.show_sets)

    def open_at(self, key: object) -> None:
        """Show the criterion of a score or of a proof, or a whole checklist, whosesoever it is."""
        if isinstance(key, FieldPlace):
            kind, record_id = key.kind, key.id
            self.read(lambda ports: checklist_place(ports, kind, record_id), self._go_to)

    def _go_to(self, place: ChecklistPlace | None) -> None:
        if place is not None:
            self._wanted = place
            self.choice.go_to(place)

    def step(self, by: int) -> None:
        """Go to the next criterion; who was typing goes on typing there."""
        focus = QApplication.focusWidget()
        self._begins = focus is not None and self._right.isAncestorOf(focus)
        self._list.step(by)
        if self._begins:
            self._begins = False
            self._begin()

    def begin_like(self) -> None:
        """Go on with the next criterion: there are no others to begin."""
        self.step(1)

    def flush(self) -> None:
        """Save what waits."""
        self.panel.flush()
        self.entry.flush()

    def preview(self) -> None:
        """Show the filled sheet as it will be printed."""
        view = self._view
        if view is None:
            return
        self.flush()
        self._print_first("Phiếu tiêu chí")

    def print_ranks(self) -> None:
        """Show the table of the whole group as it will be printed."""
        self._print_first("Bảng tổng hợp")

    def _print_first(self, words: str) -> None:
        """Show what there is to print of this checklist, what begins with these words first."""
        set_id, year, unit = self.choice.key
        if isinstance(set_id, UUID) and isinstance(year, int):
            wanted = unit if isinstance(unit, UUID) else None
            found = printables_of_checklist(set_id=set_id, year=year, unit_id=wanted)
            found.sort(key=lambda one: not one.words.startswith(words))
            PrintPreview(self.context, found, self).open()

    def _open(self) -> None:
        self.flush()
        self._read_again()

    # what it holds

    def _show(self, view: ChecklistView) -> None:
        if _key(view) != self.choice.key:
            return  # another one was chosen meanwhile
        self._view = view
        rows = [list_row(row) for row in view.rows]
        self._list.show_rows([*rows, *(entry_row(entry) for entry in view.entries)])
        self._bar.setMaximum(max(1, len(view.rows)))
        self._bar.setValue(view.answered)
        self._bar.setFormat(f"Đã đánh giá {view.answered}/{len(view.rows)} tiêu chí")
        self._sum.setText(sum_text(view))
        self.tiers.show_view(view)
        self._let_do(view)
        self.banner.show_words(*banner_of(view))
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted.criterion_id is not None:
            self._list.choose(wanted.criterion_id)
            self._show_row()
        elif self._list.chosen() is None and view.rows:
            self._list.choose(view.rows[0].row.criterion.id)
        else:
            self._show_row()

    def _choose(self) -> None:
        self.flush()
        self._show_row()

    def _show_row(self) -> None:
        view = self._view
        if view is None:
            return
        chosen = self._list.chosen()
        for row in view.rows:
            if row.row.criterion.id == chosen:
                self._right.setCurrentIndex(0)
                self.panel.show_row(view, row)
                return
        for entry in view.entries:
            if entry.rule.id == chosen:
                self._right.setCurrentIndex(1)
                self.entry.show_row(view, entry)

    def _begin(self) -> None:
        (self.panel if self._right.currentIndex() == 0 else self.entry).begin()

    def _after(self, changes: Changes) -> None:
        self.context.saved("✓ Đã lưu")
        self.changed.emit(changes)
        self._read_again()

    def _read_again(self) -> None:
        set_id, year, unit = chosen = self.choice.key
        if isinstance(set_id, UUID) and isinstance(year, int) and isinstance(unit, UUID):
            self.read_shown(
                lambda ports: open_checklist(ports, set_id=set_id, year=year, unit_id=unit),
                self._show,
                same=lambda: self._view is not None and _key(self._view) == chosen,
            )

    # what is done with it as a whole

    def _set_step(self, tier: Tier, closed: bool) -> None:
        view = self._view
        if view is None:
            return
        self.flush()
        checklist = view.checklist
        self.write(
            lambda ports: set_step(ports, checklist, tier, closed=closed),
            partial(self._step_set, tier, closed),
            self._not_set,
        )

    def _step_set(self, tier: Tier, closed: bool, saved: RecordSaved[Checklist]) -> None:
        self.context.news(f"Đã {'khóa' if closed else 'mở khóa'} bước {word(tier).lower()}.")
        self._after(saved.changes)

    def _not_set(self, error: ThiduaError) -> None:
        if isinstance(error, InvalidInputError):
            self.context.news(f"Chưa đổi gì. {issues_text(error.issues)}")
        else:
            self.refused(error)

    def _task(self, words: str, job: Callable[[], None]) -> QAction:
        """Return what Thêm… and Ctrl+K both offer."""
        action = QAction(words, self)
        action.triggered.connect(job)
        self.addAction(action)
        return action

    def _let_do(self, view: ChecklistView) -> None:
        filling = view.may_fill and not view.is_closed(Tier.SELF)
        marked = any(row.peers for row in view.rows) and not view.is_closed(Tier.CROSS)
        self._copy.setEnabled(filling)
        self._key.setEnabled(filling)
        self._paste.setEnabled(filling)
        self._score_peers.setVisible(not view.may_verify)
        self._take_peers.setVisible(view.may_verify)
        self._take_peers.setEnabled(marked)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([one for one in self.actions() if one.isVisible()])
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def copy_last_year(self) -> None:
        """Copy last year's words where nothing is said yet."""
        view = self._view
        if view is not None:
            self.flush()
            checklist = view.checklist
            self.write(lambda ports: copy_last_year(ports, checklist), self._copied)

    def _copied(self, copied: tuple[int, Changes]) -> None:
        count, changes = copied
        self.context.news(
            f"Đã chép lời của {count} tiêu chí từ phiếu năm trước; hãy sửa cho đúng năm nay."
            if count
            else "Không chép gì: năm trước không có phiếu, hoặc mọi ô đã có lời."
        )
        self._after(changes)

    def paste(self) -> None:
        """Write a block of cells into the criteria its rows name, or from the chosen one on."""
        view, chosen = self._view, self._list.chosen()
        if view is not None and self._paste.isEnabled():
            first = chosen if isinstance(chosen, UUID) else None
            self._pasting.paste(figures_target(view.checklist, first), "plan")

    def key_twice(self) -> None:
        """Let a second person key the figures again."""
        if self._view is not None:
            self.flush()
            dialog = KeyingDialog(self, self._view)
            dialog.changed.connect(self._after)
            dialog.open()

    def score_peers(self) -> None:
        """Give peers their points by this set, for this year."""
        view = self._view
        if view is not None:
            self.flush()
            dialog = PeerDialog(self, view.criteria_set.id, view.checklist.period or 0)
            dialog.changed.connect(self.changed)
            dialog.open()

    def take_peers(self) -> None:
        """Give the mean of the peers where there is no cross score yet."""
        view = self._view
        if view is not None:
            self.flush()
            checklist = view.checklist
            self.write(lambda ports: take_peer_scores(ports, checklist), self._taken, self._not_set)

    def _taken(self, taken: tuple[int, Changes]) -> None:
        count, changes = taken
        self.context.news(
            f"Đã lấy điểm đơn vị bạn chấm cho {count} tiêu chí, kèm lý do của từng đơn vị."
            if count
            else "Không lấy gì: các tiêu chí đơn vị bạn chấm đã có điểm chấm chéo, hoặc các đơn vị "
            "đã chấm không cùng cụm, khối."
        )
        self._after(changes)

    def show_ranks(self) -> None:
        """Show the ranks, and what they would be with other points."""
        if self._view is not None:
            chosen = self._list.chosen()
            dialog = RankDialog(self._view, chosen if isinstance(chosen, UUID) else None, self)
            dialog.print_wanted.connect(self.print_ranks)
            dialog.open()


def _key(view: ChecklistView) -> tuple[object, object, object]:
    return view.criteria_set.id, view.checklist.period, view.checklist.unit_id
