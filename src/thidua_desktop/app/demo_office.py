"""What one office of the demo does at its own desk: scores, lists, proposals, letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.app.demo_content import DemoContent, EvidenceText, OfficeText, ProposalText
from thidua_desktop.app.demo_merit import enter_merit
from thidua_desktop.app.demo_movement import enter_movement
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Assessment, Criterion, Evidence, SubjectGroup
from thidua_desktop.domain.dates import PartialDate, from_typed
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.people import Gender
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Subject
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.units import AuthorityPrefix, Signer, UnitRole
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import open_checklist, save_evidence, save_score
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.criteria_copies import make_own_set
from thidua_desktop.services.dossiers import print_dossiers
from thidua_desktop.services.nominee_sheet import nominee_layout
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    new_proposal,
    open_proposal,
    proposal_list,
    save_proposal,
)
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.sheets import (
    RowState,
    import_nominees,
    preview_nominees,
    write_template,
)
from thidua_desktop.services.submissions import draft_submission, submit_all

AWARD_OF_LISTS = "Giấy khen"
_MINUTES = (
    (PaperSort.REVIEW_MINUTES, "12/BB-BX", PartialDate(2024, 11, 15)),
    (PaperSort.COUNCIL_MINUTES, "07/BB-HĐTĐKT", PartialDate(2024, 11, 20)),
    (PaperSort.PUBLICATION, "45/TB-UBND", PartialDate(2024, 11, 21)),
)


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """An office at work; each method returns its result in words."""

    content: DemoContent
    office: OfficeText
    ports: Ports
    out: Path

    def score(self) -> str:
        """Fill in the checklist of the year, as far as the office has come."""
        ports, year = self.ports, self.content.year
        set_id = criteria_sets(ports)[0].criteria_set.id
        view = open_checklist(ports, set_id=set_id, year=year)
        rows = {row.row.criterion.code: row for row in view.rows}
        for said in (one for one in self.content.scores if one.office == self.office.code):
            blank = rows[said.criterion].score
            met = Assessment.MET if said.met else Assessment.NOT_MET
            score = save_score(
                ports, view.checklist, replace(blank, assessment=met, note=said.note), shown=None
            ).record
            for proof in said.evidence:
                evidence = replace(self._evidence(proof), score_id=score.id)
                save_evidence(ports, evidence, shown=None)
        view = open_checklist(ports, set_id=set_id, year=year)
        return f"{view.answered}/{len(view.rows)} tiêu chí"

    def own_criteria(self) -> str:
        """Make a department's own set of criteria, as the plan asks; other offices have none."""
        if self.office.role != UnitRole.DEPARTMENT:
            return ""
        own = make_own_set(
            self.ports,
            based_on=criteria_sets(self.ports)[0].criteria_set.id,
            name=f"Bộ tiêu chí lĩnh vực của {unit_name(self.ports)}",
            valid_from=PartialDate(self.content.year),
        )
        return own.name

    def import_list(self) -> str:
        """Bring in the nominees that came as a workbook, twice."""
        code, ports = self.office.code, self.ports
        rows = [row for book in self.content.workbook if book.office == code for row in book.rows]
        year = str(self.content.year)
        listed = [
            [str(n), *row[:7], AWARD_OF_LISTS, year, row[7], ""]
            for n, row in enumerate(rows, start=1)
        ]
        folder = self.out / "bang-tinh"
        write_template(ports, folder / "mau-danh-sach.xlsx")
        path = folder / f"danh-sach-{self.office.folder}.xlsx"
        ports.workbooks.write(path, nominee_layout(()), listed)
        new = preview_nominees(ports, path).count(RowState.NEW)
        import_nominees(ports, path)
        again = import_nominees(ports, path).preview.count(RowState.SAME)
        return f"{new} dòng mới; nhập lại lần hai: {again} dòng đã có, không thêm gì"

    def propose(self) -> str:
        """Enter the proposals that are typed."""
        typed = [one for one in self.content.proposals if one.office == self.office.code]
        for one in typed:
            self._propose(one)
        return f"{len(typed)} đề nghị kèm minh chứng"

    def enter_merit(self) -> str:
        """Enter what is known of nominees year by year."""
        told = [one for one in self.content.merit if one.office == self.office.code]
        count = sum(enter_merit(self.ports, one) for one in told)
        return f"{len(told)} đối tượng, {count} dòng thành tích" if told else ""

    def enter_movement(self) -> str:
        """Enter documents, savings targets and registrations of the movement."""
        told = [one for one in self.content.movement if one.office == self.office.code]
        count = sum(enter_movement(self.ports, one) for one in told)
        return f"{count} văn bản, chỉ tiêu, đăng ký" if told else ""

    def submit_and_print(self) -> str:
        """Write a letter for each award, submit, and print every dossier."""
        ports, office = self.ports, self.office
        signer = self._signer()
        save_record(ports, signer)
        by_award: dict[UUID | None, list[UUID]] = {}
        for row in proposal_list(ports):
            by_award.setdefault(row.award_form_id, []).append(row.id)
        for place, ids in enumerate(by_award.values()):
            letter, _ = draft_submission(ports, ids)
            filled = replace(letter, place=office.place, number=next_number(office.number, place))
            filled = replace(filled, date=PartialDate(2024, 11, 25), signer_id=signer.id)
            save_record(ports, filled, shown=letter)
            note_minutes(ports, letter.id, len(ids))
        done = submit_all(ports)
        printed = print_dossiers(ports, out=self.out / "ho-so" / office.folder, every=True)
        return f"{len(done.submissions)} tờ trình, {done.shared} bản ghi; {len(printed.files)} PDF"

    def _propose(self, said: ProposalText) -> None:
        ports = self.ports
        proposal_id, _ = new_proposal(ports, Subject(said.subject), year=self.content.year)
        view = open_proposal(ports, proposal_id)
        with ports.store.read() as work:
            award = work.records.having(AwardForm, code=said.award)[0]
            criteria = {one.code: one.id for one in work.records.having(Criterion)}
            groups = {one.code: one.id for one in work.records.having(SubjectGroup)}
        fields = {name: _typed(name, value) for name, value in said.nominee.items()}
        if said.group:
            fields["group_id"] = groups[said.group]
        proposal = replace(view.proposal, award_form_id=award.id, summary=said.summary)
        nominee = replace_values(view.nominee, fields)
        save_proposal(ports, proposal, nominee, shown=(view.proposal, view.nominee))
        for proof in said.evidence:
            evidence = replace(
                self._evidence(proof),
                proposal_id=proposal_id,
                criterion_id=criteria[proof.criterion],
            )
            save_record(ports, evidence)
        for gift in said.contributions:
            contribution = Contribution(
                id=new_id(ports),
                proposal_id=proposal_id,
                sort=ContributionKind(gift.sort),
                quantity=Decimal(gift.quantity),
                measure=gift.measure,
                wording=gift.wording,
            )
            save_record(ports, contribution)

    def _signer(self) -> Signer:
        said = self.office.signer
        with self.ports.store.read() as work:
            unit_id = work.book.me().unit_id
        return Signer(
            id=new_id(self.ports),
            unit_id=unit_id,
            full_name=said.full_name,
            position=said.position,
            prefix=AuthorityPrefix(said.prefix) if said.prefix else None,
        )

    def _evidence(self, said: EvidenceText) -> Evidence:
        return Evidence(
            id=new_id(self.ports),
            wording=said.wording,
            quantity=Decimal(said.quantity),
            measure=said.measure,
        )


def new_id(ports: Ports) -> UUID:
    """Return a new id of this office."""
    with ports.store.read() as work:
        return ports.new_id(work.book.me().number)


def next_number(number: str, by: int) -> str:
    """Return the number of a later letter.

    >>> next_number("128/TTr-UBND", 3)
    '131/TTr-UBND'
    """
    first, slash, symbol = number.partition("/")
    return f"{int(first) + by}{slash}{symbol}"


def note_minutes(ports: Ports, letter_id: UUID, count: int | None) -> None:
    """Note the minutes that a letter rests on, and that its list was published."""
    for sort, document, day in _MINUTES:
        paper = Evidence(
            id=new_id(ports),
            submission_id=letter_id,
            paper=sort,
            wording=word(sort),
            document=document,
            date=day,
            count=count,
        )
        save_record(ports, paper)


def unit_name(ports: Ports) -> str:
    """Return the name of the unit that a folder belongs to."""
    with ports.store.read() as work:
        return work.book.me().unit_name


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - plain values of a resource
    match name:
        case "birth_date":
            return from_typed(value)
        case "gender":
            return Gender(value)
        case _:
            return value
