"""Đề nghị khen thưởng: the list, the open proposal, its letter, its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import IncompleteError, InvalidInputError, ThiduaError
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Nominee,
    Outcome,
    Proposal,
    ProposalState,
    Subject,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossiers import preview_proposal, preview_submission
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    ProposalRow,
    ProposalView,
    criterion_name,
    new_proposal,
    open_proposal,
    proposal_list,
    save_proposal,
    search_proposals,
)
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.ui.dialogs.import_list import ImportList
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.submission_dialog import SubmissionDialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.review_panel import ReviewPanel
from thidua_desktop.ui.widgets.frames import Banner, Card, EmptyPlace, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saving import AutoSave

_STATE_KINDS = {
    ProposalState.DRAFT: "plain",
    ProposalState.SUBMITTED: "info",
    ProposalState.RECEIVED: "info",
    ProposalState.ELIGIBLE: "ok",
    ProposalState.RETURNED: "err",
}
_PROPOSAL_ROWS = (
    ("award_form_id", "year"),
    ("achieved_from", "achieved_to"),
    ("summary",),
    ("citation",),
    ("note",),
)
_NOMINEE_ROWS: dict[Subject, tuple[tuple[str, ...], ...]] = {
    Subject.PERSON: (
        ("full_name", "birth_date"),
        ("gender", "honorific"),
        ("position", "workplace"),
        ("address",),
        ("qualification", "ethnicity"),
        ("group_id", "is_party_member"),
    ),
    Subject.COLLECTIVE: (
        ("name",),
        ("address", "phone"),
        ("head", "head_position"),
        ("headcount", "group_id"),
        ("duties",),
    ),
    Subject.HOUSEHOLD: (
        ("head", "birth_date"),
        ("gender", "members"),
        ("address",),
        ("village", "occupation"),
    ),
}
_KINDS: dict[Subject, type[Nominee]] = {
    Subject.PERSON: Person,
    Subject.COLLECTIVE: Collective,
    Subject.HOUSEHOLD: Household,
}


class ProposalPage(Page):
    """List left, form right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đề nghị khen thưởng", context)
        self._rows: tuple[ProposalRow, ...] = ()
        self._view: ProposalView | None = None
        self._wanted: UUID | None = None
        self._print = self.head.add_action("In hồ sơ", self.preview, name="print")
        self._import = self.head.add_action("Nhập từ Excel…", self._import_list, name="import")
        self._letter = self.head.add_action("Lập tờ trình…", self._make_letter, name="letter")
        self._new = self.head.add_action("Tạo mới", self.begin_new, primary=True, name="new")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Tìm tên, đơn vị, hình thức (Ctrl+F)")
        self._search.setAccessibleName("Tìm đề nghị")
        self._search.textChanged.connect(self._filter)
        self._state = QComboBox()
        self._state.setAccessibleName("Lọc theo trạng thái")
        self._state.addItem("Mọi trạng thái", None)
        for state in ProposalState:
            self._state.addItem(word(state), state)
        self._state.currentIndexChanged.connect(self._filter)
        self._list = RowList(context.look, "Danh sách đề nghị")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted")
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._returned = Banner("err")
        self._missing = Banner("info")
        self.nominees: dict[Subject, RecordForm[Nominee]] = {}
        self._nominee_stack = QStackedWidget()
        for subject, rows in _NOMINEE_ROWS.items():
            form: RecordForm[Nominee] = RecordForm(_KINDS[subject], rows)
            form.edited.connect(self._touched)
            form.left.connect(self.flush)
            self.nominees[subject] = form
            self._nominee_stack.addWidget(form)
        self.form: RecordForm[Proposal] = RecordForm(
            Proposal, _PROPOSAL_ROWS, heights={"summary": 4, "note": 1}
        )
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self.evidence: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("criterion_id", "wording", "quantity", "measure"),
            "Thành tích theo tiêu chí, minh chứng",
            "Thêm minh chứng",
        )
        self.contributions: RecordLines[Contribution] = RecordLines(
            Contribution,
            ("sort", "quantity", "measure", "wording"),
            "Đóng góp",
            "Thêm đóng góp",
        )
        self._review = ReviewPanel()
        self._review.answered.connect(self._answer)
        self._autosave = AutoSave(self._save, self)
        self._connect_lines()
        self._lay_out()

    def _connect_lines(self) -> None:
        self.evidence.wanted.connect(self._add_evidence)
        self.contributions.wanted.connect(self._add_contribution)
        for lines in (self.evidence, self.contributions):
            lines.changed_record.connect(self._save_line)
            lines.removed.connect(self._remove_line)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._search, 3)
        row.addWidget(self._state, 2)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        column.addWidget(self._count)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        for widget in (
            self._returned,
            self._missing,
            self._review,
            self._nominee_stack,
            self.form,
            self.evidence,
            self.contributions,
        ):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        scroll = scrolled(card)
        empty = EmptyPlace(
            "Chưa có đề nghị nào. Bấm “Tạo mới” để lập hồ sơ cho một cá nhân, tập thể hoặc hộ gia "
            "đình, hoặc “Nhập từ Excel…” để nhập cả danh sách."
        )
        self._right = QStackedWidget()
        self._right.addWidget(empty)
        self._right.addWidget(scroll)
        splitter = panes(left, self._right, widths=(450, 640))
        self.body.addWidget(splitter, 1)

    # what the window asks of every page

    def refresh(self) -> None:
        """Read the list anew, and the open proposal."""
        province = self.context.office().is_province
        for button in (self._new, self._import, self._letter):
            button.setVisible(not province)
        self.read(proposal_list, self._show_rows)

    def open_at(self, key: object) -> None:
        """Show this proposal."""
        if isinstance(key, UUID):
            self._search.clear()
            self._state.setCurrentIndex(0)
            self._wanted = key
            if self._list.choose(key):
                self._wanted = None

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()

    def step(self, by: int) -> None:
        """Go to the next proposal, or the one before."""
        self._list.step(by)

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()

    def begin_new(self) -> None:
        """Ask for whom, then create."""
        if self.context.office().is_province:
            return
        menu = QMenu(self)
        for subject in Subject:
            menu.addAction(word(subject), partial(self.create_for, subject))
        place = self._new.mapToGlobal(self._new.rect().bottomLeft())
        menu.popup(place if self._new.isVisible() else QCursor.pos())

    def create_for(self, subject: Subject) -> None:
        """Create a proposal for this kind of nominee and open it."""
        self.flush()
        year = self.context.today().year
        self.write(lambda ports: new_proposal(ports, subject, year=year), self._created)

    def preview(self) -> None:
        """Show what would be printed."""
        if self._view is None:
            return
        self.flush()
        proposal = self._view.proposal
        name = f"ho-so-{proposal.id.hex[-12:]}.pdf"
        self._open_preview(lambda ports: preview_proposal(ports, proposal.id), name)

    def _open_preview(self, make: object, name: str) -> None:
        # The save before it goes first: reader and writer are two workers.
        self.context.writer.run(
            lambda: None,
            owner=self,
            done=lambda _: PrintPreview(self.context, make, name, self).open(),  # type: ignore[arg-type]
            failed=self.refused,
        )

    # the list

    def _show_rows(self, rows: Sequence[ProposalRow]) -> None:
        self._rows = tuple(rows)
        self._filter()

    def _filter(self) -> None:
        chosen = self._state.currentData()
        state = ProposalState(chosen) if chosen else None
        found = search_proposals(self._rows, self._search.text(), state)
        wanted, before = self._wanted, self._list.chosen()
        self._list.show_rows([_list_row(row, self._is_province()) for row in found])
        self._count.setText(f"{len(found)} / {len(self._rows)} đề nghị")
        if wanted is not None and self._list.choose(wanted):
            self._wanted = None
        elif self._list.chosen() is None and found:
            self._list.choose(found[0].id)
        if self._list.chosen() == before and before is not None:
            self._choose()
        self._right.setCurrentIndex(1 if found else 0)

    def _is_province(self) -> bool:
        return self.context.office().is_province

    def _choose(self) -> None:
        chosen = self._list.chosen()
        if isinstance(chosen, UUID):
            self.flush()
            self.read(lambda ports: open_proposal(ports, chosen), self._show)

    # the open proposal

    def _show(self, view: ProposalView) -> None:
        if view.proposal.id != self._list.chosen() or self._autosave.waits:
            return
        same = self._view is not None and self._view.proposal.id == view.proposal.id
        self._view = view
        subject = view.proposal.subject
        nominee_form = self.nominees[subject if isinstance(subject, Subject) else Subject.PERSON]
        self._nominee_stack.setCurrentWidget(nominee_form)
        self._fit_stack()
        self.form.offer("award_form_id", [(a.name, a.id) for a in view.awards])
        if "group_id" in nominee_form.editors:
            nominee_form.offer("group_id", [(g.name, g.id) for g in view.groups])
        (nominee_form.refresh_record if same else nominee_form.show_record)(view.nominee)
        (self.form.refresh_record if same else self.form.show_record)(view.proposal)
        self._show_lines(view)
        self._title.setText(nominee_name(view.nominee) or f"{word(view.proposal.subject)} mới")
        self._chip.show_status(word(view.state), _STATE_KINDS[view.state])
        self._returned.show_words("Tỉnh trả lại", view.returned_because)
        lacks = "; ".join(one.text for one in view.missing)
        self._missing.show_words("Còn thiếu để trình" if lacks else "", lacks)
        for form in (nominee_form, self.form):
            form.set_read_only(not view.may_edit)
        self._review.setVisible(self._is_province() and is_locked(view.state))
        self._right.setCurrentIndex(1)

    def _fit_stack(self) -> None:
        """Let only the form that is shown say how high the stack is."""
        for form in self.nominees.values():
            shown = form is self._nominee_stack.currentWidget()
            policy = form.sizePolicy()
            vertical = policy.Policy.Preferred if shown else policy.Policy.Ignored
            policy.setVerticalPolicy(vertical)
            form.setSizePolicy(policy)
        self._nominee_stack.adjustSize()

    def _show_lines(self, view: ProposalView) -> None:
        criteria = [
            (f"{r.criterion.code}: {criterion_name(r.criterion)}", r.criterion.id)
            for r in view.criteria
        ]
        self.evidence.offer({"criterion_id": criteria})
        self.contributions.offer({"sort": [(word(kind), kind) for kind in ContributionKind]})
        self.evidence.show_records(view.evidence)
        self.contributions.show_records(view.contributions)
        household = view.proposal.subject is Subject.HOUSEHOLD
        self.contributions.setVisible(household or bool(view.contributions))
        for lines in (self.evidence, self.contributions):
            lines.set_read_only(not view.may_edit)

    def _created(self, made: tuple[UUID, Changes]) -> None:
        proposal_id, changes = made
        self._search.clear()
        self._state.setCurrentIndex(0)
        self._wanted = proposal_id
        self.changed.emit(changes)
        self.read(proposal_list, self._show_new)

    def _show_new(self, rows: Sequence[ProposalRow]) -> None:
        self._show_rows(rows)
        subject = next((row.subject for row in rows if row.id == self._list.chosen()), None)
        if subject is not None:
            first = _NOMINEE_ROWS[subject][0][0]
            self.nominees[subject].focus_field(first)

    def _touched(self) -> None:
        self._autosave.touch()
        self.context.saved("Đang lưu…")

    def _save(self) -> None:
        view = self._view
        if view is None or not view.may_edit or not isinstance(view.proposal.subject, Subject):
            return
        nominee_form = self.nominees[view.proposal.subject]
        nominee, wrong_nominee = nominee_form.record()
        proposal, wrong_proposal = self.form.record()
        nominee_form.show_issues(wrong_nominee)
        self.form.show_issues(wrong_proposal)
        if wrong_nominee or wrong_proposal:
            self.context.saved("⚠ Chưa lưu được: có ô sai")
        shown = (view.proposal, view.nominee)
        if (proposal, nominee) == shown:
            return
        self._view = replace(view, proposal=proposal, nominee=nominee)
        self.write(
            lambda ports: save_proposal(ports, proposal, nominee, shown=shown),
            self._saved,
            self._refused,
        )

    def _saved(self, changes: Changes) -> None:
        self.context.saved("✓ Đã lưu")
        self.changed.emit(changes)
        self.read(proposal_list, self._show_rows)

    def _refused(self, error: ThiduaError) -> None:
        self.context.saved("⚠ Chưa lưu được")
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
            self.nominees[self._subject()].show_issues(error.issues)
        self.refused(error)
        self._choose()

    def _subject(self) -> Subject:
        subject = self._view.proposal.subject if self._view else None
        return subject if isinstance(subject, Subject) else Subject.PERSON

    # evidence and contributions

    def _add_evidence(self) -> None:
        if self._view is None:
            return
        self.flush()
        view, number = self._view, self.context.office().number
        criterion = view.criteria[0].criterion.id if view.criteria else None
        self._write_line(
            lambda ports: Evidence(
                id=ports.new_id(number),
                proposal_id=view.proposal.id,
                criterion_id=criterion,
                wording="Kết quả mới",
            )
        )

    def _add_contribution(self) -> None:
        if self._view is None:
            return
        self.flush()
        proposal_id, number = self._view.proposal.id, self.context.office().number
        self._write_line(
            lambda ports: Contribution(
                id=ports.new_id(number), proposal_id=proposal_id, sort=ContributionKind.LAND
            )
        )

    def _write_line(self, make: object) -> None:
        self.write(
            lambda ports: save_record(ports, make(ports)).changes,  # type: ignore[operator]
            self._saved,
            self._refused,
        )

    def _save_line(self, change: tuple[Record, Record]) -> None:
        shown, record = change
        self.write(
            lambda ports: save_record(ports, record, shown=shown).changes,
            self._saved,
            self._refused,
        )

    def _remove_line(self, record: Record) -> None:
        self.write(lambda ports: delete_record(ports, record), self._saved, self._refused)

    # letters, lists, answers

    def _make_letter(self) -> None:
        self.flush()
        dialog = SubmissionDialog(self.context, self._rows, self)
        dialog.submitted.connect(self._letter_submitted)
        dialog.jump.connect(self._jump)
        dialog.open()

    def _letter_submitted(self, changes: Changes) -> None:
        self.context.news("Đã trình. Mở trang Gói dữ liệu để xuất gói gửi tỉnh.")
        self.changed.emit(changes)
        self.refresh()

    def _jump(self, place: tuple[UUID, str]) -> None:
        """Go to the field that a letter found missing."""
        proposal_id, name = place
        self.open_at(proposal_id)
        self.form.focus_field(name)
        for form in self.nominees.values():
            form.focus_field(name)

    def _import_list(self) -> None:
        self.flush()
        dialog = ImportList(self.context, self)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _imported(self, changes: Changes) -> None:
        self.context.news("Đã nhập danh sách từ Excel.")
        self.changed.emit(changes)
        self.refresh()

    def _answer(self, outcome: Outcome, reason: str) -> None:
        from thidua_desktop.services.reviews import review_proposal  # noqa: PLC0415 - province

        if self._view is None:
            return
        proposal_id = self._view.proposal.id
        reviewer = self.context.office().unit_name

        def answer(ports: Ports) -> Changes:
            return review_proposal(
                ports, proposal_id, outcome, reason=reason, reviewer=reviewer
            ).changes

        self.write(answer, self._saved)

    def preview_letter(self, submission_id: UUID) -> None:
        """Show a whole letter as it would be printed."""
        name = f"to-trinh-{submission_id.hex[-12:]}.pdf"
        self._open_preview(lambda ports: preview_submission(ports, submission_id), name)

    def refused(self, error: ThiduaError) -> None:
        """Say why; what is missing is said by the banner of the proposal."""
        super().refused(error)
        if isinstance(error, IncompleteError):
            self._choose()


def _list_row(row: ProposalRow, is_province: bool) -> Row:
    below = f"{row.award or 'chưa chọn hình thức'} · {row.unit if is_province else row.place}"
    lacks = row.state is ProposalState.DRAFT and row.missing > 0
    return Row(
        row.id,
        row.name or "(chưa có tên)",
        below,
        f"Thiếu {row.missing} mục" if lacks else word(row.state),
        "warn" if lacks else _STATE_KINDS[row.state],
    )
