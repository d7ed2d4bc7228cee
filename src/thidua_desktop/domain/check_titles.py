"""Checks of titles and names: abbreviated, in capitals, written two ways, not those of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.merit import PositionSort, held_on
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.text import spelling
from thidua_desktop.domain.titles import (
    has_abbreviation,
    standard_title,
    title_key,
)

_POSITIONS = ("position", "party_position", "union_position", "head_position")
_PLACES = ("workplace", "department", "name")
_BODIES = {
    PositionSort.GOVERNMENT: "position",
    PositionSort.PARTY: "party_position",
    PositionSort.UNION: "union_position",
}
# How many words of a name follow: Ông is a family name, too.
_HONORIFICS = {
    "Ông ": 3,
    "Bà ": 2,
    "Đồng chí ": 2,
    "Đ/c ": 2,
    "Chị ": 2,
    "Đại tá ": 2,
    "Thượng tá ": 2,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A title, and the field that it stands in."""

    record: Record
    field: str
    text: str
    case: Case | None

    @property
    def is_position(self) -> bool:
        return self.field in _POSITIONS or self.field == "title"


def abbreviated(content: DossierContent) -> Iterator[Found]:
    """Find what is abbreviated, with the words written out as they stand elsewhere."""
    for places in _ways(content):
        texts = [place.text for place in places]
        words = _abbreviations(content, places[0])
        for place in places:
            if not has_abbreviation(place.text, words):
                continue
            full = standard_title(texts, words)
            offered = "" if has_abbreviation(full, words) else full
            if place.text.isupper() and " " in place.text:
                offered = offered.upper()
            instead = f", ghi đủ là “{offered}”" if offered else "; hãy ghi đủ chữ"
            yield found_at(
                place.record,
                place.field,
                f"“{place.text}” viết tắt{instead}.",
                case=place.case,
                offered=offered,
            )


def written_two_ways(content: DossierContent) -> Iterator[Found]:
    """Find one title that is written in several ways, with the standard one."""
    for found in _ways(content):
        words = _abbreviations(content, found[0])
        places = [
            place
            for place in found
            if not place.text.isupper() and not has_abbreviation(place.text, words)
        ]
        texts = [place.text for place in places]
        if len(set(texts)) < 2:  # noqa: PLR2004 - two ways
            continue
        standard = standard_title(texts, words)
        for place in places:
            if place.text != standard:
                yield found_at(
                    place.record,
                    place.field,
                    f"“{place.text}” ở nơi khác trong hồ sơ viết là “{standard}”.",
                    case=place.case,
                    seen=(place.text, standard),
                    offered=standard,
                )


def in_capitals(content: DossierContent) -> Iterator[Found]:
    """Find names that are all in capitals."""
    for record, field, text, case in _names(content):
        if text.isupper() and len(text.split()) > 1:
            is_person = field != "name"
            plain = " ".join(w.capitalize() for w in text.split()) if is_person else ""
            yield found_at(
                record,
                field,
                f"“{text}” viết toàn chữ in hoa; hồ sơ ghi tên đầy đủ bằng chữ in thường.",
                case=case,
                offered=plain,
            )


def with_honorific(content: DossierContent) -> Iterator[Found]:
    """Find a form of address that was typed into the name."""
    for record, field, text, case in _names(content):
        before = next((one for one in _HONORIFICS if text.startswith(one)), "")
        rest = len(text.removeprefix(before).split())
        if field != "name" and before and rest >= _HONORIFICS[before]:
            yield found_at(
                record,
                field,
                f"“{text}” có danh xưng trong ô họ tên: giấy tờ sẽ in danh xưng hai lần.",
                case=case,
                offered=text.removeprefix(before).strip(),
            )


def not_of_the_day(content: DossierContent) -> Iterator[Found]:
    """Find a position that is not the one held on the day of the letter."""
    day = content.day.first_day()
    for case in content.cases:
        person = case.nominee
        if not isinstance(person, Person):
            continue
        for held in held_on(case.positions, day):
            body = held.sort if isinstance(held.sort, PositionSort) else PositionSort.GOVERNMENT
            field = _BODIES[body]
            typed = getattr(person, field)
            words = content.rules.abbreviations_of(positions=True)
            if typed and held.title and title_key(typed, words) != title_key(held.title, words):
                yield found_at(
                    person,
                    field,
                    f"Ô chức vụ ghi “{typed}”, chức vụ theo thời gian vào ngày tờ trình là "
                    f"“{held.title}”.",
                    case=case,
                    seen=(typed, held.title),
                    about="day",
                    offered=held.title,
                )


def two_titles(content: DossierContent) -> Iterator[Found]:
    """Find one who has another title as head of a collective than in his own dossier."""
    own: dict[tuple[object, ...], tuple[str, str]] = {}
    words = content.rules.abbreviations_of(positions=True)
    for case in content.cases:
        if isinstance(case.nominee, Person) and case.nominee.position:
            person = case.nominee
            own[spelling(person.full_name)] = (person.position, "hồ sơ cá nhân")
    for case in content.cases:
        nominee = case.nominee
        if not isinstance(nominee, Collective) or not nominee.head or not nominee.head_position:
            continue
        title, where = own.get(spelling(nominee.head), ("", ""))
        one, other = (title_key(text, words) for text in (nominee.head_position, title))
        if title and not one.startswith(other) and not other.startswith(one):
            yield found_at(
                nominee,
                "head_position",
                f"{nominee.head} ở hồ sơ tập thể là “{nominee.head_position}”, ở {where} là "
                f"“{title}”.",
                case=case,
                seen=(nominee.head_position, title),
                about="head",
            )


def _ways(content: DossierContent) -> list[list[_Place]]:
    """Return the titles that are one, together."""
    ways: defaultdict[tuple[bool, str], list[_Place]] = defaultdict(list)
    for place in _places(content):
        key = title_key(place.text, _abbreviations(content, place))
        ways[place.is_position, key].append(place)
    return list(ways.values())


def _abbreviations(content: DossierContent, place: _Place) -> Mapping[str, str]:
    return content.rules.abbreviations_of(positions=place.is_position)


def _places(content: DossierContent) -> Iterator[_Place]:
    """Yield every title and name of an agency that the papers show; each record once."""
    told: set[tuple[object, str]] = set()
    for place in _all_places(content):
        if place.text.strip() and (place.record.id, place.field) not in told:
            told.add((place.record.id, place.field))
            yield place


def _all_places(content: DossierContent) -> Iterator[_Place]:
    day = content.day.first_day()
    for case in content.cases:
        nominee = case.nominee
        if nominee is None:
            continue
        for field in (*_POSITIONS, *_PLACES):
            yield _Place(nominee, field, getattr(nominee, field, ""), case)
        for held in held_on(case.positions, day):
            yield _Place(held, "title", held.title, case)
            yield _Place(held, "workplace", held.workplace, case)
    if content.signer is not None:
        yield _Place(content.signer, "position", content.signer.position, None)


def _names(content: DossierContent) -> Iterator[tuple[Record, str, str, Case | None]]:
    for case in content.cases:
        match case.nominee:
            case Person() as person:
                yield person, "full_name", person.full_name, case
            case Household() as household:
                yield household, "head", household.head, case
            case Collective() as collective:
                yield collective, "name", collective.name, case
                yield collective, "head", collective.head, case
            case _:
                pass
    if content.signer is not None:
        yield content.signer, "full_name", content.signer.full_name, None


_FULL = "Mẫu báo cáo thành tích: ghi đầy đủ bằng chữ in thường, không viết tắt"
_SAME = "Họ tên, chức danh, đơn vị giống hệt ở mọi giấy tờ của hồ sơ"
RULES = (
    CheckRule("S-ABBREVIATION", Severity.WARN, _FULL, abbreviated),
    CheckRule("S-TWO-WAYS", Severity.WARN, _SAME, written_two_ways),
    CheckRule("S-CAPITALS", Severity.REMIND, _FULL, in_capitals),
    CheckRule("S-HONORIFIC", Severity.WARN, _FULL, with_honorific),
    CheckRule("S-TITLE-DAY", Severity.WARN, _SAME, not_of_the_day),
    CheckRule("S-TITLE-HEAD", Severity.WARN, _SAME, two_titles),
)
