"""A province with bundles that differ, for tests of the merge desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from exchange_work import Exchange, merged
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.services.offices import accept


def two_writers(world: Exchange, names: Sequence[str]) -> tuple[list[Person], Path, Path]:
    """Let both PCs of the district write the position of these persons without each other.

    Return the persons, which the province has, and the bundles of the first and the second PC.
    """
    office = _office(world)
    persons = [
        Person(id=world.district.new_id(office), full_name=name, position="cũ") for name in names
    ]

    def positions(title: str) -> list[tuple[Record, dict[str, object]]]:
        return [(one, {"position": f"{title} {one.full_name}"}) for one in persons]

    bundles = _apart(world, persons, positions("Trưởng thôn"), positions("Bí thư chi bộ"))
    return persons, *bundles


def two_texts(world: Exchange, first: str, second: str) -> tuple[Initiative, Path, Path]:
    """Let both PCs of the district sum up one initiative without each other.

    Return it, and the bundles of the first and the second PC.
    """
    one = Initiative(id=world.district.new_id(_office(world)), name="Cấp nước sạch", summary="cũ")
    told = [[(one, {"summary": words})] for words in (first, second)]
    return one, *_apart(world, [one], *told)


def _office(world: Exchange) -> int:
    with world.district.store.read() as work:
        return work.book.me().number


def _apart(
    world: Exchange,
    records: Sequence[Record],
    first: Sequence[tuple[Record, Mapping[str, object]]],
    second: Sequence[tuple[Record, Mapping[str, object]]],
) -> tuple[Path, Path]:
    """Let everybody have these records, then both PCs of the district write into them."""
    places = [(kind_name(type(one)), one.id) for one in records]
    with world.district.store.write() as work:
        for one in records:
            work.records.put(one, shown=None)
        work.records.share(places)
        work.commit()
    merged(world.second, world.made(world.district))
    world.carry(world.second, world.province)
    accept(world.province, None)
    world.carry(world.district, world.province)
    for ports, written in ((world.district, first), (world.second, second)):
        with ports.store.write() as work:
            for one, values in written:
                work.records.write(type(one), one.id, values)
            work.records.share(places)
            work.commit()
    return world.made(world.district), world.made(world.second)
