"""Use cases around peer groups (cụm, khối): seen as of a day, kept by who set them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.peer_groups import (
    PeerGroup,
    PeerGroupMember,
    PeerGroupRole,
    members_on,
)
from thidua_desktop.domain.records import Record, UnknownChoice, keyed_id, kind_name, values
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.unit_changes import day_before
from thidua_desktop.domain.unit_tree import unit_labels
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Records, Work

Role = PeerGroupRole | UnknownChoice | None
_FIRST = (PeerGroupRole.HEAD, PeerGroupRole.DEPUTY)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A unit in a group; `label` tells it apart from its namesakes."""

    unit: Unit
    label: str
    role: Role


@dataclass(frozen=True, slots=True)
class GroupNode:
    """A group as of a day, heads first; `is_own`: this office may change it."""

    group: PeerGroup
    owner: str
    members: tuple[GroupMember, ...]
    is_own: bool


def peer_groups(ports: Ports, day: PartialDate) -> tuple[GroupNode, ...]:
    """Return the groups of a day, in order of name; a unit is in a group once."""
    with ports.store.read() as work:
        records, me = work.records, work.book.me()
        units = {unit.id: unit for unit in records.having(Unit)}
        members = records.having(PeerGroupMember)
        found = []
        for group in records.having(PeerGroup):
            if not group.stands_on(day):
                continue
            owner = units.get(group.unit_id) if group.unit_id else None
            found.append(
                GroupNode(
                    group=group,
                    owner=owner.name if owner else "",
                    members=_members(members, group, units, day),
                    is_own=office_number(group.id) == me.number,
                )
            )
    return tuple(sorted(found, key=lambda node: (sort_key(node.group.name), node.group.id)))


def new_group(ports: Ports) -> PeerGroup:
    """Return a group of the own office to fill in; nothing is stored."""
    with ports.store.read() as work:
        me = work.book.me()
    return PeerGroup(id=ports.new_id(me.number), unit_id=me.unit_id)


def save_group(
    ports: Ports,
    group: PeerGroup,
    roles: Mapping[UUID, Role],
    *,
    day: PartialDate,
    shown: PeerGroup | None = None,
) -> Changes:
    """Keep a group with its members from a day on, and let the next bundles carry it.

    `roles` names every member. Who is not in it any more was in it until the day before. Members
    of a new group are in it from its own first day.

    Raises:
        InvalidInputError: a field cannot be kept, or is missing.
        NotForRoleError: the group is another office's.
    """
    group = tidied(group)
    issues = [*checked(group)]
    issues += [FieldIssue(n, Issue.MISSING) for n in ("name", "form") if not values(group)[n]]
    if not roles:
        issues.append(FieldIssue("members", Issue.TOO_FEW))
    if issues:
        raise InvalidInputError(tuple(issues))
    with ports.store.write() as work:
        _refuse_others(work, group)
        work.records.put(group, shown=shown)
        since = day if shown else group.valid_from
        changed = [group, *_keep_members(work.records, group, roles, day, since)]
        _share(work, changed)
        return work.commit()


def delete_group(ports: Ports, group: PeerGroup) -> Changes:
    """Delete a group with its memberships. Raises NotForRoleError: it is another office's."""
    with ports.store.write() as work:
        _refuse_others(work, group)
        members = work.records.having(PeerGroupMember, group_id=group.id)
        gone: tuple[Record, ...] = (*members, group)
        for record in gone:
            work.records.delete(type(record), record.id)
        _share(work, gone)
        return work.commit()


def _members(
    members: tuple[PeerGroupMember, ...],
    group: PeerGroup,
    units: Mapping[UUID, Unit],
    day: PartialDate,
) -> tuple[GroupMember, ...]:
    found = [
        (units[one.unit_id], one.role)
        for one in members_on(members, group.id, day)
        if one.unit_id and one.unit_id in units
    ]
    labels = unit_labels([unit for unit, _ in found], units)
    inside = [GroupMember(unit, labels[unit.id], role) for unit, role in found]
    return tuple(sorted(inside, key=_place))


def _place(member: GroupMember) -> tuple[object, ...]:
    rank = _FIRST.index(member.role) if member.role in _FIRST else len(_FIRST)
    return rank, sort_key(member.label), member.unit.id


def _keep_members(
    records: Records,
    group: PeerGroup,
    roles: Mapping[UUID, Role],
    day: PartialDate,
    since: PartialDate | None,
) -> list[Record]:
    everyone = records.having(PeerGroupMember, group_id=group.id)
    inside = {one.unit_id: one for one in members_on(everyone, group.id, day)}
    changed: list[Record] = []
    for unit_id, member in inside.items():
        if unit_id and unit_id in roles:
            wanted = replace(member, role=roles[unit_id])
            if wanted != member:
                changed.append(records.put(wanted, shown=member))
        elif member.valid_from == day:
            records.delete(PeerGroupMember, member.id)
            changed.append(member)
        else:
            left = replace(member, valid_to=day_before(day))
            changed.append(records.put(left, shown=member))
    for unit_id, role in roles.items():
        if unit_id not in inside:
            key = {"group_id": group.id, "unit_id": unit_id, "valid_from": since}
            member_id = keyed_id(PeerGroupMember, office_number(group.id), **key)
            fields = key | {"role": role, "valid_to": None}
            records.write(PeerGroupMember, member_id, fields)
            changed.append(PeerGroupMember(id=member_id))
    return changed


def _refuse_others(work: Work, group: PeerGroup) -> None:
    me = work.book.me()
    if office_number(group.id) != me.number:
        needed = UnitRole.OFFICE if me.is_province else UnitRole.PROVINCE
        raise NotForRoleError(needed.value)


def _share(work: Work, records: list[Record] | tuple[Record, ...]) -> None:
    work.records.share([(kind_name(type(record)), record.id) for record in records])
