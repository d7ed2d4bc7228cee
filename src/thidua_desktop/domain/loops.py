"""Loops: a unit that comes to stand under itself, or to follow itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit

LOOPING: tuple[type[Record], ...] = (Unit, Succession)


def loop_issues(
    changed: Iterable[Record], standing: Iterable[Record]
) -> Iterator[tuple[Record, FieldIssue]]:
    """Yield which of the changed records of one kind lead back to where they begin.

    `standing` are all records of the kind as they will be, the changed ones among them. What a unit
    parted with may come back to it later: splits make loops only with the steps of their own day,
    and with those of no known day.
    """
    changed, standing = tuple(changed), tuple(standing)
    days = {_day(one) for one in standing}
    of_day = {day: _edges(one for one in standing if _day(one) in {day, None}) for day in days}
    always = _edges(one for one in standing if not _is_split(one))
    for record in changed:
        found, day = edge(record), _day(record)
        # What points at itself is told by the rules of its kind.
        if not found or found[0] == found[1]:
            continue
        near, far = found
        ways = [of_day[one] for one in (days if day is None else {day})]
        if any(
            leads_to(way, far, near) for way in (ways if _is_split(record) else (*ways, always))
        ):
            field = "parent_id" if isinstance(record, Unit) else "to_id"
            yield record, FieldIssue(field, Issue.LOOP)


def place(record: Record | None) -> tuple[tuple[UUID, UUID] | None, PartialDate | None]:
    """Return what of a record can make a loop: where it leads, and on which day."""
    return edge(record), _day(record)


def _is_split(record: Record) -> bool:
    return isinstance(record, Succession) and record.way is SuccessionKind.SPLIT


def _day(record: Record | None) -> PartialDate | None:
    return record.date if isinstance(record, Succession) else None


def _edges(records: Iterable[Record]) -> dict[UUID, list[UUID]]:
    edges: dict[UUID, list[UUID]] = {}
    for record in records:
        if found := edge(record):
            edges.setdefault(found[0], []).append(found[1])
    return edges


def leads_to(edges: Mapping[UUID, Iterable[UUID]], start: UUID, end: UUID) -> bool:
    """Tell whether one comes from here to there."""
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == end:
            return True
        fresh = set(edges.get(here, ())) - seen
        seen |= fresh
        waiting += fresh
    return False


def edge(record: Record | None) -> tuple[UUID, UUID] | None:
    """Return from whom to whom a record leads: to the unit above, or to the one that followed."""
    match record:
        case Unit(id=near, parent_id=UUID() as far):
            return near, far
        case Succession(from_id=UUID() as near, to_id=UUID() as far):
            return near, far
        case _:
            return None
