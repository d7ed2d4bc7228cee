"""Soát hồ sơ: each planted fault is found by its rule and by no other; a clean dossier has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from builders import an_id
from dossier_work import a_paper, award, clean, papers, plan
from thidua_desktop.domain.criteria import Criterion
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision, Given
from thidua_desktop.domain.dossier_checks import RULES, check_dossier
from thidua_desktop.domain.dossier_content import DossierContent
from thidua_desktop.domain.dossier_findings import DossierFinding
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.merit import PriorAward, RatingLevel, YearlyRating
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.words import field_label

COLLECTIVE, HOUSEHOLD, WOMAN, MAN = range(4)
Plant = Callable[[DossierContent], DossierContent]


def case_with(place: int, **changes: Any) -> Plant:
    def plant(content: DossierContent) -> DossierContent:
        cases = list(content.cases)
        cases[place] = replace(cases[place], **changes)
        return replace(content, cases=tuple(cases))

    return plant


def proposal_with(place: int, **changes: Any) -> Plant:
    return lambda c: case_with(place, proposal=replace(c.cases[place].proposal, **changes))(c)


def nominee_with(place: int, **changes: Any) -> Plant:
    return lambda c: case_with(place, nominee=replace(c.cases[place].nominee, **changes))(c)


def proof_with(place: int, **changes: Any) -> Plant:
    return lambda c: case_with(place, evidence=(replace(c.cases[place].evidence[0], **changes),))(c)


def letter_with(**changes: Any) -> Plant:
    return lambda c: replace(c, letter=replace(c.letter, **changes))


def signer_with(**changes: Any) -> Plant:
    return lambda c: replace(c, signer=replace(c.signer, **changes))


def paper_with(place: int, **changes: Any) -> Plant:
    def plant(content: DossierContent) -> DossierContent:
        noted = list(content.papers)
        noted[place] = replace(noted[place], **changes)
        return replace(content, papers=tuple(noted))

    return plant


def printed_with(*, without: int | None = None, letter: Any = None) -> Plant:
    def plant(content: DossierContent) -> DossierContent:
        made = list(papers().papers)
        if letter is not None:
            made[0] = replace(made[0], **letter)
        if without is not None:
            del made[without]
        return replace(content, dossier=papers(papers=tuple(made)))

    return plant


def copy_of(place: int, other: int) -> Plant:
    return lambda c: proposal_with(place, summary=c.cases[other].proposal.summary)(c)


def unnamed(content: DossierContent) -> DossierContent:
    """Return the content without the papers that have the names printed."""
    return replace(content, dossier=None)


def asked_before(content: DossierContent) -> DossierContent:
    case = content.cases[MAN]
    other = replace(case.proposal, id=an_id(77), year=2023)
    return case_with(MAN, before=(other,))(content)


def asked_beside(content: DossierContent) -> DossierContent:
    other = replace(content.cases[MAN].proposal, id=an_id(78), award_form_id=award("gk").id)
    return case_with(MAN, beside=(other,))(content)


def held_before(content: DossierContent) -> DossierContent:
    held = PriorAward(
        id=an_id(79), person_id=an_id(24), year=2023, award_form_id=award().id,
        title=award().name, movement_id=UUID(int=5),
    )  # fmt: skip
    return case_with(MAN, awards=(held,))(content)


def another_letter(content: DossierContent) -> DossierContent:
    other = Submission(id=an_id(80), number="128/TTr-UBND", date=PartialDate(2024, 3, 1))
    return replace(content, others=(other,))


def rated_late(content: DossierContent) -> DossierContent:
    rating = YearlyRating(
        id=an_id(81), person_id=an_id(24), year=2024, level=RatingLevel.GOOD,
        decision_number="9/QĐ", decision_date=PartialDate(2024, 12, 20),
    )  # fmt: skip
    return case_with(MAN, ratings=(rating,))(content)


def report_late(content: DossierContent) -> DossierContent:
    case = content.cases[MAN]
    report = a_paper(5, PaperSort.REPORT, proposal_id=case.proposal.id, submission_id=None)
    return case_with(MAN, evidence=(*case.evidence, report))(content)


def shared_initiative(content: DossierContent) -> DossierContent:
    idea = content.cases[WOMAN].initiatives[0]
    return case_with(WOMAN, shared={idea.id: ("Giấy khen năm 2023",)})(content)


def unproven_initiative(content: DossierContent) -> DossierContent:
    case = content.cases[WOMAN]
    idea = replace(case.initiatives[0], decision_number="")
    certificate = a_paper(6, PaperSort.INITIATIVE, date=None, proposal_id=case.proposal.id)
    changed = {"initiatives": (idea,), "evidence": (*case.evidence, certificate)}
    return case_with(WOMAN, **changed)(content)


def strict_criterion(content: DossierContent) -> DossierContent:
    strict = Criterion(id=UUID(int=7), code="a-1", evidence_required=True)
    filed = {c.evidence[0].id for c in content.cases[:3]}
    with_files = tuple(replace(case, filed=frozenset(filed)) for case in content.cases)
    return replace(content, criteria={UUID(int=7): strict}, cases=with_files)


def asked_twice(content: DossierContent) -> DossierContent:
    counted = tuple(replace(one, count=3) for one in content.papers)
    same = case_with(MAN, face=content.cases[WOMAN].face)(content)
    return replace(same, papers=counted)


def dated_ahead(content: DossierContent) -> DossierContent:
    day = PartialDate(2024, 11, 26)
    return replace(letter_with(date=day)(content), day=day)


def old_basis(content: DossierContent) -> DossierContent:
    basis = next(one for one in plan().legal_bases if one.regime == "R2017")
    return letter_with(legal_basis="\n".join(basis.lines))(content)


def another_district(content: DossierContent) -> DossierContent:
    basis = next(one for one in plan().legal_bases if one.regime == "R2017")
    undated = tuple(replace(one, date=None) for one in content.papers)
    early = letter_with(date=PartialDate(2023, 12, 20), legal_basis="\n".join(basis.lines))(content)
    early = replace(early, day=PartialDate(2023, 12, 20), papers=undated)
    return replace(early, cases=tuple(replace(c, proposal=replace(c.proposal, year=2023,
        achieved_to=None)) for c in early.cases))  # fmt: skip


def decided(content: DossierContent, name: str, **changes: Any) -> DossierContent:
    decision = Decision(id=an_id(90), number="9/QĐ-UBND", date=PartialDate(2024, 12, 2))
    decision = replace(decision, **changes)
    case = content.cases[MAN]
    award = Award(id=an_id(91), decision_id=an_id(90), proposal_id=case.proposal.id, name=name)
    given = Given(decision=decision, award=award, name="Ông Lương Hữu Ưng", about="")
    return case_with(MAN, given=(given,))(content)


FAULTS: dict[str, tuple[str, Plant]] = {
    "biên bản họp Hội đồng chưa ghi": (
        "S-PAPER",
        lambda c: replace(c, papers=c.papers[:1]),
    ),
    "doanh nghiệp chưa có xác nhận thuế, bảo hiểm": (
        "S-PAPER",
        case_with(COLLECTIVE, group="doanh_nghiep"),
    ),
    "tờ trình đề nghị số người khác danh sách": (
        "S-COUNT-LETTER",
        printed_with(letter={"body": ("tặng cho 01 tập thể, 01 hộ gia đình, 03 cá nhân",)}),
    ),
    "thiếu một báo cáo": ("S-COUNT-REPORT", printed_with(without=5)),
    "biên bản ghi số người khác": ("S-COUNT-MINUTES", paper_with(1, count=5)),
    "tờ trình viết tên khác báo cáo": (
        "S-NAME-PAPER",
        printed_with(
            letter={
                "nominees": tuple(
                    line.replace("Ngọc Ẩn", "Ngọc Ân") for line in papers().papers[0].nominees
                )
            }
        ),
    ),
    "tên sai dấu trong tóm tắt": (
        "S-NAME-TEXT",
        proposal_with(MAN, summary="Đồng chí Lương Hữu Ứng chủ trì quy trình thẩm định điện tử."),
    ),
    "một người viết hai cách": (
        "S-NAME-TWICE",
        nominee_with(MAN, full_name="Đặng Thị Ngọc An", birth_date=PartialDate(1984, 3, 12)),
    ),
    "chức vụ viết tắt": ("S-ABBREVIATION", nominee_with(MAN, position="PGĐ")),
    "tên tập thể viết tắt": (
        "S-ABBREVIATION",
        nominee_with(COLLECTIVE, name="Phòng KT&HT huyện Kiến Xương"),
    ),
    "chức vụ viết hai cách": ("S-TWO-WAYS", nominee_with(MAN, position="Phó trưởng phòng")),
    "nơi công tác bỏ dấu khác": (
        "S-TWO-WAYS",
        lambda c: nominee_with(MAN, workplace="Phòng Văn hoá")(
            nominee_with(WOMAN, workplace="Phòng Văn hóa")(c)
        ),
    ),
    "tên viết toàn chữ in hoa": ("S-CAPITALS", nominee_with(MAN, full_name="LƯƠNG HỮU ƯNG")),
    "danh xưng trong ô họ tên": (
        "S-HONORIFIC",
        nominee_with(MAN, full_name="Ông Lương Hữu Ưng"),
    ),
    "chức vụ không phải của ngày tờ trình": (
        "S-TITLE-DAY",
        nominee_with(WOMAN, position="Chuyên viên"),
    ),
    "người đứng đầu có hai chức danh": (
        "S-TITLE-HEAD",
        nominee_with(COLLECTIVE, head="Lương Hữu Ưng", head_position="Chánh Văn phòng"),
    ),
    "báo cáo sau biên bản": ("S-DATE-REPORT", report_late),
    "Hội đồng họp trước bình xét": ("S-DATE-COUNCIL", paper_with(1, date=PartialDate(2024, 11, 2))),
    "biên bản sau tờ trình": ("S-DATE-MINUTES", paper_with(1, date=PartialDate(2024, 11, 28))),
    "thành tích sau ngày trình": (
        "S-DATE-ACHIEVED",
        proposal_with(MAN, achieved_to=PartialDate(2024, 12)),
    ),
    "quyết định xếp loại sau ngày trình": ("S-DATE-DECIDED", rated_late),
    "tờ trình đề ngày mai": (
        "S-DATE-LETTER",
        lambda c: replace(
            letter_with(date=PartialDate(2024, 11, 26))(c), day=PartialDate(2024, 11, 26)
        ),
    ),
    "tờ trình đề năm trước năm xét": ("S-DATE-LETTER", proposal_with(MAN, year=2025)),
    "đề nghị hình thức khác trong tờ trình": (
        "S-AUTHORITY",
        proposal_with(MAN, award_form_id=award("gk").id, citation=award("gk").citation_person),
    ),
    "Huân chương cho hộ gia đình": (
        "S-SUBJECT",
        lambda c: replace(
            proposal_with(HOUSEHOLD, award_form_id=award("hcld-1").id)(c), letter=None, award=None
        ),
    ),
    "hình thức chưa có hiệu lực": ("S-AWARD-DAY", another_district),
    "căn cứ của hình thức khác": (
        "S-ARTICLE",
        proposal_with(MAN, citation=award("bkttg").citation_person),
    ),
    "căn cứ pháp lý của thời kỳ khác": ("S-BASIS", old_basis),
    "số đã dùng": ("S-NUMBER", another_letter),
    "ký hiệu của nơi khác": ("S-SYMBOL", letter_with(number="128/TTr-SXD")),
    "ký ngoài nhiệm kỳ": ("S-SIGNER-TERM", signer_with(valid_to=PartialDate(2024, 10))),
    "độ mật ghi ở phạm vi lưu hành": ("S-SECRET", letter_with(circulation="Tuyệt Mật")),
    "chưa có người ký": ("S-SIGNER", lambda c: replace(c, signer=None)),
    "sáng kiến dùng hai lần": ("S-INITIATIVE", shared_initiative),
    "sáng kiến chưa có quyết định": ("S-RECOGNISED", unproven_initiative),
    "một người hai đề nghị": ("S-TWICE", asked_twice),
    "một thành tích hai hình thức": ("S-MERIT", asked_beside),
    "đã khen trong chính phong trào": ("S-HELD", held_before),
    "báo cáo sao chép": ("S-COPIED", copy_of(MAN, WOMAN)),
    "báo cáo chép của năm trước": ("S-LAST-YEAR", asked_before),
    "tóm tắt quá dài": (
        "S-LONG",
        proposal_with(MAN, summary="Hoàn thành tốt việc được giao. " * 120),
    ),
    "tiêu chí chỉ nêu bằng lời": ("S-EVIDENCE", proof_with(MAN, quantity=None)),
    "tiêu chí bắt buộc tệp mà không có": ("S-EVIDENCE", strict_criterion),
    "quyết định trước tờ trình": (
        "S-DATE-DECISION",
        lambda c: decided(c, "Ông Lương Hữu Ưng", date=PartialDate(2024, 11, 20)),
    ),
    "bằng ghi tên khác hồ sơ": ("S-NAME-AWARD", lambda c: decided(c, "Ông Lương Hữu Ứng")),
    "không có kết quả theo tiêu chí": ("S-RESULT", case_with(MAN, evidence=())),
    "số liệu không đơn vị tính": ("S-MEASURE", proof_with(MAN, measure="")),
}


def codes(findings: tuple[DossierFinding, ...]) -> set[str]:
    return {one.code for one in findings}


def test_nothing_is_found_in_a_clean_dossier() -> None:
    assert [one.found.message for one in check_dossier(clean())] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_by_its_rule_and_by_no_other(fault: str) -> None:
    code, plant = FAULTS[fault]
    found = check_dossier(plant(clean()))
    assert codes(found) == {code}


@pytest.mark.parametrize("words", ["LƯU HÀNH NỘI BỘ", "BẢO MẬT THÔNG TIN", "CÓ MẶT, MẤT"])
def test_what_is_no_secret_is_not_taken_for_one(words: str) -> None:
    assert codes(check_dossier(letter_with(circulation=words)(clean()))) == set()


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert {code for code, _ in FAULTS.values()} == {rule.code for rule in RULES}
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_finding_jumps_to_a_field_that_is_there_and_says_it_in_a_sentence(fault: str) -> None:
    for finding in check_dossier(FAULTS[fault][1](clean())):
        found = finding.found
        names = {spec.name for spec in kind_spec(KIND_BY_NAME[found.kind]).fields}
        assert found.field in names | {"papers"}
        assert field_label(found.kind, found.field)
        assert found.message.endswith((".", "?"))
        assert finding.source


@pytest.mark.parametrize(
    ("fault", "offered"),
    [
        ("chức vụ viết tắt", "Phó Giám đốc"),
        ("tên tập thể viết tắt", "Phòng Kinh tế và Hạ tầng huyện Kiến Xương"),
        ("chức vụ viết hai cách", "Phó Trưởng phòng"),
        ("nơi công tác bỏ dấu khác", "Phòng Văn hóa"),
        ("tên viết toàn chữ in hoa", "Lương Hữu Ưng"),
        ("danh xưng trong ô họ tên", "Lương Hữu Ưng"),
        ("chức vụ không phải của ngày tờ trình", "Phó Trưởng phòng"),
        ("ký hiệu của nơi khác", "128/TTr-UBND"),
        ("bằng ghi tên khác hồ sơ", "Ông Lương Hữu Ưng"),
        ("căn cứ của hình thức khác", award().citation_person),
    ],
)
def test_the_standard_form_is_offered_and_cures_the_fault(fault: str, offered: str) -> None:
    (finding, *_) = check_dossier(FAULTS[fault][1](clean()))
    assert finding.found.offered == offered


def test_a_certificate_that_says_what_the_dossier_says_is_no_fault() -> None:
    assert codes(check_dossier(decided(clean(), "Ông Lương Hữu Ưng"))) == set()


def test_what_is_grave_stands_first_and_stops() -> None:
    both = FAULTS["số liệu không đơn vị tính"][1](FAULTS["ký ngoài nhiệm kỳ"][1](clean()))
    found = check_dossier(both)
    assert [one.severity for one in found] == [Severity.BLOCK, Severity.REMIND]


def test_a_waiver_is_bound_to_the_value_that_was_judged() -> None:
    plant = FAULTS["chức vụ viết tắt"][1]
    first, again = (check_dossier(plant(clean()))[0] for _ in range(2))
    other = check_dossier(nominee_with(MAN, position="PGĐ Sở")(clean()))[0]
    assert (first.field_key, first.digest) == (again.field_key, again.digest)
    assert first.field_key == other.field_key
    assert first.digest != other.digest


@pytest.mark.parametrize(
    ("code", "more", "publication"),
    [
        ("gk", set(), Severity.REMIND),
        ("bkct", set(), Severity.REMIND),
        ("bkttg", {"opinion"}, Severity.REMIND),
        ("hcld-3", {"opinion"}, Severity.BLOCK),
    ],
)
def test_what_papers_an_award_needs_and_how_much_is_as_the_matrix_has_it(
    code: str, more: set[str], publication: Severity
) -> None:
    content = replace(clean(), award=award(code), papers=())
    missing = {
        one.found.about: one.severity for one in check_dossier(content) if one.code == "S-PAPER"
    }
    warned = {"review_minutes", "council_minutes"} | more
    assert missing == dict.fromkeys(warned, Severity.WARN) | {"publication": publication}


def test_copies_among_very_many_reports_are_told_of_their_first() -> None:
    content = clean()
    case = content.cases[MAN]
    many = tuple(
        replace(
            case,
            face=an_id(1000 + n),
            proposal=replace(case.proposal, id=an_id(2000 + n), person_id=an_id(1000 + n)),
        )
        for n in range(300)
    )
    copied = [one for one in check_dossier(replace(content, cases=many)) if one.code == "S-COPIED"]
    assert len(copied) == 299


def test_a_family_name_is_no_form_of_address() -> None:
    assert check_dossier(nominee_with(MAN, full_name="Ông Thế Ngọ")(unnamed(clean()))) == ()


def test_figures_alone_that_are_alike_are_no_copy() -> None:
    content = clean()
    alike = copy_of(MAN, HOUSEHOLD)(content)
    short = [
        proposal_with(place, summary="Hiến 95 m² đất, góp 30 ngày công.")
        for place in (HOUSEHOLD, MAN)
    ]
    assert codes(check_dossier(alike)) == {"S-COPIED"}
    assert codes(check_dossier(short[1](short[0](content)))) == set()
