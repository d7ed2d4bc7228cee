"""What belongs to a proposal line by line: proofs, contributions, initiatives, papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import Evidence, criterion_name
from thidua_desktop.domain.merit import InitiativeClaim
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Nominee, Subject
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_papers import (
    add_paper,
    paper_choices,
    papers_target,
    save_paper,
)
from thidua_desktop.services.many import claims_target
from thidua_desktop.services.pasting import Target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import ProposalView
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.line_saving import LineSaving
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting

_SPACING = 8  # as in a card
_Line: TypeAlias = Evidence | Contribution | InitiativeClaim


class ProposalLines(QWidget):
    """Each line is stored by itself. `saved` tells what was touched, `refused` that the proposal is
    to be read again; `flush` saves what waits in the forms above before a line is added.
    """

    saved = Signal(object)
    refused = Signal()

    def __init__(self, page: Page, flush: Callable[[], None]) -> None:
        super().__init__()
        self._page = page
        self._flush_all = flush
        self._proposal_id: UUID | None = None
        self._nominee: Nominee | None = None
        done, again = self.saved.emit, self.refused.emit
        self._attaching = Attaching(page, done)
        self.evidence: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("criterion_id", "wording", "quantity", "measure"),
            "Thành tích theo tiêu chí, minh chứng",
            "Thêm minh chứng",
            below=self._attaching.below,
        )
        self.contributions: RecordLines[Contribution] = RecordLines(
            Contribution, ("sort", "quantity", "measure", "wording"), "Đóng góp", "Thêm đóng góp"
        )
        self.claims: RecordLines[InitiativeClaim] = RecordLines(
            InitiativeClaim, ("initiative_id",), "Sáng kiến làm căn cứ", "Thêm sáng kiến"
        )
        self.papers: RecordLines[Evidence] = RecordLines(
            Evidence,
            ("paper", "document", "date", "wording"),
            "Giấy tờ của hồ sơ",
            "Thêm giấy tờ",
            under=("wording",),
            below=self._attaching.below,
            today=page.context.today,
        )
        self._lines = LineSaving(page, done, again)
        for lines in (self.evidence, self.contributions, self.claims):
            self._lines.serve(lines, partial(self._add, lines.kind))
        self._papers = LineSaving(page, done, again, _save_paper)
        self._papers.serve(self.papers, self._add_paper)
        pasting = Pasting(page, done)
        for lines in (self.evidence, self.contributions):
            pasting.serve(lines, partial(self._pasted, lines.kind, lines.columns))
        pasting.serve(self.claims, self._pasted_claims)
        pasting.serve(self.papers, self._pasted_papers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        for one in self._all():
            layout.addWidget(one)

    @property
    def askable(self) -> tuple[RecordLines[Any], ...]:
        """Return the lists about whose fields the province may ask."""
        return self.evidence, self.contributions, self.papers

    def show_view(self, view: ProposalView) -> None:
        """Show the lines of a proposal."""
        self._proposal_id, self._nominee = view.proposal.id, view.nominee
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
        for lines in self._all():
            lines.set_read_only(not view.may_edit)

    def show_notes(self, notes: Sequence[FieldNote], *, may_ask: bool) -> None:
        """Show the notes on the lines, and let more be asked or not."""
        for lines in self.askable:
            lines.show_notes(notes)
            lines.let_ask(allowed=may_ask)

    def forget(self) -> None:
        """Add nothing more: the proposal is gone."""
        self._proposal_id = None

    def flush(self) -> None:
        """Save what waits in the lines."""
        for lines in self._all():
            lines.flush()

    def places(self) -> Iterator[FieldPlace]:
        """Yield the fields that can be asked about."""
        for lines in self.askable:
            for line in lines.lines:
                kind = kind_name(type(line.record))
                for name in line.editors:
                    yield FieldPlace(kind=kind, id=line.record.id, field=name)

    def focus_field(self, kind: str, record_id: UUID, name: str) -> bool:
        """Go to a field of a line; tell whether records of this kind stand in lines."""
        of_kind = [one for one in self._all() if kind_name(one.kind) == kind]
        for lines in of_kind:
            if lines.focus_field(record_id, name):
                break
        return bool(of_kind)

    def _all(self) -> tuple[RecordLines[Any], ...]:
        return self.evidence, self.contributions, self.claims, self.papers

    def _pasted(self, kind: type[Record], columns: tuple[str, ...]) -> Target | None:
        return Target(kind=kind, offered=columns, fixed=held) if (held := self._held()) else None

    def _pasted_claims(self) -> Target | None:
        if self._proposal_id is None or self._nominee is None:
            return None
        return claims_target(self._proposal_id, self._nominee)

    def _pasted_papers(self) -> Target | None:
        return papers_target(self.papers.columns, held) if (held := self._held()) else None

    def _held(self) -> dict[str, UUID] | None:
        """Return what every line that is pasted holds."""
        return {"proposal_id": self._proposal_id} if self._proposal_id else None

    def _add(self, kind: type[_Line]) -> None:
        proposal_id, number = self._proposal_id, self._page.context.office().number
        if proposal_id is not None:
            self._flush_all()
            self._lines.write(
                lambda ports: (
                    save_record(
                        ports, kind(id=ports.new_id(number), proposal_id=proposal_id)
                    ).changes
                )
            )

    def _add_paper(self) -> None:
        proposal_id = self._proposal_id
        if proposal_id is not None:
            self._flush_all()
            self._papers.write(lambda ports: add_paper(ports, proposal_id=proposal_id))


def _save_paper(ports: Ports, record: Record, shown: Record) -> Changes:
    assert isinstance(record, Evidence)  # noqa: S101 - the lines are of it
    assert isinstance(shown, Evidence)  # noqa: S101 - the lines are of it
    return save_paper(ports, record, shown=shown)
