"""Criteria sets as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from thidua_desktop.domain.criteria import (
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Marking,
    SubjectGroup,
)
from thidua_desktop.domain.errors import NotForRoleError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved


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


def add_criterion(ports: Ports, set_id: UUID) -> RecordSaved[Criterion]:
    """Add an empty criterion at the end of an own set. Raises NotForRoleError."""
    with ports.store.write() as work:
        me = work.book.me()
        _refuse_foreign_set(work, set_id)
        places = [one.place or 0 for one in work.records.having(Criterion, set_id=set_id)]
        place = max(places, default=0) + 1
        # A code once used is not used again: the criterion deleted under it would come back.
        free = (code for code in map(str, count(place)) if not _was_used(work, me, set_id, code))
        code = next(free)
        criterion = Criterion(
            id=keyed_id(Criterion, me.number, set_id=set_id, code=code),
            set_id=set_id,
            code=code,
            place=place,
            marking=Marking.MET,
        )
        return RecordSaved(work.records.put(criterion, shown=None), work.commit())


def remove_criterion(ports: Ports, criterion: Criterion) -> Changes:
    """Take a criterion out of an own set. Raises NotForRoleError."""
    with ports.store.write() as work:
        _refuse_foreign_set(work, criterion.set_id)
        for link in work.records.having(CriterionSubject, criterion_id=criterion.id):
            work.records.delete(CriterionSubject, link.id)
        work.records.delete(Criterion, criterion.id)
        return work.commit()


def _refuse_foreign_set(work: Work, set_id: UUID | None) -> None:
    """Raise NotForRoleError when a set was issued by somebody else."""
    if set_id is None or office_number(set_id) != work.book.me().number:
        raise NotForRoleError(UnitRole.PROVINCE.value)


def _was_used(work: Work, me: Office, set_id: UUID, code: str) -> bool:
    return bool(work.records.history(keyed_id(Criterion, me.number, set_id=set_id, code=code)))


def _place(criterion: Criterion) -> tuple[int, str]:
    return criterion.place or 0, criterion.code


def _order(row: CriteriaSetRow) -> tuple[int, str]:
    return office_number(row.criteria_set.id), row.criteria_set.name


def _unit_name(work: Work, unit_id: UUID | None) -> str:
    unit = work.records.find(Unit, unit_id)
    return unit.name if unit else ""
