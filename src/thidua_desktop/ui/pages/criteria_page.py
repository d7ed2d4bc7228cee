"""Tiêu chí: the province's sets and the office's own, criterion by criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, PointRule
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import (
    CriteriaSetRow,
    CriterionRow,
    add_criterion,
    add_rule,
    criteria_of,
    criteria_sets,
    remove_criterion,
    rules_of,
    set_groups,
    set_holding,
    subject_groups,
    take_usual_rules,
)
from thidua_desktop.services.criteria_pasting import criteria_target, rules_target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, delete_record
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.criteria_panel import CriteriaPanel, state_chip
from thidua_desktop.ui.pages.criteria_rows import (
    CRITERION_COLUMNS,
    count_text,
    criterion_row,
    rule_row,
    set_row,
)
from thidua_desktop.ui.pages.criteria_sets import SetActions
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.frames import button_of, panes
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.list_filter import ListFilter
from thidua_desktop.ui.widgets.rows import RowList

T = TypeVar("T")
_ABREAST = 2


class CriteriaPage(Page):
    """Sets at the left, criteria and rules in the middle, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Tiêu chí", context)
        self._sets: tuple[CriteriaSetRow, ...] = ()
        self._criteria: tuple[CriterionRow, ...] = ()
        self._rules: tuple[PointRule, ...] = ()
        self._wanted: UUID | None = None
        self._wanted_set: UUID | None = None
        self._begins = False
        self._shown_set: UUID | None = None  # whose criteria stand in the list
        self._set_list = RowList(context.look, "Bộ tiêu chí")
        self._set_list.setMinimumWidth(170)
        self._set_list.selectionModel().currentChanged.connect(self._choose_set)
        self._list = RowList(context.look, "Các tiêu chí")
        self._list.setMinimumWidth(230)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted", wrap=True)
        self.panel = CriteriaPanel(self)
        self.form = self.panel.criterion.form
        self.panel.saved.connect(self._saved)
        self.panel.removing.connect(self._remove_chosen)
        self.panel.grouping.connect(self._set_groups)
        self.sets = SetActions(self, self.panel, lambda: self._row)
        self.sets.made.connect(self._made)
        self.sets.touched.connect(self._after)
        self.head.add_action("Chép thành bộ mới", self._make_own, name="make_own")
        self._new = self.head.add_action("Bộ mới", self.sets.begin, primary=True, name="new_set")
        self._add = button_of("Thêm tiêu chí", self._add_new, quiet=True)
        self._add_rule = button_of("Thêm quy tắc", self._add_new_rule, quiet=True)
        self._usual = button_of("Lấy quy tắc mẫu", self._take_usual, quiet=True)
        self._paste = button_of("Dán từ Excel…", self.paste, quiet=True)
        self._paste.setToolTip("Chép các dòng trong Excel rồi bấm, hoặc Ctrl+V trong danh sách")
        self._paste_rules = button_of("Dán quy tắc…", self.paste_rules, quiet=True)
        self._paste_rules.setToolTip(
            "Chép các dòng trong Excel rồi bấm, hoặc Ctrl+V khi đang ở một quy tắc của danh sách"
        )
        self._many = button_of("Sửa hàng loạt…", self.edit_many, quiet=True)
        self._many.setToolTip("Một giá trị cho một ô của mọi tiêu chí đã đánh dấu")
        self._changing = (  # criteria at the left, rules at the right
            *(self._add, self._add_rule),
            *(self._paste, self._paste_rules),
            *(self._many, self._usual),
        )
        self._list.let_mark_many()
        self._pasting = Pasting(self, self._after)
        self._pasting.listen(self._list, self._paste_here)
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        habits = self.context.habits
        tools = with_tools(
            habits, "criteria", self._list, heading="Tiêu chí", columns=CRITERION_COLUMNS
        )
        column.addWidget(tools, 1)
        column.addWidget(self._count)
        below = QGridLayout()  # side by side they would be wider than a small screen
        for place, button in enumerate(self._changing):
            below.addWidget(button, place // _ABREAST, place % _ABREAST)
        column.addLayout(below)
        splitter = panes(self._set_list, middle, self.panel, widths=(300, 330, 470))
        self.body.addWidget(keep_panes(habits, "criteria", splitter), 1)

    def refresh(self) -> None:
        """Read the sets anew."""
        self.read(subject_groups, self.panel.offer_groups)
        self.read_shown(criteria_sets, self._show_sets)

    def open_at(self, key: object) -> None:
        """Show a set, or a criterion in its set, whatever the list was filtered by."""
        if isinstance(key, FieldPlace):
            record_id = key.id
            self.read(
                lambda ports: set_holding(ports, record_id), partial(self._open_set, record_id)
            )

    def _open_set(self, record_id: UUID, set_id: UUID | None) -> None:
        for line in self.findChildren(ListFilter):
            line.clear()
        if set_id is None:
            return  # it is gone
        self._wanted = record_id if record_id != set_id else None
        if self._set_list.chosen() == set_id:
            self._read_criteria()
        else:
            self._set_list.choose(set_id)

    def step(self, by: int) -> None:
        """Go to the next criterion."""
        self._list.step(by)

    def flush(self) -> None:
        """Save what waits."""
        self.panel.flush()

    def begin_like(self) -> None:
        """Add a rule where one is open, else a criterion."""
        chosen = self._list.chosen()
        if self._may_change() and isinstance(chosen, UUID) and self._is_rule(chosen):
            self._add_new_rule()
        else:
            self.begin_new()

    def begin_new(self) -> None:
        """Add a criterion to the own set."""
        if self._may_change():
            self._add_new()

    @property
    def _row(self) -> CriteriaSetRow | None:
        chosen = self._set_list.chosen()
        return next((one for one in self._sets if one.criteria_set.id == chosen), None)

    def _may_change(self) -> bool:
        return self._row is not None and self._row.may_change

    def _show_sets(self, sets: Sequence[CriteriaSetRow]) -> None:
        self._sets = tuple(sets)
        self._set_list.show_rows([set_row(one) for one in sets])
        wanted, self._wanted_set = self._wanted_set, None
        if wanted is not None and self._set_list.choose(wanted):
            return
        if self._row is None and sets:
            self._set_list.choose(sets[0].criteria_set.id)
        else:
            self._show_whole()

    def _show_whole(self) -> None:
        row = self._row
        if row is None:
            return
        self.panel.show_set(row)
        for button in self._changing:
            button.setVisible(row.may_change)

    def _choose_set(self) -> None:
        self.flush()
        self._show_whole()
        self._read_criteria()

    def _read_criteria(self) -> None:
        chosen = self._set_list.chosen()
        if isinstance(chosen, UUID):
            self.read_shown(
                lambda ports: (criteria_of(ports, chosen), rules_of(ports, chosen)),
                partial(self._show_criteria, chosen),
                same=lambda: self._shown_set == chosen,
            )

    def _show_criteria(
        self, set_id: UUID, read: tuple[Sequence[CriterionRow], Sequence[PointRule]]
    ) -> None:
        if set_id != self._set_list.chosen():
            return  # another set was chosen meanwhile
        criteria, rules = read
        self._shown_set = set_id
        self._criteria, self._rules = tuple(criteria), tuple(rules)
        self._show_rows()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._list.choose(wanted):
            self._choose()
            self.panel.setCurrentIndex(0)
            if self._begins:
                self._form_of(wanted).form.focus_field("wording")
            self._begins = False
        elif self._list.chosen() is None and criteria:
            self._list.choose(criteria[0].criterion.id)
        else:
            self._choose()

    def _show_rows(self) -> None:
        rows = [criterion_row(one) for one in self._criteria]
        self._list.show_rows([*rows, *(rule_row(one) for one in self._rules)])
        self._count.setText(count_text(self._criteria, self._rules))

    def _form_of(self, record_id: UUID) -> SavedForm[Criterion] | SavedForm[PointRule]:
        return self.panel.rule if self._is_rule(record_id) else self.panel.criterion

    def _is_rule(self, record_id: object) -> bool:
        return any(rule.id == record_id for rule in self._rules)

    def _choose(self) -> None:
        chosen, may_change = self._list.chosen(), self._may_change()
        words = state_chip(self._row)[0] if self._row else ""
        words = f"{words}, sửa được" if may_change else words
        for row in self._criteria:
            if row.criterion.id == chosen:
                self.panel.show_criterion(row, may_change=may_change, words=words)
        for rule in self._rules:
            if rule.id == chosen:
                self.panel.show_rule(rule, may_change=may_change, words=words)

    # sets

    def _make_own(self) -> None:
        """Copy the chosen set; a draft is gone on with, and not copied a second time."""
        row = self._row
        if row is None or row.may_change:
            return
        base = row.criteria_set.id
        draft = next(
            (o for o in self._sets if o.may_change and o.criteria_set.based_on_id == base), None
        )
        if draft is not None:
            self._set_list.choose(draft.criteria_set.id)
        else:
            self.sets.copy(base)

    def _made(self, made: CriteriaSet) -> None:
        self._wanted_set = made.id
        self.refresh()

    # criteria and rules

    def paste(self) -> None:
        """Make criteria of a block of cells; those of the same words are changed."""
        row = self._row
        if row is not None and row.may_change:
            self._pasting.paste(criteria_target(row.criteria_set.id))

    def paste_rules(self) -> None:
        """Make rules of a block of cells; those of the same words are changed."""
        row = self._row
        if row is not None and row.may_change:
            self._pasting.paste(rules_target(row.criteria_set.id))

    def _paste_here(self) -> None:
        """Paste what the chosen row is one of."""
        if self._is_rule(self._list.chosen()):
            self.paste_rules()
        else:
            self.paste()

    def edit_many(self) -> None:
        """Write one value into a field of every marked criterion."""
        marked = [one for one in self._list.marked() if isinstance(one, UUID)]
        if self._may_change():
            self._pasting.edit_many(Criterion, [one for one in marked if not self._is_rule(one)])

    def _add_new(self) -> None:
        self._write_in_set(add_criterion, self._added)

    def _add_new_rule(self) -> None:
        self._write_in_set(add_rule, self._added)

    def _take_usual(self) -> None:
        self._write_in_set(take_usual_rules, self._after)

    def _write_in_set(self, job: Callable[[Ports, UUID], T], done: Callable[[T], None]) -> None:
        set_id = self._set_list.chosen()
        if isinstance(set_id, UUID):
            self.flush()
            self.write(lambda ports: job(ports, set_id), done)

    def _added(self, added: RecordSaved[Criterion] | RecordSaved[PointRule]) -> None:
        self._wanted, self._begins = added.record.id, True
        self._after(added.changes)

    def _set_groups(self, groups: Sequence[UUID]) -> None:
        chosen = self._list.chosen()
        criterion = next((r.criterion for r in self._criteria if r.criterion.id == chosen), None)
        if criterion is not None:
            self.write(
                lambda ports: set_groups(ports, criterion, groups), self._after, self._groups_kept
            )

    def _groups_kept(self, error: ThiduaError) -> None:
        self.refused(error)
        self._read_criteria()

    def _remove_chosen(self) -> None:
        chosen = self._list.chosen()
        self.flush()
        criterion = next((r.criterion for r in self._criteria if r.criterion.id == chosen), None)
        rule = next((rule for rule in self._rules if rule.id == chosen), None)
        if criterion is not None:
            self.panel.criterion.forget()
            self.write(partial(_remove, criterion), partial(self._removed, criterion))
        elif rule is not None:
            self.panel.rule.forget()
            self.write(partial(_delete, rule), partial(self._removed, rule))

    def _removed(self, record: Criterion | PointRule, changes: Changes) -> None:
        self._after(changes)
        what = "tiêu chí" if isinstance(record, Criterion) else "quy tắc"
        self.context.deleted(f"Đã bỏ một {what}.", kind_name(type(record)), record.id)

    def _after(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()
        self._read_criteria()

    def _saved(self, saved: RecordSaved[Criterion | PointRule | CriteriaSet]) -> None:
        record = saved.record
        if isinstance(record, CriteriaSet):
            self.read_shown(criteria_sets, self._show_sets)
        elif isinstance(record, Criterion):
            self._criteria = tuple(
                CriterionRow(record, one.groups) if one.criterion.id == record.id else one
                for one in self._criteria
            )
        else:
            self._rules = tuple(record if one.id == record.id else one for one in self._rules)
        self._show_rows()
        self.changed.emit(saved.changes)


def _remove(criterion: Criterion, ports: Ports) -> Changes:
    return remove_criterion(ports, criterion)


def _delete(rule: PointRule, ports: Ports) -> Changes:
    return delete_record(ports, rule)
