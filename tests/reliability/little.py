"""A province of a few offices and few records, made by the real use cases in moments."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from thidua_desktop.app.wiring import make_ports, shipped_plan
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept, create_office, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports

PROVINCE = "34"
_seconds = count()


@dataclass(frozen=True)
class Little:
    """A province and its accepted offices, by the code of their unit."""

    folder: Path
    province: Ports
    offices: dict[str, Ports]

    def places(self) -> list[Path]:
        return [self.folder / name for name in ("province", *self.offices)]


def opened(place: Path, *, now: Callable[[], datetime] | None = None) -> Ports:
    """Open the folder of an office there; its clock moves a second each time it is read."""
    ports = make_ports(
        place / "data",
        place / "identity",
        now=now or _clock,
        noise=random.Random(f"{place.name} {next(_seconds)}").randbytes,
    )
    return replace(ports, plan=little_plan)


def found(folder: Path, offices: int) -> Little:
    """Make a province there, and let so many offices join it and be accepted."""
    province = opened(folder / "province")
    create_office(province, PROVINCE, UnitRole.PROVINCE)
    made = {}
    for unit in _offices()[:offices]:
        made[unit.code] = opened(folder / unit.code)
        join(made[unit.code], enrol(province, unit.code), file_name=f"{unit.code}.dk")
        asks = folder / f"{unit.code}.tdkt"
        export_bundle(made[unit.code], path=asks)
        merge_bundles(province, [asks])
        asks.unlink()
    accept(province, None)
    return Little(folder, province, made)


def again(folder: Path, little: Little) -> Little:
    """Open a copy of a province that lies in this folder."""
    offices = {code: opened(folder / code) for code in little.offices}
    return Little(folder, opened(folder / "province"), offices)


@cache
def little_plan() -> PlanCatalogue:
    """Return the shipped plan with its movement, its units that are offices, and no more."""
    whole = shipped_plan()
    kept: list[Any] = [record for record in whole.records if isinstance(record, Movement)]
    kept += [unit for unit in _units() if unit.level is UnitLevel.PROVINCE]
    kept += _offices()
    return replace(whole, records=tuple(kept), criteria=())


@cache
def _offices() -> tuple[Unit, ...]:
    """Return the units of today's register that are offices below the province, by number."""
    offices = {
        unit.code: unit
        for unit in _units()
        if unit.number and unit.valid_to is None and unit.level is not UnitLevel.PROVINCE
    }
    return tuple(offices.values())


@cache
def _units() -> tuple[Unit, ...]:
    return tuple(record for record in shipped_plan().records if isinstance(record, Unit))


def _clock() -> datetime:
    return datetime(2024, 11, 25, tzinfo=UTC) + timedelta(seconds=next(_seconds))
