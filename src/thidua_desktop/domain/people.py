"""Who can be commended: persons (cá nhân), collectives (tập thể), households (hộ gia đình)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said


class Gender(StrEnum):
    """Giới tính."""

    MALE = "male"
    FEMALE = "female"


@record_kind("Cá nhân")
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person. The name is one field, as the person writes it."""

    full_name: str = said("Họ và tên", required=True, longest=100)
    gender: Gender | UnknownChoice | None = said("Giới tính", blank=None, required=True)
    birth_date: PartialDate | None = said("Ngày sinh", blank=None, required=True)
    position: str = said("Chức vụ, nghề nghiệp", longest=200)
    workplace: str = said("Đơn vị công tác", longest=300)
    address: str = said("Nơi cư trú", longest=300)
    honorific: str = said("Danh xưng", longest=40)
    ethnicity: str = said("Dân tộc", longest=40)
    qualification: str = said("Trình độ", longest=200)
    is_party_member: bool = said("Đảng viên", blank=False)
    unit_id: UUID | None = said("Thuộc đơn vị", blank=None, refers_to="unit")
    group_id: UUID | None = said("Nhóm đối tượng", blank=None, refers_to="subject_group")
    same_as: UUID | None = said("Là một với", owner=Owner.PROVINCE, blank=None, refers_to="person")


@record_kind("Tập thể")
@dataclass(frozen=True, slots=True, kw_only=True)
class Collective(Record):
    """A collective: an office, a part of one, or an enterprise."""

    name: str = said("Tên tập thể", required=True, longest=300)
    unit_id: UUID | None = said("Thuộc đơn vị", blank=None, refers_to="unit")
    group_id: UUID | None = said("Nhóm đối tượng", blank=None, refers_to="subject_group")
    address: str = said("Trụ sở", longest=300)
    phone: str = said("Điện thoại", longest=50)
    head: str = said("Người đứng đầu", longest=100)
    head_position: str = said("Chức vụ người đứng đầu", longest=200)
    headcount: int | None = said("Tổng số người", blank=None, least=0, most=1_000_000)
    duties: str = said("Chức năng, nhiệm vụ", lines=True, longest=4_000)
    same_as: UUID | None = said(
        "Là một với", owner=Owner.PROVINCE, blank=None, refers_to="collective"
    )


@record_kind("Hộ gia đình")
@dataclass(frozen=True, slots=True, kw_only=True)
class Household(Record):
    """A household, under the name of its head."""

    head: str = said("Chủ hộ", required=True, longest=100)
    gender: Gender | UnknownChoice | None = said("Giới tính chủ hộ", blank=None)
    birth_date: PartialDate | None = said("Ngày sinh chủ hộ", blank=None)
    members: int | None = said("Số nhân khẩu", blank=None, least=1, most=100)
    occupation: str = said("Nghề nghiệp", longest=200)
    village: str = said("Thôn, tổ dân phố", longest=200)
    address: str = said("Nơi cư trú", required=True, longest=300)
    unit_id: UUID | None = said("Xã, phường", blank=None, refers_to="unit")
    same_as: UUID | None = said(
        "Là một với", owner=Owner.PROVINCE, blank=None, refers_to="household"
    )
