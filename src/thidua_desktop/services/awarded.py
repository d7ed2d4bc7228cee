"""What was awarded in some years: by decisions of this office, and what is noted as held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from thidua_desktop.domain.agencies import agency_name
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision, gave, in_order
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.merit import PriorAward, holder_of
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.candidates import full_name
from thidua_desktop.services.nominees import holders_of
from thidua_desktop.services.pages.golden_register import Entry
from thidua_desktop.services.ports import Work
from thidua_desktop.services.same_as import nominee_faces

_NO_DAY = PartialDate(1)


def awarded_in(work: Work, years: Collection[int]) -> tuple[Entry, ...]:
    """Return what was awarded in these years, in the order of decisions and of numbers in the book.

    What a decision of this office gave and is noted as held besides is one entry.
    """
    given = _given(work)
    held = [one for year in sorted(years) for one in work.records.having(PriorAward, year=year)]
    names = holder_names(work, held)
    entries = [
        _entry(work, decision, award)
        for decision, awards in given
        if decision.date is not None and decision.date.year in years
        for award in awards
    ]
    entries += [_held(one, names) for one in _held_besides(held, given, names, nominee_faces(work))]
    return tuple(sorted(entries, key=_by_decision))


def holder_names(work: Work, merit: Iterable[Record]) -> dict[UUID, str]:
    """Return how those are called on paper whom these records of merit are about, by their ids."""
    return {of: full_name(one) for of, one in holders_of(work, merit).items()}


def _given(work: Work) -> list[tuple[Decision, tuple[Award, ...]]]:
    """Return the decisions of this office that have a number, with whom they award."""
    me = work.book.me().number
    return [
        (one, in_order(work.records.having(Award, decision_id=one.id)))
        for one in work.records.having(Decision)
        if one.number and office_number(one.id) == me
    ]


def _held_besides(
    held: Iterable[PriorAward],
    given: Iterable[tuple[Decision, tuple[Award, ...]]],
    names: Mapping[UUID, str],
    faces: Mapping[UUID, UUID],
) -> Iterator[PriorAward]:
    """Yield the awards noted as held that no decision of this office tells, each once."""
    whom: dict[str, list[tuple[Decision, set[UUID | str]]]] = defaultdict(list)
    for decision, awards in given:
        awarded = {_whose(holder_of(one), one.name, faces) for one in awards}
        whom[fold(decision.number)].append((decision, awarded))
    seen: set[tuple[str, UUID | str, str]] = set()
    for one in held:
        number, holder = fold(one.decision_number), holder_of(one)
        name = names.get(holder, "") if holder else ""
        same = {_whose(holder, name, faces), fold(name)}
        if any(gave(decision, one) and same & awarded for decision, awarded in whom[number]):
            continue
        key = (number, _whose(holder, name, faces), fold(one.title))
        if not number or key not in seen:
            yield one
        seen.add(key)


def _whose(holder: UUID | None, name: str, faces: Mapping[UUID, UUID]) -> UUID | str:
    """Return by what somebody is known again; who is in no list, by his name."""
    return faces.get(holder, holder) if holder else fold(name)


def _entry(work: Work, decision: Decision, award: Award) -> Entry:
    form = work.records.find(AwardForm, decision.award_form_id)
    unit = work.records.find(Unit, decision.unit_id)
    parent = work.records.find(Unit, unit.parent_id) if unit else None
    return Entry(
        id=award.id,
        holder=award.name,
        award=form.name if form else decision.title.capitalize(),
        decision=decision.number,
        day=decision.date,
        issuer=agency_name(unit, parent) if unit else decision.giver,
        book_number=award.number,
        place=award.place,
    )


def _held(one: PriorAward, names: Mapping[UUID, str]) -> Entry:
    holder = holder_of(one)
    return Entry(
        id=one.id,
        holder=names.get(holder, "") if holder else "",
        award=one.title,
        decision=one.decision_number,
        day=one.decision_date,
        issuer=one.issuer,
    )


def _by_decision(entry: Entry) -> tuple[PartialDate, str, bool, int, int, str, str]:
    number, place = entry.book_number, entry.place
    return (
        entry.day or _NO_DAY,
        entry.decision,
        number is None,
        number or 0,
        place or 0,
        entry.holder,
        entry.award,
    )
