"""Criteria sets as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, CriterionSubject, SubjectGroup
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.ports import Ports, Work


@dataclass(frozen=True, slots=True)
class CriteriaSetRow:
    """A set with the name of its issuer, and whether this office may change it."""

    criteria_set: CriteriaSet
    issuer: str
    is_own: bool
    count: int


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion with the groups of subjects it speaks to, in the order of the plan."""

    criterion: Criterion
    groups: tuple[SubjectGroup, ...]


def criteria_sets(ports: Ports) -> tuple[CriteriaSetRow, ...]:
    """Return all sets: the province's first, then by name."""
    with ports.store.read() as work:
        me = work.book.me()
        rows = [
            CriteriaSetRow(
                criteria_set=one,
                issuer=_unit_name(work, one.unit_id),
                is_own=office_number(one.id) == me.number,
                count=work.records.count(Criterion, set_id=one.id),
            )
            for one in work.records.having(CriteriaSet)
        ]
    return tuple(sorted(rows, key=_order))


def criteria_of(ports: Ports, set_id: UUID) -> tuple[CriterionRow, ...]:
    """Return the criteria of a set, in order."""
    with ports.store.read() as work:
        return criteria_rows(work, set_id)


def criteria_rows(work: Work, set_id: UUID) -> tuple[CriterionRow, ...]:
    """Return the criteria of a set, in order, with their groups."""
    groups = {group.id: group for group in work.records.having(SubjectGroup)}
    linked: dict[UUID | None, list[SubjectGroup]] = {}
    for link in work.records.having(CriterionSubject):
        if link.group_id in groups:
            linked.setdefault(link.criterion_id, []).append(groups[link.group_id])
    criteria = sorted(work.records.having(Criterion, set_id=set_id), key=_place)
    return tuple(
        CriterionRow(one, tuple(sorted(linked.get(one.id, ()), key=lambda g: g.place or 0)))
        for one in criteria
    )


def _place(criterion: Criterion) -> tuple[int, str]:
    return criterion.place or 0, criterion.code


def _order(row: CriteriaSetRow) -> tuple[int, str]:
    return office_number(row.criteria_set.id), row.criteria_set.name


def _unit_name(work: Work, unit_id: UUID | None) -> str:
    unit = work.records.find(Unit, unit_id)
    return unit.name if unit else ""
