"""Papers that an office makes of its records beside its dossiers: reports, lists, registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.annual_reports import AnnualReport, ReportSort
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import GAP, Dossier, gaps
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.proposals import (
    Proposal,
    Submission,
)
from thidua_desktop.domain.returned import Asked, AskedSort
from thidua_desktop.domain.text import fold
from thidua_desktop.services.awarded import awarded_in, holder_names
from thidua_desktop.services.checklist_sheets import checklist_dossier
from thidua_desktop.services.dossiers import candidates_of, dossier_of, occasion_of, write_dossier
from thidua_desktop.services.form_numbers import FormTold, forms_told
from thidua_desktop.services.movement_figures import figures_of, views_of
from thidua_desktop.services.movement_papers import report_name
from thidua_desktop.services.movements import MovementView
from thidua_desktop.services.own_office import own_office
from thidua_desktop.services.pages.full_list import full_list_page
from thidua_desktop.services.pages.golden_register import golden_register_page
from thidua_desktop.services.pages.initiatives import initiative_pages
from thidua_desktop.services.pages.movement_report import movement_report_page
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.pages.public_list import public_list_page
from thidua_desktop.services.pages.registration import registration_page
from thidua_desktop.services.paper_texts import paper_texts, usual_bases
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.printing import Printable, one_dossier, printables_of
from thidua_desktop.services.score_sheets import cross_sheets, group_table


class OfficeForm(StrEnum):
    """The forms of papers that an office makes beside its dossiers."""

    YEAR_REPORT = "F17"
    REVIEW = "F18"
    FULL_LIST = "F13"
    PUBLIC_LIST = "F26"
    REGISTRATION = "F28"
    GOLDEN_REGISTER = "F29"
    INITIATIVES = "F32"
    CHECKLIST = "F19"
    CROSS_SHEET = "F20"
    GROUP_TABLE = "F21"


class Wants(StrEnum):
    """What has to be said besides the form: a year, a letter, or the set of a checklist."""

    YEAR = "year"
    SUBMISSION = "submission"
    CHECKLIST = "checklist"


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A paper that can be asked for, by its form."""

    form: OfficeForm
    name: str
    wants: Wants = Wants.YEAR


PAPERS = (
    OfficePaper(OfficeForm.YEAR_REPORT, "Báo cáo năm của phong trào"),
    OfficePaper(OfficeForm.REVIEW, "Báo cáo sơ kết, tổng kết đến năm"),
    OfficePaper(OfficeForm.FULL_LIST, "Danh sách đầy đủ kèm tờ trình", Wants.SUBMISSION),
    OfficePaper(OfficeForm.PUBLIC_LIST, "Thông báo công khai danh sách", Wants.SUBMISSION),
    OfficePaper(OfficeForm.REGISTRATION, "Bảng đăng ký thi đua"),
    OfficePaper(OfficeForm.GOLDEN_REGISTER, "Sổ theo dõi khen thưởng"),
    OfficePaper(OfficeForm.INITIATIVES, "Tờ trình công nhận sáng kiến"),
    OfficePaper(OfficeForm.CHECKLIST, "Phiếu tiêu chí đã chấm", Wants.CHECKLIST),
    OfficePaper(OfficeForm.CROSS_SHEET, "Phiếu thẩm định chéo", Wants.CHECKLIST),
    OfficePaper(OfficeForm.GROUP_TABLE, "Bảng tổng hợp điểm cụm, khối", Wants.CHECKLIST),
)


@dataclass(frozen=True, slots=True)
class OfChecklist:
    """Whose checklist a score sheet is about; the own one unless a unit is said."""

    set_id: UUID
    unit_id: UUID | None = None
    whole_group: bool = False


@dataclass(frozen=True, slots=True)
class OfficePaperWritten:
    """What is missing in a paper that was written, and the forms it holds."""

    notes: tuple[str, ...]
    forms: tuple[FormTold, ...]


def wants_of(form: OfficeForm) -> Wants:
    """Return what has to be said besides a form."""
    return next(one.wants for one in PAPERS if one.form is form)


def office_paper(
    ports: Ports,
    *,
    form: OfficeForm,
    year: int | None = None,
    submission: UUID | None = None,
    checklist: OfChecklist | None = None,
) -> Dossier:
    """Return a paper of the own office: of a year (this one if none is given), of a letter, or of
    a checklist.

    Raises NotFoundError when there is no such letter or set.
    """
    today = ports.now().date()
    year = year or today.year
    asked = Asked(AskedSort.OFFICE, submission, form.value, year)
    wants = wants_of(form)
    if wants is Wants.CHECKLIST:
        return _score_sheet(ports, form, year, checklist or OfChecklist(UUID(int=0)))
    if wants is Wants.SUBMISSION:
        return replace(_list_of_letter(ports, form, submission, today), asked=(asked,))
    sort = ReportSort.REVIEW if form is OfficeForm.REVIEW else ReportSort.YEARLY
    views = views_of(ports, sort, year, today)
    with ports.store.read() as work:
        office = own_office(work, PartialDate.of(today), paper_texts(ports, work))
        pages = _MAKERS[form](_Asked(ports, work, office, views, sort, year))
    return Dossier(title=pages[0].bookmark, papers=pages, asked=(asked,))


def printables_of_year(year: int) -> tuple[Printable, ...]:
    """Return the papers of a year as things to print."""
    return tuple(
        one_dossier(
            f"{one.name} {year}",
            f"{one.form.value.lower()}-{year}",
            partial(office_paper, form=one.form, year=year),
        )
        for one in PAPERS
        if one.wants is Wants.YEAR
    )


def printable_report(report: AnnualReport) -> Printable:
    """Return a report of the own unit as something to print."""
    form = OfficeForm.YEAR_REPORT if report.sort is ReportSort.YEARLY else OfficeForm.REVIEW
    name, plain = report_name(report), f"{form.value.lower()}-{report.year}"
    return one_dossier(name, plain, partial(office_paper, form=form, year=report.year))


def printables_at(
    ports: Ports, proposal_id: UUID, *, marked: Sequence[UUID] = (), shown: Sequence[UUID] = ()
) -> tuple[Printable, ...]:
    """Return what there is to print where a proposal is open; the lists of its letter too.

    Raises NotFoundError.
    """
    found = printables_of(ports, proposal_id, marked=marked, shown=shown)
    with ports.store.read() as work:
        letter = work.records.get(Proposal, proposal_id).submission_id
    return (*found, *_printables_of_letter(letter)) if letter else found


def _printables_of_letter(submission: UUID) -> Iterator[Printable]:
    """Yield what a letter has beside its dossier as things to print."""
    for one in PAPERS:
        if one.wants is Wants.SUBMISSION:
            make = partial(office_paper, form=one.form, submission=submission)
            yield one_dossier(one.name, fold(one.name).replace(" ", "-"), make)


def write_office_paper(
    ports: Ports,
    path: Path,
    form: OfficeForm,
    *,
    year: int | None = None,
    submission: UUID | None = None,
    checklist: OfChecklist | None = None,
) -> OfficePaperWritten:
    """Write a paper as Word or PDF, by the ending of the name.

    Raises NotFoundError and UnwritableFileError.
    """
    dossier = office_paper(ports, form=form, year=year, submission=submission, checklist=checklist)
    write_dossier(ports, path, dossier)
    return OfficePaperWritten(gaps(dossier), forms_told(ports, (dossier,)))


def _score_sheet(ports: Ports, form: OfficeForm, year: int, of: OfChecklist) -> Dossier:
    if form is OfficeForm.CHECKLIST:
        return checklist_dossier(ports, set_id=of.set_id, year=year, unit_id=of.unit_id)
    asked = Asked(AskedSort.CHECKLIST, of.set_id, form.value, year, of.unit_id)
    if form is OfficeForm.GROUP_TABLE:
        made = group_table(ports, set_id=of.set_id, year=year, unit_id=of.unit_id)
    else:
        made = cross_sheets(
            ports, set_id=of.set_id, year=year, unit_id=of.unit_id, whole_group=of.whole_group
        )
    return replace(made, asked=(asked,))


def _list_of_letter(
    ports: Ports, form: OfficeForm, submission: UUID | None, today: date
) -> Dossier:
    """Return a list that goes with a letter: it tells whom it leaves out, as its dossier does."""
    with ports.store.read() as work:
        letter = work.records.get(Submission, submission or UUID(int=0))
        proposals = work.records.having(Proposal, submission_id=letter.id)
        if form is OfficeForm.FULL_LIST:
            occasion = occasion_of(ports, work, letter)
            day = occasion.day
            candidates = candidates_of(work, proposals, day)
            page = full_list_page(occasion, candidates)
        else:
            day = today
            candidates = candidates_of(work, proposals, day)
            office = own_office(work, PartialDate.of(day), paper_texts(ports, work))
            award = work.records.find(AwardForm, letter.award_form_id)
            page = public_list_page(office, award.name if award else GAP, candidates)
    return dossier_of(page.bookmark, (page,), proposals, candidates, day)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a paper is made of: the office today, its movement in each year asked for.

    `year` may lie before the movement: registers do.
    """

    ports: Ports
    work: Work
    office: Office
    views: tuple[MovementView, ...]
    sort: ReportSort
    year: int


def _movement_report(asked: _Asked) -> tuple[Page, ...]:
    reports = asked.views[-1].reports
    report = next((one for one in reports if one.sort is asked.sort), None)
    figures = figures_of(asked.work, asked.office.unit, asked.views)
    return (movement_report_page(asked.office, figures, report),)


def _registrations(asked: _Asked) -> tuple[Page, ...]:
    forms = {one.id: one for one in asked.work.records.having(AwardForm)}
    (view,) = asked.views
    return (registration_page(asked.office, view.year, view.registrations, forms),)


def _golden_register(asked: _Asked) -> tuple[Page, ...]:
    entries = awarded_in(asked.work, {asked.year})
    return (golden_register_page(asked.office, asked.year, entries),)


def _initiatives(asked: _Asked) -> tuple[Page, ...]:
    office = asked.office
    found = asked.work.records.having(Initiative, year=asked.year)
    bases = usual_bases(asked.ports.plan().legal_bases, office.texts, office.day)
    return initiative_pages(office, bases, asked.year, found, holder_names(asked.work, found))


_MAKERS: dict[OfficeForm, Callable[[_Asked], tuple[Page, ...]]] = {
    OfficeForm.YEAR_REPORT: _movement_report,
    OfficeForm.REVIEW: _movement_report,
    OfficeForm.REGISTRATION: _registrations,
    OfficeForm.GOLDEN_REGISTER: _golden_register,
    OfficeForm.INITIATIVES: _initiatives,
}
