"""Tiêu chí: the province's set and the office's own, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import CriteriaSet, Criterion
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, StoreBusyError, ThiduaError
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import (
    CriteriaSetRow,
    CriterionRow,
    add_criterion,
    criteria_of,
    criteria_sets,
    remove_criterion,
)
from thidua_desktop.services.criteria_copies import make_own_set
from thidua_desktop.services.saving import RecordSaved, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.frames import Card, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.list_filter import filtered
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saving import AutoSave

_ROWS = (
    ("wording",),
    ("field",),
    ("marking", "points", "weight"),
    ("code", "section"),
    ("evidence_required",),
)
_MAKE_OWN = "Lập bộ tiêu chí của cơ quan"
_OPEN_OWN = "Mở bộ tiêu chí của cơ quan"


class CriteriaPage(Page):
    """Sets at the left, criteria in the middle, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Tiêu chí", context)
        self._sets: tuple[CriteriaSetRow, ...] = ()
        self._criteria: tuple[CriterionRow, ...] = ()
        self._shown: Criterion | None = None
        self._wanted: UUID | None = None
        self._wanted_set: UUID | None = None
        self._own = self.head.add_action(_MAKE_OWN, self._make_own, primary=True, name="make_own")
        self._set_list = RowList(context.look, "Bộ tiêu chí")
        self._set_list.setMinimumWidth(170)
        self._set_list.selectionModel().currentChanged.connect(self._choose_set)
        self._list = RowList(context.look, "Các tiêu chí")
        self._list.setMinimumWidth(230)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted")
        self.form: RecordForm[Criterion] = RecordForm(Criterion, _ROWS, heights={"wording": 9})
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self._autosave = AutoSave(self._save, self)
        self._groups = Text(role="muted", wrap=True)
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._remove = button_of("Bỏ tiêu chí", self._remove_chosen, quiet=True)
        self._add = button_of("Thêm tiêu chí", self._add_new, quiet=True)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._remove)
        card.body.addLayout(head)
        card.body.addWidget(self._chip)
        card.body.addWidget(self._groups)
        card.body.addWidget(self.form)
        card.body.addStretch(1)
        scroll = scrolled(card)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(filtered(self._list), 1)
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(self._add)
        column.addLayout(below)
        splitter = panes(self._set_list, middle, scroll, widths=(240, 380, 460))
        self.body.addWidget(splitter, 1)

    def refresh(self) -> None:
        """Read the sets anew."""
        self.read(criteria_sets, self._show_sets)

    def step(self, by: int) -> None:
        """Go to the next criterion."""
        self._list.step(by)

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()

    def begin_new(self) -> None:
        """Add a criterion to the own set."""
        if self._is_own():
            self._add_new()

    def _show_sets(self, sets: Sequence[CriteriaSetRow]) -> None:
        self._sets = tuple(sets)
        rows = [
            Row(one.criteria_set.id, one.criteria_set.name, f"{one.issuer} · {one.count} tiêu chí")
            for one in sets
        ]
        self._set_list.show_rows(rows)
        has_own = not self.context.office().is_province and any(one.is_own for one in sets)
        self._own.setText(_OPEN_OWN if has_own else _MAKE_OWN)
        wanted, self._wanted_set = self._wanted_set, None
        if wanted is not None:
            self._set_list.choose(wanted)
        elif self._set_list.chosen() is None and sets:
            self._set_list.choose(sets[0].criteria_set.id)

    def _choose_set(self) -> None:
        self.flush()
        self._read_criteria()

    def _read_criteria(self) -> None:
        chosen = self._set_list.chosen()
        if isinstance(chosen, UUID):
            self.read(
                lambda ports: criteria_of(ports, chosen), partial(self._show_criteria, chosen)
            )

    def _show_criteria(self, set_id: UUID, criteria: Sequence[CriterionRow]) -> None:
        if set_id != self._set_list.chosen():
            return  # another set was chosen meanwhile
        self._criteria = tuple(criteria)
        self._add.setVisible(self._is_own())
        self._list.show_rows([_row(one) for one in criteria])
        self._count.setText(_count(criteria))
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._list.choose(wanted):
            self.form.focus_field("wording")
        elif self._list.chosen() is None and criteria:
            self._list.choose(criteria[0].criterion.id)

    def _choose(self) -> None:
        self.flush()
        chosen = self._list.chosen()
        row = next((one for one in self._criteria if one.criterion.id == chosen), None)
        if row is None:
            return
        criterion = row.criterion
        self._title.setText(f"Tiêu chí {criterion.place or ''}")
        self._groups.setText("Đối tượng: " + ", ".join(group.name for group in row.groups))
        own = self._is_own()
        self._remove.setVisible(own)
        self._chip.show_status(
            "Của cơ quan, sửa được" if own else "Nguyên văn, chỉ đọc", "ok" if own else "plain"
        )
        same = self._shown is not None and self._shown.id == criterion.id
        self._shown = criterion
        (self.form.refresh_record if same else self.form.show_record)(criterion)
        self.form.set_read_only(not own)

    def _is_own(self) -> bool:
        chosen = self._set_list.chosen()
        return any(one.is_own for one in self._sets if one.criteria_set.id == chosen) and (
            not self.context.office().is_province
        )

    def _make_own(self) -> None:
        base = self._set_list.chosen()
        if not isinstance(base, UUID):
            return
        own = [one.criteria_set for one in self._sets if one.is_own]
        if own and not self.context.office().is_province:
            self._set_list.choose(own[0].id)
            return
        office = self.context.office()
        year = PartialDate(self.context.today().year)
        name = f"Bộ tiêu chí của {office.unit_name}"
        self.write(
            lambda ports: make_own_set(ports, based_on=base, name=name, valid_from=year),
            self._made,
        )

    def _made(self, made: CriteriaSet) -> None:
        self.context.news(f"Đã lập “{made.name}”: đặt điểm, hệ số, minh chứng ở bên phải.")
        self._wanted_set = made.id
        self.refresh()

    def _add_new(self) -> None:
        set_id = self._set_list.chosen()
        if isinstance(set_id, UUID):
            self.flush()
            self.write(lambda ports: add_criterion(ports, set_id), self._added)

    def _added(self, added: RecordSaved[Criterion]) -> None:
        self._wanted = added.record.id
        self.changed.emit(added.changes)
        self.refresh()
        self._read_criteria()

    def _remove_chosen(self) -> None:
        criterion = self._shown
        if criterion is not None:
            self.flush()
            self.write(lambda ports: remove_criterion(ports, criterion), self._removed)

    def _removed(self, changes: Changes) -> None:
        self._shown = None
        self.changed.emit(changes)
        self.refresh()
        self._read_criteria()

    def _touched(self) -> None:
        self._autosave.touch()
        self.context.saved("Đang lưu…")

    def _save(self) -> None:
        if self._shown is None or not self._is_own():
            return
        criterion, issues = self.form.record()
        self.form.show_issues(issues)
        shown = self._shown
        self.context.saved("⚠ Có ô chưa lưu được" if issues else "")
        if criterion == shown:
            return
        self._shown = criterion
        self.write(
            lambda ports: save_record(ports, criterion, shown=shown),
            self._saved,
            partial(self._refused, shown),
        )

    def _saved(self, saved: RecordSaved[Criterion]) -> None:
        self._criteria = tuple(
            CriterionRow(saved.record, one.groups) if one.criterion.id == saved.record.id else one
            for one in self._criteria
        )
        if self._shown and self._shown.id == saved.record.id and not self._autosave.waits:
            self._shown = saved.record
            self.form.refresh_record(saved.record)
        self._list.show_rows([_row(one) for one in self._criteria])
        self._count.setText(_count(self._criteria))
        self.context.saved("✓ Đã lưu")
        self.changed.emit(saved.changes)

    def _refused(self, shown: Criterion, error: ThiduaError) -> None:
        self.context.saved("⚠ Chưa lưu được")
        if self._shown and self._shown.id == shown.id:
            self._shown = shown
        if isinstance(error, StoreBusyError):
            self._autosave.touch()
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self.refused(error)


def _row(row: CriterionRow) -> Row:
    """Return field and section first: so the list reads in the groups of the plan."""
    criterion = row.criterion
    parts = [word(criterion.field), f"mục {criterion.section}" if criterion.section else ""]
    wording = criterion.wording or "(chưa có nội dung)"
    status = f"{decimal_text(criterion.points)} điểm" if criterion.points is not None else ""
    return Row(
        criterion.id,
        f"{criterion.place or ''}. {wording}",
        " · ".join(part for part in parts if part),
        status,
        "info",
    )


def _count(criteria: Sequence[CriterionRow]) -> str:
    points = sum(
        ((one.criterion.points or Decimal()) * (one.criterion.weight or 1) for one in criteria),
        Decimal(),
    )
    said = f"{len(criteria)} tiêu chí"
    return f"{said} · {decimal_text(points)} điểm" if points else said
