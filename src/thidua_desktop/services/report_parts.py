"""What all reports of merit share: the head, facts of a nominee, results, who signs."""

from __future__ import annotations

import re
from collections.abc import Collection

from thidua_desktop.domain.agencies import COMMITTEE, head_lines
from thidua_desktop.domain.awards import Authority
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate, in_words, shown
from thidua_desktop.domain.dossiers import (
    GAP,
    CriterionResult,
    Letterhead,
    SignatureBlock,
)
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Contribution, Nominee, Subject
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.told import in_line, joined, said_as
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import PLACE_WORDS, Candidate, Occasion
from thidua_desktop.services.figure_tables import FIRMS, OF_A_FIRM
from thidua_desktop.services.merit_wording import achieved

Facts = tuple[tuple[str, str], ...]
Signatures = tuple[SignatureBlock, SignatureBlock]

ABOVE_PROVINCE = frozenset({Authority.STATE_PRESIDENT, Authority.PRIME_MINISTER})
_OF_THE_PEOPLE = "nguoi_dan"
# Whose papers name no agency above them, or another one than the office that proposes.
_STAND_ALONE = (*FIRMS, COMMITTEE, "Sở ")
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


def criterion_heading(criterion: Criterion) -> str:
    """Return the first sentence of a criterion; of a very long one the first clauses."""
    sentence = re.split(r";|\.(?= [^\W\d_])", criterion.wording, maxsplit=1)[0].strip().rstrip(".")
    words = sentence.split()
    if len(words) <= _LONGEST_CRITERION:
        return " ".join(words)
    start = " ".join(words[:_SHORTENED_CRITERION])
    return start.rpartition(",")[0] or f"{start}…"


def report_head(occasion: Occasion, candidate: Candidate) -> Letterhead:
    """Return the head of a report: the nominee's own agency, with none for the people."""
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
        case Person() if not is_outside_offices(candidate):
            name = nominee.workplace
        case _:
            return "", "", False
    own = head_lines(occasion.unit, occasion.parent) if occasion.unit else ("", "")
    if occasion.unit and fold(name).startswith(fold(occasion.agency)):
        return *own, isinstance(nominee, Collective)
    stands_alone = candidate.group == OF_A_FIRM or name.startswith(_STAND_ALONE)
    return "" if stands_alone else own[1], name.upper() or GAP, False


def is_outside_offices(candidate: Candidate) -> bool:
    """Tell whether a person reports as one of the people, not as one of an office."""
    nominee = candidate.nominee
    if not isinstance(nominee, Person):
        return candidate.subject is Subject.HOUSEHOLD
    first = nominee.workplace.partition(" ")[0]
    return candidate.group == _OF_THE_PEOPLE or not first or first in PLACE_WORDS


def results_of(candidate: Candidate, texts: FormTexts) -> tuple[CriterionResult, ...]:
    """Return what was reached, numbered: by criterion, then the rest, then what was given."""
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
    return tuple(_with_figure(in_line(one, "wording"), one) for one in proofs)


def _contribution(one: Contribution) -> str:
    sort = word(one.sort) or "Đóng góp"
    if not one.wording:
        return _with_figure(sort, one)
    words = in_line(one, "wording")
    wording = said_as(words, f"{words[:1].lower()}{words[1:]}")
    return _with_figure(joined(f"{sort} (", wording, ")"), one)


def _with_figure(words: str, one: Evidence | Contribution) -> str:
    if one.quantity is None:
        return joined(words, ".")
    return joined(words, f": {decimal_text(one.quantity)} {one.measure}".rstrip(), ".")


def period(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return from when to when, in words."""
    parts = (("từ", start), ("đến", end))
    return " ".join(f"{when} {_day(date)}" for when, date in parts if date)


def _day(date: PartialDate) -> str:
    if date.is_full:
        return in_words(date)
    return f"tháng {shown(date)}" if date.month else f"năm {date.year}"


def who(nominee: Nominee, texts: FormTexts) -> str:
    """Return how the one who reports speaks of himself."""
    match nominee:
        case Collective():
            return nominee.name or GAP
        case Household():
            return texts.say("self.household")
        case Person():
            return texts.say("self.person")


def facts_of(nominee: Nominee, texts: FormTexts, left_out: Collection[str] = ()) -> Facts:
    """Return what is said of a nominee; what must be said and is not known prints as dots."""
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
        if name not in left_out and (words or name not in optional)
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
        "duties": in_line(person, "duties", ends=""),
    }


def _of_collective(collective: Collective) -> dict[str, str]:
    count = collective.headcount
    return {
        "name": collective.name,
        "address": collective.address,
        "phone": collective.phone,
        "fax": collective.fax,
        "website": collective.website,
        "history": in_line(collective, "history", ends=""),
        "features": in_line(collective, "features", ends=""),
        "structure": in_line(collective, "structure", ends=""),
        "head": ", ".join(filter(None, (collective.head, collective.head_position))),
        "headcount": "" if count is None else f"{decimal_text(count)} người",
        "parts": _parts_of(collective),
        "qualification": collective.qualification,
        "facilities": in_line(collective, "facilities", ends=""),
        "bodies": in_line(collective, "bodies", ends=""),
        "duties": in_line(collective, "duties", ends=""),
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


def signatures_of(candidate: Candidate, texts: FormTexts) -> Signatures:
    """Return who confirms and who reports."""
    nominee = candidate.nominee
    if texts.has("sign.proposing"):  # two who confirm: what is foreign does not sign here
        return block(texts, "above", "seal"), block(texts, "proposing", "seal")
    match nominee:
        case Collective():
            left = block(texts, "above", "seal")
            right = block(texts, "head", "seal", nominee.head)
        case Household():
            left = block(texts, "neighbours", "name")
            right = block(texts, "household", "name", nominee.head)
        case Person() if is_outside_offices(candidate):
            left = block(texts, "neighbours", "name")
            right = block(texts, "villager", "name", nominee.full_name)
        case Person():
            left = block(texts, "confirms", "seal")
            right = block(texts, "reporter", "name", nominee.full_name)
    return left, right


def confirmations_of(
    occasion: Occasion, candidate: Candidate, texts: FormTexts
) -> tuple[SignatureBlock, ...]:
    """Return who else confirms, one under the other."""
    blocks = []
    if is_outside_offices(candidate) and not texts.has("sign.proposing"):
        blocks.append(block(texts, "commune", "commune"))
    if occasion.award and occasion.award.authority in ABOVE_PROVINCE:
        blocks.append(block(texts, "proposer", "seal"))
    return tuple(blocks)


def block(texts: FormTexts, who: str, remark: str, name: str = "") -> SignatureBlock:
    """Return one who signs."""
    lines, said = texts.lines(f"sign.{who}"), texts.say(f"remark.{remark}")
    return SignatureBlock(lines=lines, remark=said, name=name)
