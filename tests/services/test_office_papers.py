"""Papers of an office beside its dossiers: what they say, and that they are laid out as asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from office_work import OFFICE, a_person_proposed
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.dossiers import GAP, GAP_LINES
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.merit import Initiative, InitiativeScope, PriorAward
from thidua_desktop.domain.movements import (
    DocumentSort,
    PlanDocument,
    Registration,
    SavingsField,
    SavingsTarget,
)
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import Table
from thidua_desktop.domain.people import Gender, NomineeClass, Person
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Proposal
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.units import Unit
from thidua_desktop.formats.measuring.papers import PaperMeasures
from thidua_desktop.services.candidates import full_name
from thidua_desktop.services.decisions import give_numbers
from thidua_desktop.services.form_numbers import forms_told
from thidua_desktop.services.office_papers import (
    PAPERS,
    OfficeForm,
    Wants,
    office_paper,
    printables_at,
    write_office_paper,
)
from thidua_desktop.services.pages.forms import pages_of
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission
from thidua_desktop.services.units import find_unit

YEAR = 2024
FORMS = [one.form for one in PAPERS if one.wants is Wants.YEAR]


def put(ports: Ports, kind: type[Record], **fields: object) -> Record:
    return save_record(ports, kind(id=ports.new_id(own(ports).number or 0), **fields)).record


def own(ports: Ports) -> Unit:
    with ports.store.read() as work:
        return find_unit(work.records, OFFICE)


def proposal_of(ports: Ports, proposal_id: UUID) -> Proposal:
    with ports.store.read() as work:
        return work.records.get(Proposal, proposal_id)


def a_proposed_person(ports: Ports) -> tuple[Proposal, Person]:
    with ports.store.read() as work:
        proposal = next(iter(work.records.having(Proposal)))
        return proposal, work.records.get(Person, proposal.person_id)


def said(ports: Ports, form: OfficeForm, **wanted: object) -> str:
    dossier = office_paper(ports, form=form, **wanted)
    return "\n".join(words for page in pages_of(dossier) for words in words_of(page))


@pytest.fixture
def busy(office: Ports) -> Ports:
    """Return an office with something of everything in 2024."""
    unit = own(office).id
    put(
        office,
        PlanDocument,
        unit_id=unit,
        sort=DocumentSort.PLAN,
        number="45/KH-UBND",
        issued_on=PartialDate(2024, 1, 15),
        summary="Kế hoạch phát động phong trào năm 2024",
        year=YEAR,
    )
    put(
        office,
        SavingsTarget,
        unit_id=unit,
        year=YEAR,
        field=SavingsField.REGULAR,
        name="Tiết kiệm chi thường xuyên",
        measure="triệu đồng",
        planned=Decimal(400),
        reached=Decimal(420),
    )
    put(
        office,
        Registration,
        unit_id=unit,
        year=YEAR,
        name="Phòng Kinh tế và Hạ tầng",
        title="Tập thể Lao động xuất sắc",
    )
    proposal = proposal_of(office, a_person_proposed(office))
    put(
        office,
        Contribution,
        proposal_id=proposal.id,
        sort=ContributionKind.LAND,
        quantity=Decimal("186.5"),
        measure="m²",
    )
    person = proposal.person_id
    put(
        office,
        Initiative,
        person_id=person,
        name="Số hóa hồ sơ đất đai",
        year=YEAR,
        scope=InitiativeScope.DISTRICT,
        authors="Lê Thị Hoa Ban",
    )
    for number, title in (("12/QĐ-UBND", "Giấy khen"), ("02/QĐ-UBND", "Lao động tiên tiến")):
        put(
            office,
            PriorAward,
            person_id=person,
            year=YEAR,
            title=title,
            decision_number=number,
            decision_date=PartialDate(2024, 5, 20),
        )
    return office


def test_the_report_of_a_year_has_the_figures_of_the_records(busy: Ports) -> None:
    report = said(busy, OfficeForm.YEAR_REPORT, year=YEAR)
    for words in (
        "năm 2024",
        "Đã ban hành 01 văn bản",
        "45/KH-UBND",
        "Có 01 lượt tập thể, cá nhân đăng ký thi đua",
        "Có 01 tập thể, hộ gia đình, cá nhân đóng góp: hiến đất 186,5 m².",
        "Tiết kiệm chi thường xuyên",
        "105%",
        "II. KẾT QUẢ THỰC HIỆN",
        "./.",
    ):
        assert words in report, words
    assert "45/KH-UBND" not in said(busy, OfficeForm.YEAR_REPORT, year=2023)


def test_a_review_goes_back_to_the_beginning_of_the_movement(busy: Ports) -> None:
    review = said(busy, OfficeForm.REVIEW, year=2025)
    assert "giai đoạn 2023 - 2025" in review
    assert review.count("45/KH-UBND") == 1
    assert review.count("Tiết kiệm chi thường xuyên") == 1


def test_registrations_awards_and_initiatives_are_listed_for_their_year(busy: Ports) -> None:
    assert "Tập thể Lao động xuất sắc" in said(busy, OfficeForm.REGISTRATION, year=YEAR)
    register = said(busy, OfficeForm.GOLDEN_REGISTER, year=YEAR)
    assert register.index("02/QĐ-UBND") < register.index("12/QĐ-UBND")
    assert "02 lượt khen thưởng" in register


def test_initiatives_are_asked_for_reported_and_listed(busy: Ports) -> None:
    letter, report, listed = pages_of(office_paper(busy, form=OfficeForm.INITIATIVES, year=YEAR))
    author = f"{full_name(a_proposed_person(busy)[1])}, Lê Thị Hoa Ban"
    assert "của 01 sáng kiến, đề tài năm 2024" in "".join(words_of(letter))
    told = list(words_of(report))
    start = told.index("Trong đó: 01 phạm vi cấp huyện.")
    assert told[start + 1 : start + 6] == [
        "1. Số hóa hồ sơ đất đai",
        f"- Tác giả, đồng tác giả: {author}",
        "- Phạm vi ảnh hưởng: Cấp huyện",
        f"- Quyết định công nhận: {GAP}",
        "- Hiệu quả áp dụng:",
    ]
    assert told[start + 6] == GAP_LINES[0]
    (table,) = (block for block in listed.blocks if isinstance(block, Table))
    assert table.rows[0].cells[:4] == ("1", "Số hóa hồ sơ đất đai", author, "Cấp huyện")
    none = said(busy, OfficeForm.INITIATIVES, year=2023)
    assert "chưa có sáng kiến, đề tài nào được ghi nhận" in none
    assert "Số hóa hồ sơ đất đai" not in none


@pytest.mark.parametrize(
    ("year", "law", "decree"),
    [
        (2022, "ngày 26 tháng 11 năm 2003", "91/2017/NĐ-CP"),
        (2024, "ngày 15 tháng 6 năm 2022", "98/2023/NĐ-CP"),
        (2026, "ngày 15 tháng 6 năm 2022", "152/2025/NĐ-CP"),
    ],
)
def test_the_letter_on_initiatives_rests_on_the_law_of_its_day(
    office: Ports, year: int, law: str, decree: str
) -> None:
    then = replace(office, now=lambda: datetime(year, 3, 1, tzinfo=UTC))
    letter = said(then, OfficeForm.INITIATIVES, year=year)
    assert f"Luật Thi đua, khen thưởng {law}" in letter
    assert decree in letter


def test_the_register_holds_own_decisions_and_awards_noted_as_held_each_once(busy: Ports) -> None:
    def decided(number: str, day: PartialDate | None) -> UUID:
        made = put(busy, Decision, number=number, date=day, title="GIẤY KHEN", unit_id=own(busy).id)
        return made.id

    with busy.store.read() as work:
        (person,) = work.records.having(Person)
    told, other = decided("12/qđ-ubnd", PartialDate(2024, 5)), decided("30/QĐ", PartialDate(2024))
    for name, decision, holder in (
        ("Thôn Bốn", told, None),
        ("Bà Đặng Thị Ngọc Ẩn", told, person.id),
        ("Ông Chưa Có Số", other, None),
    ):
        put(busy, Award, decision_id=decision, name=name, person_id=holder)
    give_numbers(busy, told, start=37)
    for draft in (decided("", PartialDate(2024)), decided("31/QĐ", None)):
        put(busy, Award, decision_id=draft, name="Người chưa được khen")
    put(busy, PriorAward, person_id=person.id, year=2019, title="Cũ", decision_number="12/QĐ-UBND")
    (page,) = pages_of(office_paper(busy, form=OfficeForm.GOLDEN_REGISTER, year=YEAR))
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    unit = "Ủy ban nhân dân huyện Kiến Xương"
    lines = [
        ("Ông Chưa Có Số", "Giấy khen", "30/QĐ", "2024", unit, ""),
        ("Bà Đặng Thị Ngọc Ẩn", "Giấy khen", "12/qđ-ubnd", "05/2024", unit, "37"),
        ("Thôn Bốn", "Giấy khen", "12/qđ-ubnd", "05/2024", unit, "38"),
        ("Bà Đặng Thị Ngọc Ẩn", "Lao động tiên tiến", "02/QĐ-UBND", "20/05/2024", "", ""),
    ]
    assert [row.cells for row in table.rows] == [
        (str(place), *cells) for place, cells in enumerate(lines, start=1)
    ]
    assert "Cũ" in said(busy, OfficeForm.GOLDEN_REGISTER, year=2019)
    assert "khen thưởng 04 lượt: 03 Giấy khen" in said(busy, OfficeForm.YEAR_REPORT, year=YEAR)


def test_what_everybody_may_read_has_no_more_than_name_position_and_workplace(busy: Ports) -> None:
    proposal, person = a_proposed_person(busy)
    secret = {"phone": "0912345678", "address": "Số 9, thôn Đoài, xã Vũ Lễ"}
    save_record(busy, replace(person, birth_date=PartialDate(1984, 3, 12), **secret), shown=person)
    letter, _ = draft_submission(busy, (proposal.id,))
    public = said(busy, OfficeForm.PUBLIC_LIST, submission=letter.id)
    assert person.full_name in public
    for words in ("1984", "0912345678", "thôn Đoài"):
        assert words not in public
    with pytest.raises(NotFoundError):
        office_paper(busy, form=OfficeForm.PUBLIC_LIST)


def test_the_full_list_of_a_letter_says_of_each_what_an_authority_asks(busy: Ports) -> None:
    proposal, person = a_proposed_person(busy)
    letter, _ = draft_submission(busy, (proposal.id,))
    names = [one.words for one in printables_at(busy, proposal.id)]
    assert names[-2:] == ["Danh sách đầy đủ kèm tờ trình", "Thông báo công khai danh sách"]
    asked = {
        "gender": Gender.FEMALE,
        "birth_date": PartialDate(1984, 3, 12),
        "is_party_member": True,
        "nominee_class": NomineeClass.OTHER_LEADER,
        "ethnicity": "Tày",
        "position": "Công chức",
        "qualification": "Đại học",
    }
    known = save_record(busy, replace(person, **asked), shown=person).record
    save_record(busy, replace(letter, date=PartialDate(2024, 11, 25)), shown=letter)
    listed = office_paper(busy, form=OfficeForm.FULL_LIST, submission=letter.id)
    assert [one.decree for one in forms_told(busy, (listed,))] == ["Nghị định 98/2023/NĐ-CP"]
    (page,) = pages_of(listed)
    table = next(block for block in page.blocks if isinstance(block, Table))
    heading, row = table.rows
    assert heading.cells == ("I. Cá nhân",)
    number, name, male, female, ethnicity, party, qualification, place, leader, *rest = row.cells
    assert (number, male, female) == ("1", "", "12/03/1984")
    assert person.full_name in name
    assert (ethnicity, party, qualification, leader) == ("Tày", "x", "Đại học", "x")
    assert place == "Công chức"
    summary, grounds, held = rest
    assert proposal.summary.startswith(summary[:20])
    assert "Luật Thi đua, khen thưởng" in grounds
    assert grounds[0].isupper()
    assert held == "Giấy khen (12/QĐ-UBND); Lao động tiên tiến (02/QĐ-UBND)"
    save_record(busy, replace(known, gender=None), shown=known)
    assert "12/03/1984" not in said(busy, OfficeForm.FULL_LIST, submission=letter.id)


def test_empty_and_long_papers_are_laid_out_as_the_decree_asks(
    office: Ports, tmp_path: Path
) -> None:
    written = [tmp_path / f"{form}-empty.pdf" for form in FORMS]
    for form, file in zip(FORMS, written, strict=True):
        write_office_paper(office, file, form, year=YEAR)
    unit = own(office).id
    long = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Thùy Dương Minh Nguyệt"
    for number in range(12):
        name = f"{long} {number}"
        put(office, Registration, unit_id=unit, year=YEAR, name=name, title="Chiến sĩ thi đua")
        put(office, Initiative, year=YEAR, name=name)
        put(office, PriorAward, year=YEAR, title=name)
    for form in FORMS:
        for ending in ("pdf", "docx"):
            written.append(tmp_path / f"{form}-long.{ending}")
            write_office_paper(office, written[-1], form, year=YEAR)
    measures = PaperMeasures(resources() / "fonts")
    for file in written:
        found = layout_findings(measures.measure(file))
        assert [one.sentence() for one in found] == [], file.name
