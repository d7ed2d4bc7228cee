"""The same person or unit entered twice (bundle.md 6): which records are one, and its face.

The field `same_as` of the kinds below is an edge, taken in both directions; what hangs together is
one. Nothing is rewritten: clear the field, and they are two again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic
from uuid import UUID

from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.records import R, Record, replace_values, specs
from thidua_desktop.domain.text import spelling
from thidua_desktop.domain.units import Unit

SAME_AS = "same_as"
_NAME = {Person: "full_name", Collective: "name", Household: "head", Unit: "name"}
# What must be equal besides the name, and what must not contradict where both say it.
_EQUAL: dict[type[Record], tuple[str, ...]] = {
    Person: ("birth_date",),
    Collective: (),
    Household: ("birth_date",),
    Unit: ("level", "valid_from"),
}
_NEAR: dict[type[Record], str] = {
    Person: "unit_id",
    Collective: "unit_id",
    Household: "unit_id",
    Unit: "parent_id",
}
JOINED_KINDS: tuple[type[Record], ...] = tuple(_NAME)
_MANY_ALIKE = 12


class Likeness(StrEnum):
    """How sure it is that two records are one."""

    SUGGESTED = "suggested"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Pair(Generic[R]):
    """Two records that may be one."""

    one: R
    other: R
    likeness: Likeness


def face_rank(record_id: UUID) -> tuple[bool, bytes]:
    """Return what makes a record the face of its like: the province's first, then the least id."""
    return office_number(record_id) != PROVINCE_NUMBER, record_id.bytes


def faces_of(edges: Mapping[UUID, UUID], visible: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the face of every visible record that is one with another visible one.

    `edges` are the owner's words of visible records; one may point at a record that is not here,
    and two that do are one.
    """
    classes: dict[UUID, set[UUID]] = {}
    for one, other in edges.items():
        joined = classes.get(one, {one}) | classes.get(other, {other})
        for member in joined:
            classes[member] = joined
    here = set(visible)
    faces: dict[UUID, UUID] = {}
    for record_id, joined in classes.items():
        members = joined & here
        if record_id in members and len(members) > 1:
            faces[record_id] = min(members, key=face_rank)
    return faces


def joining(edges: Mapping[UUID, UUID], one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return the edge to write so that two records are one: which points at which.

    A record has one edge: the one that gets it has none yet, or one on a ring that holds without.
    """
    classes = _classes(edges, (one, other))
    first, second = sorted((one, other), key=lambda r: face_rank(min(classes[r], key=face_rank)))
    target = min(classes[first], key=face_rank)
    members = sorted(classes[second], key=face_rank)
    free = [member for member in members if member not in edges]
    return (free or _ring(edges, members[0]))[0], target


def parting(edges: Mapping[UUID, UUID], gone: UUID) -> dict[UUID, UUID | None]:
    """Return the edges to write so that a record is alone and the others are one as before."""
    stay = sorted(_classes(edges, (gone,))[gone] - {gone}, key=face_rank)
    changed: dict[UUID, UUID | None] = {gone: None} if gone in edges else {}
    pieces = {one: target for one, target in edges.items() if gone not in {one, target}}
    loose = [one for one, target in edges.items() if target == gone]
    changed |= dict.fromkeys(loose, None)
    for member in stay[1:]:
        if stay[0] not in _classes(pieces, (member,))[member]:
            one, target = joining(pieces, stay[0], member)
            pieces[one] = target
            changed[one] = target
    return changed


def filled(face: R, members: Iterable[R]) -> R:
    """Return the face with its empty cells filled from the others: to be shown, never stored."""
    found: dict[str, Any] = {}
    ranked = sorted(members, key=lambda member: face_rank(member.id))
    for spec in specs(type(face)):
        if getattr(face, spec.name) == spec.blank and spec.name != SAME_AS:
            said = (getattr(one, spec.name) for one in ranked)
            found[spec.name] = next((value for value in said if value != spec.blank), spec.blank)
    return replace_values(face, found)


def name_of(record: Record) -> str:
    """Return the name by which a record is compared and shown."""
    return str(getattr(record, _NAME[type(record)]))


def alike(
    records: Iterable[R], faces: Mapping[UUID, UUID], apart: Collection[frozenset[UUID]]
) -> list[Pair[R]]:
    """Return the pairs that may be one: same name as spelled, nothing else against it.

    Who is one already is compared by the face alone; what a person told apart is left out. Of very
    many of one name each is held against the first only.
    """
    groups: dict[tuple[object, ...], list[R]] = {}
    for record in sorted(records, key=lambda record: face_rank(record.id)):
        if faces.get(record.id, record.id) != record.id or not name_of(record):
            continue
        equal = tuple(getattr(record, name) for name in _EQUAL[type(record)])
        groups.setdefault((spelling(name_of(record)), *equal), []).append(record)
    return [
        Pair(one, other, Likeness.POSSIBLE)
        for group in groups.values()
        for place, one in enumerate(group if len(group) <= _MANY_ALIKE else group[:1])
        for other in group[place + 1 :]
        if _may_be_near(one, other) and frozenset({one.id, other.id}) not in apart
    ]


def _may_be_near(one: Record, other: Record) -> bool:
    near = {getattr(record, _NEAR[type(record)]) for record in (one, other)} - {None}
    return len(near) <= 1


def _classes(edges: Mapping[UUID, UUID], wanted: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return the class of each of these, missing records and all."""
    beside: dict[UUID, set[UUID]] = {}
    for one, other in edges.items():
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found = {}
    for start in wanted:
        seen, waiting = {start}, [start]
        while waiting:
            fresh = beside.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting += fresh
        found[start] = seen
    return found


def _ring(edges: Mapping[UUID, UUID], start: UUID) -> list[UUID]:
    """Return the records on the ring that edges lead to where each of a class has one."""
    seen: list[UUID] = []
    here = start
    while here not in seen:
        seen.append(here)
        here = edges[here]
    return seen[seen.index(here) :]
