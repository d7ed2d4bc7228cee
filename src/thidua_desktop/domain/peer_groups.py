"""Peer groups (cụm, khối thi đua): units that compete with each other, and are ranked together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import Record, UnknownChoice, record_kind, said
from thidua_desktop.domain.units import period_issues, stands_between


class PeerGroupKind(StrEnum):
    """Places compete in clusters (cụm), bodies of one sort in blocks (khối)."""

    CLUSTER = "cluster"
    BLOCK = "block"


class PeerGroupRole(StrEnum):
    """Who leads a group; chosen anew every year, so a membership may be one for a year."""

    HEAD = "head"
    DEPUTY = "deputy"


@record_kind("Cụm, khối thi đua")
@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroup(Record):
    """A group as one office set it up: the province its own, a district its own."""

    name: str = said("Tên cụm, khối", required=True, longest=200)
    form: PeerGroupKind | UnknownChoice | None = said("Loại", blank=None, required=True)
    unit_id: UUID | None = said("Đơn vị lập", blank=None, required=True, refers_to="unit")
    valid_from: PartialDate | None = said("Hoạt động từ", blank=None)
    valid_to: PartialDate | None = said("Hoạt động đến", blank=None)
    resolution: str = said("Văn bản thành lập", longest=200)

    def stands_on(self, day: PartialDate) -> bool:
        """Tell whether the group exists on this day."""
        return stands_between(self.valid_from, self.valid_to, day)


@record_kind("Thành viên cụm, khối", key=("group_id", "unit_id", "valid_from"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGroupMember(Record):
    """A unit in a group, from a day to a day."""

    group_id: UUID | None = said("Cụm, khối", blank=None, required=True, refers_to="peer_group")
    unit_id: UUID | None = said("Đơn vị", blank=None, required=True, refers_to="unit")
    valid_from: PartialDate | None = said("Tham gia từ", blank=None)
    valid_to: PartialDate | None = said("Tham gia đến", blank=None)
    role: PeerGroupRole | UnknownChoice | None = said("Vai trò", blank=None)

    def belongs_on(self, day: PartialDate) -> bool:
        """Tell whether the unit is in the group on this day."""
        return stands_between(self.valid_from, self.valid_to, day)


def period_of_group_issues(record: PeerGroup | PeerGroupMember) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a group or a membership as a whole."""
    return period_issues(record.valid_from, record.valid_to)


def members_on(
    members: Iterable[PeerGroupMember], group_id: UUID, day: PartialDate
) -> tuple[PeerGroupMember, ...]:
    """Return who is in a group on a day; a unit entered twice is in it once."""
    found: dict[UUID | None, PeerGroupMember] = {}
    for member in members:
        if member.group_id == group_id and member.belongs_on(day):
            found.setdefault(member.unit_id, member)
    return tuple(found.values())
