"""The proposal that is open: its nominee, the proposal itself, proofs, answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.errors import (
    InvalidInputError,
    LockedError,
    NotFoundError,
    StaleEditError,
    ThiduaError,
)
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Nominee,
    Outcome,
    Proposal,
    Subject,
    is_locked,
    nominee_name,
)
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_check import PAPERS
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    ProposalView,
    open_proposal,
    save_proposal,
)
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.proposal_head import ProposalHead
from thidua_desktop.ui.pages.proposal_lines import ProposalLines
from thidua_desktop.ui.pages.review_panel import ReviewPanel
from thidua_desktop.ui.pages.self_saving import SelfSaving
from thidua_desktop.ui.widgets.frames import Card, scrolled_as_wide

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
        self.lines = ProposalLines(page, self.flush)
        self.lines.saved.connect(self._done)
        self.lines.refused.connect(self._read_again)
        self._noting = Noting(page, self._askable, self._done)
        self._noting.serve(*self.nominees.values(), self.form, *self.lines.askable)
        self.head.asking.connect(lambda: self._noting.begin("", ""))
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        for widget in (
            self.head,
            self.review,
            *self.nominees.values(),
            self.form,
            self.lines,
            self.head.held,
            self.head.answers,
        ):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled_as_wide(card)
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
        self.lines.forget()
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
        self.lines.show_view(view)
        for told in (nominee_form, self.form):
            told.show_notes(view.notes)
            told.let_ask(allowed=self._may_ask())
        self.lines.show_notes(view.notes, may_ask=self._may_ask())
        self._show_state(view)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        if self._wanted is not None:
            self._focus_wanted()

    def flush(self) -> None:
        """Save what waits."""
        self._saving.flush()
        self.lines.flush()

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
        places = [FieldPlace(kind=kind, id=of, field=name) for kind, of, name in names]
        places += self.lines.places()
        return nominee_name(view.nominee) or word(view.proposal.subject), places

    def _focus_wanted(self) -> None:
        if self._wanted is None or self.view is None:
            return
        (kind, record_id, name), self._wanted = self._wanted, None
        if self.lines.focus_field(kind, record_id, name):
            return
        if kind == "proposal" and name == PAPERS:
            self.lines.papers.focus_add()
        elif kind == "proposal":
            self.form.focus_field(name)
        elif not self.nominees[self._subject()].focus_field(name):
            # What does not stand here stands in the dossier of the nominee.
            place = FieldPlace(
                kind=kind, id=record_id, field=name, proposal_id=self.view.proposal.id
            )
            self._page.context.go("nominees", place)

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

    # what the head asks

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


def _save_pair(ports: Ports, pair: _Pair, shown: _Pair) -> Changes:
    return save_proposal(ports, *pair, shown=shown)
