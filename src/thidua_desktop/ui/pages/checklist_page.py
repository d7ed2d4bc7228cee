"""Phiếu tiêu chí: the office's own word on each criterion of a set for a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QWidget,
)

from thidua_desktop.domain.criteria import Assessment, Evidence, Score
from thidua_desktop.domain.errors import InvalidInputError, StoreBusyError, ThiduaError
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.scoring import is_by_points, score_issues
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.checklists import (
    ChecklistRow,
    ChecklistView,
    add_evidence,
    open_checklist,
    save_score,
)
from thidua_desktop.services.criteria import CriteriaSetRow, criteria_sets
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import Card, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.list_filter import filtered
from thidua_desktop.ui.widgets.notes import NotesBox
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saving import AutoSave

_YEARS = range(2023, 2031)
_ASSESSMENT = "assessment"
_EVIDENCE_COLUMNS = ("wording", "quantity", "measure")


class ChecklistPage(Page):
    """Criteria at the left with what was said of them, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Phiếu tiêu chí", context)
        self._view: ChecklistView | None = None
        self._row: ChecklistRow | None = None
        self._sets = Choice()
        self._sets.setAccessibleName("Bộ tiêu chí")
        self._sets.setMinimumContentsLength(24)
        self._sets.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._year = Choice()
        self._year.setAccessibleName("Năm")
        for year in _YEARS:
            self._year.addItem(f"Năm {year}", year)
        self._year.setCurrentIndex(max(0, self._year.findData(context.today().year)))
        self.head.add_widget(self._sets, stretch=3)
        self.head.add_widget(self._year)
        self._sets.currentIndexChanged.connect(self._open)
        self._year.currentIndexChanged.connect(self._open)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Số tiêu chí đã đánh giá")
        self._sum = Text(role="muted")
        self._list = RowList(context.look, "Các tiêu chí của phiếu")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._title = Text(role="heading", wrap=True)
        self._groups = Text(role="muted", wrap=True)
        self._wording = Text(wrap=True)
        self._met = QRadioButton(word(Assessment.MET))
        self._not_met = QRadioButton(word(Assessment.NOT_MET))
        self._open_yet = QRadioButton("Chưa đánh giá")
        self._buttons = QButtonGroup(self)
        for button in (self._met, self._not_met, self._open_yet):
            self._buttons.addButton(button)
        self._buttons.buttonClicked.connect(self._assessed)
        self._judging = QWidget()
        self.form: RecordForm[Score] = RecordForm(Score, (("self_score",), ("note",)))
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self._attaching = Attaching(self, self._after)
        self.evidence: RecordLines[Evidence] = RecordLines(
            Evidence,
            _EVIDENCE_COLUMNS,
            "Minh chứng",
            "Thêm minh chứng",
            below=self._attaching.below,
        )
        self.evidence.wanted.connect(self._add_evidence)
        self.evidence.changed_record.connect(self._save_evidence)
        self.evidence.removed.connect(self._remove_evidence)
        self._verified = Text(role="muted", wrap=True)
        self._chip = Chip()
        self._noting = Noting(self, lambda: ("", ()), self._after)
        self._noting.serve(self.form, self.evidence)
        self._notes = NotesBox()  # on the assessment, which is no editor of the form
        self._notes.answered.connect(self._noting.answer)
        self._notes.settled.connect(self._noting.settle)
        self._notes.closed.connect(self._noting.close)
        self._wanted: UUID | None = None
        self._autosave = AutoSave(self._save, self)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._sum)
        self.body.addLayout(bar)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addWidget(self._groups)
        card.body.addWidget(self._wording)
        choices = QHBoxLayout(self._judging)
        choices.setContentsMargins(0, 4, 0, 4)
        choices.addWidget(Text("Tự đánh giá:", role="strong"))
        for button in (self._met, self._not_met, self._open_yet):
            choices.addWidget(button)
        choices.addStretch(1)
        card.body.addWidget(self._judging)
        card.body.addWidget(self._notes)
        card.body.addWidget(self.form)
        card.body.addWidget(self.evidence)
        card.body.addWidget(self._verified)
        card.body.addStretch(1)
        scroll = scrolled(card)
        splitter = panes(filtered(self._list), scroll, widths=(440, 640))
        self.body.addWidget(splitter, 1)

    def refresh(self) -> None:
        """Read the sets, then the checklist of the chosen one."""
        self.read(criteria_sets, self._show_sets)

    def open_at(self, key: object) -> None:
        """Show the criterion of a score."""
        if isinstance(key, FieldPlace):
            self._wanted = key.id
            self._open()

    def step(self, by: int) -> None:
        """Go to the next criterion."""
        self._list.step(by)

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()
        self.evidence.flush()

    def _show_sets(self, sets: Sequence[CriteriaSetRow]) -> None:
        chosen = self._sets.currentData()
        self._sets.blockSignals(True)
        self._sets.clear()
        for one in sets:
            self._sets.addItem(one.criteria_set.name, one.criteria_set.id)
        place = self._sets.findData(chosen)
        self._sets.setCurrentIndex(max(0, place) if sets else -1)
        self._sets.blockSignals(False)
        self._open()

    def _open(self) -> None:
        self.flush()
        set_id, year = self._sets.currentData(), self._year.currentData()
        if isinstance(set_id, UUID):
            self.read(lambda ports: open_checklist(ports, set_id=set_id, year=year), self._show)

    def _show(self, view: ChecklistView) -> None:
        if (view.criteria_set.id, view.checklist.period) != self._chosen_checklist():
            return  # another one was chosen meanwhile
        self._view = view
        self._list.show_rows([_list_row(row) for row in view.rows])
        self._bar.setMaximum(max(1, len(view.rows)))
        self._bar.setValue(view.answered)
        self._bar.setFormat(f"Đã đánh giá {view.answered}/{len(view.rows)} tiêu chí")
        lacking = sum(row.lacks_evidence for row in view.rows)
        parts = [f"{lacking} tiêu chí thiếu minh chứng"] if lacking else []
        if view.most_points:
            parts.append(f"{decimal_text(view.points)}/{decimal_text(view.most_points)} điểm")
        self._sum.setText(" · ".join(parts))
        wanted = [row for row in view.rows if row.score.id == self._wanted]
        self._wanted = None
        if wanted:
            self._list.choose(wanted[0].row.criterion.id)
            self._show_row()
        elif self._list.chosen() is None and view.rows:
            self._list.choose(view.rows[0].row.criterion.id)
        else:
            self._show_row()

    def _chosen_checklist(self) -> tuple[object, object]:
        return self._sets.currentData(), self._year.currentData()

    def _choose(self) -> None:
        self.flush()
        self._show_row()

    def _show_row(self) -> None:
        rows = self._view.rows if self._view else ()
        chosen = self._list.chosen()
        row = next((one for one in rows if one.row.criterion.id == chosen), None)
        if row is None:
            return
        same = self._row is not None and self._row.score.id == row.score.id
        if same and self._autosave.waits:
            return  # what is typed is saved first, then all is read again
        self._row = row
        criterion, score = row.row.criterion, row.score
        self._title.setText(f"Tiêu chí {criterion.place or ''} · {word(criterion.field)}")
        self._groups.setText(
            f"Mục {criterion.section} · " + ", ".join(group.name for group in row.row.groups)
        )
        self._wording.setText(criterion.wording)
        by_points = is_by_points(criterion)
        self._judging.setVisible(not by_points)
        self.form.show_field("self_score", visible=by_points)
        chosen_button = {
            Assessment.MET: self._met,
            Assessment.NOT_MET: self._not_met,
        }.get(score.assessment, self._open_yet)  # type: ignore[arg-type] # an unknown one is open
        chosen_button.setChecked(True)
        (self.form.refresh_record if same else self.form.show_record)(score)
        self.evidence.show_records(row.evidence)
        self._attaching.show(row.attachments, read_only=False)
        self._notes.show_notes(note for note in row.notes if note.field == _ASSESSMENT)
        self.form.show_notes(row.notes)
        self.evidence.show_notes(row.notes)
        status, kind = _status(row)
        self._chip.show_status(status, kind)
        self._verified.setText(_verified(score))
        self._verified.setVisible(bool(_verified(score)))

    def _assessed(self) -> None:
        self._touched()
        self.flush()

    def _touched(self) -> None:
        self._autosave.touch()
        self.context.saved("Đang lưu…")

    def _save(self) -> None:
        if self._row is None or self._view is None:
            return
        criterion, shown = self._row.row.criterion, self._row.score
        score, issues = self.form.record()
        if not is_by_points(criterion):
            score = replace(score, assessment=self._chosen_assessment())
        if too_much := score_issues(score, criterion):
            issues = (*issues, *too_much)
            score = replace(score, self_score=shown.self_score)
        self.form.show_issues(issues)
        self.context.saved("⚠ Có ô chưa lưu được" if issues else "")
        if score == shown:
            return
        checklist = self._view.checklist
        known = None if self._row.is_new else shown
        # Until it is stored, what was sent is what is shown: the next change is told from that.
        self._row = replace(self._row, score=score)
        self.write(
            lambda ports: save_score(ports, checklist, score, shown=known),
            lambda saved: self._after(saved.changes),
            partial(self._refused, shown),
        )

    def _chosen_assessment(self) -> Assessment | None:
        if self._met.isChecked():
            return Assessment.MET
        return Assessment.NOT_MET if self._not_met.isChecked() else None

    def _after(self, changes: Changes) -> None:
        self.context.saved("✓ Đã lưu")
        self.changed.emit(changes)
        set_id, year = self._sets.currentData(), self._year.currentData()
        self.read(lambda ports: open_checklist(ports, set_id=set_id, year=year), self._show)

    def _add_evidence(self) -> None:
        if self._row is None or self._view is None:
            return
        self.flush()
        checklist, score = self._view.checklist, self._row.score
        empty = Score(id=score.id, checklist_id=score.checklist_id, criterion_id=score.criterion_id)
        self.write(
            lambda ports: add_evidence(ports, checklist, empty),
            lambda saved: self._after(saved.changes),
        )

    def _save_evidence(self, change: tuple[Evidence, Evidence]) -> None:
        shown, record = change
        self.write(
            lambda ports: save_record(ports, record, shown=shown),
            lambda saved: self._after(saved.changes),
        )

    def _remove_evidence(self, record: Evidence) -> None:
        def done(changes: Changes) -> None:
            self._after(changes)
            self.context.deleted("Đã bỏ một minh chứng.", "evidence", record.id)

        self.write(lambda ports: delete_record(ports, record), done)

    def _refused(self, shown: Score, error: ThiduaError) -> None:
        self.context.saved("⚠ Chưa lưu được")
        if self._row is not None and self._row.score.id == shown.id:
            self._row = replace(self._row, score=shown)
        if isinstance(error, StoreBusyError):
            self._autosave.touch()
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self.refused(error)


def _status(row: ChecklistRow) -> tuple[str, str]:
    if row.lacks_evidence:
        return "Thiếu minh chứng", "err"
    score = row.score
    if score.self_score is not None:
        return f"{decimal_text(score.self_score)} điểm", "info"
    if score.assessment is Assessment.MET:
        return "Đạt", "ok"
    if score.assessment is Assessment.NOT_MET:
        return "Chưa đạt", "warn"
    return "Chưa đánh giá", "plain"


def _list_row(row: ChecklistRow) -> Row:
    criterion = row.row.criterion
    status, kind = _status(row)
    below = row.score.note.replace("\n", " ") or f"Mục {criterion.section}"
    return Row(criterion.id, f"{criterion.place or ''}. {criterion.wording}", below, status, kind)


def _verified(score: Score) -> str:
    parts = []
    if score.verified_score is not None:
        parts.append(f"Điểm thẩm định: {decimal_text(score.verified_score)}")
    if score.verified_note:
        parts.append(f"Ý kiến thẩm định: {score.verified_note}")
    return "\n".join(parts)
