"""What led to a unit and what became of it (kế thừa), step by step over all reforms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One step in the life of units: what followed what; `heir` None when nothing did."""

    unit: Unit | None
    heir: Unit | None
    date: PartialDate | None
    way: SuccessionKind | UnknownChoice | None
    resolution: str
    id: UUID


def lineage_of(
    unit_id: UUID, units: Iterable[Unit], successions: Iterable[Succession]
) -> tuple[LineageStep, ...]:
    """Return every step that led to a unit, and every one that led on from it, oldest first."""
    known = {unit.id: unit for unit in units}
    steps = list(successions)
    before = _closure(unit_id, [(s.to_id, s.from_id, s) for s in steps])
    after = _closure(unit_id, [(s.from_id, s.to_id, s) for s in steps])
    lived = [_step(known, succession) for succession in dict.fromkeys((*before, *after))]
    return tuple(sorted(lived, key=_step_place))


def heirs_on(
    unit: Unit, units: Iterable[Unit], successions: Iterable[Succession], day: PartialDate
) -> tuple[Unit, ...]:
    """Return what a unit is on a day: itself, or those that stand in its place; none, if nothing.

    It asks forwards (Xã An Khê: what is it today?).
    """
    steps = [(s.from_id, s.to_id) for s in successions if s.date is None or _by(s.date, day)]
    return _reached(unit, units, steps, day)


def forebears_on(
    unit: Unit, units: Iterable[Unit], successions: Iterable[Succession], day: PartialDate
) -> tuple[Unit, ...]:
    """Return what a unit was on a day: itself, or those that it came from."""
    return _reached(unit, units, [(s.to_id, s.from_id) for s in successions], day)


def forebears(
    ids: Collection[UUID], units: Iterable[Unit], successions: Iterable[Succession]
) -> tuple[Unit, ...]:
    """Return all that some units came from, step by step, themselves left out."""
    known = {one.id: one for one in units}
    back: dict[UUID, list[UUID]] = {}
    for step in successions:
        if step.to_id is not None and step.from_id is not None:
            back.setdefault(step.to_id, []).append(step.from_id)
    waiting, seen = list(ids), set(ids)
    while waiting:
        fresh = [one for one in back.get(waiting.pop(), ()) if one not in seen]
        seen.update(fresh)
        waiting += fresh
    found = (known[one] for one in seen.difference(ids) if one in known)
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))


def named_on(
    unit: Unit, units: Iterable[Unit], successions: Collection[Succession], day: PartialDate
) -> Unit:
    """Return the unit as whom an office signs on a day: a paper bears the name of its day.

    An office goes on under another name where it was renamed, or kept its number.
    """
    known = {one.id: one for one in units}
    found = _reached(unit, known.values(), _renamings(known, successions), day)
    return found[0] if found else unit


def names_over_time(
    unit: Unit, units: Iterable[Unit], successions: Collection[Succession]
) -> frozenset[str]:
    """Return every name that the office of a unit ever signed with."""
    known = {one.id: one for one in units} | {unit.id: unit}
    onward: dict[UUID, list[UUID]] = {}
    for near, far in _renamings(known, successions):
        onward.setdefault(near, []).append(far)
    waiting, seen = [unit.id], {unit.id}
    while waiting:
        fresh = [far for far in onward.get(waiting.pop(), ()) if far not in seen]
        seen.update(fresh)
        waiting += fresh
    return frozenset(known[one].name for one in seen)


def _renamings(
    known: Mapping[UUID, Unit], successions: Collection[Succession]
) -> list[tuple[UUID, UUID]]:
    """Return the steps, there and back, by which an office goes on under another name."""
    steps = [
        (known[s.from_id], known[s.to_id])
        for s in successions
        if s.from_id is not None and s.to_id is not None and s.from_id in known and s.to_id in known
    ]
    renamed = {s.to_id for s in successions if s.way is SuccessionKind.RENAME}
    same = [
        (old, new)
        for old, new in steps
        if new.id in renamed or (old.number is not None and old.number == new.number)
    ]
    pairs = [(old.id, new.id) for old, new in same]
    return pairs + [(new.id, old.id) for old, new in same]


def _by(date: PartialDate, day: PartialDate) -> bool:
    return date.first_day() <= day.first_day()


def _reached(
    unit: Unit,
    units: Iterable[Unit],
    steps: Iterable[tuple[UUID | None, UUID | None]],
    day: PartialDate,
) -> tuple[Unit, ...]:
    """Return the first units that stand on the day, on every way that leads on from a unit."""
    known = {one.id: one for one in units} | {unit.id: unit}
    onward: dict[UUID, list[UUID]] = {}
    for near, far in steps:
        if near is not None and far in known:
            onward.setdefault(near, []).append(far)
    waiting, seen, found = [unit.id], {unit.id}, []
    while waiting:
        here = known[waiting.pop()]
        if here.stands_on(day):
            found.append(here)
            continue
        fresh = [far for far in dict.fromkeys(onward.get(here.id, ())) if far not in seen]
        seen.update(fresh)
        waiting += fresh
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))


def _closure(
    start: UUID, edges: list[tuple[UUID | None, UUID | None, Succession]]
) -> Iterator[Succession]:
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        for near, far, succession in edges:
            if near != here:
                continue
            yield succession
            if far is not None and far not in seen:
                seen.add(far)
                waiting.append(far)


def _step(known: Mapping[UUID, Unit], succession: Succession) -> LineageStep:
    return LineageStep(
        unit=known.get(succession.from_id) if succession.from_id else None,
        heir=known.get(succession.to_id) if succession.to_id else None,
        date=succession.date,
        way=succession.way,
        resolution=succession.resolution,
        id=succession.id,
    )


def _step_place(step: LineageStep) -> tuple[object, ...]:
    name = step.unit.name if step.unit else ""
    return step.date or PartialDate(1), sort_key(name)
