"""A dead disk: the province gives an office back what it sent, and merges its own bundles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange_work import DISTRICT, Exchange, dump, merged, names, open_folder, put
from thidua_desktop.domain.bundles import BundleKind, BundleState
from thidua_desktop.domain.errors import NotForRoleError, UnknownUnitError
from thidua_desktop.domain.people import Person
from thidua_desktop.services.integrity import check
from thidua_desktop.services.offices import accept, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.sending import Packing


def test_an_office_with_a_dead_disk_joins_anew_and_has_its_data_again(world: Exchange) -> None:
    first = put(world.district, "Trước khi hỏng ổ đĩa")
    put(world.district, first, address="Thôn Đông")
    world.carry(world.district, world.province)
    before = {line for line in dump(world.district).splitlines() if b'"person"' in line}

    anew = open_folder(world.folder / "máy mới", world.now)
    join(anew, enrol(world.province, DISTRICT), file_name="lại.dk")
    assert world.carry(anew, world.province).code == "E-UNKNOWN"
    accept(world.province, None)
    report = world.carry(world.province, anew, for_unit=DISTRICT, restore=True)
    assert (report.state, report.counts.differences) == (BundleState.NEW, 0)
    assert {line for line in dump(anew).splitlines() if b'"person"' in line} == before
    assert anew.store.renewal() is None

    put(anew, first, address="Thôn Đoài")
    assert world.carry(anew, world.province).state is BundleState.NEW
    with world.province.store.read() as work:
        assert work.records.get(Person, first.id).address == "Thôn Đoài"
        assert work.records.differences() == ()
    assert check(anew).faults == check(world.province).faults == ()


def test_what_was_sent_after_a_restored_backup_comes_back_under_the_old_numbers(
    world: Exchange,
) -> None:
    from services.test_copies import place_of, reopened  # noqa: PLC0415

    put(world.district, "Một")
    data, _ = place_of(world, "district")
    old = (data / "thidua.db").read_bytes()
    put(world.district, "Hai")
    world.carry(world.district, world.province)
    (data / "thidua.db").write_bytes(old)
    district = reopened(world)
    put(district, "Ba")
    world.carry(district, world.province)
    accept(world.province, None)
    assert (
        world.carry(world.province, district, for_unit=DISTRICT, restore=True).state.value == "new"
    )
    assert names(district) == names(world.province) == {"Một", "Hai", "Ba"}


def test_only_the_province_restores_and_only_an_office(world: Exchange) -> None:
    with pytest.raises(NotForRoleError):
        export_bundle(world.district, path=world.folder / "x", packing=Packing(restore=True))
    with pytest.raises(UnknownUnitError):
        export_bundle(world.province, path=world.folder / "x", packing=Packing(restore=True))


def test_an_office_that_calls_its_bundle_a_restoring_one_may_carry_no_more(world: Exchange) -> None:
    put(world.other, "Của cơ quan khác")
    theirs = world.contents(world.made(world.other))
    own = world.contents(world.made(world.district))
    manifest = replace(own.manifest, kind=BundleKind.RESTORE, ranges=theirs.manifest.ranges)
    forged = world.forged(world.district, replace(theirs, manifest=manifest))
    assert merged(world.province, forged)[0].code == "E-AUTH"


def test_the_province_has_its_state_again_from_the_bundles_that_are_left(world: Exchange) -> None:
    early = world.copy_of("province")
    bundles = []
    for office, name in ((world.district, "Một"), (world.other, "Hai")):
        put(office, name)
        bundles.append(world.made(office))
        merged(world.province, bundles[-1])
    put(world.province, "Của tỉnh")
    bundles.append(world.made(world.province))
    merged(early, *reversed(bundles))
    assert dump(early) == dump(world.province)
