"""What the papers of a dossier say: F01 the letter, F04 the report, F13 the list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import (
    GAP,
    GAP_LINES,
    Dossier,
    MeritReport,
    SignatureBlock,
    gaps,
)
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.domain.people import Collective, Gender, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Nominee,
    Proposal,
    Subject,
    Submission,
)
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Unit, UnitLevel
from thidua_desktop.services.candidates import Candidate, Occasion
from thidua_desktop.services.letter_wording import joined_citations, letter_of
from thidua_desktop.services.list_wording import list_of, shortened
from thidua_desktop.services.report_parts import criterion_heading
from thidua_desktop.services.report_wording import report_of

ID = UUID(int=1)
AWARD = AwardForm(
    id=ID,
    name="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    authority=Authority.PROVINCE_CHAIR,
    citation_person="điểm a khoản 1 Điều 74 Luật Thi đua, khen thưởng",
    citation_collective="điểm a khoản 3 Điều 74 Luật Thi đua, khen thưởng",
    citation_household="khoản 5 Điều 74 Luật Thi đua, khen thưởng",
)
MOVEMENT = Movement(
    id=ID,
    name="Đẩy mạnh phát triển kết cấu hạ tầng",
    plan_number="52/KH-UBND",
    plan_date=PartialDate(2023, 4, 4),
    issuer="Ủy ban nhân dân tỉnh Thái Bình",
    first_year=2023,
    last_year=2030,
)
UNIT = Unit(
    id=ID,
    name="Ủy ban nhân dân huyện Kiến Xương",
    level=UnitLevel.DISTRICT,
    document_code="UBND",
)
PERSON = Person(
    id=ID,
    full_name="Đặng Thị Ngọc Ẩn",
    gender=Gender.FEMALE,
    birth_date=PartialDate(1984, 3, 12),
    position="Phó Trưởng phòng",
    workplace="Phòng Tài nguyên và Môi trường huyện Kiến Xương",
    address="Thị trấn Kiến Xương",
)
VILLAGER = Person(
    id=ID,
    full_name="Trịnh Văn Ổn",
    gender=Gender.MALE,
    birth_date=PartialDate(1975),
    position="Trưởng thôn",
    workplace="Thôn Nam Tiến, xã Vũ Lễ",
)
COLLECTIVE = Collective(
    id=ID,
    name="Phòng Kinh tế và Hạ tầng huyện Kiến Xương",
    address="Thị trấn Kiến Xương",
    headcount=1240,
    duties="Tham mưu.",
    head="Ngô Bá Thuần",
)
HOUSEHOLD = Household(
    id=ID,
    head="Bùi Đình Chuyên",
    gender=Gender.MALE,
    birth_date=PartialDate(1962),
    members=5,
    occupation="Làm ruộng",
    address="Thôn Đông Hòa, xã Bình Thanh",
)
SUBJECTS = {
    Person: Subject.PERSON,
    Collective: Subject.COLLECTIVE,
    Household: Subject.HOUSEHOLD,
}


def an_occasion(award: AwardForm | None = AWARD, unit: Unit | None = UNIT, **said: Any) -> Occasion:
    letter = Submission(
        id=ID,
        number="8/TTr-UBND",
        date=PartialDate(2024, 11, 5),
        place="Kiến Xương",
        recipient="Chủ tịch Ủy ban nhân dân tỉnh;\n- Sở Nội vụ.",
        copies_to="Như trên\nLưu: VT",
    )
    signer = Signer(
        id=ID, full_name="Đỗ Quang Vịnh", position="Chủ tịch", prefix=AuthorityPrefix.ON_BEHALF
    )
    return Occasion(
        letter=replace(letter, **said),
        unit=unit,
        parent=None,
        award=award,
        movement=MOVEMENT,
        signer=signer,
        bases=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",),
        texts=PaperTexts(shipped_plan().papers),
        day=date(2024, 11, 5),
    )


def a_candidate(nominee: Nominee = PERSON, **said: Any) -> Candidate:
    proposal = Proposal(id=ID, year=2024, summary="Vận động 412 hộ hiến đất.")
    own = {name: said.pop(name) for name in ("group", "results", "contributions") if name in said}
    return Candidate(replace(proposal, **said), nominee, SUBJECTS[type(nominee)], **own)


def a_report(nominee: Nominee = PERSON, **said: Any) -> MeritReport:
    return report_of(an_occasion(), a_candidate(nominee, **said))


def facts(report: MeritReport) -> dict[str, str]:
    return {label: said for section in report.sections for label, said in section.facts}


# the letter


def test_the_letter_asks_for_the_award_with_counts_in_two_digits() -> None:
    candidates = (a_candidate(COLLECTIVE), a_candidate(HOUSEHOLD), a_candidate(), a_candidate())
    letter = letter_of(an_occasion(), candidates)
    assert letter.title == "Về việc đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    (request,) = letter.body
    assert request == (
        "Căn cứ điểm a khoản 1, điểm a khoản 3 và khoản 5 Điều 74 Luật Thi đua, khen thưởng và "
        "thành tích đạt được, Ủy ban nhân dân huyện Kiến Xương kính trình và đề nghị Chủ tịch "
        "Ủy ban nhân dân tỉnh xem xét, quyết định tặng Bằng khen của Chủ tịch Ủy ban nhân dân "
        "tỉnh cho 01 tập thể, 01 hộ gia đình, 02 cá nhân đã có thành tích xuất sắc trong phong "
        "trào thi đua “Đẩy mạnh phát triển kết cấu hạ tầng”, gồm:"
    )
    assert letter.nominees[0] == "1. Phòng Kinh tế và Hạ tầng huyện Kiến Xương;"
    assert letter.nominees[1] == "2. Hộ ông Bùi Đình Chuyên, thôn Đông Hòa, xã Bình Thanh;"
    assert letter.nominees[3].endswith("huyện Kiến Xương.")
    assert letter.closing == (
        "Ủy ban nhân dân huyện Kiến Xương kính đề nghị Chủ tịch Ủy ban nhân dân tỉnh, "
        "Sở Nội vụ xem xét, quyết định./."
    )
    assert letter.signature == SignatureBlock(
        lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), name="Đỗ Quang Vịnh"
    )


def test_more_than_five_stand_in_the_list_only() -> None:
    letter = letter_of(an_occasion(), (a_candidate(),) * 6)
    assert letter.nominees == ()
    assert letter.body[0].endswith("kết cấu hạ tầng”.")
    assert letter.enclosure == "(Có Danh sách và Hồ sơ đề nghị khen thưởng kèm theo)"


@pytest.mark.parametrize(
    ("authority", "words"),
    [
        (Authority.STATE_PRESIDENT, "xem xét, trình Chủ tịch nước tặng"),
        (Authority.PRIME_MINISTER, "xem xét, trình Thủ tướng Chính phủ tặng"),
        (Authority.UNIT_HEAD, "xem xét, quyết định tặng"),
        (None, "xem xét, quyết định tặng"),
    ],
)
def test_the_letter_says_who_decides(authority: Authority | None, words: str) -> None:
    award = replace(AWARD, authority=authority)
    assert words in letter_of(an_occasion(award), (a_candidate(),)).body[0]


def test_a_typed_citation_goes_before_that_of_the_catalogue() -> None:
    letter = letter_of(an_occasion(), (a_candidate(citation="khoản 9 Điều 1 Quy chế X"),))
    assert letter.body[0].startswith("Căn cứ khoản 9 Điều 1 Quy chế X và thành tích")


def test_citations_of_two_laws_stay_apart() -> None:
    given = ["khoản 2 Điều 75 Luật A", "khoản 2 Điều 75 Luật A", "Quy chế B"]
    assert joined_citations(given) == "khoản 2 Điều 75 Luật A; Quy chế B"


def test_points_of_a_clause_stand_in_the_vietnamese_order() -> None:
    given = [f"điểm {letter} khoản 1 Điều 74 Luật A" for letter in ("e", "đ", "a", "d")]
    letters = re.findall(r"điểm (\w)", joined_citations(given))
    assert letters == ["a", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("number", "head"),
    [
        ("8/TTr-UBND", ("08", "TTr-UBND")),
        ("128", ("128", "TTr-UBND")),
        ("", ("", "TTr-UBND")),
        ("12a/TTr-VP", ("12a", "TTr-VP")),
    ],
)
def test_the_number_has_two_digits_and_the_symbol_of_the_agency(
    number: str, head: tuple[str, str]
) -> None:
    letter = letter_of(an_occasion(number=number), ())
    assert (letter.head.number, letter.head.symbol) == head


# the list


def test_the_list_has_a_group_for_each_kind_that_is_there() -> None:
    candidates = (a_candidate(COLLECTIVE), a_candidate(), a_candidate(VILLAGER))
    said = list_of(an_occasion(), candidates)
    assert [(group.heading, len(group.rows)) for group in said.groups] == [
        ("I. Tập thể", 1),
        ("II. Cá nhân", 2),
    ]
    assert said.title == (
        "Tập thể, cá nhân đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    )
    assert said.attached_to.replace("\u00a0", " ") == (
        "(Kèm theo Tờ trình số 08/TTr-UBND ngày 05 tháng 11 năm 2024 "
        "của Ủy ban nhân dân huyện Kiến Xương)"
    )
    assert said.closing == "Danh sách có 01 tập thể, 02 cá nhân./."
    assert said.groups[1].rows[1] == (
        "Ông Trịnh Văn Ổn",
        "1975",
        "Trưởng thôn, thôn Nam Tiến, xã Vũ Lễ",
        "Vận động 412 hộ hiến đất.",
    )


def test_a_family_stands_under_the_name_of_its_head() -> None:
    (group,) = list_of(an_occasion(), (a_candidate(HOUSEHOLD),)).groups
    assert group.rows[0][:3] == ("Hộ ông Bùi Đình Chuyên", "1962", "Thôn Đông Hòa, xã Bình Thanh")


@pytest.mark.parametrize(
    ("summary", "most", "text"),
    [
        ("Một. Hai.\nBa.", 20, "Một. Hai. Ba."),
        ("Hiến 1.240 m² đất; góp công. Còn nữa rất dài", 30, "Hiến 1.240 m² đất; góp công."),
        ("Hiến đất; góp công sức rất nhiều", 12, "Hiến đất."),
        ("Không có dấu nào cả", 12, "Không có…"),
    ],
)
def test_a_long_summary_ends_where_a_sentence_does(summary: str, most: int, text: str) -> None:
    assert shortened(summary, most) == text


# the report


def test_the_report_of_a_person_in_an_office() -> None:
    report = a_report()
    assert report.award_line == "ĐỀ NGHỊ TẶNG BẰNG KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"
    assert report.movement_line == (
        "(Về thành tích xuất sắc trong phong trào thi đua “Đẩy mạnh phát triển kết cấu hạ tầng” "
        "giai đoạn 2023 - 2024)"
    )
    assert report.subject_line == (
        "Bà Đặng Thị Ngọc Ẩn, Phó Trưởng phòng, Phòng Tài nguyên và Môi trường huyện Kiến Xương"
    )
    assert report.head.parent == "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG"
    assert report.head.agency == "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG HUYỆN KIẾN XƯƠNG"
    assert facts(report)["Ngày, tháng, năm sinh"] == "12/03/1984"
    left, right = report.signatures
    assert left.lines == ("THỦ TRƯỞNG ĐƠN VỊ", "XÁC NHẬN, ĐỀ NGHỊ")
    assert (right.lines, right.name) == (("NGƯỜI BÁO CÁO",), "Đặng Thị Ngọc Ẩn")
    assert report.confirmations == ()
    assert report.closing.startswith("Trên đây là báo cáo thành tích của cá nhân tôi")
    assert report.closing.endswith("./.")


@pytest.mark.parametrize("said", [{}, {"group": "nguoi_dan"}])
def test_one_of_the_people_has_no_letterhead_and_is_confirmed_where_he_lives(
    said: dict[str, str],
) -> None:
    nominee = PERSON if said else VILLAGER
    report = a_report(nominee, **said)
    assert (report.head.parent, report.head.agency) == ("", "")
    left, right = report.signatures
    assert left.lines == ("XÁC NHẬN CỦA TỔ DÂN PHỐ,", "KHU DÂN CƯ")
    assert right.lines == ("NGƯỜI BÁO CÁO THÀNH TÍCH",)
    assert [one.lines for one in report.confirmations] == [
        ("XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ, PHƯỜNG",)
    ]


def test_the_report_of_a_collective() -> None:
    report = a_report(COLLECTIVE)
    assert report.head.parent == "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG"
    assert facts(report)["Tổng số cán bộ, người lao động"] == "1.240 người"
    left, right = report.signatures
    assert left.lines == ("THỦ TRƯỞNG ĐƠN VỊ", "CẤP TRÊN TRỰC TIẾP XÁC NHẬN")
    assert (right.lines, right.name) == (("THỦ TRƯỞNG ĐƠN VỊ",), "Ngô Bá Thuần")
    assert "của Phòng Kinh tế và Hạ tầng huyện Kiến Xương" in report.closing


def test_the_office_itself_reports_under_its_own_head_with_a_number() -> None:
    report = a_report(replace(COLLECTIVE, name="Ủy ban nhân dân huyện Kiến Xương"))
    assert (report.head.parent, report.head.agency) == ("", "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG")
    assert report.head.symbol == "BC-UBND"


@pytest.mark.parametrize(
    ("name", "group"),
    [("Công ty cổ phần Xây dựng Ánh Dương", ""), ("Nhà máy Gạch Đông Hòa", "doanh_nghiep")],
)
def test_a_firm_stands_under_no_agency(name: str, group: str) -> None:
    report = a_report(replace(COLLECTIVE, name=name), group=group)
    assert (report.head.parent, report.head.agency) == ("", name.upper())


def test_the_report_of_a_household() -> None:
    report = a_report(HOUSEHOLD)
    assert report.head.agency == ""
    assert report.subject_line == "Hộ ông Bùi Đình Chuyên, thôn Đông Hòa, xã Bình Thanh"
    assert facts(report)["Số nhân khẩu"] == "05 người"
    assert report.signatures[1].lines == ("ĐẠI DIỆN HỘ GIA ĐÌNH",)
    assert report.signatures[1].name == "Bùi Đình Chuyên"
    assert len(report.confirmations) == 1


def test_an_award_above_the_province_needs_the_word_of_who_submits() -> None:
    award = replace(AWARD, authority=Authority.PRIME_MINISTER)
    report = report_of(an_occasion(award), a_candidate())
    assert [one.lines for one in report.confirmations] == [("XÁC NHẬN CỦA CẤP TRÌNH KHEN",)]


def test_results_stand_under_their_criteria_with_vietnamese_numbers() -> None:
    first = Criterion(id=ID, code="1", wording="Tiết kiệm điện, nước; giữ gìn tài sản.")
    proofs = (
        Evidence(id=ID, wording="Hiến đất.", quantity=Decimal("1234.50"), measure="m²"),
        Evidence(id=ID, wording="Được khen"),
    )
    given = (
        Contribution(
            id=ID,
            sort=ContributionKind.MONEY,
            quantity=Decimal(25_000_000),
            measure="đồng",
            wording="Xây nhà văn hóa",
        ),
        Contribution(id=ID, sort=ContributionKind.WORKDAYS, quantity=Decimal(64), measure="công"),
    )
    report = a_report(HOUSEHOLD, results=((first, proofs), (None, proofs[1:])), contributions=given)
    merits = report.sections[1]
    assert [(one.criterion, one.results) for one in merits.results] == [
        ("1. Tiết kiệm điện, nước", ("Hiến đất: 1.234,5 m².", "Được khen.")),
        ("2. Kết quả khác", ("Được khen.",)),
        (
            "3. Đóng góp cho phong trào",
            ("Tiền (xây nhà văn hóa): 25.000.000 đồng.", "Ngày công: 64 công."),
        ),
    ]
    assert merits.leading == (
        "Kết quả cụ thể theo tiêu chí của Kế hoạch số 52/KH-UBND ngày 04 tháng 4 năm 2023 "
        "của Ủy ban nhân dân tỉnh Thái Bình:"
    )


@pytest.mark.parametrize(
    ("start", "end", "period", "line"),
    [
        (
            PartialDate(2023, 1, 1),
            PartialDate(2024, 10, 31),
            "từ ngày 01 tháng 01 năm 2023 đến ngày 31 tháng 10 năm 2024",
            "giai đoạn 2023 - 2024",
        ),
        (PartialDate(2024, 3), PartialDate(2024), "từ tháng 03/2024 đến năm 2024", "năm 2024"),
        (None, PartialDate(2025), "đến năm 2025", "giai đoạn 2023 - 2025"),
        (None, None, None, "giai đoạn 2023 - 2024"),
    ],
)
def test_the_period_of_the_merits_is_said(
    start: PartialDate | None, end: PartialDate | None, period: str | None, line: str
) -> None:
    report = a_report(achieved_from=start, achieved_to=end)
    assert facts(report).get("Thời gian lập thành tích") == period
    assert report.movement_line.endswith(f"{line})")


def test_a_very_long_criterion_is_headed_by_its_first_clauses() -> None:
    clause = "từ " * 19 + "từ, "
    criterion = Criterion(id=ID, code="1", wording=clause * 5)
    heading = criterion_heading(criterion)
    assert heading == ("từ " * 19 + "từ, " + "từ " * 19 + "từ")
    assert criterion_heading(Criterion(id=ID, code="2", wording="A (B...) c. D e.")) == "A (B...) c"


# what is missing


def test_nothing_is_missing_in_full_papers() -> None:
    occasion = an_occasion()
    candidates = (a_candidate(), a_candidate(COLLECTIVE), a_candidate(HOUSEHOLD))
    reports = tuple(report_of(occasion, one) for one in candidates)
    papers = (letter_of(occasion, candidates), list_of(occasion, candidates), *reports)
    assert gaps(Dossier(title="Hồ sơ", papers=papers)) == ()


def test_what_is_missing_prints_as_dots_and_is_named() -> None:
    occasion = Occasion(
        letter=Submission(id=ID),
        unit=None,
        parent=None,
        award=None,
        movement=None,
        signer=None,
        bases=(),
        texts=PaperTexts(shipped_plan().papers),
        day=date(2024, 11, 5),
    )
    blank = a_candidate(Person(id=ID), summary="", year=None)
    report = report_of(occasion, blank)
    assert facts(report)["Họ và tên"] == GAP
    assert report.sections[1].paragraphs == GAP_LINES
    letter = letter_of(occasion, (blank,))
    assert letter.body[0].count(GAP) == 3
    listed = list_of(occasion, ())
    dossier = Dossier(title="Hồ sơ", papers=(letter, listed, report), left_out=2)
    person = (
        f"Ông (bà) {GAP}: chưa có họ và tên; ngày, tháng, năm sinh; giới tính; nơi cư trú; "
        "chức vụ, nghề nghiệp; tóm tắt thành tích."
    )
    assert gaps(dossier) == (
        "Tờ trình chưa có hình thức đề nghị khen thưởng.",
        "Tờ trình chưa có đơn vị trình.",
        "Tờ trình chưa có ký hiệu văn bản của đơn vị.",
        "Tờ trình chưa có địa danh.",
        "Tờ trình chưa có nơi kính gửi.",
        "Tờ trình chưa có căn cứ pháp lý.",
        "Tờ trình chưa có người ký.",
        "Danh sách chưa có tập thể, hộ gia đình, cá nhân nào.",
        person,
        "Có 2 đề nghị cần phiên bản chương trình mới hơn để in.",
    )
