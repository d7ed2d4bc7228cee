"""Who can be commended: persons (cá nhân), collectives (tập thể), households (hộ gia đình)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said


class Gender(StrEnum):
    """Giới tính."""

    MALE = "male"
    FEMALE = "female"


class NomineeClass(StrEnum):
    """Which class of persons or collectives a nominee counts in (phân loại đối tượng)."""

    PROVINCE_LEADER = "province_leader"
    DEPARTMENT_LEADER = "department_leader"
    DIVISION_LEADER = "division_leader"
    OTHER_LEADER = "other_leader"
    ENTREPRENEUR = "entrepreneur"
    WORKER = "worker"
    PARTY_BODY = "party_body"
    CENTRAL_BODY = "central_body"
    ADMINISTRATION = "administration"
    SERVICE_UNIT = "service_unit"
    ENTERPRISE = "enterprise"
    COOPERATIVE = "cooperative"
    OTHER = "other"


class WorkField(StrEnum):
    """In which field a nominee works (lĩnh vực hoạt động)."""

    SECURITY = "security"
    PRESS = "press"
    INSURANCE = "insurance"
    PARTY = "party"
    UNIONS = "unions"
    INDUSTRY = "industry"
    LEGISLATURE = "legislature"
    EDUCATION = "education"
    TRANSPORT = "transport"
    PLANNING = "planning"
    ECONOMY = "economy"
    SCIENCE = "science"
    LABOUR = "labour"
    AGRICULTURE = "agriculture"
    FOREIGN = "foreign"
    GOVERNMENT = "government"
    FINANCE = "finance"
    ENVIRONMENT = "environment"
    RELIGION = "religion"
    JUSTICE = "justice"
    CULTURE = "culture"
    CONSTRUCTION = "construction"
    HEALTH = "health"


@record_kind("Cá nhân")
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person. The name is one field, as the person writes it."""

    full_name: str = said("Họ và tên", required=True, longest=100)
    gender: Gender | UnknownChoice | None = said("Giới tính", blank=None, required=True)
    birth_date: PartialDate | None = said("Ngày sinh", blank=None, required=True, past=True)
    position: str = said("Chức vụ, nghề nghiệp", longest=200)
    workplace: str = said("Đơn vị công tác", longest=300, sticky=True)
    address: str = said("Nơi cư trú", longest=300)
    honorific: str = said("Danh xưng", longest=40)
    ethnicity: str = said("Dân tộc", longest=40)
    qualification: str = said("Trình độ", longest=200)
    is_party_member: bool = said("Đảng viên", blank=False)
    unit_id: UUID | None = said("Thuộc đơn vị", blank=None, refers_to="unit", sticky=True)
    group_id: UUID | None = said(
        "Nhóm đối tượng", blank=None, refers_to="subject_group", sticky=True
    )
    same_as: UUID | None = said("Là một với", owner=Owner.PROVINCE, blank=None, refers_to="person")
    phone: str = said("Điện thoại", longest=50)
    native_place: str = said("Quê quán", longest=300)
    department: str = said("Phòng, ban, tổ", longest=200)
    party_position: str = said("Chức vụ Đảng", longest=200)
    union_position: str = said("Chức vụ đoàn thể", longest=200)
    academic_titles: str = said("Học hàm, học vị, giải thưởng", longest=300)
    duties: str = said("Quyền hạn, nhiệm vụ được giao", lines=True, longest=4_000)
    nominee_class: NomineeClass | UnknownChoice | None = said(
        "Phân loại đối tượng", blank=None, sticky=True
    )
    work_field: WorkField | UnknownChoice | None = said(
        "Lĩnh vực hoạt động", blank=None, sticky=True
    )


@record_kind("Tập thể")
@dataclass(frozen=True, slots=True, kw_only=True)
class Collective(Record):
    """A collective: an office, a part of one, or an enterprise."""

    name: str = said("Tên tập thể", required=True, longest=300)
    unit_id: UUID | None = said("Thuộc đơn vị", blank=None, refers_to="unit", sticky=True)
    group_id: UUID | None = said(
        "Nhóm đối tượng", blank=None, refers_to="subject_group", sticky=True
    )
    address: str = said("Trụ sở", longest=300)
    phone: str = said("Điện thoại", longest=50)
    head: str = said("Người đứng đầu", longest=100)
    head_position: str = said("Chức vụ người đứng đầu", longest=200)
    headcount: int | None = said("Tổng số người", blank=None, least=0, most=1_000_000)
    duties: str = said("Chức năng, nhiệm vụ", lines=True, longest=4_000)
    same_as: UUID | None = said(
        "Là một với", owner=Owner.PROVINCE, blank=None, refers_to="collective"
    )
    fax: str = said("Fax", longest=50)
    website: str = said("Trang tin điện tử", longest=200)
    history: str = said("Quá trình thành lập và phát triển", lines=True, longest=4_000)
    features: str = said("Đặc điểm chính", lines=True, longest=4_000)
    structure: str = said("Cơ cấu tổ chức", lines=True, longest=2_000)
    women: int | None = said("Số nữ", blank=None, least=0, most=1_000_000)
    party_members: int | None = said("Số đảng viên", blank=None, least=0, most=1_000_000)
    qualification: str = said("Trình độ đội ngũ", longest=500)
    facilities: str = said("Cơ sở vật chất", lines=True, longest=2_000)
    bodies: str = said("Tổ chức đảng, đoàn thể", lines=True, longest=2_000)
    nominee_class: NomineeClass | UnknownChoice | None = said(
        "Phân loại đối tượng", blank=None, sticky=True
    )
    work_field: WorkField | UnknownChoice | None = said(
        "Lĩnh vực hoạt động", blank=None, sticky=True
    )


@record_kind("Hộ gia đình")
@dataclass(frozen=True, slots=True, kw_only=True)
class Household(Record):
    """A household, under the name of its head."""

    head: str = said("Chủ hộ", required=True, longest=100)
    gender: Gender | UnknownChoice | None = said("Giới tính chủ hộ", blank=None)
    birth_date: PartialDate | None = said("Ngày sinh chủ hộ", blank=None, past=True)
    members: int | None = said("Số nhân khẩu", blank=None, least=1, most=100)
    occupation: str = said("Nghề nghiệp", longest=200)
    village: str = said("Thôn, tổ dân phố", longest=200)
    address: str = said("Nơi cư trú", required=True, longest=300, sticky=True)
    unit_id: UUID | None = said("Xã, phường", blank=None, refers_to="unit", sticky=True)
    same_as: UUID | None = said(
        "Là một với", owner=Owner.PROVINCE, blank=None, refers_to="household"
    )
    phone: str = said("Điện thoại", longest=50)
    ethnicity: str = said("Dân tộc", longest=40)
    work_field: WorkField | UnknownChoice | None = said(
        "Lĩnh vực hoạt động", blank=None, sticky=True
    )


def collective_issues(collective: Collective) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a collective as a whole: no part is more than all."""
    whole = collective.headcount
    parts = {"women": collective.women, "party_members": collective.party_members}
    return tuple(
        FieldIssue(name, Issue.MORE_THAN_ALL)
        for name, part in parts.items()
        if whole is not None and part is not None and part > whole
    )
