"""Merit (thành tích): what is known of a nominee beyond who it is, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.awards import AwardFormKind
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.records import (
    Record,
    UnknownChoice,
    record_kind,
    replace_values,
    said,
)
from thidua_desktop.domain.units import period_issues

FIRST_YEAR, LAST_YEAR = 1945, 2200
HOLDERS = ("person_id", "collective_id", "household_id")


class PositionSort(StrEnum):
    """In which body a position is held."""

    GOVERNMENT = "government"
    PARTY = "party"
    UNION = "union"


class AchievementSort(StrEnum):
    """What part of a report an achievement belongs to."""

    RESULT = "result"
    MEASURE = "measure"
    COMPLIANCE = "compliance"
    BODIES = "bodies"
    FIGURE = "figure"  # one of several years, to be compared in a table


class InitiativeScope(StrEnum):
    """How far an initiative has effect (phạm vi ảnh hưởng)."""

    GRASSROOTS = "grassroots"
    DISTRICT = "district"
    PROVINCE = "province"
    NATIONAL = "national"


class RatingOf(StrEnum):
    """What was rated."""

    WORK = "work"
    PARTY = "party"
    UNION = "union"


class RatingLevel(StrEnum):
    """How well the work of a year was done (mức hoàn thành nhiệm vụ)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    NOT_DONE = "not_done"


class AwardBasis(StrEnum):
    """For what an award was given (loại hình khen thưởng)."""

    MERIT = "merit"
    SUDDEN = "sudden"
    MOVEMENT = "movement"
    DEVOTION = "devotion"
    TENURE = "tenure"
    FOREIGN = "foreign"


@record_kind("Chức vụ theo thời gian")
@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """A position that a person held for a time, where, in which body."""

    person_id: UUID | None = said("Cá nhân", blank=None, required=True, refers_to="person")
    sort: PositionSort | UnknownChoice | None = said("Khối", blank=None)
    title: str = said("Chức vụ", required=True, longest=200)
    workplace: str = said("Đơn vị công tác", longest=300)
    held_from: PartialDate | None = said("Từ", blank=None, required=True, past=True)
    held_to: PartialDate | None = said("Đến", blank=None)
    note: str = said("Ghi chú", longest=500)


@record_kind("Thành tích")
@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement(Record):
    """What was reached in a year, with its figure."""

    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    household_id: UUID | None = said("Hộ gia đình", blank=None, refers_to="household")
    year: int | None = said(
        "Năm", blank=None, required=True, least=FIRST_YEAR, most=LAST_YEAR, past=True
    )
    sort: AchievementSort | UnknownChoice | None = said("Mục", blank=None)
    wording: str = said("Nội dung thành tích", required=True, lines=True, longest=4_000)
    quantity: Decimal | None = said("Số lượng", blank=None)
    measure: str = said("Đơn vị tính", longest=60)


@record_kind("Sáng kiến")
@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Record):
    """A recognised initiative or research; it may serve one proposal only."""

    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    name: str = said("Tên sáng kiến, đề tài", required=True, longest=500)
    year: int | None = said(
        "Năm công nhận", blank=None, required=True, least=FIRST_YEAR, most=LAST_YEAR, past=True
    )
    scope: InitiativeScope | UnknownChoice | None = said("Phạm vi ảnh hưởng", blank=None)
    authors: str = said("Đồng tác giả", longest=300)
    decision_number: str = said("Số quyết định công nhận", longest=60)
    decision_date: PartialDate | None = said("Ngày quyết định", blank=None, past=True)
    issuer: str = said("Cơ quan công nhận", longest=300)
    summary: str = said("Tóm tắt hiệu quả", lines=True, longest=4_000)


@record_kind("Sáng kiến dùng cho đề nghị")
@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeClaim(Record):
    """That a proposal rests on an initiative. A second one for the same initiative is a finding."""

    proposal_id: UUID | None = said("Đề nghị", blank=None, required=True, refers_to="proposal")
    initiative_id: UUID | None = said(
        "Sáng kiến", blank=None, required=True, refers_to="initiative"
    )


@record_kind("Xếp loại hằng năm")
@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyRating(Record):
    """How a year was rated, by which decision."""

    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    year: int | None = said(
        "Năm", blank=None, required=True, least=FIRST_YEAR, most=LAST_YEAR, past=True
    )
    sort: RatingOf | UnknownChoice | None = said("Xếp loại về", blank=None)
    level: RatingLevel | UnknownChoice | None = said("Mức xếp loại", blank=None, required=True)
    decision_number: str = said("Số quyết định", longest=60)
    decision_date: PartialDate | None = said("Ngày quyết định", blank=None, past=True)
    issuer: str = said("Cơ quan ban hành", longest=300)


@record_kind("Khen thưởng đã nhận")
@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAward(Record):
    """A title or commendation already held, by which decision; `title` as it stands there."""

    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    household_id: UUID | None = said("Hộ gia đình", blank=None, refers_to="household")
    year: int | None = said(
        "Năm", blank=None, required=True, least=FIRST_YEAR, most=LAST_YEAR, past=True
    )
    award_form_id: UUID | None = said("Hình thức", blank=None, refers_to="award_form")
    title: str = said("Tên danh hiệu, hình thức", required=True, longest=300)
    sort: AwardFormKind | UnknownChoice | None = said("Loại", blank=None)
    basis: AwardBasis | UnknownChoice | None = said("Loại hình khen thưởng", blank=None)
    movement_id: UUID | None = said("Trong phong trào", blank=None, refers_to="movement")
    decision_number: str = said("Số quyết định", longest=60)
    decision_date: PartialDate | None = said("Ngày quyết định", blank=None, past=True)
    issuer: str = said("Cơ quan ban hành", longest=300)


def holder_of(record: Record) -> UUID | None:
    """Return the nominee that a record of merit is about."""
    held = (getattr(record, name, None) for name in HOLDERS)
    return next((one for one in held if one is not None), None)


def position_issues(position: Position) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a position as a whole."""
    return period_issues(position.held_from, position.held_to, field="held_to")


def holder_issues(record: Record) -> tuple[FieldIssue, ...]:
    """Return whether a record is about more than one nominee."""
    held = [name for name in HOLDERS if getattr(record, name, None) is not None]
    return tuple(FieldIssue(name, Issue.ONE_HOLDER) for name in held[1:])


def decided_issues(record: Record) -> tuple[FieldIssue, ...]:
    """Return what is wrong with something that a decision recognised for a year."""
    return (*holder_issues(record), *_before_year(record))


def _before_year(record: Record) -> Iterator[FieldIssue]:
    year, decided = getattr(record, "year", None), getattr(record, "decision_date", None)
    if year is not None and decided is not None and decided.year < year:
        yield FieldIssue("decision_date", Issue.BEFORE_YEAR)


def as_on(person: Person, positions: Iterable[Position], day: date) -> Person:
    """Return the person with the positions of a day; what no position says stays as it is."""
    found: dict[str, str] = {}
    for one in held_on(positions, day):
        match one.sort:
            case PositionSort.PARTY:
                found["party_position"] = one.title
            case PositionSort.UNION:
                found["union_position"] = one.title
            case _:
                found |= {"position": one.title, "workplace": one.workplace or person.workplace}
    return replace_values(person, found)


def held_on(positions: Iterable[Position], day: date) -> tuple[Position, ...]:
    """Return the positions held on a day, the latest of each body, government's first.

    A date known to the month or year counts from its first day to its last.
    """
    order = tuple(PositionSort)
    latest: dict[int, Position] = {}
    for one in sorted(positions, key=lambda p: (p.held_from or PartialDate(1), p.id)):
        starts = one.held_from is not None and one.held_from.first_day() <= day
        if starts and (one.held_to is None or day <= one.held_to.last_day()):
            place = order.index(one.sort) if isinstance(one.sort, PositionSort) else 0
            latest[place] = one
    return tuple(latest[place] for place in sorted(latest))
