"""A province with bundles that differ, for tests of the merge desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exchange_work import Exchange, merged
from thidua_desktop.domain.people import Person
from thidua_desktop.services.offices import accept


def two_writers(world: Exchange, names: Sequence[str]) -> tuple[list[Person], Path, Path]:
    """Let both PCs of the district write the position of these persons without each other.

    Return the persons, which the province has, and the bundles of the first and the second PC.
    """
    with world.district.store.write() as work:
        office = work.book.me().number
        persons = [
            work.records.put(
                Person(id=world.district.new_id(office), full_name=name, position="cũ"), shown=None
            )
            for name in names
        ]
        work.records.share([("person", person.id) for person in persons])
        work.commit()
    merged(world.second, world.made(world.district))
    world.carry(world.second, world.province)
    accept(world.province, None)
    world.carry(world.district, world.province)
    for ports, title in ((world.district, "Trưởng thôn"), (world.second, "Bí thư chi bộ")):
        with ports.store.write() as work:
            for person in persons:
                position = {"position": f"{title} {person.full_name}"}
                work.records.write(Person, person.id, position)
            work.records.share([("person", person.id) for person in persons])
            work.commit()
    return persons, world.made(world.district), world.made(world.second)
