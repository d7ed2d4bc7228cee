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
from thidua_desktop.domain.paper_forms import FormTexts
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

_FORM = "F04"
_ABOVE_PROVINCE = frozenset({Authority.STATE_PRESIDENT, Authority.PRIME_MINISTER})
_OF_THE_PEOPLE, _OF_A_FIRM = "nguoi_dan", "doanh_nghiep"
# Whose papers name no agency above them, or another one than the office that proposes.
_STAND_ALONE = (
    *("Công ty", "Doanh nghiệp", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng"),
    *(COMMITTEE, "Sở "),
)
_OPTIONAL_OF_PERSONS = {
    *("ethnicity", "party_member", "qualification", "workplace", "native_place", "phone"),
    *("academic_titles", "duties"),
}
_OPTIONAL_OF_COLLECTIVES = {
    *("phone", "head", "fax", "website", "features", "parts", "history", "structure"),
    *("qualification", "facilities", "bodies"),
}
_OPTIONAL_OF_HOUSEHOLDS = {"ethnicity", "phone"}
_LONGEST_CRITERION, _SHORTENED_CRITERION = 60, 45


def report_of(occasion: Occasion, candidate: Candidate) -> MeritReport:
    """Return the report of one nominee, in the variant of a person, collective or household."""
    nominee, texts = candidate.nominee, occasion.texts.of(_FORM)
    return MeritReport(
        subject=candidate.subject,
        head=_letterhead(occasion, candidate),
        title=texts.say("title"),
        award_line=texts.say("award_line", award_name=occasion.award_name.upper()),
        movement_line=_movement_line(occasion, candidate),
        subject_line=subject_line(nominee),
        sections=(
            ReportSection(heading=texts.say("section.profile"), facts=_facts(nominee, texts)),
            _merits(occasion, candidate, texts),
            *held_section(candidate, texts),
        ),
        closing=texts.say(
            "closing",
            who=_who(nominee, texts),
            movement=movement_name(occasion.movement),
            award_name=occasion.award_name,
        ),
        signatures=_signatures(candidate, texts),
        confirmations=_confirmations(occasion, candidate, texts),
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
    texts = occasion.texts.of(_FORM)
    return texts.say("occasion_line", movement=movement_name(movement), period=period)


def _merits(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> ReportSection:
    proposal = candidate.proposal
    summary = tuple(line for line in proposal.summary.splitlines() if line.strip())
    results = _results(candidate, texts)
    plan = plan_name(occasion.movement)
    intro = texts.say("by_criteria", plan=plan) if plan and candidate.results else ""
    period = _period(proposal.achieved_from, proposal.achieved_to)
    return ReportSection(
        heading=texts.say("section.merits"),
        facts=((texts.say("fact.period"), period),) if period else (),
        paragraphs=(*(summary or GAP_LINES), *((intro,) if intro else ())),
        results=results,
    )


def _results(candidate: Candidate, texts: FormTexts) -> tuple[CriterionResult, ...]:
    other = texts.say("results.other")
    found = [
        (criterion_heading(criterion) if criterion else other, _evidence(proofs))
        for criterion, proofs in candidate.results
    ]
    found += achieved(candidate, texts)
    if candidate.contributions:
        lines = tuple(_contribution(one) for one in candidate.contributions)
        found.append((texts.say("results.given"), lines))
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


def _who(nominee: Nominee, texts: FormTexts) -> str:
    match nominee:
        case Collective():
            return nominee.name or GAP
        case Household():
            return texts.say("self.household")
        case Person():
            return texts.say("self.person")


def _facts(nominee: Nominee, texts: FormTexts) -> Facts:
    match nominee:
        case Collective():
            kind, said, optional = "collective", _of_collective(nominee), _OPTIONAL_OF_COLLECTIVES
        case Household():
            kind, said, optional = "household", _of_household(nominee), _OPTIONAL_OF_HOUSEHOLDS
        case Person():
            kind, said, optional = "person", _of_person(nominee), _OPTIONAL_OF_PERSONS
    return tuple(
        (texts.say(f"fact.{kind}.{name}"), words or GAP)
        for name, words in said.items()
        if words or name not in optional
    )


def _of_person(person: Person) -> dict[str, str]:
    held = (person.position, person.party_position, person.union_position)
    return {
        "full_name": person.full_name,
        "birth_date": shown(person.birth_date),
        "gender": word(person.gender),
        "phone": person.phone,
        "ethnicity": person.ethnicity,
        "party_member": "Có" if person.is_party_member else "",
        "native_place": person.native_place,
        "address": person.address,
        "workplace": ", ".join(filter(None, (person.department, person.workplace))),
        "positions": ", ".join(filter(None, held)),
        "qualification": person.qualification,
        "academic_titles": person.academic_titles,
        "duties": " ".join(person.duties.split()),
    }


def _of_collective(collective: Collective) -> dict[str, str]:
    count = collective.headcount
    return {
        "name": collective.name,
        "address": collective.address,
        "phone": collective.phone,
        "fax": collective.fax,
        "website": collective.website,
        "history": " ".join(collective.history.split()),
        "features": " ".join(collective.features.split()),
        "structure": " ".join(collective.structure.split()),
        "head": ", ".join(filter(None, (collective.head, collective.head_position))),
        "headcount": "" if count is None else f"{decimal_text(count)} người",
        "parts": _parts_of(collective),
        "qualification": collective.qualification,
        "facilities": " ".join(collective.facilities.split()),
        "bodies": " ".join(collective.bodies.split()),
        "duties": " ".join(collective.duties.split()),
    }


def _parts_of(collective: Collective) -> str:
    parts = (("nữ", collective.women), ("đảng viên", collective.party_members))
    return ", ".join(f"{decimal_text(count)} {who}" for who, count in parts if count is not None)


def _of_household(household: Household) -> dict[str, str]:
    members = household.members
    return {
        "head": household.head,
        "birth_date": shown(household.birth_date),
        "gender": word(household.gender),
        "ethnicity": household.ethnicity,
        "phone": household.phone,
        "members": "" if members is None else f"{two_digits(members)} người",
        "occupation": household.occupation,
        "address": household.address,
    }


def _signatures(candidate: Candidate, texts: FormTexts) -> Signatures:
    nominee = candidate.nominee
    match nominee:
        case Collective():
            left = _block(texts, "above", "seal")
            right = _block(texts, "head", "seal", nominee.head)
        case Household():
            left = _block(texts, "neighbours", "name")
            right = _block(texts, "household", "name", nominee.head)
        case Person() if _is_outside_offices(candidate):
            left = _block(texts, "neighbours", "name")
            right = _block(texts, "villager", "name", nominee.full_name)
        case Person():
            left = _block(texts, "confirms", "seal")
            right = _block(texts, "reporter", "name", nominee.full_name)
    return left, right


def _confirmations(
    occasion: Occasion, candidate: Candidate, texts: FormTexts
) -> tuple[SignatureBlock, ...]:
    blocks = []
    if _is_outside_offices(candidate):
        blocks.append(_block(texts, "commune", "commune"))
    if occasion.award and occasion.award.authority in _ABOVE_PROVINCE:
        blocks.append(_block(texts, "proposer", "seal"))
    return tuple(blocks)


def _block(texts: FormTexts, who: str, remark: str, name: str = "") -> SignatureBlock:
    lines, said = texts.lines(f"sign.{who}"), texts.say(f"remark.{remark}")
    return SignatureBlock(lines=lines, remark=said, name=name)
