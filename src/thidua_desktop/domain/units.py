"""Units (đơn vị): the offices and localities that compete, report and propose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import UnknownUnitError
from thidua_desktop.domain.ids import MOST_OFFICES
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said, specs

_OLDEST = PartialDate(1)


class UnitLevel(StrEnum):
    """Where a unit stands (cấp); proposals travel upwards only."""

    CENTRAL = "central"
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"


PLACES = frozenset({UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE})


class UnitRole(StrEnum):
    """What an office may do in the program."""

    OFFICE = "office"
    DEPARTMENT = "department"
    PROVINCE = "province"


class SuccessionKind(StrEnum):
    """How one unit followed another (kế thừa)."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    ABOLISH = "abolish"


class AuthorityPrefix(StrEnum):
    """By whose power a paper is signed (quyền hạn ký, Decree 30/2020)."""

    ON_BEHALF = "TM."
    DEPUTY = "KT."
    ACTING = "Q."
    BY_ORDER = "TL."
    DELEGATED = "TUQ."


@record_kind("Đơn vị", owner=Owner.PROVINCE, key=("code", "valid_from"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """One unit of the register, valid between two dates; its code is no identity over time."""

    code: str = said("Mã đơn vị", required=True, longest=40)
    name: str = said("Tên đơn vị", required=True, longest=200)
    level: UnitLevel | UnknownChoice | None = said("Cấp", blank=None, required=True)
    parent_id: UUID | None = said("Trực thuộc", blank=None, refers_to="unit")
    valid_from: PartialDate | None = said("Có hiệu lực từ", blank=None)
    valid_to: PartialDate | None = said("Hết hiệu lực", blank=None)
    number: int | None = said("Số hiệu cơ quan", blank=None, least=0, most=MOST_OFFICES)
    short_name: str = said("Tên gọi tắt", longest=100)
    document_code: str = said("Ký hiệu văn bản", longest=30)
    form: str = said("Loại hình", longest=60)
    address: str = said("Địa chỉ", owner=Owner.OFFICE, longest=300)
    phone: str = said("Điện thoại", owner=Owner.OFFICE, longest=50)
    same_as: UUID | None = said("Là một với", owner=Owner.PROVINCE, blank=None, refers_to="unit")
    fax: str = said("Fax", owner=Owner.OFFICE, longest=50)
    email: str = said("Thư điện tử", owner=Owner.OFFICE, longest=100)
    website: str = said("Trang thông tin điện tử", owner=Owner.OFFICE, longest=200)
    shows_contact: bool = said("In địa chỉ ở cuối trang đầu", owner=Owner.OFFICE, blank=False)

    def stands_on(self, day: PartialDate) -> bool:
        """Tell whether the unit exists on this day."""
        return stands_between(self.valid_from, self.valid_to, day)


# What an office says of itself, and proposes to the province.
OWN_WORDS = tuple(spec.name for spec in specs(Unit) if spec.owner is Owner.OFFICE)


@record_kind("Kế thừa đơn vị", owner=Owner.PROVINCE, key=("from_id", "to_id", "date"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Record):
    """What became of a unit: which unit followed it, from when, by which resolution."""

    from_id: UUID | None = said("Đơn vị cũ", blank=None, required=True, refers_to="unit")
    to_id: UUID | None = said("Đơn vị kế thừa", blank=None, refers_to="unit")
    date: PartialDate | None = said("Ngày hiệu lực", blank=None, required=True)
    way: SuccessionKind | UnknownChoice | None = said("Hình thức", blank=None, required=True)
    resolution: str = said("Văn bản quyết định", longest=200)
    resolution_date: PartialDate | None = said("Ngày ban hành văn bản", blank=None)


@record_kind("Người ký")
@dataclass(frozen=True, slots=True, kw_only=True)
class Signer(Record):
    """Who signs the papers of a unit, by which power, during which term."""

    unit_id: UUID | None = said("Đơn vị", blank=None, required=True, refers_to="unit")
    full_name: str = said("Họ và tên", required=True, longest=100)
    position: str = said("Chức vụ", required=True, longest=200)
    prefix: AuthorityPrefix | UnknownChoice | None = said("Quyền hạn ký", blank=None)
    valid_from: PartialDate | None = said("Từ ngày", blank=None)
    valid_to: PartialDate | None = said("Đến ngày", blank=None)


def unit_by_code(units: Iterable[Unit], code: str) -> Unit:
    """Return the unit that a code means today: the latest of those that bear it.

    Ids of departments (`ubnd-343`) and codes of places (`13225`) are codes alike.

    Raises:
        UnknownUnitError: no unit bears the code.
    """
    wanted = code.strip().lower()
    namesakes = [unit for unit in units if unit.code == wanted]
    if not namesakes:
        raise UnknownUnitError(code)
    return max(namesakes, key=lambda unit: (unit.valid_from or _OLDEST, unit.id))


def office_role(unit: Unit) -> UnitRole:
    """Return what an enrolled unit is in the exchange."""
    return UnitRole.DEPARTMENT if unit.level is UnitLevel.DEPARTMENT else UnitRole.OFFICE


def free_number(units: Iterable[Unit]) -> int:
    """Return an office number that none of these units, standing or over, was ever given."""
    return 1 + max((unit.number or 0 for unit in units), default=0)


def sharing_numbers(units: Iterable[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """Return the units that stand at once under one office number, those of each together.

    One that was renamed keeps its number, and ends before its new name begins.
    """
    by_number: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.number:
            by_number.setdefault(unit.number, []).append(unit)
    found = []
    for _, group in sorted(by_number.items()):
        both = [u for u in group if any(o.id != u.id and overlap(u, o) for o in group)]
        if both:
            found.append(tuple(sorted(both, key=lambda unit: unit.id)))
    return tuple(found)


def code_issues(
    namesakes: Iterable[Unit], unit: Unit, *, is_new: bool = False
) -> tuple[FieldIssue, ...]:
    """Return the complaint about a code that another unit bears at the same time.

    Over time a code passes on. The id of a new unit follows from its code: one that is there
    under it is another.
    """
    named = (one for one in namesakes if one.code == unit.code)
    others = (one for one in named if is_new or one.id != unit.id)
    is_taken = unit.code and any(overlap(unit, other) for other in others)
    return (FieldIssue("code", Issue.TAKEN),) if is_taken else ()


def overlap(one: Unit, other: Unit) -> bool:
    """Tell whether two units stand on one and the same day at least once."""
    return _begins_by_the_end(one, other) and _begins_by_the_end(other, one)


def _begins_by_the_end(one: Unit, other: Unit) -> bool:
    if one.valid_from is None or other.valid_to is None:
        return True
    return one.valid_from.first_day() <= other.valid_to.last_day()


def stands_between(start: PartialDate | None, end: PartialDate | None, day: PartialDate) -> bool:
    """Tell whether a day lies between two others, both within; where one is open, all are."""
    began = start is None or start.first_day() <= day.first_day()
    return began and (end is None or day.first_day() <= end.last_day())


def unit_issues(unit: Unit) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a unit as a whole."""
    issues = []
    if not re.fullmatch("[a-z0-9-]*", unit.code):
        issues.append(FieldIssue("code", Issue.NOT_A_CODE))
    if unit.parent_id == unit.id:
        issues.append(FieldIssue("parent_id", Issue.OWN_PARENT))
    return (*issues, *period_issues(unit.valid_from, unit.valid_to))


def succession_issues(succession: Succession) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a step as a whole."""
    if succession.from_id is not None and succession.from_id == succession.to_id:
        return (FieldIssue("to_id", Issue.OWN_HEIR),)
    return ()


def signer_issues(signer: Signer) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a signer as a whole."""
    return period_issues(signer.valid_from, signer.valid_to)


def period_issues(
    start: PartialDate | None, end: PartialDate | None, field: str = "valid_to"
) -> tuple[FieldIssue, ...]:
    """Return the complaint about a period that ends before it starts."""
    if start and end and end.last_day() < start.first_day():
        return (FieldIssue(field, Issue.ENDS_BEFORE_START),)
    return ()
