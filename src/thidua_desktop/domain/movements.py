"""Movements (phong trào thi đua): their stages, who owes what by when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
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


class DocumentSort(StrEnum):
    """What a document of the movement is (loại văn bản)."""

    PLAN = "plan"
    PROGRAM = "program"
    CRITERIA = "criteria"
    GUIDANCE = "guidance"
    RULES = "rules"
    REPORT = "report"
    OTHER = "other"


class SavingsField(StrEnum):
    """In what is saved (lĩnh vực tiết kiệm)."""

    REGULAR = "regular"
    PROCUREMENT = "procurement"
    INVESTMENT = "investment"
    ASSETS = "assets"
    ENERGY = "energy"
    STAFF = "staff"
    LAND = "land"
    CAPITAL = "capital"
    OTHER = "other"


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
    paper: DocumentSort | UnknownChoice | None = said("Loại văn bản phải có", blank=None)


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


@record_kind("Văn bản của phong trào")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument(Record):
    """A document that a unit issued for the movement, and what it owed that this fulfils."""

    unit_id: UUID | None = said("Đơn vị ban hành", blank=None, required=True, refers_to="unit")
    sort: DocumentSort | UnknownChoice | None = said(
        "Loại văn bản", blank=None, required=True, sticky=True
    )
    number: str = said("Số, ký hiệu", longest=60)
    issued_on: PartialDate | None = said("Ngày ban hành", blank=None, required=True, past=True)
    summary: str = said("Trích yếu", required=True, lines=True, longest=1_000)
    year: int | None = said(
        "Cho năm", blank=None, required=True, least=1945, most=2200, sticky=True
    )
    obligation_id: UUID | None = said(
        "Thực hiện việc phải làm", blank=None, refers_to="obligation", sticky=True
    )
    note: str = said("Ghi chú", longest=500)


@record_kind("Chỉ tiêu tiết kiệm")
@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsTarget(Record):
    """What a unit means to save in a year by its thrift program, and what it reached."""

    unit_id: UUID | None = said("Đơn vị", blank=None, required=True, refers_to="unit")
    year: int | None = said("Năm", blank=None, required=True, least=1945, most=2200, sticky=True)
    field: SavingsField | UnknownChoice | None = said(
        "Lĩnh vực", blank=None, required=True, sticky=True
    )
    name: str = said("Chỉ tiêu", required=True, lines=True, longest=500)
    measure: str = said("Đơn vị tính", longest=60, sticky=True)
    planned: Decimal | None = said("Kế hoạch", blank=None, required=True, least=0)
    reached: Decimal | None = said("Thực hiện", blank=None, least=0)
    note: str = said("Ghi chú", lines=True, longest=1_000)


@record_kind("Đăng ký thi đua")
@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Record):
    """Who registered for a year what to strive for, and by which pledge (giao ước).

    `name` is as the pledge has it: it stays when the person or collective it refers to goes.
    """

    unit_id: UUID | None = said("Đơn vị", blank=None, required=True, refers_to="unit")
    year: int | None = said("Năm", blank=None, required=True, least=1945, most=2200, sticky=True)
    person_id: UUID | None = said("Cá nhân trong danh sách", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể trong danh sách", blank=None, refers_to="collective")
    name: str = said("Người, tập thể đăng ký", required=True, longest=300)
    position: str = said("Chức vụ, đơn vị", longest=300)
    award_form_id: UUID | None = said(
        "Hình thức đăng ký", blank=None, refers_to="award_form", sticky=True
    )
    title: str = said("Danh hiệu, nội dung đăng ký", required=True, longest=300, sticky=True)
    signed_on: PartialDate | None = said("Ngày ký giao ước", blank=None, past=True, sticky=True)
    number: str = said("Số giao ước, bản đăng ký", longest=60, sticky=True)
    note: str = said("Ghi chú", longest=500)


def registration_issues(registration: Registration) -> tuple[FieldIssue, ...]:
    """Return whether a registration is of two who register."""
    if registration.person_id is not None and registration.collective_id is not None:
        return (FieldIssue("collective_id", Issue.ONE_HOLDER),)
    return ()


def reached_percent(target: SavingsTarget) -> Decimal | None:
    """Return what was reached of the plan, in per cent to two places.

    Nothing where one of both is not known, or nothing was planned.
    """
    if target.reached is None or not target.planned:
        return None
    return (target.reached / target.planned * 100).quantize(Decimal("0.01"))
