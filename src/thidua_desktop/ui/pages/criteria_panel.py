"""The right side of Tiêu chí: the criterion or rule that is chosen, and the set as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, PointRule, SubjectGroup
from thidua_desktop.domain.dates import shown
from thidua_desktop.services.criteria import CriteriaSetRow, CriterionRow
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.check_group import CheckGroup
from thidua_desktop.ui.widgets.frames import Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text

_CRITERION = (
    ("wording",),
    ("part", "field"),
    ("marking", "measure"),
    ("points", "weight"),
    ("gives_bonus",),
    ("evidence_required",),
    ("code", "section"),
)
_RULE = (("wording",), ("sort", "points"), ("bars",), ("code",))
_SET = (
    ("name",),
    ("valid_from", "valid_to"),
    ("group_id", "document"),
    ("bonus_step", "bonus_each"),
    ("bonus_total",),
    ("share_b", "share_c", "share_d"),
    ("excellent_from", "good_from", "fair_from"),
    ("note",),
)


class CriteriaPanel(QTabWidget):
    """Two tabs; `removing` and the like say what is wanted of the page."""

    removing = Signal()
    issuing = Signal()
    versioning = Signal()
    deleting = Signal()
    grouping = Signal(object)
    saved = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setAccessibleName("Tiêu chí và bộ tiêu chí")
        self.criterion = SavedForm(page, Criterion, _CRITERION, heights={"wording": 6})
        self.rule = SavedForm(page, PointRule, _RULE, heights={"wording": 3})
        self.whole = SavedForm(page, CriteriaSet, _SET, heights={"note": 2})
        for form in (self.criterion, self.rule, self.whole):
            form.saved.connect(self.saved)
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.groups = CheckGroup("Đối tượng của tiêu chí")
        self.groups.chosen.connect(self.grouping)
        self.remove = button_of("Bỏ tiêu chí", self.removing.emit, quiet=True)
        self.issue = button_of("Ban hành…", self.issuing.emit, primary=True)
        self.version = button_of("Lập phiên bản mới", self.versioning.emit)
        self.delete = button_of("Xóa bộ", self.deleting.emit, quiet=True)
        self.state = Text(role="muted", wrap=True)
        self.addTab(scrolled(self._part_card()), "Đang chọn")
        self.addTab(scrolled(self._set_card()), "Cả bộ")

    def flush(self) -> None:
        """Save what waits."""
        for form in (self.criterion, self.rule, self.whole):
            form.flush()

    def offer_groups(self, groups: Sequence[SubjectGroup]) -> None:
        """Offer the groups that a set may be for, and its criteria."""
        self.groups.offer([(group.name, group.id) for group in groups])
        self.whole.form.offer("group_id", [(group.name, group.id) for group in groups])

    def show_set(self, row: CriteriaSetRow) -> None:
        """Show a set as a whole, and what may be done with it."""
        one = row.criteria_set
        self.whole.show_record(one, read_only=not row.may_change)
        self.state.setText(state_text(row))
        self.issue.setVisible(row.may_change)
        self.delete.setVisible(row.may_change)
        self.version.setVisible(row.is_own and one.issued_on is not None)

    def show_criterion(self, row: CriterionRow, *, may_change: bool, words: str) -> None:
        """Show a criterion."""
        self.rule.hide()
        self.criterion.show()
        self.title.setText(f"Tiêu chí {row.criterion.place or ''}")
        chosen = [group.id for group in row.groups]
        self.groups.show_chosen(chosen, read_only=not may_change)
        self.criterion.show_record(row.criterion, read_only=not may_change)
        self._show_state(may_change=may_change, words=words, what="tiêu chí")

    def show_rule(self, rule: PointRule, *, may_change: bool, words: str) -> None:
        """Show a rule that adds points or takes them."""
        self.criterion.hide()
        self.rule.show()
        self.title.setText("Quy tắc cộng, trừ điểm")
        self.groups.hide()
        self.rule.show_record(rule, read_only=not may_change)
        self._show_state(may_change=may_change, words=words, what="quy tắc")

    def _show_state(self, *, may_change: bool, words: str, what: str) -> None:
        self.remove.setText(f"Bỏ {what}")
        self.remove.setVisible(may_change)
        self.chip.show_status(words, "ok" if may_change else "plain")

    def _part_card(self) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        card.body.addLayout(head)
        card.body.addWidget(self.chip)
        card.body.addWidget(self.criterion)
        card.body.addWidget(self.groups)
        card.body.addWidget(self.rule)
        self.rule.hide()
        card.body.addStretch(1)
        return card

    def _set_card(self) -> QWidget:
        card = Card()
        card.body.addWidget(self.state)
        buttons = QHBoxLayout()
        for button in (self.issue, self.version, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        card.body.addWidget(self.whole)
        card.body.addStretch(1)
        return card


def state_text(row: CriteriaSetRow) -> str:
    """Return in words how far a set has come."""
    one = row.criteria_set
    version = f"Phiên bản {one.version}. " if one.version else ""
    if one.issued_on is not None:
        words = f"Đã ban hành ngày {shown(one.issued_on)}: không sửa nữa, chỉ ghi được ghi chú."
    elif row.is_fixed:
        words = "Nguyên văn kế hoạch: chỉ đọc."
    elif row.is_own:
        words = "Bản thảo: sửa được mọi ô; ban hành rồi thì không sửa nữa."
    else:
        words = "Bộ của cơ quan khác: chỉ đọc."
    if row.followed_by is not None:
        words += f" Đã có phiên bản {row.followed_by.version} thay thế."
    filled = f" {row.checklists} phiếu lập theo bộ này." if row.checklists else ""
    return f"{version}{words}{filled}"


def state_chip(row: CriteriaSetRow) -> tuple[str, str]:
    """Return the state of a set in a word and its kind."""
    if row.followed_by is not None:
        return "Đã thay", "plain"
    if row.criteria_set.issued_on is not None:
        return "Đã ban hành", "ok"
    if row.is_fixed or not row.is_own:
        return "Chỉ đọc", "plain"
    return "Bản thảo", "info"
