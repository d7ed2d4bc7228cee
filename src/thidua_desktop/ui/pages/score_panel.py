"""One criterion of a checklist: what was reported, three scores side by side, the evidence."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import (
    Assessment,
    Criterion,
    Evidence,
    Marking,
    Score,
)
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.records import FieldType, Owner, kind_spec
from thidua_desktop.domain.scoring import NUMBERED, Tier, is_by_points, percent_done, score_issues
from thidua_desktop.domain.scoring_text import formula_text, percent_text
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.checklists import (
    ChecklistRow,
    ChecklistView,
    add_evidence,
    save_score,
)
from thidua_desktop.services.pasting import Target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, delete_record, save_record
from thidua_desktop.ui.forms.asked_field import AskedField
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.where_from import ask_where
from thidua_desktop.ui.widgets.asking import ASK_KEY
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.notes import NotesBox

_ASSESSMENT = "assessment"
_EVIDENCE_COLUMNS = ("wording", "quantity", "measure")
_ROWS = (
    ("plan", "actual"),
    ("grade",),
    ("self_score", "cross_score", "verified_score"),
    ("self_reason", "cross_note", "verified_note"),
    ("note",),
)
_POINTS = ("self_score", "cross_score", "verified_score")
_REASONS = {Tier.SELF: "self_reason", Tier.CROSS: "cross_note", Tier.VERIFIED: "verified_note"}
_TIER_OF = {"cross_score": Tier.CROSS, "cross_note": Tier.CROSS}


class Judging(QWidget):
    """The choice of an assessment, which is no editor of the form; it tells whose field it is."""

    def __init__(self) -> None:
        super().__init__()
        self.score: UUID | None = None

    def asked_field(self, _inside: QWidget) -> AskedField | None:
        """Return the field that the choice stands for."""
        return AskedField("score", self.score, _ASSESSMENT) if self.score else None


class ScorePanel(Card):
    """Shows a row of a checklist and stores what is said of it; `changed` tells what was stored."""

    changed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._view: ChecklistView | None = None
        self._row: ChecklistRow | None = None
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._groups = Text(role="muted", wrap=True)
        self._wording = Text(wrap=True)
        self.met = QRadioButton(word(Assessment.MET))
        self.not_met = QRadioButton(word(Assessment.NOT_MET))
        self._open_yet = QRadioButton("Chưa đánh giá")
        self._buttons = QButtonGroup(self)
        for button in (self.met, self.not_met, self._open_yet):
            self._buttons.addButton(button)
        self._buttons.buttonClicked.connect(self._assessed)
        self._judging = Judging()
        self._formula = Text(role="strong", wrap=True)
        self._lacking = Text(role="complaint", wrap=True)
        self._peers = Text(wrap=True)
        self.saving: SavedForm[Score] = SavedForm(
            page,
            Score,
            _ROWS,
            heights=dict.fromkeys(_REASONS.values(), 2),
            store=self._store,
            amend=self._with_assessment,
            judge=self._too_much,
        )
        self.form = self.saving.form
        self.saving.saved.connect(lambda saved: self.changed.emit(saved.changes))
        self._attaching = Attaching(page, self.changed.emit)
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
        Pasting(page, self.changed.emit).serve(self.evidence, self._pasted)
        self._noting = Noting(page, self._askable, self.changed.emit)
        self._noting.serve(self.form, self.evidence)
        self.ask = button_of(
            "Hỏi đơn vị…", lambda: self._noting.begin("score", _ASSESSMENT), quiet=True
        )
        self.ask.setToolTip(f"Hỏi về một ô của tiêu chí này ({ASK_KEY}, hoặc bấm chuột phải vào ô)")
        self.ask.hide()
        self._notes = NotesBox()  # on the assessment, which is no editor of the form
        self._notes.answered.connect(self._noting.answer)
        self._notes.settled.connect(self._noting.settle)
        self._notes.closed.connect(self._noting.close)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for beside in (self.ask, self._chip):
            head.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._groups)
        self.body.addWidget(self._wording)
        judging = QVBoxLayout(self._judging)
        judging.setContentsMargins(0, 4, 0, 4)
        judging.setSpacing(2)
        over, choices = QHBoxLayout(), QHBoxLayout()
        over.addWidget(Text("Tự đánh giá:", role="strong"), 1)
        for button in (self.met, self.not_met, self._open_yet):
            choices.addWidget(button)
        choices.addStretch(1)
        over.addWidget(button_of("Từ đâu ra?", lambda: ask_where(self), quiet=True))
        judging.addLayout(choices)  # at once: the order of Tab is the order of being laid out
        judging.insertLayout(0, over)
        self.body.addWidget(self._judging)
        self.body.addWidget(self._notes)
        self.body.addWidget(self._formula)
        self.body.addWidget(self._peers)
        self.body.addWidget(self.saving)
        self.body.addWidget(self._lacking)
        self.body.addWidget(self.evidence)
        self.body.addStretch(1)

    def flush(self) -> None:
        """Save what waits."""
        self.saving.flush()
        self.evidence.flush()

    def begin(self) -> None:
        """Put the cursor where the criterion is filled in."""
        if self._judging.isVisible() and self.met.isEnabled():
            checked = self._buttons.checkedButton() or self._open_yet
            checked.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for editor in self.form.editors.values():
            if editor.takes_keys():
                self.form.focus_field(editor.spec.name)
                return

    def show_row(self, view: ChecklistView, row: ChecklistRow) -> None:
        """Show a criterion and all that is said of it."""
        same = self._row is not None and self._row.score.id == row.score.id
        if not same:
            self.flush()
        elif self.saving.waits:
            return  # what is typed is saved first, then all is read again
        self._view, self._row = view, row
        criterion, score = row.row.criterion, row.score
        field = f" · {word(criterion.field)}" if criterion.field else ""
        self._title.setText(f"Tiêu chí {criterion.place or ''}{field}")
        self._groups.setText(_about(row))
        self._groups.setVisible(bool(_about(row)))
        self._wording.setText(criterion.wording)
        self._show_fields(criterion)
        chosen = {Assessment.MET: self.met, Assessment.NOT_MET: self.not_met}.get(
            score.assessment,  # type: ignore[arg-type] # an unknown one is open
            self._open_yet,
        )
        chosen.setChecked(True)
        closed = view.is_closed(Tier.SELF)
        self._judging.score = score.id
        for button in self._buttons.buttons():
            button.setEnabled(view.may_fill and not closed)
        self.saving.show_record(score, read_only=not (view.may_fill or view.may_verify))
        self._let_write(view)
        self._let_ask(view, row)
        self._formula.setText(_formula(view, row))
        self._formula.setVisible(bool(self._formula.text()))
        self._peers.setText(_by_peers(row))
        self._peers.setVisible(bool(row.peers))
        self._show_lacking(row)
        self.evidence.show_records(row.evidence)
        self.evidence.set_read_only(not view.may_fill or closed)
        self._attaching.show(row.attachments, read_only=not view.may_fill or closed)
        self._notes.show_notes(note for note in row.notes if note.field == _ASSESSMENT)
        self.form.show_notes(row.notes)
        self.evidence.show_notes(row.notes)
        self._chip.show_status(*status_of(row))

    def _show_fields(self, criterion: Criterion) -> None:
        numbered = criterion.marking in NUMBERED
        for name in ("plan", "actual"):
            self.form.show_field(name, visible=numbered)
        self.form.show_field("grade", visible=criterion.marking is Marking.GRADED)
        by_points = is_by_points(criterion)
        for name in (*_POINTS, *_REASONS.values()):
            self.form.show_field(name, visible=by_points)
        self._judging.setVisible(criterion.marking in {None, Marking.MET})

    def _let_write(self, view: ChecklistView) -> None:
        """Let each write in the fields that are its own, while the step is open."""
        for name, editor in self.form.editors.items():
            mine = kind_spec(Score).field(name).owner is Owner.OFFICE
            tier = Tier.SELF if mine else _TIER_OF.get(name, Tier.VERIFIED)
            allowed = view.may_fill if mine else view.may_verify
            editor.set_read_only(not allowed or view.is_closed(tier))

    def _let_ask(self, view: ChecklistView, row: ChecklistRow) -> None:
        """Let the province ask about what another unit wrote."""
        allowed = view.may_verify and not view.may_fill and not row.is_new
        self.ask.setVisible(allowed)
        self.form.let_ask(allowed=allowed)
        self.evidence.let_ask(allowed=allowed)

    def _askable(self) -> tuple[str, list[FieldPlace]]:
        """Return what may be asked about: what the unit says of the criterion, and its proofs."""
        view, row = self._view, self._row
        if view is None or row is None:
            return "", []
        fields = kind_spec(Score).fields
        own = [f.name for f in fields if f.owner is Owner.OFFICE and f.type is not FieldType.REF]
        places = [FieldPlace(kind="score", id=row.score.id, field=name) for name in own]
        places += [
            FieldPlace(kind="evidence", id=proof.id, field=name)
            for proof in row.evidence
            for name in _EVIDENCE_COLUMNS
        ]
        return f"{view.unit_name} · {self._title.text()}", places

    def _show_lacking(self, row: ChecklistRow) -> None:
        words = [f"{word(tier)}: {issue_text(issue.issue)}" for tier, issue in row.lacking.items()]
        self._lacking.setText("\n".join(f"⚠ {one}" for one in words))
        self._lacking.setVisible(bool(words))

    def _assessed(self) -> None:
        self.saving.touch()
        self.flush()

    def _with_assessment(self, score: Score) -> Score:
        if self._judging.isHidden():
            return score
        if self.met.isChecked():
            return replace(score, assessment=Assessment.MET)
        is_open = self._open_yet.isChecked()
        return replace(score, assessment=None if is_open else Assessment.NOT_MET)

    def _too_much(self, score: Score) -> tuple[FieldIssue, ...]:
        rows = self._view.rows if self._view else ()
        of_score = (row.row.criterion for row in rows if row.score.id == score.id)
        criterion = next(of_score, None)
        return score_issues(score, criterion) if criterion else ()

    def _store(self, ports: Ports, score: Score, shown: Score) -> RecordSaved[Score]:
        view = self._view
        if view is None:
            raise RuntimeError("no checklist is shown")
        is_new = self._is_new(score.id)
        return save_score(ports, view.checklist, score, shown=None if is_new else shown)

    def _is_new(self, score_id: UUID) -> bool:
        rows = self._view.rows if self._view else ()
        return any(row.is_new for row in rows if row.score.id == score_id)

    def _add_evidence(self) -> None:
        if self._row is None or self._view is None:
            return
        self.flush()
        checklist, score = self._view.checklist, _blank(self._row.score)
        self._page.write(
            lambda ports: add_evidence(ports, checklist, score),
            lambda saved: self.changed.emit(saved.changes),
        )

    def _pasted(self) -> Target | None:
        """Return how proofs are pasted; checklist and score may never have been written."""
        view, row = self._view, self._row
        if view is None or row is None:
            return None
        return Target(
            kind=Evidence,
            offered=self.evidence.columns,
            fixed={"score_id": row.score.id},
            borne=(view.checklist, _blank(row.score)),
        )

    def _save_evidence(self, change: tuple[Evidence, Evidence]) -> None:
        shown, record = change
        self._page.write(
            lambda ports: save_record(ports, record, shown=shown),
            lambda saved: self.changed.emit(saved.changes),
        )

    def _remove_evidence(self, record: Evidence) -> None:
        def done(changes: Changes) -> None:
            self.changed.emit(changes)
            self._page.context.deleted("Đã bỏ một minh chứng.", "evidence", record.id)

        self._page.write(lambda ports: delete_record(ports, record), done)


def _blank(score: Score) -> Score:
    return Score(id=score.id, checklist_id=score.checklist_id, criterion_id=score.criterion_id)


def status_of(row: ChecklistRow) -> tuple[str, str]:
    """Return how a criterion stands, in a word and its kind."""
    if row.lacks_evidence:
        return "Thiếu minh chứng", "err"
    if row.lacking:
        return "Thiếu lý do", "err"
    given = row.given(Tier.VERIFIED)
    if given is not None:
        return f"{decimal_text(given)} điểm", "info"
    if row.score.assessment is Assessment.MET:
        return "Đạt", "ok"
    if row.score.assessment is Assessment.NOT_MET:
        return "Chưa đạt", "warn"
    return "Chưa đánh giá", "plain"


def _about(row: ChecklistRow) -> str:
    criterion = row.row.criterion
    best = f"tối đa {decimal_text(criterion.points)} điểm" if criterion.points is not None else ""
    weight = f"hệ số {decimal_text(criterion.weight)}" if criterion.weight is not None else ""
    parts = [
        criterion.part,
        f"Mục {criterion.section}" if criterion.section else "",
        ", ".join(group.name for group in row.row.groups),
        f"Đơn vị tính: {criterion.measure}" if criterion.measure else "",
        best,
        weight,
    ]
    return " · ".join(part for part in parts if part)


def _by_peers(row: ChecklistRow) -> str:
    """Return what peers gave, and why."""
    lines = []
    for mark in row.peers:
        who = mark.name or "Cơ quan chưa rõ"
        outside = "" if mark.counts else " (không cùng cụm, khối: không tính)"
        reason = f": {mark.reason}" if mark.reason else ""
        lines.append(f"{who}{outside} chấm {decimal_text(mark.points)}{reason}")
    return "Đơn vị bạn chấm chéo:\n" + "\n".join(lines)


def _formula(view: ChecklistView, row: ChecklistRow) -> str:
    criterion = row.row.criterion
    words = formula_text(view.criteria_set, criterion, row.score)
    done = percent_done(criterion, row.score) if criterion.marking in NUMBERED else None
    reached = f"Đạt {percent_text(done)} kế hoạch. " if done is not None else ""
    return f"{reached}{words}"
