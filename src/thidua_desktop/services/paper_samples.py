"""Papers with made-up data: how the texts of a form look once they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import Authority, AwardForm, AwardFormKind
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier, Paper
from thidua_desktop.domain.merit import (
    Achievement,
    AchievementSort,
    AwardBasis,
    Initiative,
    InitiativeScope,
    Position,
    PositionSort,
    PriorAward,
    RatingLevel,
    YearlyRating,
)
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.paper_forms import PaperText, PaperTexts, texts_with
from thidua_desktop.domain.people import Collective, Gender, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Nominee,
    Proposal,
    Subject,
    Submission,
)
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Unit, UnitLevel
from thidua_desktop.services.candidates import Candidate, Occasion
from thidua_desktop.services.letter_wording import letter_of
from thidua_desktop.services.list_wording import list_of
from thidua_desktop.services.office_samples import OF_OFFICES, office_pages
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.pages.full_list import full_list_page
from thidua_desktop.services.pages.movement_report import COMMON
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.paper_texts import LETTER, bases_on
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.report_wording import MOVEMENT, form_of, report_of
from thidua_desktop.services.summary_wording import FORM as SUMMARY
from thidua_desktop.services.summary_wording import summary_of

LIST, SHARED = "F13", "BCTT"
_BASES = {
    MOVEMENT: AwardBasis.MOVEMENT,
    SHARED: AwardBasis.MOVEMENT,
    "F02": AwardBasis.MERIT,
    "F03": AwardBasis.MERIT,
    "F05": AwardBasis.SUDDEN,
    "F06": AwardBasis.DEVOTION,
    "F07": AwardBasis.FOREIGN,
    "F08": AwardBasis.FOREIGN,
    SUMMARY: AwardBasis.MOVEMENT,
}
WITH_SAMPLES = frozenset({LETTER, LIST, *_BASES}) | OF_OFFICES
SHARED_FORMS = frozenset({SHARED, COMMON})
_ID = UUID(int=52)
_AWARD = AwardForm(
    id=_ID,
    name="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    sort=AwardFormKind.COMMENDATION,
    authority=Authority.PROVINCE_CHAIR,
    citation_person="điểm a khoản 1 Điều 74 Luật Thi đua, khen thưởng",
    citation_collective="điểm a khoản 3 Điều 74 Luật Thi đua, khen thưởng",
    citation_household="khoản 5 Điều 74 Luật Thi đua, khen thưởng",
)
_MOVEMENT = Movement(
    id=_ID,
    name="Chung sức xây dựng quê hương",
    plan_number="01/KH-UBND",
    plan_date=PartialDate(2024, 1, 15),
    issuer="Ủy ban nhân dân tỉnh",
    first_year=2024,
    last_year=2026,
)
_UNIT = Unit(id=_ID, name="Xã Ví Dụ", level=UnitLevel.COMMUNE, document_code="UBND")
_SIGNER = Signer(
    id=_ID, full_name="Lê Văn Ví", position="Chủ tịch", prefix=AuthorityPrefix.ON_BEHALF
)
_PEOPLE: tuple[Nominee, ...] = (
    Collective(
        id=_ID,
        name="Trường Trung học cơ sở Ví Dụ",
        address="Thôn Một, xã Ví Dụ",
        headcount=42,
        women=30,
        duties="Dạy và học cấp trung học cơ sở.",
        head="Phạm Thị Dụ",
        head_position="Hiệu trưởng",
    ),
    Household(
        id=_ID,
        head="Trần Văn Hộ",
        gender=Gender.MALE,
        birth_date=PartialDate(1965),
        members=4,
        occupation="Làm ruộng",
        address="Thôn Hai, xã Ví Dụ",
    ),
    Person(
        id=_ID,
        full_name="Nguyễn Thị Mẫu",
        gender=Gender.FEMALE,
        birth_date=PartialDate(1980, 5, 19),
        native_place="Xã Ví Dụ",
        address="Thôn Ba, xã Ví Dụ",
        position="Công chức",
        workplace="Ủy ban nhân dân xã Ví Dụ",
        qualification="Đại học",
    ),
)
_ACHIEVED = {
    AchievementSort.RESULT: "Hoàn thành 105% kế hoạch năm",
    AchievementSort.MEASURE: "Phân công từng việc, từng người, kiểm tra hằng tuần",
    AchievementSort.COMPLIANCE: "Thực hiện tốt chủ trương, chính sách, pháp luật",
    AchievementSort.BODIES: "Chi bộ, công đoàn hoàn thành tốt nhiệm vụ",
}
_POSITIONS = (
    Position(
        id=UUID(int=1),
        title="Công chức",
        workplace="Ủy ban nhân dân xã Ví Dụ",
        held_from=PartialDate(2008, 9),
        held_to=PartialDate(2015, 6),
    ),
    Position(
        id=UUID(int=2),
        sort=PositionSort.PARTY,
        title="Chi ủy viên",
        workplace="Chi bộ Một",
        held_from=PartialDate(2014, 1),
    ),
)
_SAMPLE_DAY = PartialDate(2025, 11, 5)
_SUBJECTS: Mapping[type, Subject] = {
    Collective: Subject.COLLECTIVE,
    Household: Subject.HOUSEHOLD,
    Person: Subject.PERSON,
}


def sample_dossier(ports: Ports, code: str, unsaved: PaperText | None = None) -> Dossier:
    """Return a form with made-up data and the texts that stand here.

    `unsaved` is a text as it is being written. Raises KeyError for a form without a sample.
    """
    with ports.store.read() as work:
        own = {one.id: one for one in work.records.having(PaperText)}
        today = PartialDate.of(work.today())
    if unsaved is not None:
        own[unsaved.id] = unsaved
    plan = ports.plan()
    texts = texts_with(plan.papers, own.values())
    occasion = sample_occasion(plan, texts, today)
    return Dossier(title=texts.form(code).title, papers=sample_papers(plan, code, occasion))


def sample_words(plan: PlanCatalogue, code: str) -> str:
    """Return what the papers of a form say with made-up data, line by line, as shipped."""
    occasion = sample_occasion(plan, PaperTexts(plan.papers), _SAMPLE_DAY)
    pages = map(page_of, sample_papers(plan, code, occasion))
    return "\n\n".join("\n".join(words_of(page)) for page in pages) + "\n"


def sample_papers(
    plan: PlanCatalogue,
    code: str,
    occasion: Occasion,
    changed: Callable[[Record], Record] = lambda record: record,
) -> tuple[Paper, ...]:
    """Return the papers of a form for made-up nominees, with records `changed`.

    Raises KeyError.
    """
    basis = _BASES.get(code, AwardBasis.MOVEMENT)
    candidates = tuple(_with(_candidate(one, basis), changed) for one in _PEOPLE)
    if code == LETTER:
        return (letter_of(occasion, candidates),)
    if code == LIST:
        return list_of(occasion, candidates), full_list_page(occasion, candidates)
    if code in OF_OFFICES:
        return office_pages(
            code,
            _office(occasion),
            _AWARD,
            candidates,
            stock=plan.stocks[0],
            bases=occasion.bases,
        )
    if code not in WITH_SAMPLES:
        raise KeyError(code)
    if code == SUMMARY:
        return tuple(summary_of(occasion, one) for one in candidates)
    whole = code in {MOVEMENT, SHARED}
    return tuple(report_of(occasion, one) for one in candidates if whole or form_of(one) == code)


def sample_occasion(plan: PlanCatalogue, texts: PaperTexts, day: PartialDate) -> Occasion:
    """Return a made-up letter of a day with these texts."""
    letter = texts.of(LETTER)
    return Occasion(
        letter=Submission(
            id=_ID,
            place="Ví Dụ",
            date=day,
            recipient=letter.say("recipient.province"),
            copies_to=letter.say("copies_to"),
        ),
        unit=_UNIT,
        parent=None,
        award=_AWARD,
        movement=_MOVEMENT,
        signer=_SIGNER,
        bases=bases_on(plan.legal_bases, texts, (), day),
        texts=texts,
        day=day.first_day(),
    )


def _office(occasion: Occasion) -> Office:
    return Office(
        unit=_UNIT,
        parent=None,
        place=occasion.letter.place,
        day=PartialDate.of(occasion.day),
        signer=_SIGNER,
        movement=_MOVEMENT,
        texts=occasion.texts,
    )


def _candidate(nominee: Nominee, basis: AwardBasis) -> Candidate:
    return Candidate(
        proposal=Proposal(
            id=_ID,
            year=2025,
            basis=basis,
            summary="Vận động nhân dân hiến đất, góp công làm 3,2 km đường thôn.",
        ),
        nominee=nominee,
        subject=_SUBJECTS[type(nominee)],
        contributions=(
            Contribution(
                id=_ID,
                sort=ContributionKind.LAND,
                quantity=Decimal(120),
                measure="m²",
                wording="Hiến đất làm đường",
            ),
        ),
        ratings=(YearlyRating(id=_ID, year=2024, level=RatingLevel.EXCELLENT),),
        awards=(
            PriorAward(
                id=_ID,
                year=2023,
                title="Lao động tiên tiến",
                sort=AwardFormKind.TITLE,
                decision_number="12/QĐ-UBND",
                issuer="Ủy ban nhân dân xã Ví Dụ",
            ),
            PriorAward(id=_ID, year=2022, title="Giấy khen", sort=AwardFormKind.COMMENDATION),
        ),
        initiatives=(
            Initiative(
                id=_ID,
                name="Sổ theo dõi đóng góp của từng hộ",
                year=2024,
                scope=InitiativeScope.GRASSROOTS,
            ),
        ),
        achievements=tuple(
            Achievement(id=_ID, year=2024, sort=sort, wording=wording)
            for sort, wording in _ACHIEVED.items()
        ),
        positions=_POSITIONS,
    )


def _with(candidate: Candidate, changed: Callable[[Record], Any]) -> Candidate:
    """Return a candidate with all its records changed."""
    return replace(
        candidate,
        proposal=changed(candidate.proposal),
        nominee=changed(candidate.nominee),
        contributions=tuple(map(changed, candidate.contributions)),
        initiatives=tuple(map(changed, candidate.initiatives)),
        achievements=tuple(map(changed, candidate.achievements)),
    )
