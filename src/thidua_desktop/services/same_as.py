"""The same person or unit entered twice: what may be one, joined and parted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError, NotFoundError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.proposals import NOMINEE_KINDS
from thidua_desktop.domain.records import FieldType, Record, kind_name, specs, values
from thidua_desktop.domain.same_as import (
    JOINED_KINDS,
    SAME_AS,
    Likeness,
    Pair,
    alike,
    face_rank,
    faces_of,
    joining,
    parting,
)
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.records import value_text
from thidua_desktop.services.titles import title_of


@dataclass(frozen=True, slots=True)
class Member:
    """A record beside others: whose it is, and its filled fields in words."""

    record: Record
    office: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Records that may be one (two of them), or are (`likeness` None), the face first."""

    kind: str
    members: tuple[Member, ...]
    likeness: Likeness | None

    @property
    def key(self) -> tuple[UUID, ...]:
        """Return the ids of the records."""
        return tuple(member.record.id for member in self.members)


def list_alike(ports: Ports) -> tuple[Alike, ...]:
    """Return what may be one, what offices say is one first; then what was joined."""
    with ports.store.read() as work:
        offices = office_names(work)
        pairs: list[Alike] = []
        joined: list[Alike] = []
        for kind in JOINED_KINDS:
            records = {record.id: record for record in work.records.having(kind)}
            faces = work.records.faces(kind)
            apart = work.book.apart(kind_name(kind))
            suggested = _suggested(work, kind, records, faces, apart)
            said = {frozenset({pair.one.id, pair.other.id}) for pair in suggested}
            found = suggested + alike(records.values(), faces, apart | said)
            pairs += [
                Alike(
                    kind_name(kind), _members(work, (pair.one, pair.other), offices), pair.likeness
                )
                for pair in found
            ]
            classes: dict[UUID, list[Record]] = {}
            for record_id, face in sorted(faces.items()):
                classes.setdefault(face, []).append(records[record_id])
            joined += [
                Alike(kind_name(kind), _members(work, of, offices), None) for of in classes.values()
            ]
    order = list(Likeness)
    pairs.sort(key=lambda pair: order.index(pair.likeness) if pair.likeness else len(order))
    return (*pairs, *joined)


def join(ports: Ports, kind: str, one: UUID, other: UUID) -> Changes:
    """Say that two records are one (province). What refers to them stays as it is.

    Raises:
        NotForRoleError: only the province joins.
        NotFoundError: one of them is not here.
        InvalidInputError: records of this kind are not joined, or it is one record twice.
    """
    with ports.store.write() as work:
        of = _kind(work, kind, one, other)
        edges = work.records.edges(of)
        if faces_of(edges, (one, other)).get(one) is None:
            source, target = joining(edges, one, other)
            _write(work, of, {source: target})
        work.book.set_apart(kind, one, other, are_apart=False)
        return work.commit()


def part(ports: Ports, kind: str, record_id: UUID) -> Changes:
    """Take a record out of those it was joined with; the others stay one.

    Raises as `join` does.
    """
    with ports.store.write() as work:
        of = _kind(work, kind, record_id)
        _write(work, of, parting(work.records.edges(of), record_id))
        return work.commit()


def keep_apart(ports: Ports, kind: str, one: UUID, other: UUID) -> Changes:
    """Say that two records that look alike are not one; nobody is asked about them again.

    Where an office suggested it, it hears that it was not taken. Raises as `join` does.
    """
    with ports.store.write() as work:
        of = _kind(work, kind, one, other)
        edges = work.records.edges(of)
        for source, target in ((one, other), (other, one)):
            said = getattr(work.records.get(of, source), SAME_AS)
            if said == target and source not in edges:
                _write(work, of, {source: None})
        work.book.set_apart(kind, one, other, are_apart=True)
        return work.commit()


def elsewhere(
    record_id: UUID, faces: Mapping[UUID, UUID], offices: Mapping[int, str]
) -> tuple[str, ...]:
    """Return the offices that have a record of the same one too, but for this record's own."""
    face = faces.get(record_id)
    if face is None:
        return ()
    own = office_number(record_id)
    numbers = {office_number(one) for one, of in faces.items() if of == face} - {own}
    return tuple(office_name(offices, number) for number in sorted(numbers))


def office_names(work: Work) -> dict[int, str]:
    """Return what the offices of the register are called, by their numbers."""
    said = work.records.columns(Unit, ("number", "short_name", "name"))
    # In order: a number goes on with the unit that came later.
    return {number: short or name for _, number, short, name in sorted(said) if number is not None}


def office_name(offices: Mapping[int, str], number: int) -> str:
    """Return what an office is called."""
    return offices.get(number, f"cơ quan số {number}")


def _members(
    work: Work, records: Iterable[Record], offices: Mapping[int, str]
) -> tuple[Member, ...]:
    ranked = sorted(records, key=lambda record: face_rank(record.id))
    return tuple(
        Member(one, office_name(offices, office_number(one.id)), _texts(work, one))
        for one in ranked
    )


def _texts(work: Work, record: Record) -> dict[str, str]:
    found = {}
    for spec in specs(type(record)):
        value = getattr(record, spec.name)
        if spec.name == SAME_AS or value == spec.blank:
            continue
        named = spec.type is FieldType.REF and spec.refers_to
        found[spec.name] = title_of(work, named, value) if named else value_text(value)
    return found


def _suggested(
    work: Work,
    kind: type[Record],
    records: Mapping[UUID, Record],
    faces: Mapping[UUID, UUID],
    apart: frozenset[frozenset[UUID]],
) -> list[Pair[Record]]:
    """Return what offices say is one, where the province has not spoken."""
    edges = work.records.edges(kind)
    return [
        Pair(record, records[target], Likeness.SUGGESTED)
        for record in records.values()
        if (target := values(record)[SAME_AS]) is not None
        and record.id not in edges
        and target in records
        and target != record.id
        and frozenset({record.id, target}) not in apart
        and (faces.get(record.id) is None or faces.get(record.id) != faces.get(target))
    ]


def _kind(work: Work, kind: str, *ids: UUID) -> type[Record]:
    if not work.book.me().is_province:
        raise NotForRoleError(UnitRole.PROVINCE.value)
    of = KIND_BY_NAME.get(kind)
    if of not in JOINED_KINDS or len(set(ids)) != len(ids):
        raise InvalidInputError((FieldIssue(SAME_AS, Issue.NOT_ALLOWED),))
    for record_id in ids:
        if work.records.find(of, record_id) is None:
            raise NotFoundError(kind, record_id)
    return of


def _write(work: Work, kind: type[Record], edges: Mapping[UUID, UUID | None]) -> None:
    for record_id, target in edges.items():
        work.records.write(kind, record_id, {SAME_AS: target})
        work.records.share([(kind_name(kind), record_id)])


def nominee_faces(work: Work) -> dict[UUID, UUID]:
    """Return which nominee stands for each that is one with another."""
    kinds = NOMINEE_KINDS.values()
    return {one: face for kind in kinds for one, face in work.records.faces(kind).items()}
