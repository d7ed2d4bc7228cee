"""What the papers of a proposal say of the merit of its nominee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from builders import an_id
from office_work import a_person_proposed
from printed import whole_text
from thidua_desktop.domain.awards import AwardFormKind
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import MeritReport, ReportSection
from thidua_desktop.domain.merit import (
    Achievement,
    AchievementSort,
    Initiative,
    InitiativeClaim,
    InitiativeScope,
    Position,
    PositionSort,
    PriorAward,
    RatingLevel,
    RatingOf,
    YearlyRating,
)
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import replace_values
from thidua_desktop.services.dossiers import gather_submission
from thidua_desktop.services.people import add_merit, save_merit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.printing import papers_shown, printable_proposals
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission

TODAY = date(2024, 11, 25)


def a_line(ports: Ports, proposal_id: UUID, kind, **fields):
    nominee = open_proposal(ports, proposal_id).nominee
    shown = add_merit(ports, nominee, kind, today=TODAY).record
    return save_merit(ports, replace_values(shown, fields), shown=shown).record


def report_of(ports: Ports, proposal_id: UUID, day: PartialDate | None = None) -> MeritReport:
    letter, _ = draft_submission(ports, [proposal_id])
    if day is not None:
        letter = save_record(ports, replace(letter, date=day), shown=letter).record
    with ports.store.read() as work:
        dossier = gather_submission(ports, work, work.records.get(Submission, letter.id))
    (report,) = (paper for paper in dossier.papers if isinstance(paper, MeritReport))
    return report


def section(report: MeritReport, number: str) -> ReportSection | None:
    return next((one for one in report.sections if one.heading.startswith(f"{number}.")), None)


def facts(report: MeritReport) -> dict[str, str]:
    return dict(report.sections[0].facts)


def test_without_ratings_and_awards_there_is_no_third_section(office: Ports) -> None:
    assert section(report_of(office, a_person_proposed(office)), "III") is None


def test_titles_commendations_and_ratings_stand_in_tables_of_their_own(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    told = {"issuer": "Ủy ban nhân dân huyện", "decision_number": "5/QĐ-UBND"}
    a_line(office, proposal_id, PriorAward, year=2022, title="Giấy khen", **told)
    a_line(
        office,
        proposal_id,
        PriorAward,
        year=2021,
        title="Lao động tiên tiến",
        sort=AwardFormKind.TITLE,
        decision_number="9/QĐ-UBND",
        decision_date=PartialDate(2021, 12, 5),
        issuer="Ủy ban nhân dân xã",
    )
    for year, level in ((2023, RatingLevel.EXCELLENT), (2022, RatingLevel.GOOD)):
        a_line(office, proposal_id, YearlyRating, year=year, level=level)
    party = {"level": RatingLevel.GOOD, "sort": RatingOf.PARTY}
    a_line(office, proposal_id, YearlyRating, year=2023, **party)

    found = section(report_of(office, proposal_id), "III")
    assert found is not None
    decided = "Quyết định số 9/QĐ-UBND ngày 05 tháng 12 năm 2021 của Ủy ban nhân dân xã"
    assert [(table.heading, table.rows) for table in found.tables] == [
        ("1. Danh hiệu thi đua", (("2021", "Lao động tiên tiến", decided),)),
        (
            "2. Hình thức khen thưởng",
            (("2022", "Giấy khen", "Quyết định số 5/QĐ-UBND của Ủy ban nhân dân huyện"),),
        ),
        (
            "3. Xếp loại hằng năm",
            (
                ("2022", "Hoàn thành tốt nhiệm vụ", ""),
                ("2023", "Hoàn thành xuất sắc nhiệm vụ", ""),
                ("2023", "Hoàn thành tốt nhiệm vụ (đảng)", ""),
            ),
        ),
    ]


def test_achievements_and_claimed_initiatives_stand_in_the_second_section(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    reached = {"quantity": Decimal(1240), "measure": "m²", "sort": AchievementSort.RESULT}
    wording = "Vận động hiến đất làm đường."
    a_line(office, proposal_id, Achievement, year=2023, wording=wording, **reached)
    named = {"name": "Bẫy rác trên kênh", "scope": InitiativeScope.GRASSROOTS}
    used = a_line(office, proposal_id, Initiative, year=2023, **named)
    a_line(office, proposal_id, Initiative, year=2022, name="Sổ tay tiết kiệm")
    claim = InitiativeClaim(
        id=an_id(1),
        proposal_id=proposal_id,
        initiative_id=used.id,
    )
    save_record(office, claim)

    second = section(report_of(office, proposal_id), "II")
    assert second is not None
    assert [(one.criterion, one.results) for one in second.results] == [
        ("1. Kết quả nổi bật", ("Năm 2023: Vận động hiến đất làm đường: 1.240 m².",)),
        (
            "2. Sáng kiến, đề tài đã được công nhận",
            ("“Bẫy rác trên kênh” (năm 2023, phạm vi cơ sở).",),
        ),
    ]


def test_a_paper_bears_the_position_of_its_day(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    for title, start, end, sort in (
        ("Phó Trưởng phòng", 2018, PartialDate(2023), PositionSort.GOVERNMENT),
        ("Trưởng phòng", 2024, None, PositionSort.GOVERNMENT),
        ("Bí thư chi bộ", 2020, None, PositionSort.PARTY),
    ):
        held = {"held_from": PartialDate(start), "held_to": end, "workplace": "Phòng Tài chính"}
        a_line(office, proposal_id, Position, title=title, sort=sort, **held)
    before = facts(report_of(office, proposal_id, PartialDate(2022, 6, 1)))
    after = facts(report_of(office, proposal_id, PartialDate(2024, 6, 1)))
    assert before["Chức vụ, nghề nghiệp"] == "Phó Trưởng phòng, Bí thư chi bộ"
    assert after["Chức vụ, nghề nghiệp"] == "Trưởng phòng, Bí thư chi bộ"
    assert after["Đơn vị công tác"] == "Phòng Tài chính"


def test_a_long_table_goes_on_over_pages(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    for year in range(1990, 2024):
        a_line(office, proposal_id, PriorAward, year=year, title=f"Giấy khen lần {year}")
    printed = whole_text(papers_shown(office, printable_proposals("", [proposal_id])).pdf)
    assert "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG, XẾP LOẠI" in printed
    assert all(f"Giấy khen lần {year}" in printed for year in range(1990, 2024))


def test_the_proposal_shows_what_its_nominee_has(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    a_line(office, proposal_id, YearlyRating, year=2023, level=RatingLevel.GOOD)
    a_line(office, proposal_id, PriorAward, year=2021, title="Giấy khen")
    assert open_proposal(office, proposal_id).held == (
        "Xếp loại: 2023: Hoàn thành tốt nhiệm vụ.",
        "Đã khen: 2021: Giấy khen.",
    )
