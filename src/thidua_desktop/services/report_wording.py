"""The wording of the report of merit (F04) under a movement, for each kind of nominee."""

from __future__ import annotations

import re

from thidua_desktop.domain.agencies import COMMITTEE, head_lines
from thidua_desktop.domain.awards import Authority
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate, in_words, shown
from thidua_desktop.domain.dossiers import (
    GAP,
    GAP_LINES,
    CriterionResult,
    Letterhead,
    MeritReport,
    ReportSection,
    SignatureBlock,
)
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Contribution, Nominee, Subject
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import (
    PLACE_WORDS,
    Candidate,
    Occasion,
    movement_name,
    plan_name,
    subject_line,
)
from thidua_desktop.services.merit_wording import achieved, held_section

Facts = tuple[tuple[str, str], ...]
Signatures = tuple[SignatureBlock, SignatureBlock]

_SIGN_AND_SEAL, _SIGN_WITH_NAME = "(Ký, đóng dấu)", "(Ký, ghi rõ họ và tên)"
_ABOVE_PROVINCE = frozenset({Authority.STATE_PRESIDENT, Authority.PRIME_MINISTER})
_OF_THE_PEOPLE, _OF_A_FIRM = "nguoi_dan", "doanh_nghiep"
# Whose papers name no agency above them, or another one than the office that proposes.
_STAND_ALONE = (
    *("Công ty", "Doanh nghiệp", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng"),
    *(COMMITTEE, "Sở "),
)
_OPTIONAL_OF_PERSONS = {
    *("Dân tộc", "Đảng viên Đảng Cộng sản Việt Nam", "Trình độ", "Đơn vị công tác", "Quê quán"),
    *("Điện thoại liên hệ", "Học hàm, học vị, giải thưởng", "Quyền hạn, nhiệm vụ được giao"),
}
_OPTIONAL_OF_COLLECTIVES = {
    *("Điện thoại", "Người đứng đầu", "Fax", "Trang tin điện tử", "Đặc điểm chính", "Trong đó"),
    *("Quá trình thành lập và phát triển", "Cơ cấu tổ chức", "Trình độ đội ngũ"),
    *("Cơ sở vật chất", "Tổ chức đảng, đoàn thể"),
}
_LONGEST_CRITERION, _SHORTENED_CRITERION = 60, 45


def report_of(occasion: Occasion, candidate: Candidate) -> MeritReport:
    """Return the report of one nominee, in the variant of a person, collective or household."""
    nominee = candidate.nominee
    return MeritReport(
        subject=candidate.subject,
        head=_letterhead(occasion, candidate),
        title="BÁO CÁO THÀNH TÍCH",
        award_line=f"ĐỀ NGHỊ TẶNG {occasion.award_name.upper()}",
        movement_line=_movement_line(occasion, candidate),
        subject_line=subject_line(nominee),
        sections=(
            ReportSection(heading="I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", facts=_facts(nominee)),
            _merits(occasion, candidate),
            *held_section(candidate),
        ),
        closing=(
            f"Trên đây là báo cáo thành tích của {_who(nominee)} trong "
            f"{movement_name(occasion.movement)}. Kính đề nghị cấp có thẩm quyền xem xét, "
            "khen thưởng./."
        ),
        signatures=_signatures(candidate),
        confirmations=_confirmations(occasion, candidate),
    )


def criterion_heading(criterion: Criterion) -> str:
    """Return the first sentence of a criterion; of a very long one the first clauses."""
    sentence = re.split(r";|\.(?= [^\W\d_])", criterion.wording, maxsplit=1)[0].strip().rstrip(".")
    words = sentence.split()
    if len(words) <= _LONGEST_CRITERION:
        return " ".join(words)
    start = " ".join(words[:_SHORTENED_CRITERION])
    return start.rpartition(",")[0] or f"{start}…"


def _letterhead(occasion: Occasion, candidate: Candidate) -> Letterhead:
    parent, agency, is_own = _agency(occasion, candidate)
    return Letterhead(
        parent=parent,
        agency=agency,
        number="",
        symbol=f"BC-{occasion.symbol}" if is_own else "",
        place=occasion.letter.place,
        date=None,
    )


def _agency(occasion: Occasion, candidate: Candidate) -> tuple[str, str, bool]:
    """Return agency above, agency, and whether it is the one that writes the letter.

    People outside offices and households report without a letterhead.
    """
    nominee = candidate.nominee
    match nominee:
        case Collective():
            name = nominee.name
        case Person() if not _is_outside_offices(candidate):
            name = nominee.workplace
        case _:
            return "", "", False
    own = head_lines(occasion.unit, occasion.parent) if occasion.unit else ("", "")
    if occasion.unit and fold(name).startswith(fold(occasion.agency)):
        return *own, isinstance(nominee, Collective)
    stands_alone = candidate.group == _OF_A_FIRM or name.startswith(_STAND_ALONE)
    return "" if stands_alone else own[1], name.upper() or GAP, False


def _is_outside_offices(candidate: Candidate) -> bool:
    """Tell whether a person reports as one of the people, not as one of an office."""
    nominee = candidate.nominee
    if not isinstance(nominee, Person):
        return candidate.subject is Subject.HOUSEHOLD
    first = nominee.workplace.partition(" ")[0]
    return candidate.group == _OF_THE_PEOPLE or not first or first in PLACE_WORDS


def _movement_line(occasion: Occasion, candidate: Candidate) -> str:
    movement = occasion.movement
    if movement is None:
        return ""
    start, end = candidate.proposal.achieved_from, candidate.proposal.achieved_to
    first = start.year if start else movement.first_year
    last = end.year if end else candidate.proposal.year or movement.last_year
    if first == last and first:
        period = f"năm {first}"
    else:
        period = f"giai đoạn {first or '…'} - {last or '…'}"
    return f"(Về thành tích xuất sắc trong {movement_name(movement)} {period})"


def _merits(occasion: Occasion, candidate: Candidate) -> ReportSection:
    proposal = candidate.proposal
    summary = tuple(line for line in proposal.summary.splitlines() if line.strip())
    results = _results(candidate)
    plan = plan_name(occasion.movement)
    intro = f"Kết quả cụ thể theo tiêu chí của {plan}:" if plan and candidate.results else ""
    period = _period(proposal.achieved_from, proposal.achieved_to)
    return ReportSection(
        heading="II. THÀNH TÍCH ĐẠT ĐƯỢC",
        facts=(("Thời gian lập thành tích", period),) if period else (),
        paragraphs=(*(summary or GAP_LINES), *((intro,) if intro else ())),
        results=results,
    )


def _results(candidate: Candidate) -> tuple[CriterionResult, ...]:
    found = [
        (criterion_heading(criterion) if criterion else "Kết quả khác", _evidence(proofs))
        for criterion, proofs in candidate.results
    ]
    found += achieved(candidate)
    if candidate.contributions:
        lines = tuple(_contribution(one) for one in candidate.contributions)
        found.append(("Đóng góp cho phong trào", lines))
    return tuple(
        CriterionResult(criterion=f"{place}. {heading}", results=lines)
        for place, (heading, lines) in enumerate(found, start=1)
    )


def _evidence(proofs: tuple[Evidence, ...]) -> tuple[str, ...]:
    return tuple(_with_figure(one.wording, one) for one in proofs)


def _contribution(one: Contribution) -> str:
    sort = word(one.sort) or "Đóng góp"
    if not one.wording:
        return _with_figure(sort, one)
    wording = f"{one.wording[:1].lower()}{one.wording[1:]}"
    return _with_figure(f"{sort} ({wording.rstrip('.;')})", one)


def _with_figure(wording: str, one: Evidence | Contribution) -> str:
    words = " ".join(wording.split()).rstrip(".;:")
    if one.quantity is None:
        return f"{words}."
    return f"{words}: {decimal_text(one.quantity)} {one.measure}".strip() + "."


def _period(start: PartialDate | None, end: PartialDate | None) -> str:
    parts = (("từ", start), ("đến", end))
    return " ".join(f"{when} {_day(date)}" for when, date in parts if date)


def _day(date: PartialDate) -> str:
    if date.is_full:
        return in_words(date)
    return f"tháng {shown(date)}" if date.month else f"năm {date.year}"


def _who(nominee: Nominee) -> str:
    match nominee:
        case Collective():
            return nominee.name or GAP
        case Household():
            return "gia đình tôi"
        case Person():
            return "cá nhân tôi"


def _facts(nominee: Nominee) -> Facts:
    match nominee:
        case Collective():
            return _collective_facts(nominee)
        case Household():
            return _household_facts(nominee)
        case Person():
            return _person_facts(nominee)


def _person_facts(person: Person) -> Facts:
    held = (person.position, person.party_position, person.union_position)
    workplace = ", ".join(filter(None, (person.department, person.workplace)))
    return _filled(
        ("Họ và tên", person.full_name),
        ("Ngày, tháng, năm sinh", shown(person.birth_date)),
        ("Giới tính", word(person.gender)),
        ("Điện thoại liên hệ", person.phone),
        ("Dân tộc", person.ethnicity),
        ("Đảng viên Đảng Cộng sản Việt Nam", "Có" if person.is_party_member else ""),
        ("Quê quán", person.native_place),
        ("Nơi cư trú", person.address),
        ("Đơn vị công tác", workplace),
        ("Chức vụ, nghề nghiệp", ", ".join(filter(None, held))),
        ("Trình độ", person.qualification),
        ("Học hàm, học vị, giải thưởng", person.academic_titles),
        ("Quyền hạn, nhiệm vụ được giao", " ".join(person.duties.split())),
        optional=_OPTIONAL_OF_PERSONS,
    )


def _collective_facts(collective: Collective) -> Facts:
    head = ", ".join(part for part in (collective.head, collective.head_position) if part)
    count = collective.headcount
    return _filled(
        ("Tên tập thể", collective.name),
        ("Trụ sở", collective.address),
        ("Điện thoại", collective.phone),
        ("Fax", collective.fax),
        ("Trang tin điện tử", collective.website),
        ("Quá trình thành lập và phát triển", " ".join(collective.history.split())),
        ("Đặc điểm chính", " ".join(collective.features.split())),
        ("Cơ cấu tổ chức", " ".join(collective.structure.split())),
        ("Người đứng đầu", head),
        ("Tổng số cán bộ, người lao động", "" if count is None else f"{decimal_text(count)} người"),
        ("Trong đó", _parts_of(collective)),
        ("Trình độ đội ngũ", collective.qualification),
        ("Cơ sở vật chất", " ".join(collective.facilities.split())),
        ("Tổ chức đảng, đoàn thể", " ".join(collective.bodies.split())),
        ("Chức năng, nhiệm vụ", " ".join(collective.duties.split())),
        optional=_OPTIONAL_OF_COLLECTIVES,
    )


def _parts_of(collective: Collective) -> str:
    parts = (("nữ", collective.women), ("đảng viên", collective.party_members))
    return ", ".join(f"{decimal_text(count)} {who}" for who, count in parts if count is not None)


def _household_facts(household: Household) -> Facts:
    members = "" if household.members is None else f"{two_digits(household.members)} người"
    return _filled(
        ("Chủ hộ", household.head),
        ("Năm sinh", shown(household.birth_date)),
        ("Giới tính", word(household.gender)),
        ("Dân tộc", household.ethnicity),
        ("Điện thoại liên hệ", household.phone),
        ("Số nhân khẩu", members),
        ("Nghề nghiệp", household.occupation),
        ("Nơi cư trú", household.address),
        optional={"Dân tộc", "Điện thoại liên hệ"},
    )


def _filled(*facts: tuple[str, str], optional: set[str]) -> Facts:
    return tuple((label, said or GAP) for label, said in facts if said or label not in optional)


def _signatures(candidate: Candidate) -> Signatures:
    nominee = candidate.nominee
    neighbours = SignatureBlock(
        lines=("XÁC NHẬN CỦA TỔ DÂN PHỐ,", "KHU DÂN CƯ"), remark=_SIGN_WITH_NAME
    )
    match nominee:
        case Collective():
            above = ("THỦ TRƯỞNG ĐƠN VỊ", "CẤP TRÊN TRỰC TIẾP XÁC NHẬN")
            left = SignatureBlock(lines=above, remark=_SIGN_AND_SEAL)
            right = SignatureBlock(
                lines=("THỦ TRƯỞNG ĐƠN VỊ",), remark=_SIGN_AND_SEAL, name=nominee.head
            )
        case Household():
            left = neighbours
            right = SignatureBlock(
                lines=("ĐẠI DIỆN HỘ GIA ĐÌNH",), remark=_SIGN_WITH_NAME, name=nominee.head
            )
        case Person() if _is_outside_offices(candidate):
            left = neighbours
            right = SignatureBlock(
                lines=("NGƯỜI BÁO CÁO THÀNH TÍCH",), remark=_SIGN_WITH_NAME, name=nominee.full_name
            )
        case Person():
            left = SignatureBlock(
                lines=("THỦ TRƯỞNG ĐƠN VỊ", "XÁC NHẬN, ĐỀ NGHỊ"), remark=_SIGN_AND_SEAL
            )
            right = SignatureBlock(
                lines=("NGƯỜI BÁO CÁO",), remark=_SIGN_WITH_NAME, name=nominee.full_name
            )
    return left, right


def _confirmations(occasion: Occasion, candidate: Candidate) -> tuple[SignatureBlock, ...]:
    blocks = []
    if _is_outside_offices(candidate):
        blocks.append(
            SignatureBlock(
                lines=("XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ, PHƯỜNG",),
                remark="(Ghi rõ nội dung xác nhận; ký, đóng dấu)",
            )
        )
    if occasion.award and occasion.award.authority in _ABOVE_PROVINCE:
        blocks.append(SignatureBlock(lines=("XÁC NHẬN CỦA CẤP TRÌNH KHEN",), remark=_SIGN_AND_SEAL))
    return tuple(blocks)
