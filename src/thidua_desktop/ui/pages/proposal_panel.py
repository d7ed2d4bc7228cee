"""The proposal that is open: its nominee, the proposal itself, proofs, answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import (
    InvalidInputError,
    LockedError,
    NotFoundError,
    StaleEditError,
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
    Subject,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_check import PAPERS
from thidua_desktop.services.dossier_papers import add_paper, paper_choices, save_paper
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    ProposalView,
    criterion_name,
    open_proposal,
    save_proposal,
)
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.line_saving import LineSaving
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.proposal_head import ProposalHead
from thidua_desktop.ui.pages.review_panel import ReviewPanel
from thidua_desktop.ui.pages.self_saving import SelfSaving
from thidua_desktop.ui.widgets.frames import Card, scrolled

_PROPOSAL_ROWS = (
    ("award_form_id",),
    ("basis",),
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
_Pair: TypeAlias = tuple[Proposal, Nominee]
_Line: TypeAlias = Evidence | Contribution | InitiativeClaim
_READ_AGAIN = (StaleEditError, LockedError, NotFoundError)


class ProposalPanel(QWidget):
    """Shows one proposal and saves what is typed by itself. `saved` tells what was touched."""

    saved = Signal(object)
    withdrawing = Signal()
    deleting = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._view: ProposalView | None = None
        self._page = page
        self._opening: UUID | None = None
        self._saving: SelfSaving[_Pair, Changes] = SelfSaving(
            page, self._typed, _save_pair, self._stored, self._refused
        )
        self._lines = LineSaving(page, self._done, self._read_again)
        self._wanted: tuple[str, UUID, str] | None = None
        self.head = ProposalHead()
        self.head.opening_nominee.connect(self._go_to_nominee)
        self.head.checking.connect(self._check)
        self.head.withdrawing.connect(self.withdrawing)
        self.head.deleting.connect(self.deleting)
        self.review = ReviewPanel()
        self.review.answered.connect(self._answer)
        self.nominees: dict[Subject, RecordForm[Nominee]] = {}
        for subject, rows in _NOMINEE_ROWS.items():
            form: RecordForm[Nominee] = RecordForm(
                NOMINEE_KINDS[subject], rows, today=page.context.today
            )
            self.nominees[subject] = form
        self.form: RecordForm[Proposal] = RecordForm(
            Proposal, _PROPOSAL_ROWS, heights={"summary": 4, "note": 1}
        )
        forms: tuple[RecordForm[Nominee] | RecordForm[Proposal], ...] = (
            *self.nominees.values(),
            self.form,
        )
        for each in forms:
            each.edited.connect(self._saving.touch)
            each.left.connect(self._saving.flush)
        self._attaching = Attaching(page, self._done)
        self.evidence: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("criterion_id", "wording", "quantity", "measure"),
            "Thành tích theo tiêu chí, minh chứng",
            "Thêm minh chứng",
            below=self._attaching.below,
        )
        self.papers: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("paper", "document", "date", "wording"),
            "Giấy tờ của hồ sơ",
            "Thêm giấy tờ",
            below=self._attaching.below,
            today=page.context.today,
        )
        self._papers = LineSaving(page, self._done, self._read_again, _save_paper)
        self._papers.serve(self.papers, self._add_paper)
        self.contributions: RecordLines[Contribution] = RecordLines(
            Contribution, ("sort", "quantity", "measure", "wording"), "Đóng góp", "Thêm đóng góp"
        )
        self.claims: RecordLines[InitiativeClaim] = RecordLines(
            InitiativeClaim, ("initiative_id",), "Sáng kiến làm căn cứ", "Thêm sáng kiến"
        )
        for lines in (self.evidence, self.contributions, self.claims):
            self._lines.serve(lines, partial(self._add, lines.kind))
        pasting = Pasting(page, self._done)
        for lines in (self.evidence, self.contributions):
            pasting.serve(lines, self._fixed)
        self._noting = Noting(page, self._askable, self._done)
        self._noting.serve(
            *self.nominees.values(), self.form, self.evidence, self.contributions, self.papers
        )
        self.head.asking.connect(lambda: self._noting.begin("", ""))
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        for widget in (
            self.head,
            self.review,
            *self.nominees.values(),
            self.form,
            self.evidence,
            self.contributions,
            self.claims,
            self.papers,
            self.head.held,
            self.head.answers,
        ):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(card)
        layout.addWidget(self._scroll)

    # what the page asks

    @property
    def view(self) -> ProposalView | None:
        """Return what is shown, with what was sent to be stored."""
        view, pair = self._view, self._saving.shown
        return replace(view, proposal=pair[0], nominee=pair[1]) if view and pair else None

    def open(self, proposal_id: UUID) -> None:
        """Read a proposal and show it."""
        self.flush()
        self._opening = proposal_id
        self._page.read_shown(
            lambda ports: open_proposal(ports, proposal_id),
            self._show,
            same=lambda: self._is_shown(proposal_id),
        )

    def forget(self) -> None:
        """Save nothing more of what is shown: it is gone."""
        self._saving.forget()
        self._view = self._opening = None

    def _is_shown(self, proposal_id: UUID) -> bool:
        return self._view is not None and self._view.proposal.id == proposal_id

    def _show(self, view: ProposalView) -> None:
        """Show a proposal; one that is shown already keeps what is being typed or saved."""
        if view.proposal.id != self._opening:
            return  # another one was asked for meanwhile
        same = self._is_shown(view.proposal.id)
        self.flush()
        self._view = view
        self._saving.show((view.proposal, view.nominee), same=same)
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
        for shown in (nominee_form, self.form, self.evidence, self.contributions, self.papers):
            shown.show_notes(view.notes)
            shown.let_ask(allowed=self._may_ask())
        self._show_state(view)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        if self._wanted is not None:
            self._focus_wanted()

    def flush(self) -> None:
        """Save what waits."""
        self._saving.flush()
        for lines in (self.evidence, self.contributions, self.claims, self.papers):
            lines.flush()

    def add_line(self) -> bool:
        """Add a line where the cursor stands in one; tell whether it does."""
        focus = self.focusWidget()
        for lines in (self.evidence, self.contributions, self.papers):
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
        self.head.show_view(view, may_ask=self._may_ask())
        province = self._page.context.office().is_province
        self.review.setVisible(province and is_locked(view.state))

    def _show_lines(self, view: ProposalView) -> None:
        criteria = [
            (f"{r.criterion.code}: {criterion_name(r.criterion)}", r.criterion.id)
            for r in view.criteria
        ]
        self.evidence.offer({"criterion_id": criteria})
        self.contributions.offer({"sort": [(word(kind), kind) for kind in ContributionKind]})
        self.evidence.show_records([one for one in view.evidence if one.paper is None])
        self.papers.offer({"paper": paper_choices()})
        self.papers.show_records([one for one in view.evidence if one.paper is not None])
        self._attaching.show(view.attachments, read_only=not view.may_edit)
        self.contributions.show_records(view.contributions)
        household = view.proposal.subject is Subject.HOUSEHOLD
        self.contributions.setVisible(household or bool(view.contributions))
        named = [(f"{one.name} ({one.year or '…'})", one.id) for one in view.initiatives]
        self.claims.offer({"initiative_id": named})
        self.claims.show_records(view.claims)
        self.claims.setVisible(bool(view.initiatives or view.claims))
        for lines in (self.evidence, self.contributions, self.claims, self.papers):
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
        for lines in (self.evidence, self.contributions, self.papers):
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
            "evidence": self._focus_proof,
            "contribution": self.contributions.focus_field,
            "initiative_claim": self.claims.focus_field,
        }
        if kind in lines:
            lines[kind](record_id, name)
        elif kind == "proposal" and name == PAPERS:
            self.papers.focus_add()
        elif kind == "proposal":
            self.form.focus_field(name)
        elif not self.nominees[self._subject()].focus_field(name):
            # What does not stand here stands in the dossier of the nominee.
            place = FieldPlace(
                kind=kind, id=record_id, field=name, proposal_id=self.view.proposal.id
            )
            self._page.context.go("nominees", place)

    def _focus_proof(self, record_id: UUID, name: str) -> bool:
        found = (self.evidence.focus_field, self.papers.focus_field)
        return any(focus(record_id, name) for focus in found)

    def _subject(self) -> Subject:
        subject = self.view.proposal.subject if self.view else None
        return subject if isinstance(subject, Subject) else Subject.PERSON

    # saving

    def _typed(self) -> tuple[_Pair, bool] | None:
        view = self.view
        if view is None or not view.may_edit:
            return None
        nominee_form = self.nominees[self._subject()]
        nominee, wrong_nominee = nominee_form.record()
        proposal, wrong_proposal = self.form.record()
        nominee_form.show_issues(wrong_nominee)
        self.form.show_issues(wrong_proposal)
        return (proposal, nominee), not (wrong_nominee or wrong_proposal)

    def _done(self, changes: Changes) -> None:
        self._page.context.saved("✓ Đã lưu")
        self._stored(changes)

    def _stored(self, changes: Changes) -> None:
        self.saved.emit(changes)

    def _refused(self, error: ThiduaError) -> None:
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
            self.nominees[self._subject()].show_issues(error.issues)
        if isinstance(error, _READ_AGAIN):
            self._read_again()

    def _read_again(self) -> None:
        if self._view is not None:
            self.open(self._view.proposal.id)

    # evidence and contributions

    def _fixed(self) -> dict[str, UUID] | None:
        """Return what every line that is pasted holds."""
        return {"proposal_id": self.view.proposal.id} if self.view else None

    def _add(self, kind: type[_Line]) -> None:
        if self.view is None:
            return
        self.flush()
        proposal_id, number = self.view.proposal.id, self._page.context.office().number
        self._lines.write(
            lambda ports: (
                save_record(ports, kind(id=ports.new_id(number), proposal_id=proposal_id)).changes
            )
        )

    def _add_paper(self) -> None:
        if self.view is not None:
            self.flush()
            proposal_id = self.view.proposal.id
            self._papers.write(lambda ports: add_paper(ports, proposal_id=proposal_id))

    def _check(self) -> None:
        if self.view is not None:
            self._page.context.go("check", self.view.proposal.id)

    def _go_to_nominee(self) -> None:
        if self.view is not None:
            self._page.context.go("nominees", (self._subject(), self.view.nominee.id))

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
            self._done,
        )


def _save_paper(ports: Ports, record: Record, shown: Record) -> Changes:
    assert isinstance(record, Evidence)  # noqa: S101 - the lines are of it
    assert isinstance(shown, Evidence)  # noqa: S101 - the lines are of it
    return save_paper(ports, record, shown=shown)


def _save_pair(ports: Ports, pair: _Pair, shown: _Pair) -> Changes:
    return save_proposal(ports, *pair, shown=shown)
