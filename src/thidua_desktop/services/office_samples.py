"""Papers of an office with made-up data: reports, lists, registers, to see how their texts look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.merit import Initiative, InitiativeScope
from thidua_desktop.domain.movements import (
    DocumentSort,
    Obligation,
    PlanDocument,
    Registration,
    SavingsField,
    SavingsTarget,
)
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Subject
from thidua_desktop.domain.stocks import Stock
from thidua_desktop.services import checklist_sheets, recovery_paper, slips
from thidua_desktop.services.candidates import Candidate
from thidua_desktop.services.certificate_samples import certificate_sample
from thidua_desktop.services.movement_figures import MovementFigures
from thidua_desktop.services.pages import (
    certificate,
    cross_sheet,
    golden_register,
    group_sheet,
    initiatives,
    movement_report,
    public_list,
    registration,
)
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.score_samples import checklist_sample, cross_sample, group_sample
from thidua_desktop.services.slip_samples import recovery_sample, slip_sample

_ID, _YEAR = UUID(int=52), 2025
_HOLDERS = {_ID: "Bà Nguyễn Thị Mẫu"}
_DOCUMENT = PlanDocument(
    id=_ID,
    sort=DocumentSort.PLAN,
    number="05/KH-UBND",
    issued_on=PartialDate(2025, 1, 20),
    summary="Kế hoạch tổ chức phong trào năm 2025",
    year=_YEAR,
)
_TARGET = SavingsTarget(
    id=_ID,
    year=_YEAR,
    field=SavingsField.REGULAR,
    name="Tiết kiệm chi thường xuyên",
    measure="triệu đồng",
    planned=Decimal(400),
    reached=Decimal(420),
)
_REGISTRATION = Registration(
    id=_ID,
    year=_YEAR,
    person_id=_ID,
    name="Bà Nguyễn Thị Mẫu",
    position="Công chức Ủy ban nhân dân xã Ví Dụ",
    title="Chiến sĩ thi đua cơ sở",
)
_ENTRY = golden_register.Entry(
    id=_ID,
    holder=_HOLDERS[_ID],
    award="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
    decision="12/QĐ-UBND",
    day=PartialDate(2025, 5, 19),
    issuer="Ủy ban nhân dân xã Ví Dụ",
    book_number=7,
)
_INITIATIVE = Initiative(
    id=_ID,
    person_id=_ID,
    name="Sổ theo dõi đóng góp của từng hộ",
    year=_YEAR,
    scope=InitiativeScope.GRASSROOTS,
    decision_number="9/QĐ-UBND",
    summary="Giảm một nửa thời gian lập danh sách.",
)
_LAND = Contribution(
    id=_ID, sort=ContributionKind.LAND, quantity=Decimal(120), measure="m²", wording="Hiến đất"
)
_REPORT = AnnualReport(
    id=_ID,
    steering="Đã tuyên truyền trên đài truyền thanh, ở 12 cuộc họp thôn.",
    infrastructure="Hoàn thành 3,2 km đường thôn.",
    thrift="Rà soát, cắt giảm chi hội nghị.",
    exemplars="Thôn Hai: mô hình Tổ tự quản đường thôn.",
    results="Nhân dân đồng tình, tự nguyện hiến đất.",
    shortcomings="Một số việc còn chậm.",
    tasks="Tiếp tục vận động nhân dân góp công.",
)


def office_pages(
    code: str,
    office: Office,
    award: AwardForm,
    candidates: Sequence[Candidate],
    *,
    stock: Stock,
    bases: Sequence[str],
) -> tuple[Page, ...]:
    """Return the pages of a form for a made-up office: certificates on a stock, letters with these
    bases. Raises KeyError.
    """
    if code == initiatives.FORM:
        return initiatives.initiative_pages(office, bases, _YEAR, [_INITIATIVE], _HOLDERS)
    if code == certificate.FORM:
        return certificate_sample(office, award, candidates, stock)
    return _MAKERS[code](office, award, candidates)


def _report(first: int) -> Callable[[Office, AwardForm, Sequence[Candidate]], tuple[Page, ...]]:
    def make(office: Office, award: AwardForm, _: Sequence[Candidate]) -> tuple[Page, ...]:
        return (movement_report.movement_report_page(office, _figures(first, award), _REPORT),)

    return make


def _figures(first: int, award: AwardForm) -> MovementFigures:
    task = Obligation(id=_ID, task="báo cáo kết quả thực hiện phong trào")
    return MovementFigures(
        years=tuple(range(first, _YEAR + 1)),
        documents=(_DOCUMENT,),
        registrations=(_REGISTRATION,),
        targets=(_TARGET,),
        contributions=(_LAND,),
        givers=1,
        proposed=((award, {Subject.COLLECTIVE: 1, Subject.PERSON: 2}),),
        owed=(Due(task, date(_YEAR, 12, 10), 30),),
        awarded=((_ENTRY.award, 1),),
        recognised=(("phạm vi cơ sở", 1),),
    )


def _public(office: Office, award: AwardForm, of: Sequence[Candidate]) -> tuple[Page, ...]:
    return (public_list.public_list_page(office, award.name, of),)


def _register(office: Office, award: AwardForm, _: Sequence[Candidate]) -> tuple[Page, ...]:
    forms = {award.id: award}
    return (registration.registration_page(office, _YEAR, [_REGISTRATION], forms),)


def _golden(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    return (golden_register.golden_register_page(office, _YEAR, [_ENTRY]),)


_MAKERS: Mapping[str, Callable[[Office, AwardForm, Sequence[Candidate]], tuple[Page, ...]]] = {
    movement_report.COMMON: _report(_YEAR),
    movement_report.YEAR: _report(_YEAR),
    movement_report.REVIEW: _report(_YEAR - 2),
    public_list.FORM: _public,
    registration.FORM: _register,
    golden_register.FORM: _golden,
    checklist_sheets.FORM: checklist_sample,
    cross_sheet.FORM: cross_sample,
    group_sheet.FORM: group_sample,
    slips.FORM: slip_sample,
    recovery_paper.FORM: recovery_sample,
}
OF_OFFICES = frozenset({certificate.FORM, initiatives.FORM, *_MAKERS})
