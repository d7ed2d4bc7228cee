"""Looking things up: what can be found, and the index that is asked at each key press.

On a worker: `index = make_index(ports)` once, after first paint; after every write
`refreshed(ports, changes)`. On the thread that asks: `index.find(text, kinds=…, limit=…)` for the
best hits, `index.ids(kind, text)` for a list and its filter, `index.update(…)` with what was read
anew (see `search_index.SearchIndex`). In the window all of this is `PageContext.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import CriteriaSet, Criterion
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Proposal, Subject
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.unit_tree import unit_labels
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.nominees import NOMINEE_FIELD
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.search_index import Entry, Found, Hit, Ids, SearchIndex

__all__ = [
    "Entry",
    "Found",
    "Hit",
    "Ids",
    "Refreshed",
    "SearchIndex",
    "make_index",
    "refreshed",
]
_LONGEST_TITLE = 160
_FEW_CHANGES = 200
# Their names stand in the words of many other records.
_NAMED_BY_OTHERS = ("unit", "award_form", "criteria_set")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What to update an index with: the records as they are now, and those that are gone."""

    entries: tuple[Entry, ...]
    gone: tuple[UUID, ...]


def make_index(ports: Ports) -> SearchIndex:
    """Return an index of all that can be found."""
    with ports.store.read() as work:
        names = _names(work)
        return SearchIndex(entry for kind in SEARCHED for entry in _entries(work, kind, names))


def refreshed(ports: Ports, changes: Changes) -> Refreshed | None:
    """Return what changed of an index; None if so much did that it is to be made anew."""
    many = len(changes.touched) > _FEW_CHANGES or any(one is None for _, one in changes.touched)
    if many or changes.concern(*_NAMED_BY_OTHERS):
        return None
    with ports.store.read() as work:
        names = _names(work)
        wanted: dict[type[Record], set[UUID]] = {}
        for kind in SEARCHED:
            wanted[kind] = {one for name, one in changes.touched if one and name == kind_name(kind)}
        for subject, kind in NOMINEE_KINDS.items():
            for nominee in wanted[kind]:
                field = NOMINEE_FIELD[subject]
                named = work.records.having(Proposal, **{field: nominee})
                wanted[Proposal] |= {proposal.id for proposal in named}
        entries = tuple(
            entry
            for kind, ids in wanted.items()
            if ids
            for entry in _entries(work, kind, names, ids)
        )
    found = {entry.id for entry in entries}
    return Refreshed(entries, tuple(set().union(*wanted.values()) - found))


@dataclass(frozen=True, slots=True)
class _Names:
    """What other records are called by those that name them."""

    units: dict[UUID, Unit]
    labels: dict[UUID, str]
    awards: dict[UUID, str]
    sets: dict[UUID, str]

    def unit(self, unit_id: UUID | None) -> str:
        return self.labels.get(unit_id, "") if unit_id else ""


def _names(work: Work) -> _Names:
    units = {unit.id: unit for unit in work.records.having(Unit)}
    return _Names(
        units,
        unit_labels(units.values(), units),
        dict(work.records.columns(AwardForm, ("name",))),
        dict(work.records.columns(CriteriaSet, ("name",))),
    )


def _entries(
    work: Work, kind: type[Record], names: _Names, ids: Collection[UUID] | None = None
) -> Iterator[Entry]:
    """Yield the entries of a kind; of records that are one, the face alone."""
    faces = work.records.faces(kind)
    name = kind_name(kind)
    for record_id, title, detail, also in SEARCHED[kind](work, names, ids):
        if title and faces.get(record_id, record_id) == record_id:
            words = tuple(text for text in also if text)
            yield Entry(name, record_id, _shortened(title), detail, words)


_Lines = Iterable[tuple[UUID, str, str, tuple[str, ...]]]


def _units(_: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    for unit in names.units.values():
        if ids is None or unit.id in ids:
            parent = names.units.get(unit.parent_id) if unit.parent_id else None
            ended = f"đến {shown(unit.valid_to)}" if unit.valid_to else ""
            detail = _line(word(unit.level), parent.name if parent else "", ended)
            also = (unit.short_name, unit.code, unit.document_code, parent.name if parent else "")
            yield unit.id, names.labels[unit.id], detail, also


def _persons(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    columns = ("full_name", "birth_date", "position", "workplace", "address", "unit_id")
    for row in work.records.columns(Person, columns, ids):
        record_id, name, born, position, workplace, address, unit_id = row
        unit = names.unit(unit_id)
        detail = _line(shown(born), position, workplace or unit)
        yield record_id, name, detail, (position, workplace, address, unit, _year(born))


def _collectives(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    columns = ("name", "head", "address", "unit_id")
    for record_id, name, head, address, unit_id in work.records.columns(Collective, columns, ids):
        unit = names.unit(unit_id)
        yield record_id, name, _line("Tập thể", unit or address), (head, unit, address)


def _households(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    columns = ("head", "birth_date", "village", "address", "occupation", "unit_id")
    for row in work.records.columns(Household, columns, ids):
        record_id, head, born, village, address, occupation, unit_id = row
        unit = names.unit(unit_id)
        detail = _line("Hộ gia đình", shown(born), village, unit or address)
        yield record_id, head, detail, (village, address, occupation, unit, _year(born))


def _sets(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    columns = ("name", "unit_id", "valid_from")
    for record_id, name, unit_id, start in work.records.columns(CriteriaSet, columns, ids):
        unit = names.unit(unit_id)
        yield record_id, name, _line("Bộ tiêu chí", unit), (unit, _year(start))


def _criteria(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    columns = ("code", "wording", "set_id")
    for record_id, code, wording, set_id in work.records.columns(Criterion, columns, ids):
        of = names.sets.get(set_id, "")
        rest = wording[_LONGEST_TITLE - 1 :]
        yield record_id, wording or code, _line(f"Tiêu chí {code}", of), (code, of, rest)


def _proposals(work: Work, names: _Names, ids: Collection[UUID] | None) -> _Lines:
    fields = ("person_id", "collective_id", "household_id", "award_form_id", "unit_id", "year")
    rows = list(work.records.columns(Proposal, fields, ids))
    nominees = _nominee_names(work, rows if ids is not None else None)
    for record_id, person, collective, household, award_id, unit_id, year in rows:
        title = nominees.get(person or collective or household, "")
        award, unit = names.awards.get(award_id, ""), names.unit(unit_id)
        period = str(year or "")
        yield record_id, title, _line("Đề nghị", award, period, unit), (award, unit, period)


def _nominee_names(work: Work, rows: Iterable[tuple[Any, ...]] | None) -> dict[UUID, str]:
    """Return the names of the nominees of these proposals, or of all."""
    found: dict[UUID, str] = {}
    named = list(rows) if rows is not None else None
    for place, (subject, name) in enumerate(
        (
            (Subject.PERSON, "full_name"),
            (Subject.COLLECTIVE, "name"),
            (Subject.HOUSEHOLD, "head"),
        ),
        start=1,
    ):
        ids = None if named is None else {row[place] for row in named} - {None}
        found.update(work.records.columns(NOMINEE_KINDS[subject], (name,), ids))
    return found


# The kinds that can be found, in the order in which equal hits stand.
SEARCHED: dict[type[Record], Callable[[Work, _Names, Collection[UUID] | None], _Lines]] = {
    Unit: _units,
    Person: _persons,
    Collective: _collectives,
    Household: _households,
    CriteriaSet: _sets,
    Criterion: _criteria,
    Proposal: _proposals,
}


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _year(date: PartialDate | None) -> str:
    return f"{date.year:04}" if date else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"
