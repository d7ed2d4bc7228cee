"""Criteria sets as the pages show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from uuid import UUID

from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Marking,
    PointRule,
    PointSort,
    SubjectGroup,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import EmptySetError, IssuedSetError, NotForRoleError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.records import Record, keyed_id, kind_name
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep
from thidua_desktop.services.scoring_rules import is_fixed, is_issuable, refuse_gone
from thidua_desktop.services.trust import own_numbers


@dataclass(frozen=True, slots=True)
class CriteriaSetRow:
    """A set with the name of its issuer, and whether this office may change it.

    `is_fixed`: it was issued, or is the plan's own. `followed_by` is the next version, if issued.
    `checklists` are how many were filled by it.
    """

    criteria_set: CriteriaSet
    issuer: str
    is_own: bool
    count: int
    is_fixed: bool = False
    followed_by: CriteriaSet | None = None
    checklists: int = 0

    @property
    def may_change(self) -> bool:
        """Tell whether this office may still change the set."""
        return self.is_own and not self.is_fixed


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion with the groups of subjects it speaks to, in the order of the plan."""

    criterion: Criterion
    groups: tuple[SubjectGroup, ...]


def criteria_sets(ports: Ports) -> tuple[CriteriaSetRow, ...]:
    """Return all sets: the province's first, that of the plan at the top, then by name."""
    with ports.store.read() as work:
        own, sets = own_numbers(work), work.records.having(CriteriaSet)
        followed = {one.replaces_id: one for one in sets if one.issued_on is not None}
        rows = [
            CriteriaSetRow(
                criteria_set=one,
                issuer=_unit_name(work, one.unit_id),
                is_own=office_number(one.id) in own,
                count=work.records.count(Criterion, set_id=one.id),
                is_fixed=is_fixed(work.records, one.id),
                followed_by=followed.get(one.id),
                checklists=work.records.count(Checklist, set_id=one.id),
            )
            for one in sets
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


def set_holding(ports: Ports, record_id: UUID) -> UUID | None:
    """Return the set that a criterion belongs to, or the set itself; None when neither is there."""
    with ports.store.read() as work:
        criterion = work.records.find(Criterion, record_id)
        if criterion is not None:
            return criterion.set_id
        found = work.records.find(CriteriaSet, record_id)
    return found.id if found else None


def rules_of(ports: Ports, set_id: UUID) -> tuple[PointRule, ...]:
    """Return the rules of a set that add points or take them, in order."""
    with ports.store.read() as work:
        return point_rules(work, set_id)


def point_rules(work: Work, set_id: UUID | None) -> tuple[PointRule, ...]:
    """Return the rules of a set that add points or take them, in order."""
    found = work.records.having(PointRule, set_id=set_id)
    return tuple(sorted(found, key=lambda rule: (rule.place or 0, rule.code)))


def subject_groups(ports: Ports) -> tuple[SubjectGroup, ...]:
    """Return the groups of subjects that a set may be for, in the order of the plan."""
    with ports.store.read() as work:
        groups = work.records.having(SubjectGroup)
    return tuple(sorted(groups, key=lambda group: group.place or 0))


def add_criterion(ports: Ports, set_id: UUID) -> RecordSaved[Criterion]:
    """Add an empty criterion at the end of an own set. Raises NotForRoleError, IssuedSetError."""
    with ports.store.write() as work:
        _refuse_to_change(work, set_id)
        there = work.records.having(Criterion, set_id=set_id)
        last = max(there, key=_place, default=None)
        place, code = _free(work, Criterion, set_id, [one.place for one in there])
        criterion = Criterion(
            id=keyed_id(Criterion, office_number(set_id), set_id=set_id, code=code),
            set_id=set_id,
            code=code,
            place=place,
            marking=last.marking if last else Marking.FORWARD,
            part=last.part if last else "",
        )
        return RecordSaved(work.records.put(criterion, shown=None), work.commit())


def remove_criterion(ports: Ports, criterion: Criterion) -> Changes:
    """Take a criterion out of an own set. Raises NotForRoleError, IssuedSetError."""
    with ports.store.write() as work:
        _refuse_to_change(work, criterion.set_id)
        _delete_criterion(work, criterion)
        return work.commit()


def set_groups(ports: Ports, criterion: Criterion, groups: Collection[UUID]) -> Changes:
    """Let a criterion of an own set speak to these groups of subjects and to no others.

    Raises NotForRoleError, IssuedSetError.
    """
    with ports.store.write() as work:
        _refuse_to_change(work, criterion.set_id)
        links = work.records.having(CriterionSubject, criterion_id=criterion.id)
        for link in links:
            if link.group_id not in groups:
                work.records.delete(CriterionSubject, link.id)
        for group_id in sorted(set(groups) - {link.group_id for link in links}):
            _link(work, criterion, group_id)
        return work.commit()


def _link(work: Work, criterion: Criterion, group_id: UUID) -> None:
    """Let a criterion speak to a group; a link that was shared and taken out comes back."""
    key = {"criterion_id": criterion.id, "group_id": group_id}
    link_id = keyed_id(CriterionSubject, office_number(criterion.id), **key)
    if work.records.deleted(CriterionSubject, link_id) is not None:
        work.records.restore(CriterionSubject, link_id)
    else:
        work.records.write(CriterionSubject, link_id, key)


def add_rule(ports: Ports, set_id: UUID) -> RecordSaved[PointRule]:
    """Add an empty rule to an own set. Raises NotForRoleError, IssuedSetError."""
    with ports.store.write() as work:
        _refuse_to_change(work, set_id)
        there = work.records.having(PointRule, set_id=set_id)
        place, code = _free(work, PointRule, set_id, [one.place for one in there])
        rule = PointRule(
            id=keyed_id(PointRule, office_number(set_id), set_id=set_id, code=code),
            set_id=set_id,
            code=code,
            place=place,
            sort=PointSort.PENALTY,
        )
        return RecordSaved(work.records.put(rule, shown=None), work.commit())


def take_usual_rules(ports: Ports, set_id: UUID) -> Changes:
    """Add the usual rules that an own set does not have. Raises NotForRoleError, IssuedSetError."""
    with ports.store.write() as work:
        _refuse_to_change(work, set_id)
        worded = {one.wording for one in work.records.having(PointRule, set_id=set_id)}
        place = max((one.place or 0 for one in point_rules(work, set_id)), default=0)
        for usual in ports.plan().usual_rules:
            key = {"set_id": set_id, "code": usual.code}
            rule_id = keyed_id(PointRule, office_number(set_id), **key)
            if usual.wording in worded or work.records.find(PointRule, rule_id):
                continue
            place += 1
            work.records.put(
                PointRule(
                    id=rule_id,
                    set_id=set_id,
                    code=usual.code,
                    place=place,
                    sort=usual.sort,
                    wording=usual.wording,
                    points=usual.points,
                    bars=usual.bars,
                ),
                shown=None,
            )
        return work.commit()


def issue_set(ports: Ports, shown: CriteriaSet, *, document: str = "") -> RecordSaved[CriteriaSet]:
    """Issue an own set: from now on it stays as it is, and it goes out with the next bundle.

    The province's set goes to all offices.

    Raises:
        NotForRoleError: the set is somebody else's.
        EmptySetError: it has no criteria, or one that says nothing.
        IssuedSetError: it was issued already.
    """
    with ports.store.write() as work:
        _refuse_to_change(work, shown.id)
        if not is_issuable(work.records, shown.id):
            raise EmptySetError(shown.id)
        day = PartialDate.of(ports.now().date())
        wanted = replace(shown, issued_on=day, document=document or shown.document)
        stored = keep(work, wanted, shown=shown)
        work.records.share(list(_parts(work, stored.id)))
        return RecordSaved(stored, work.commit())


def delete_set(ports: Ports, set_id: UUID) -> Changes:
    """Delete an own set that was not issued, with all that is in it.

    Raises:
        NotForRoleError: the set is somebody else's.
        IssuedSetError: it was issued.
        UsedSetError: checklists were filled by it.
    """
    with ports.store.write() as work:
        _refuse_to_change(work, set_id)
        refuse_gone(work.records, work.records.get(CriteriaSet, set_id))
        for criterion in work.records.having(Criterion, set_id=set_id):
            _delete_criterion(work, criterion)
        for rule in work.records.having(PointRule, set_id=set_id):
            work.records.delete(PointRule, rule.id)
        work.records.delete(CriteriaSet, set_id)
        return work.commit()


def _parts(work: Work, set_id: UUID) -> Iterator[tuple[str, UUID]]:
    """Return a set and all that is in it, as kind and id."""
    yield kind_name(CriteriaSet), set_id
    for criterion in work.records.having(Criterion, set_id=set_id):
        yield kind_name(Criterion), criterion.id
        for link in work.records.having(CriterionSubject, criterion_id=criterion.id):
            yield kind_name(CriterionSubject), link.id
    for rule in work.records.having(PointRule, set_id=set_id):
        yield kind_name(PointRule), rule.id


def _delete_criterion(work: Work, criterion: Criterion) -> None:
    for link in work.records.having(CriterionSubject, criterion_id=criterion.id):
        work.records.delete(CriterionSubject, link.id)
    work.records.delete(Criterion, criterion.id)


def _refuse_to_change(work: Work, set_id: UUID | None) -> None:
    """Raise NotForRoleError when a set is somebody else's, IssuedSetError when it is fixed."""
    if set_id is None or office_number(set_id) not in own_numbers(work):
        raise NotForRoleError(UnitRole.PROVINCE.value)
    if is_fixed(work.records, set_id):
        raise IssuedSetError(set_id)


def _free(
    work: Work, kind: type[Record], set_id: UUID, places: Iterable[int | None]
) -> tuple[int, str]:
    """Return the next place in a set and a code that was never used in it.

    A code once used is not used again: what was deleted under it would come back.
    """
    place = max((one or 0 for one in places), default=0) + 1
    return place, next(free_codes(work, kind, set_id, place))


def free_codes(work: Work, kind: type[Record], set_id: UUID, first: int) -> Iterator[str]:
    """Yield the codes from a number on that were never used in a set, without end."""
    number = office_number(set_id)
    return (
        code
        for code in map(str, count(first))
        if not work.records.history(keyed_id(kind, number, set_id=set_id, code=code))
    )


def _place(criterion: Criterion) -> tuple[int, str]:
    return criterion.place or 0, criterion.code


def _order(row: CriteriaSetRow) -> tuple[int, bool, str]:
    is_of_plan = row.is_fixed and row.criteria_set.issued_on is None
    return office_number(row.criteria_set.id), not is_of_plan, row.criteria_set.name


def _unit_name(work: Work, unit_id: UUID | None) -> str:
    unit = work.records.find(Unit, unit_id)
    return unit.name if unit else ""
