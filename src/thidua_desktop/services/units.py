"""Use cases around units: the register as a tree, looking units up, keeping them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.agencies import place_named
from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.lineage import (
    LineageStep,
    forebears_on,
    heirs_on,
    lineage_of,
    named_on,
    names_over_time,
)
from thidua_desktop.domain.records import UnknownChoice, keyed_id, kind_name, missing
from thidua_desktop.domain.text import fold, sort_key
from thidua_desktop.domain.unit_tree import UnitNode, UnitTree, search_units, tree_of, unit_labels
from thidua_desktop.domain.units import (
    Signer,
    Succession,
    SuccessionKind,
    Unit,
    UnitLevel,
    UnitRole,
    code_issues,
    free_number,
    unit_by_code,
)
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.loops import refuse_loops
from thidua_desktop.services.ports import Ports, Records, Work

__all__ = [
    "LifeStep",
    "LineageStep",
    "UnitLife",
    "UnitNode",
    "UnitSaved",
    "UnitTree",
    "above_on",
    "add_unit",
    "find_unit",
    "lineage",
    "open_unit",
    "own_signers",
    "save_unit",
    "search_units",
    "seat_on",
    "signers_of",
    "unit_by_code",
    "unit_life",
    "unit_on",
    "unit_tree",
]


_TOP = frozenset({UnitLevel.CENTRAL, UnitLevel.PROVINCE})


@dataclass(frozen=True, slots=True)
class UnitSaved:
    """A unit as it was stored, and what the storing touched."""

    unit: Unit
    changes: Changes


@dataclass(frozen=True, slots=True)
class LifeStep:
    """All that one resolution did to the same units on one day, each with its label; `is_official`:
    it came with the register and is not undone.
    """

    id: UUID
    date: PartialDate | None
    way: SuccessionKind | UnknownChoice | None
    resolution: str
    resolution_date: PartialDate | None
    old: tuple[tuple[UUID, str], ...]
    new: tuple[tuple[UUID, str], ...]
    is_official: bool


@dataclass(frozen=True, slots=True)
class UnitLife:
    """What a unit is on a day, asked and answered, and every step that led to it or on from it."""

    question: str
    answer: str
    now: tuple[Unit, ...]
    steps: tuple[LifeStep, ...]


def unit_tree(ports: Ports, as_of: PartialDate, *, with_dissolved: bool = False) -> UnitTree:
    """Return the register as it stands on a day; dissolved units are in it only if wanted."""
    with ports.store.read() as work:
        units, successions = work.records.having(Unit), work.records.having(Succession)
    return tree_of(units, successions, as_of, with_dissolved=with_dissolved)


def all_labels(ports: Ports) -> dict[UUID, str]:
    """Return what every unit is called, standing or over; namesakes by the unit above them."""
    with ports.store.read() as work:
        known = {one.id: one for one in work.records.having(Unit)}
    return dict(unit_labels(known.values(), known))


def lineage(ports: Ports, unit_id: UUID) -> tuple[LineageStep, ...]:
    """Return every step that led to a unit or on from it, oldest first."""
    with ports.store.read() as work:
        return lineage_of(unit_id, work.records.having(Unit), work.records.having(Succession))


def unit_life(ports: Ports, unit_id: UUID, day: PartialDate) -> UnitLife:
    """Return what became of a unit by a day, and its steps with all that took part in them.

    Raises NotFoundError.
    """
    with ports.store.read() as work:
        unit = work.records.get(Unit, unit_id)
        units, successions = work.records.having(Unit), work.records.having(Succession)
    shipped = frozenset(one.id for one in ports.plan().records if isinstance(one, Succession))
    known = {one.id: one for one in units}
    lived = {step.id for step in lineage_of(unit_id, units, successions)}
    named = {end for s in successions for end in (s.from_id, s.to_id) if end}
    labels = unit_labels([known[one] for one in named if one in known], known)
    steps = _life_steps(successions, lived, labels, shipped)
    now = heirs_on(unit, units, successions, day)
    before = forebears_on(unit, units, successions, day)
    return UnitLife(
        question=f"{unit.name} nay là gì? (ngày {shown(day)})",
        answer=fate_text(unit, now, before, known, steps),
        now=now,
        steps=steps,
    )


def own_signers(work: Work) -> tuple[Signer, ...]:
    """Return who signs for the own office, under each name that it bore with its number."""
    me = work.book.me()
    names = {unit.id for unit in work.records.having(Unit, number=me.number)} | {me.unit_id}
    found = (signer for name in names for signer in work.records.having(Signer, unit_id=name))
    return tuple(sorted(found, key=lambda signer: signer.id))


def signers_of(ports: Ports, unit_id: UUID) -> tuple[Signer, ...]:
    """Return the signers of a unit, in the order they were entered."""
    with ports.store.read() as work:
        return work.records.having(Signer, unit_id=unit_id)


def open_unit(ports: Ports, unit_id: UUID) -> Unit:
    """Return a unit. Raises NotFoundError."""
    with ports.store.read() as work:
        return work.records.get(Unit, unit_id)


def unit_on(records: Records, unit_id: UUID | None, day: PartialDate) -> Unit | None:
    """Return a unit as whom it signs on a day: before it was renamed, or after."""
    unit = records.find(Unit, unit_id)
    if unit is None or unit.stands_on(day):
        return unit
    return named_on(unit, records.having(Unit), records.having(Succession), day)


def called_on(records: Records, unit_id: UUID | None, text: str, day: PartialDate) -> str:
    """Return a text that is the name of a unit as that unit was called on a day; any other text as
    it is. The text may be any name that its office ever had.
    """
    unit = records.find(Unit, unit_id)
    if unit is None or not text:
        return text
    units, successions = records.having(Unit), records.having(Succession)
    names = {fold(name) for name in names_over_time(unit, units, successions)}
    return named_on(unit, units, successions, day).name if fold(text) in names else text


def above_on(records: Records, unit: Unit, day: PartialDate) -> Unit | None:
    """Return the unit above another on a day: its parent, or who followed the parent."""
    parent = records.find(Unit, unit.parent_id)
    if parent is None or parent.stands_on(day):
        return parent
    heirs = heirs_on(parent, records.having(Unit), records.having(Succession), day)
    return heirs[0] if len(heirs) == 1 else parent


def seat_on(records: Records, unit: Unit | None, day: PartialDate) -> str:
    """Return the place that a unit's papers are dated at on a day: the one in its name, else that
    of the unit above. A department sits where its province does.
    """
    seen: set[UUID] = set()
    while unit is not None and unit.id not in seen:
        seen.add(unit.id)
        place = "" if unit.level is UnitLevel.DEPARTMENT else place_named(unit)
        if place:
            return place
        unit = above_on(records, unit, day)
    return ""


def find_unit(records: Records, code: str) -> Unit:
    """Return the unit that a code means today. Raises UnknownUnitError."""
    return unit_by_code(records.having(Unit, code=code.strip().lower()), code)


def save_unit(ports: Ports, *, unit: Unit, shown: Unit | None = None) -> UnitSaved:
    """Create the unit, or store an edit of it.

    `shown` is the unit the user was looking at; only what differs from it is written. The id of a
    new unit follows from its code and its first day, whatever id it came with.

    Raises:
        InvalidInputError: a field is wrong, another unit bears the code in the same days, or the
            unit would come to stand under itself.
        StaleEditError: a field to be written was changed meanwhile.
    """
    with ports.store.write() as work:
        stored = _kept(work, unit, shown)
        return UnitSaved(stored, work.commit())


def add_unit(ports: Ports, unit: Unit) -> UnitSaved:
    """Set up a unit that follows no other one, and let the next bundles carry it.

    One that may become an office gets a number of its own.

    Raises:
        NotForRoleError: only the province keeps the register.
        InvalidInputError: as `save_unit`, or something that a unit needs is missing.
    """
    wanting = list(missing(unit))
    if unit.parent_id is None and unit.level not in _TOP:
        wanting.append("parent_id")
    with ports.store.write() as work:
        if not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        if wanting:
            raise InvalidInputError(tuple(FieldIssue(name, Issue.MISSING) for name in wanting))
        if unit.level is not UnitLevel.GRASSROOTS:
            unit = replace(unit, number=free_number(work.records.having(Unit)))
        stored = _kept(work, unit, None)
        work.records.share([(kind_name(Unit), stored.id)])
        return UnitSaved(stored, work.commit())


def _kept(work: Work, unit: Unit, shown: Unit | None) -> Unit:
    """Store a unit in an open transaction, tidied and checked."""
    unit = tidied(replace(unit, code=unit.code.lower()))
    if shown is None:
        key = {"code": unit.code, "valid_from": unit.valid_from}
        unit = replace(unit, id=keyed_id(Unit, PROVINCE_NUMBER, **key))
    if issues := checked(unit):
        raise InvalidInputError(issues)
    namesakes = work.records.having(Unit, code=unit.code)
    if found := code_issues(namesakes, unit, is_new=shown is None):
        raise InvalidInputError(found)
    refuse_loops(work.records, (unit,))
    return work.records.put(unit, shown=shown)


def fate_text(
    unit: Unit,
    now: Sequence[Unit],
    before: Sequence[Unit],
    known: Mapping[UUID, Unit],
    steps: Sequence[LifeStep],
) -> str:
    """Return what a unit is, in a sentence."""
    if unit in now:
        return f"Vẫn là {unit.name}.{_made_of(unit, steps)}"
    if now:
        return f"Nay là {_full_names(now, known)}."
    if before:
        return (
            f"Chưa thành lập; có hiệu lực từ ngày {shown(unit.valid_from)}. "
            f"Lúc ấy là {_full_names(before, known)}."
        )
    if unit.valid_to:
        return f"Đã hết hiệu lực ngày {shown(unit.valid_to)}, không có đơn vị kế thừa."
    return f"Chưa có; có hiệu lực từ ngày {shown(unit.valid_from)}."


def _made_of(unit: Unit, steps: Sequence[LifeStep]) -> str:
    """Return from which units a unit was made, and when."""
    for step in steps:
        if any(one == unit.id for one, _ in step.new) and step.old:
            old = ", ".join(label for _, label in step.old)
            return f" Lập ngày {shown(step.date)} từ {old}."
    return ""


def _full_names(units: Sequence[Unit], known: Mapping[UUID, Unit]) -> str:
    return "; ".join(f"{one.name}{_under(one, known)}" for one in units)


def _under(unit: Unit, known: Mapping[UUID, Unit]) -> str:
    above = known.get(unit.parent_id) if unit.parent_id else None
    return f", {above.name[:1].lower()}{above.name[1:]}" if above else ""


def _life_steps(
    successions: Sequence[Succession],
    lived: Collection[UUID],
    labels: Mapping[UUID, str],
    shipped: Collection[UUID],
) -> tuple[LifeStep, ...]:
    """Return the steps, those of one resolution with a common end together."""
    groups: dict[tuple[object, ...], list[Succession]] = {}
    for one in successions:
        groups.setdefault(_common_end(one), []).append(one)
    steps = []
    for group in groups.values():
        if not any(one.id in lived for one in group):
            continue
        first = group[0]
        steps.append(
            LifeStep(
                id=first.id,
                date=first.date,
                way=first.way,
                resolution=first.resolution,
                resolution_date=first.resolution_date,
                old=_labelled((one.from_id for one in group), labels),
                new=_labelled((one.to_id for one in group), labels),
                is_official=any(one.id in shipped for one in group),
            )
        )
    return tuple(sorted(steps, key=lambda one: (one.date or PartialDate(1), one.old)))


def _common_end(one: Succession) -> tuple[object, ...]:
    gathers = one.way in {SuccessionKind.MERGE, SuccessionKind.RENAME}
    return one.date, one.way, one.resolution, one.to_id if gathers else one.from_id


def _labelled(
    ids: Iterable[UUID | None], labels: Mapping[UUID, str]
) -> tuple[tuple[UUID, str], ...]:
    found = {one: labels.get(one, "…") for one in ids if one}
    return tuple(sorted(found.items(), key=lambda pair: (sort_key(pair[1]), pair[0])))
