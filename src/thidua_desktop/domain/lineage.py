"""What led to a unit and what became of it (kế thừa), step by step over all reforms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    )


def _step_place(step: LineageStep) -> tuple[object, ...]:
    name = step.unit.name if step.unit else ""
    return step.date or PartialDate(1), sort_key(name)
