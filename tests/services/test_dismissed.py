"""A bundle that waits for ever is dismissed with a reason; a copied folder is told from others."""

from __future__ import annotations

import shutil

import pytest

from exchange_work import Exchange, dump, merged, open_folder, put
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.displacement_text import renewal_text
from thidua_desktop.domain.errors import InvalidInputError, NotFoundError
from thidua_desktop.domain.offices import Displacement, OfficeState, Renewal
from thidua_desktop.services.offices import accept, list_offices
from thidua_desktop.services.registers import dismiss_bundle, list_bundles


@pytest.fixture
def forked(world: Exchange) -> Exchange:
    """A PC and its ghost gave the same numbers; the ghost's bundle waits at the province."""
    put(world.district, "Một")
    world.carry(world.district, world.province)
    ghost = world.copy_of("district")
    put(world.district, "Bản chính")
    put(ghost, "Bản sao")
    world.carry(world.district, world.province)
    assert world.carry(ghost, world.province).code == "E-FORK"
    return world


def test_a_bundle_that_waits_for_ever_is_dismissed_and_the_reason_is_kept(forked) -> None:
    (parked,) = list_bundles(forked.province).parked
    before = dump(forked.province)
    said = dismiss_bundle(forked.province, parked.bundle, reason="  Máy chép đã hủy. ")
    book = list_bundles(forked.province)
    assert book.parked == ()
    assert book.dismissed == (said,)
    assert (said.number, said.reason) == (parked.number, "Máy chép đã hủy.")
    assert book.to_json()["dismissed"][0]["reason"] == "Máy chép đã hủy."
    assert dump(forked.province) == before


def test_without_a_reason_it_waits_on(forked) -> None:
    (parked,) = list_bundles(forked.province).parked
    with pytest.raises(InvalidInputError):
        dismiss_bundle(forked.province, parked.bundle, reason="  ")
    assert list_bundles(forked.province).parked == (parked,)
    dismiss_bundle(forked.province, parked.bundle, reason="Nhầm.")
    with pytest.raises(NotFoundError):
        dismiss_bundle(forked.province, parked.bundle, reason="Nhầm.")


def test_what_was_dismissed_may_be_handed_in_again(world: Exchange) -> None:
    put(world.district, "Một")
    world.made(world.district)  # lost, so that the next one waits for it
    with world.district.store.write() as work:
        channel = work.exchange.channel(None)
        held = work.exchange.origins()[channel].number
        (province,) = [one for one in work.book.certificates() if one.role == "province"]
        work.book.acknowledge(province.replica, {channel: held})
        work.commit()
    put(world.district, "Hai")
    path = world.made(world.district)
    (report,) = merged(world.province, path)
    assert report.code == "E-GAP"
    dismiss_bundle(world.province, report.bundle, reason="Nhầm tệp.")
    assert merged(world.province, path)[0].state is BundleState.PARKED
    assert len(list_bundles(world.province).parked) == 1


def test_the_province_s_list_says_which_pc_is_a_copy_and_since_when(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    place = world.folder / "máy chép"
    shutil.copytree(world.folder / "district" / "data", place / "data")
    copy = open_folder(place, world.now)
    put(copy, "Trên máy chép")
    assert world.carry(copy, world.province).state is BundleState.PARKED

    def machines() -> list[tuple[OfficeState, str]]:
        entry = next(e for e in list_offices(world.province) if e.office.unit_code == "ubnd-343")
        return [(m.state, renewal_text(m.renewal) if m.renewal else "") for m in entry.machines]

    said = "sao chép ngày 25/11/2024"
    assert machines() == [(OfficeState.ACCEPTED, ""), (OfficeState.WAITING, said)]
    accept(world.province, None)
    assert machines() == [(OfficeState.ACCEPTED, ""), (OfficeState.ACCEPTED, said)]


@pytest.mark.parametrize("reason", Displacement)
def test_every_reason_is_told(reason: Displacement, clock) -> None:
    renewal = Renewal(reason=reason, at=clock(), former=b"f" * 16)
    assert renewal_text(renewal).endswith("ngày 25/11/2024")
    assert Renewal.from_text(renewal.to_text()) == renewal
