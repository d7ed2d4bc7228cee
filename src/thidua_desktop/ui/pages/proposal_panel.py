"""The proposal that is open: its nominee, the proposal itself, proofs, answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import shown as shown_date
from thidua_desktop.domain.errors import (
    InvalidInputError,
    LockedError,
    NotFoundError,
    StaleEditError,
    StoreBusyError,
    ThiduaError,
)
from thidua_desktop.domain.merit import InitiativeClaim
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Contribution,
    ContributionKind,
    Nominee,
    Outcome,
    Proposal,
    ProposalState,
    Review,
    Subject,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.words import field_label, kind_label, word
from thidua_desktop.services.altered_wording import altered_words
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    ProposalView,
    criterion_name,
    open_proposal,
    save_proposal,
)
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.fresh import Freshness
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.review_panel import ReviewPanel
from thidua_desktop.ui.widgets.asking import ASK_KEY
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.saving import AutoSave

STATE_KINDS = {
    ProposalState.DRAFT: "plain",
    ProposalState.SUBMITTED: "info",
    ProposalState.RECEIVED: "info",
    ProposalState.ELIGIBLE: "ok",
    ProposalState.RETURNED: "err",
}
_PROPOSAL_ROWS = (
    ("award_form_id",),
    ("year", "achieved_from", "achieved_to"),
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
_READ_AGAIN = (StaleEditError, LockedError, NotFoundError)


class ProposalPanel(QWidget):
    """Shows one proposal and saves what is typed by itself. `saved` tells what was touched."""

    saved = Signal(object)
    withdrawing = Signal()
    deleting = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.view: ProposalView | None = None
        self._page = page
        self._opening: UUID | None = None
        self._is_behind = False
        self._fresh = Freshness()
        self._wanted: tuple[str, UUID, str] | None = None
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.withdraw = button_of("Rút lại tờ trình", self.withdrawing.emit, quiet=True)
        self.delete = button_of("Xóa", self.deleting.emit, quiet=True)
        self.delete.setToolTip("Xóa đề nghị này; có thể hoàn tác")
        self.returned = Banner("err")
        self.changed_since = Banner("err")
        self.missing = Banner("info")
        self.same = Banner("info")
        self.used = Banner("err")
        self.held = Text(role="muted", wrap=True)
        self.to_nominee = button_of("Mở hồ sơ đối tượng", self._go_to_nominee, quiet=True)
        self.review = ReviewPanel()
        self.review.answered.connect(self._answer)
        self.nominees: dict[Subject, RecordForm[Nominee]] = {}
        for subject, rows in _NOMINEE_ROWS.items():
            form: RecordForm[Nominee] = RecordForm(
                NOMINEE_KINDS[subject], rows, today=page.context.today
            )
            form.edited.connect(self._touched)
            form.left.connect(self._flush_forms)
            self.nominees[subject] = form
        self.form: RecordForm[Proposal] = RecordForm(
            Proposal, _PROPOSAL_ROWS, heights={"summary": 4, "note": 1}
        )
        self.form.edited.connect(self._touched)
        self.form.left.connect(self._flush_forms)
        self._attaching = Attaching(page, self._stored)
        self.evidence: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("criterion_id", "wording", "quantity", "measure"),
            "Thành tích theo tiêu chí, minh chứng",
            "Thêm minh chứng",
            below=self._attaching.below,
        )
        self.evidence.wanted.connect(self._add_evidence)
        self.contributions: RecordLines[Contribution] = RecordLines(
            Contribution, ("sort", "quantity", "measure", "wording"), "Đóng góp", "Thêm đóng góp"
        )
        self.contributions.wanted.connect(self._add_contribution)
        self.claims: RecordLines[InitiativeClaim] = RecordLines(
            InitiativeClaim, ("initiative_id",), "Sáng kiến làm căn cứ", "Thêm sáng kiến"
        )
        self.claims.wanted.connect(self._add_claim)
        for lines in (self.evidence, self.contributions, self.claims):
            lines.changed_record.connect(self._save_line)
            lines.removed.connect(self._remove_line)
        pasting = Pasting(page, self._stored)
        for lines in (self.evidence, self.contributions):
            pasting.serve(lines, self._fixed)
        self.answers = Text(role="muted", wrap=True)
        self._autosave = AutoSave(self._save, self)
        self._noting = Noting(page, self._askable, self._stored)
        self._noting.serve(*self.nominees.values(), self.form, self.evidence, self.contributions)
        self.ask = button_of("Hỏi đơn vị…", lambda: self._noting.begin("", ""), quiet=True)
        self.ask.setToolTip(f"Hỏi về một ô của hồ sơ này ({ASK_KEY}, hoặc bấm chuột phải vào ô)")
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(head)
        actions = QHBoxLayout()
        for action in (self.to_nominee, self.ask, self.withdraw, self.delete):
            actions.addWidget(action)
        actions.addStretch(1)
        card.body.addLayout(actions)
        for widget in (
            self.returned,
            self.changed_since,
            self.missing,
            self.same,
            self.used,
            self.review,
            *self.nominees.values(),
            self.form,
            self.evidence,
            self.contributions,
            self.claims,
            self.held,
            self.answers,
        ):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(card)
        layout.addWidget(self._scroll)

    # what the page asks

    def open(self, proposal_id: UUID) -> None:
        """Read a proposal and show it."""
        self.flush()
        self._opening = proposal_id
        asked = self._fresh.ask()
        self._page.read(lambda ports: open_proposal(ports, proposal_id), partial(self._show, asked))

    def forget(self) -> None:
        """Save nothing more of what is shown: it is gone."""
        self._autosave.forget()
        self.view = self._opening = None

    def _show(self, asked: int, view: ProposalView) -> None:
        """Show a proposal; one that is shown already keeps what is being typed or saved."""
        if view.proposal.id != self._opening:
            return  # another one was asked for meanwhile
        same = self.view is not None and self.view.proposal.id == view.proposal.id
        self._is_behind = same and self._autosave.waits
        if self._is_behind:
            return  # what is typed is saved first, then all is read again
        self.flush()
        if same and not self._fresh.holds(asked):
            return  # older than what is saved: all is read again after the save
        self.view = view
        nominee_form = self.nominees[self._subject()]
        for form in self.nominees.values():
            form.setVisible(form is nominee_form)
        self.form.offer("award_form_id", [(a.name, a.id) for a in view.awards])
        if "group_id" in nominee_form.editors:
            nominee_form.offer("group_id", [(g.name, g.id) for g in view.groups])
        (nominee_form.refresh_record if same else nominee_form.show_record)(view.nominee)
        (self.form.refresh_record if same else self.form.show_record)(view.proposal)
        nominee_form.set_read_only(not view.may_edit)
        self.form.set_read_only(not view.may_edit)
        self._show_lines(view)
        for shown in (nominee_form, self.form, self.evidence, self.contributions):
            shown.show_notes(view.notes)
            shown.let_ask(allowed=self._may_ask())
        self._show_state(view)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        if self._wanted is not None:
            self._focus_wanted()

    def flush(self) -> None:
        """Save what waits."""
        self._flush_forms()
        for lines in (self.evidence, self.contributions, self.claims):
            lines.flush()

    def add_line(self) -> bool:
        """Add a line where the cursor stands in one; tell whether it does."""
        focus = self.focusWidget()
        for lines in (self.evidence, self.contributions):
            if focus is not None and lines.isAncestorOf(focus) and lines.isVisible():
                lines.add()
                return True
        return False

    def focus_first(self) -> None:
        """Put the cursor into the name of the nominee."""
        subject = self._subject()
        self.nominees[subject].focus_field(_NOMINEE_ROWS[subject][0][0])

    def focus_field(self, kind: str, record_id: UUID, name: str) -> None:
        """Go to a field of the proposal or of what belongs to it, once it is shown."""
        self._wanted = (kind, record_id, name)

    # showing

    def _show_state(self, view: ProposalView) -> None:
        province = self._page.context.office().is_province
        self.title.setText(nominee_name(view.nominee) or f"{word(view.proposal.subject)} mới")
        self.chip.show_status(word(view.state), STATE_KINDS[view.state])
        self.returned.show_words("Tỉnh trả lại", view.returned_because)
        altered = view.altered if is_locked(view.state) else ()
        self.changed_since.show_words("Có sửa sau khi nộp", altered_words(altered))
        missing = (field_label(one.kind, one.field) for one in view.missing)
        lacks = ", ".join(missing) if view.may_edit else ""
        self.missing.show_words("Còn thiếu để trình", lacks)
        also = ", ".join(view.elsewhere)
        same = f"Cũng có ở {also}." if also else ""
        self.same.show_words("Đã là một với bản ghi của nơi khác", same)
        self.used.show_words("Cần xem lại", "\n".join(one.text for one in view.findings))
        held = "\n".join(view.held)
        self.held.setText(f"Đối tượng đã có\n{held}" if held else "")
        self.held.setVisible(bool(held))
        self.ask.setVisible(self._may_ask())
        self.review.setVisible(province and is_locked(view.state))
        self.withdraw.setVisible(view.is_own and view.state is ProposalState.SUBMITTED)
        self.delete.setVisible(view.may_edit)
        said = "\n".join(_answer_line(review) for review in view.reviews)
        self.answers.setText(f"Trả lời của tỉnh\n{said}" if said else "")
        self.answers.setVisible(bool(said))

    def _show_lines(self, view: ProposalView) -> None:
        criteria = [
            (f"{r.criterion.code}: {criterion_name(r.criterion)}", r.criterion.id)
            for r in view.criteria
        ]
        self.evidence.offer({"criterion_id": criteria})
        self.contributions.offer({"sort": [(word(kind), kind) for kind in ContributionKind]})
        self.evidence.show_records(view.evidence)
        self._attaching.show(view.attachments, read_only=not view.may_edit)
        self.contributions.show_records(view.contributions)
        household = view.proposal.subject is Subject.HOUSEHOLD
        self.contributions.setVisible(household or bool(view.contributions))
        named = [(f"{one.name} ({one.year or '…'})", one.id) for one in view.initiatives]
        self.claims.offer({"initiative_id": named})
        self.claims.show_records(view.claims)
        self.claims.setVisible(bool(view.initiatives or view.claims))
        for lines in (self.evidence, self.contributions, self.claims):
            lines.set_read_only(not view.may_edit)

    def _may_ask(self) -> bool:
        province = self._page.context.office().is_province
        return province and self.view is not None and not self.view.is_own

    def _askable(self) -> tuple[str, list[FieldPlace]]:
        """Return what may be asked about: every field that is shown."""
        view = self.view
        if view is None:
            return "", []
        subject = self._subject()
        nominee = kind_name(NOMINEE_KINDS[subject])
        names = [(nominee, view.nominee.id, name) for row in _NOMINEE_ROWS[subject] for name in row]
        names += [("proposal", view.proposal.id, name) for row in _PROPOSAL_ROWS for name in row]
        for lines in (self.evidence, self.contributions):
            names += [
                (kind_name(type(line.record)), line.record.id, name)
                for line in lines.lines
                for name in line.editors
            ]
        places = [FieldPlace(kind=kind, id=of, field=name) for kind, of, name in names]
        return nominee_name(view.nominee) or word(view.proposal.subject), places

    def _focus_wanted(self) -> None:
        if self._wanted is None or self.view is None:
            return
        (kind, record_id, name), self._wanted = self._wanted, None
        lines: dict[str, Callable[[UUID, str], bool]] = {
            "evidence": self.evidence.focus_field,
            "contribution": self.contributions.focus_field,
        }
        if kind in lines:
            lines[kind](record_id, name)
        elif kind == "proposal":
            self.form.focus_field(name)
        else:
            self.nominees[self._subject()].focus_field(name)

    def _subject(self) -> Subject:
        subject = self.view.proposal.subject if self.view else None
        return subject if isinstance(subject, Subject) else Subject.PERSON

    # saving

    def _touched(self) -> None:
        self._autosave.touch()
        self._page.context.saved("Đang lưu…")

    def _flush_forms(self) -> None:
        self._autosave.flush()

    def _save(self) -> None:
        view = self.view
        if view is None or not view.may_edit:
            return
        nominee_form = self.nominees[self._subject()]
        nominee, wrong_nominee = nominee_form.record()
        proposal, wrong_proposal = self.form.record()
        nominee_form.show_issues(wrong_nominee)
        self.form.show_issues(wrong_proposal)
        wrong = bool(wrong_nominee or wrong_proposal)
        self._page.context.saved("⚠ Có ô chưa lưu được" if wrong else "")
        shown = (view.proposal, view.nominee)
        if (proposal, nominee) == shown:
            if self._is_behind:
                self.open(proposal.id)
            return
        self.view = replace(view, proposal=proposal, nominee=nominee)
        self._fresh.save_begins()
        self._page.write(
            lambda ports: save_proposal(ports, proposal, nominee, shown=shown),
            partial(self._saved, wrong=wrong),
            partial(self._refused, shown),
        )

    def _saved(self, changes: Changes, *, wrong: bool) -> None:
        self._fresh.save_ends()
        self._stored(changes, wrong=wrong)

    def _stored(self, changes: Changes, *, wrong: bool = False) -> None:
        if not wrong:
            self._page.context.saved("✓ Đã lưu")
        self.saved.emit(changes)

    def _refused(self, shown: tuple[Proposal, Nominee], error: ThiduaError) -> None:
        """Say why; what was typed stays, and is tried again, at the latest with the next change."""
        self._fresh.save_ends()
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        if self.view is None or self.view.proposal.id != shown[0].id:
            return
        self.view = replace(self.view, proposal=shown[0], nominee=shown[1])
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
            self.nominees[self._subject()].show_issues(error.issues)
        if isinstance(error, _READ_AGAIN):
            self.open(shown[0].id)
        if isinstance(error, StoreBusyError):
            self._autosave.touch()

    # evidence and contributions

    def _fixed(self) -> dict[str, UUID] | None:
        """Return what every line that is pasted holds."""
        return {"proposal_id": self.view.proposal.id} if self.view else None

    def _add_evidence(self) -> None:
        if self.view is None:
            return
        self.flush()
        proposal_id, number = self.view.proposal.id, self._page.context.office().number
        self._write_line(
            lambda ports: (
                save_record(
                    ports, Evidence(id=ports.new_id(number), proposal_id=proposal_id)
                ).changes
            )
        )

    def _add_contribution(self) -> None:
        if self.view is None:
            return
        self.flush()
        proposal_id, number = self.view.proposal.id, self._page.context.office().number
        self._write_line(
            lambda ports: (
                save_record(
                    ports, Contribution(id=ports.new_id(number), proposal_id=proposal_id)
                ).changes
            )
        )

    def _add_claim(self) -> None:
        if self.view is None:
            return
        self.flush()
        proposal_id, number = self.view.proposal.id, self._page.context.office().number
        self._write_line(
            lambda ports: (
                save_record(
                    ports, InitiativeClaim(id=ports.new_id(number), proposal_id=proposal_id)
                ).changes
            )
        )

    def _go_to_nominee(self) -> None:
        if self.view is not None:
            self._page.context.go("nominees", (self._subject(), self.view.nominee.id))

    def _save_line(self, change: tuple[Record, Record]) -> None:
        shown, record = change
        self._write_line(lambda ports: save_record(ports, record, shown=shown).changes)

    def _remove_line(self, record: Record) -> None:
        def done(changes: Changes) -> None:
            self._stored(changes)
            kind = kind_name(type(record))
            words = f"Đã bỏ một mục “{kind_label(kind)}”."
            self._page.context.deleted(words, kind, record.id)

        self._page.write(lambda ports: delete_record(ports, record), done, self._line_refused)

    def _write_line(self, job: Callable[[Ports], Changes]) -> None:
        self._page.write(job, self._stored, self._line_refused)

    def _line_refused(self, error: ThiduaError) -> None:
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        if self.view is not None:
            self.open(self.view.proposal.id)

    # the province's answer

    def _answer(self, outcome: Outcome, reason: str) -> None:
        if self.view is None:
            return
        proposal_id = self.view.proposal.id
        reviewer = self._page.context.office().unit_name
        self._page.write(
            lambda ports: (
                review_proposal(
                    ports, proposal_id, outcome, reason=reason, reviewer=reviewer
                ).changes
            ),
            self._stored,
        )


def _answer_line(review: Review) -> str:
    day = shown_date(review.date) if review.date else ""
    parts = [part for part in (day, word(review.outcome), review.reviewer) if part]
    line = " · ".join(parts)
    return f"{line}: {review.reason}" if review.reason else line
