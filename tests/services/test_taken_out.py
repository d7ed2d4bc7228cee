"""What one side took out again is sent once more: the acknowledgement falls (bundle.md 8)."""

from __future__ import annotations

from exchange_work import Exchange, dump, merged, person_at, put
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.people import Person
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.standing import standing
from thidua_desktop.services.undoing import undo_import

CODE = "ubnd-343"


def names(ports: Ports) -> set[str]:
    with ports.store.read() as work:
        return {one.full_name for one in work.records.having(Person)}


def test_the_office_sends_again_what_the_province_took_out(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    put(world.district, "Hai")
    report = world.carry(world.district, world.province)
    world.carry(world.province, world.district, for_unit=CODE)  # all is acknowledged
    assert world.contents(world.made(world.district)).sections == ()
    assert standing(world.district).unsent == 0

    undo_import(world.province, report.import_id)
    assert "Hai" not in names(world.province)
    world.carry(world.province, world.district, for_unit=CODE)
    assert standing(world.district).unsent == 1
    path = world.made(world.district)
    (section,) = world.contents(path).sections
    assert len(section.lines) == 1  # from there on, and not from the beginning
    assert merged(world.province, path)[0].state is BundleState.NEW
    assert {"Một", "Hai"} <= names(world.province)
    assert dump(world.province) == dump(world.district)
    world.carry(world.province, world.district, for_unit=CODE)
    assert standing(world.district).unsent == 0
    assert world.contents(world.made(world.district)).sections == ()


def test_a_bundle_that_comes_late_says_nothing_of_today(world: Exchange) -> None:
    put(world.district, "Một")
    report = world.carry(world.district, world.province)
    late = world.made(world.province, for_unit=CODE)
    undo_import(world.province, report.import_id)
    world.carry(world.province, world.district, for_unit=CODE)
    merged(world.district, late)  # it says that all is held
    world.carry(world.district, world.province)
    assert "Một" in names(world.province)


def test_the_province_sends_again_what_an_office_took_out(world: Exchange) -> None:
    person = put(world.district, "Một")
    world.carry(world.district, world.province)
    put(world.province, person, position="Bí thư")
    report = world.carry(world.province, world.district, for_unit=CODE)
    world.carry(world.district, world.province)
    assert person_at(world.district, person.id).position == "Bí thư"
    before = dump(world.district)

    undo_import(world.district, report.import_id)
    world.carry(world.district, world.province)
    again = world.carry(world.province, world.district, for_unit=CODE)
    assert again.state is BundleState.NEW
    assert dump(world.district) == before
    assert [one.undone_at is None for one in list_bundles(world.district).received[-2:]] == [
        False,
        True,
    ]
