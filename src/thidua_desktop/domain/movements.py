"""Movements (phong trào thi đua): their stages, and who owes what by when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said


class Recurrence(StrEnum):
    """When an obligation is due: on one date, every year, or in the course of a year."""

    ONCE = "once"
    YEARLY = "yearly"
    YEAR = "year"


class Debtor(StrEnum):
    """Who owes an obligation."""

    DEPARTMENTS = "departments"
    OFFICES = "offices"
    PROVINCE = "province"


@record_kind("Phong trào thi đua", owner=Owner.PROVINCE, key=("code",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Record):
    """A movement, as the plan that starts it says."""

    code: str = said("Mã phong trào", required=True, longest=40)
    name: str = said("Tên phong trào", required=True, longest=400)
    plan_number: str = said("Số kế hoạch", longest=60)
    plan_date: PartialDate | None = said("Ngày ban hành", blank=None)
    issuer: str = said("Cơ quan ban hành", longest=200)
    first_year: int | None = said("Từ năm", blank=None, least=1945, most=2200)
    last_year: int | None = said("Đến năm", blank=None, least=1945, most=2200)


@record_kind("Giai đoạn", owner=Owner.PROVINCE, key=("movement_id", "place"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Record):
    """A stage (giai đoạn) of a movement."""

    movement_id: UUID | None = said("Phong trào", blank=None, required=True, refers_to="movement")
    place: int | None = said("Thứ tự", blank=None, least=1, most=99)
    name: str = said("Tên giai đoạn", required=True, longest=100)
    first_year: int | None = said("Từ năm", blank=None, least=1945, most=2200)
    last_year: int | None = said("Đến năm", blank=None, least=1945, most=2200)
    wording: str = said("Nguyên văn kế hoạch", lines=True, longest=4_000)


@record_kind("Việc phải làm", owner=Owner.PROVINCE, key=("movement_id", "code"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Record):
    """Who owes what by when. The due day itself is on time, the next day is late."""

    movement_id: UUID | None = said("Phong trào", blank=None, required=True, refers_to="movement")
    code: str = said("Mã", required=True, longest=40)
    debtor: Debtor | UnknownChoice | None = said("Ai thực hiện", blank=None)
    task: str = said("Nội dung", required=True, longest=1_000)
    recurrence: Recurrence | UnknownChoice | None = said("Thời hạn", blank=None, required=True)
    due_date: PartialDate | None = said("Hạn", blank=None)
    month: int | None = said("Tháng", blank=None, least=1, most=12)
    day: int | None = said("Ngày", blank=None, least=1, most=31)
    first_year: int | None = said("Từ năm", blank=None, least=1945, most=2200)
    last_year: int | None = said("Đến năm", blank=None, least=1945, most=2200)
    section: str = said("Mục của kế hoạch", longest=40)
    wording: str = said("Nguyên văn thời hạn", longest=400)
    recipient: str = said("Gửi đến", longest=400)


@record_kind("Phân công", owner=Owner.PROVINCE, key=("movement_id", "code", "unit_id"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """A task that section VI of the plan gives to a unit or a group of units."""

    movement_id: UUID | None = said("Phong trào", blank=None, required=True, refers_to="movement")
    code: str = said("Mã", required=True, longest=40)
    unit_id: UUID | None = said("Đơn vị", blank=None, refers_to="unit")
    who: str = said("Ai thực hiện", longest=400)
    is_lead: bool = said("Chủ trì", blank=False)
    lead_fields: str = said("Lĩnh vực chủ trì", longest=1_000)
    section: str = said("Mục của kế hoạch", longest=40)
    wording: str = said("Nguyên văn kế hoạch", lines=True, longest=4_000)
