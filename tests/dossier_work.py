"""A clean dossier to plant faults in: a letter with a collective, a household and two persons."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from builders import an_id
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossiers import Dossier, ListGroup
from thidua_desktop.domain.merit import Initiative, InitiativeClaim, Position, PositionSort
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Proposal,
    Subject,
    Submission,
)
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Unit, UnitLevel
from thidua_desktop.formats.catalogue import read_catalogue

from builders import a_letter, a_list, a_report  # isort: skip

DAY = PartialDate(2024, 11, 25)
_RESOURCES = Path(__file__).parents[1] / "resources"
_SUMMARIES = (
    "Tham mưu hoàn thành mười bốn công trình trọng điểm của huyện đúng và vượt tiến độ; giải "
    "ngân vốn đầu tư công cao hơn bình quân của tỉnh; không để phát sinh khiếu nại kéo dài.\n"
    "Tự nguyện hiến đất mở rộng đường trục thôn, phá dỡ tường rào, vận động mười một hộ cùng "
    "làm; đóng góp tiền và ngày công xây dựng nhà văn hóa của thôn trong hai năm liền.\n"
    "Trực tiếp chỉ đạo giải phóng mặt bằng đường bộ ven biển; có sáng kiến tổ chức tổ vận động "
    "theo dòng họ, được huyện công nhận và nhân rộng ra các xã trong toàn huyện từ năm 2023.\n"
    "Chủ trì xây dựng quy trình thẩm định điện tử, rút ngắn thời gian giải quyết hồ sơ từ hai "
    "mươi ngày xuống mười hai ngày; hướng dẫn tám huyện, thành phố cùng triển khai thực hiện."
).splitlines()


@cache
def plan() -> PlanCatalogue:
    return read_catalogue(_RESOURCES)


def award(code: str = "bkct") -> AwardForm:
    return next(one for one in plan().records if isinstance(one, AwardForm) and one.code == code)


def a_paper(number: int, sort: PaperSort, **changes: Any) -> Evidence:
    paper = Evidence(
        id=an_id(900 + number),
        submission_id=an_id(1),
        wording=f"Giấy tờ {number}",
        paper=sort,
        document=f"{number}/BB",
        date=PartialDate(2024, 11, 15 + number),
    )
    return replace(paper, **changes)


def clean() -> DossierContent:
    """Return a dossier in which nothing is to be found."""
    asked = award()
    unit = Unit(
        id=UUID(int=343), name="Huyện Kiến Xương", level=UnitLevel.DISTRICT, document_code="UBND"
    )
    signer = Signer(
        id=an_id(2),
        unit_id=unit.id,
        full_name="Đỗ Quang Vịnh",
        position="CHỦ TỊCH",
        prefix=AuthorityPrefix.ON_BEHALF,
        valid_from=PartialDate(2021, 6),
    )
    basis = next(one for one in plan().legal_bases if one.regime == "R2024")
    letter = Submission(
        id=an_id(1),
        unit_id=unit.id,
        award_form_id=asked.id,
        number="128/TTr-UBND",
        date=DAY,
        place="Kiến Xương",
        recipient="Chủ tịch Ủy ban nhân dân tỉnh",
        legal_basis="\n".join(basis.lines),
        signer_id=signer.id,
    )
    return DossierContent(
        letter=letter,
        day=DAY,
        today=DAY,
        cases=tuple(_cases(asked)),
        rules=plan().dossier_rules,
        unit=unit,
        award=asked,
        signer=signer,
        papers=(
            a_paper(1, PaperSort.REVIEW_MINUTES, count=4),
            a_paper(2, PaperSort.COUNCIL_MINUTES, count=4),
            a_paper(3, PaperSort.PUBLICATION),
        ),
        dossier=papers(),
        criteria={UUID(int=7): Criterion(id=UUID(int=7), code="a-1", wording="Tiến độ")},
        catalogue={one.id: one for one in plan().records if isinstance(one, AwardForm)},
        bases=plan().legal_bases,
    )


def papers(**changes: Any) -> Dossier:
    names = {
        Subject.COLLECTIVE: ("Phòng Kinh tế và Hạ tầng huyện Kiến Xương",),
        Subject.HOUSEHOLD: ("Hộ ông Bùi Đình Chuyên",),
        Subject.PERSON: ("Bà Đặng Thị Ngọc Ẩn", "Ông Lương Hữu Ưng"),
    }
    headings = ("I. Tập thể", "II. Hộ gia đình", "III. Cá nhân")
    listed = a_list(
        groups=tuple(
            ListGroup(heading=heading, rows=tuple((name, "", "", "") for name in named))
            for heading, named in zip(headings, names.values(), strict=True)
        )
    )
    letter = a_letter(
        body=("kính đề nghị tặng Bằng khen cho 01 tập thể, 01 hộ gia đình, 02 cá nhân, gồm:",),
        nominees=tuple(f"{name};" for named in names.values() for name in named),
    )
    reports = [
        a_report(subject=subject, subject_line=f"{name}, nơi công tác")
        for subject, named in names.items()
        for name in named
    ]
    return replace(Dossier(title="Hồ sơ", papers=(letter, listed, *reports)), **changes)


def _cases(asked: AwardForm) -> list[Case]:
    nominees: list[tuple[Subject, Any]] = [
        (
            Subject.COLLECTIVE,
            Collective(
                id=an_id(21),
                name="Phòng Kinh tế và Hạ tầng huyện Kiến Xương",
                head="Ngô Bá Thuần",
                head_position="Trưởng phòng",
            ),
        ),
        (
            Subject.HOUSEHOLD,
            Household(
                id=an_id(22),
                head="Bùi Đình Chuyên",
                address="Thôn Đông Hòa",
                birth_date=PartialDate(1962),
            ),
        ),
        (
            Subject.PERSON,
            Person(
                id=an_id(23),
                full_name="Đặng Thị Ngọc Ẩn",
                birth_date=PartialDate(1984, 3, 12),
                position="Phó Trưởng phòng",
                workplace="Phòng Tài nguyên và Môi trường huyện Kiến Xương",
            ),
        ),
        (
            Subject.PERSON,
            Person(
                id=an_id(24),
                full_name="Lương Hữu Ưng",
                birth_date=PartialDate(1979, 11),
                position="Phó Trưởng phòng",
                workplace="Phòng Tài nguyên và Môi trường huyện Kiến Xương",
            ),
        ),
    ]
    citations = {
        Subject.COLLECTIVE: asked.citation_collective,
        Subject.HOUSEHOLD: asked.citation_household,
        Subject.PERSON: asked.citation_person,
    }
    made = []
    for n, (subject, nominee) in enumerate(nominees):
        proposal = Proposal(
            id=an_id(11 + n),
            subject=subject,
            unit_id=UUID(int=343),
            award_form_id=asked.id,
            movement_id=UUID(int=5),
            year=2024,
            achieved_to=PartialDate(2024, 10),
            summary=_SUMMARIES[n],
            citation=citations[subject],
            submission_id=an_id(1),
            **{f"{subject.value}_id": nominee.id},
        )
        proof = Evidence(
            id=an_id(31 + n),
            proposal_id=proposal.id,
            criterion_id=UUID(int=7),
            wording="Hoàn thành công trình",
            quantity=Decimal(14 + n),
            measure="công trình",
        )
        made.append(Case(proposal=proposal, nominee=nominee, face=nominee.id, evidence=(proof,)))
    gift = Contribution(
        id=an_id(41), sort=ContributionKind.LAND, quantity=Decimal(186), measure="m²"
    )
    made[1] = replace(made[1], contributions=(gift,))
    idea = Initiative(
        id=an_id(51), name="Tổ vận động theo dòng họ", year=2023, decision_number="88/QĐ-UBND",
        decision_date=PartialDate(2023, 10, 30),
    )  # fmt: skip
    claim = InitiativeClaim(id=an_id(52), proposal_id=made[2].proposal.id, initiative_id=idea.id)
    held = Position(
        id=an_id(53),
        person_id=an_id(23),
        sort=PositionSort.GOVERNMENT,
        title="Phó Trưởng phòng",
        held_from=PartialDate(2018),
    )
    made[2] = replace(made[2], claims=(claim,), initiatives=(idea,), positions=(held,))
    return made
