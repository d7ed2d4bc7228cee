"""Loops: a unit that comes to stand under itself, or to follow itself over several steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.units import Succession, Unit

LOOPING: tuple[type[Record], ...] = (Unit, Succession)


def loop_issues(
    changed: Iterable[Record], standing: Iterable[Record]
) -> Iterator[tuple[Record, FieldIssue]]:
    """Yield which of the changed records of one kind lead back to where they begin.

    `standing` are all records of the kind as they will be, the changed ones among them.
    """
    edges: dict[UUID, list[UUID]] = {}
    for record in standing:
        if found := edge(record):
            edges.setdefault(found[0], []).append(found[1])
    for record in changed:
        found = edge(record)
        # What points at itself is told by the rules of its kind.
        if found and found[0] != found[1] and leads_to(edges, found[1], found[0]):
            field = "parent_id" if isinstance(record, Unit) else "to_id"
            yield record, FieldIssue(field, Issue.LOOP)


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
