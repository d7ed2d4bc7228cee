"""Changes of the register by a resolution: units merged, split, renamed or abolished.

A plan says everything that a change writes; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.lineage import heirs_on
from thidua_desktop.domain.peer_groups import PeerGroupMember
from thidua_desktop.domain.records import Record, keyed_id
from thidua_desktop.domain.units import (
    OWN_WORDS,
    PLACES,
    Succession,
    SuccessionKind,
    Unit,
    free_number,
    overlap,
)

_FORMS = (
    *("Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Thành phố", "Thị xã", "Tỉnh"),
    *("Sở", "Ban", "Phòng", "Trung tâm", "Chi cục"),
)
_LEAST_MERGED, _LEAST_PARTS = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit that a resolution sets up; what it does not say follows from the old units."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """What a resolution says, in force from a day.

    Units are merged into a new one, or `into` one that goes on as it is. A unit that is split
    ends, unless it `stays` and only gives something away.
    """

    way: SuccessionKind
    day: PartialDate | None
    old: tuple[UUID, ...]
    new: tuple[NewUnit, ...] = ()
    into: UUID | None = None
    stays: bool = False
    resolution: str = ""
    resolution_date: PartialDate | None = None

    @property
    def eve(self) -> PartialDate:
        """Return the last day before it."""
        if self.day is None:
            raise ValueError(self)
        return day_before(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What a change is planned on: everything there is, and which office plans."""

    office: int
    units: Mapping[UUID, Unit]
    successions: tuple[Succession, ...] = ()
    members: tuple[PeerGroupMember, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """Everything that a change writes, each as it was and as it will be; `carried` are units that
    stand under an ended one: they go along with its heirs, and are not written.
    """

    change: UnitChange
    ended: tuple[tuple[Unit, Unit], ...]
    born: tuple[Unit, ...]
    steps: tuple[Succession, ...]
    left: tuple[tuple[PeerGroupMember, PeerGroupMember], ...]
    joined: tuple[PeerGroupMember, ...]
    carried: tuple[Unit, ...]

    @property
    def writes(self) -> tuple[tuple[Record | None, Record], ...]:
        """Return what is written, in an order in which what is referred to comes first."""
        new: tuple[Record, ...] = (*self.born, *self.steps, *self.joined)
        return (*self.ended, *self.left, *((None, record) for record in new))


def day_before(day: PartialDate) -> PartialDate:
    """Return the eve of a day."""
    return PartialDate.of(day.first_day() - timedelta(days=1))


def may_end_on(unit: Unit, day: PartialDate) -> bool:
    """Tell whether a change of this day can concern a unit: it stands, and no end is set yet."""
    return unit.valid_to is None and unit.stands_on(day) and unit.stands_on(day_before(day))


def change_issues(change: UnitChange, register: Register) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a change; `code.1` is the code of the second new unit."""
    issues = list(_paper_issues(change))
    if change.day is None or not change.day.is_full:
        return (*issues, FieldIssue("day", Issue.NOT_A_DATE if change.day else Issue.MISSING))
    issues += _old_issues(change, register)
    issues += _heir_issues(change, register)
    if issues:
        return tuple(issues)
    for place, unit in enumerate(_born(change, register)):
        issues += [FieldIssue(f"{one.field}.{place}", one.issue) for one in checked(unit)]
        issues += [FieldIssue(f"{name}.{place}", Issue.MISSING) for name in _empty(unit)]
        if _is_taken(unit, change, register):
            issues.append(FieldIssue(f"code.{place}", Issue.TAKEN))
    codes = [one.code.strip().lower() for one in change.new]
    issues += [
        FieldIssue(f"code.{n}", Issue.TAKEN) for n, one in enumerate(codes) if one in codes[:n]
    ]
    return tuple(dict.fromkeys(issues))


def plan_change(change: UnitChange, register: Register) -> ChangePlan:
    """Return everything that a change without issues writes."""
    old = [register.units[one] for one in change.old]
    born = _born(change, register)
    ending = () if change.stays else tuple(old)
    heirs = born or tuple(register.units[one] for one in (change.into,) if one)
    return ChangePlan(
        change=change,
        ended=tuple((unit, replace(unit, valid_to=change.eve)) for unit in ending),
        born=born,
        steps=tuple(_steps(change, old, heirs)),
        left=tuple(_left(ending, change, register)),
        joined=tuple(_joined(old, born, change, register)),
        carried=_carried(ending, change, register),
    )


def _paper_issues(change: UnitChange) -> Iterator[FieldIssue]:
    if not change.resolution.strip():
        yield FieldIssue("resolution", Issue.MISSING)
    if change.resolution_date is None:
        yield FieldIssue("resolution_date", Issue.MISSING)


def _old_issues(change: UnitChange, register: Register) -> Iterator[FieldIssue]:
    merges_anew = change.way is SuccessionKind.MERGE and change.into is None
    if len(change.old) < (_LEAST_MERGED if merges_anew else 1):
        yield FieldIssue("old", Issue.TOO_FEW)
    if change.way is not SuccessionKind.MERGE and len(change.old) > 1:
        yield FieldIssue("old", Issue.TOO_MANY)
    known = [register.units.get(one) for one in change.old]
    day = change.day
    if day and any(unit is None or not may_end_on(unit, day) for unit in known):
        yield FieldIssue("old", Issue.NOT_STANDING)
    if len({unit.level for unit in known if unit}) > 1:
        yield FieldIssue("old", Issue.SEVERAL_LEVELS)


def _heir_issues(change: UnitChange, register: Register) -> Iterator[FieldIssue]:
    least, most = _expected(change)
    if len(change.new) < least:
        yield FieldIssue("new", Issue.TOO_FEW)
    if most is not None and len(change.new) > most:
        yield FieldIssue("new", Issue.TOO_MANY)
    if change.into is None:
        return
    heir = register.units.get(change.into)
    if change.way is not SuccessionKind.MERGE:
        yield FieldIssue("into", Issue.LEAVE_EMPTY)
    elif change.into in change.old:
        yield FieldIssue("into", Issue.OWN_HEIR)
    elif heir is None or change.day is None or not may_end_on(heir, change.day):
        yield FieldIssue("into", Issue.NOT_STANDING)


def _expected(change: UnitChange) -> tuple[int, int | None]:
    match change.way:
        case SuccessionKind.MERGE:
            return (0, 0) if change.into else (1, 1)
        case SuccessionKind.SPLIT:
            return (1 if change.stays else _LEAST_PARTS), None
        case SuccessionKind.RENAME:
            return 1, 1
        case _:
            return 0, 0


def _empty(unit: Unit) -> Iterator[str]:
    yield from (name for name in ("code", "name") if not getattr(unit, name))


def _is_taken(unit: Unit, change: UnitChange, register: Register) -> bool:
    """Tell whether the code is another's; that of a unit that ends the day before is free."""
    ending = () if change.stays else change.old
    others = (one for one in register.units.values() if one.code == unit.code and one.code)
    return any(overlap(unit, one) for one in others if one.id not in ending)


def _born(change: UnitChange, register: Register) -> tuple[Unit, ...]:
    first = register.units[change.old[0]]
    is_renamed = change.way is SuccessionKind.RENAME
    keeps_symbol = is_renamed or first.level in PLACES
    free = free_number(register.units.values())
    born = []
    for place, new in enumerate(change.new):
        unit = tidied(
            Unit(
                id=first.id,
                code=new.code.lower(),
                name=new.name,
                level=first.level,
                parent_id=_parent(first, change, register),
                valid_from=change.day,
                number=first.number if is_renamed else free + place,
                document_code=first.document_code if keeps_symbol else "",
                form=_form(new.name) or (first.form if is_renamed else ""),
                **{name: getattr(first, name) for name in (OWN_WORDS if is_renamed else ())},
            )
        )
        key = {"code": unit.code, "valid_from": unit.valid_from}
        born.append(replace(unit, id=keyed_id(Unit, PROVINCE_NUMBER, **key)))
    return tuple(born)


def _form(name: str) -> str:
    return next((form for form in _FORMS if name.strip().startswith(f"{form} ")), "")


def _parent(unit: Unit, change: UnitChange, register: Register) -> UUID | None:
    """Return the unit above on the day: the parent, or who followed it."""
    above = register.units.get(unit.parent_id) if unit.parent_id else None
    if above is None or change.day is None or above.stands_on(change.day):
        return unit.parent_id
    heirs = heirs_on(above, register.units.values(), register.successions, change.day)
    return heirs[0].id if len(heirs) == 1 else unit.parent_id


def _steps(
    change: UnitChange, old: Iterable[Unit], heirs: tuple[Unit, ...]
) -> Iterator[Succession]:
    ends: tuple[UUID | None, ...] = tuple(heir.id for heir in heirs) or (None,)
    for unit in old:
        for heir_id in ends:
            key = {"from_id": unit.id, "to_id": heir_id, "date": change.day}
            yield Succession(
                id=keyed_id(Succession, PROVINCE_NUMBER, **key),
                from_id=unit.id,
                to_id=heir_id,
                date=change.day,
                way=change.way,
                resolution=change.resolution.strip(),
                resolution_date=change.resolution_date,
            )


def _in_groups(
    units: Iterable[Unit], change: UnitChange, register: Register
) -> Iterator[PeerGroupMember]:
    """Yield the memberships on the eve, in groups of the office that plans; others have owners."""
    wanted = {unit.id for unit in units}
    for member in register.members:
        is_own = office_number(member.id) == register.office
        if is_own and member.unit_id in wanted and member.belongs_on(change.eve):
            yield member


def _left(
    ending: Iterable[Unit], change: UnitChange, register: Register
) -> Iterator[tuple[PeerGroupMember, PeerGroupMember]]:
    for member in _in_groups(ending, change, register):
        yield member, replace(member, valid_to=change.eve)


def _joined(
    old: Iterable[Unit], born: Iterable[Unit], change: UnitChange, register: Register
) -> Iterator[PeerGroupMember]:
    groups = dict.fromkeys(one.group_id for one in _in_groups(old, change, register))
    for unit in born:
        for group_id in groups:
            key = {"group_id": group_id, "unit_id": unit.id, "valid_from": change.day}
            member_id = keyed_id(PeerGroupMember, register.office, **key)
            yield PeerGroupMember(
                id=member_id, group_id=group_id, unit_id=unit.id, valid_from=change.day
            )


def _carried(ending: Iterable[Unit], change: UnitChange, register: Register) -> tuple[Unit, ...]:
    wanted = {unit.id for unit in ending}
    day = change.day
    under = (one for one in register.units.values() if one.parent_id in wanted)
    return tuple(one for one in under if day and one.stands_on(day) and one.id not in wanted)
