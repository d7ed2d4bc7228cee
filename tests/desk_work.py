"""A province with bundles that differ, for tests of the merge desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exchange_work import Exchange, merged, put
from thidua_desktop.domain.people import Person
from thidua_desktop.services.offices import accept


def two_writers(world: Exchange, names: Sequence[str]) -> tuple[list[Person], Path, Path]:
    """Let both PCs of the district write the position of these persons without each other.

    Return the persons, which the province has, and the bundles of the first and the second PC.
    """
    persons = [put(world.district, name, position="cũ") for name in names]
    merged(world.second, world.made(world.district))
    world.carry(world.second, world.province)
    accept(world.province, None)
    world.carry(world.district, world.province)
    for person in persons:
        put(world.district, person, position=f"Trưởng thôn {person.full_name}")
        put(world.second, person, position=f"Bí thư chi bộ {person.full_name}")
    return persons, world.made(world.district), world.made(world.second)
