"""Two PCs of the province at work: what one enrols, accepts, revokes and receives, the other one
hears of by a bundle between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from attached import a_pdf, blob_of, row, shared
from exchange_work import (
    DISTRICT,
    OTHER,
    Exchange,
    dump,
    everything,
    merged,
    names,
    open_folder,
    put,
)
from thidua_desktop.domain import bundle_limits
from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import NoSisterError, NotForRoleError
from thidua_desktop.domain.offices import OfficeState
from thidua_desktop.services.backups import restore_backup, write_backup
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.exporting import ExportWish, export, export_choices
from thidua_desktop.services.keys import certify, revoke, root_words, succeed
from thidua_desktop.services.offices import accept, close_enrolment, enrol, join, list_offices
from thidua_desktop.services.opening import opened
from thidua_desktop.services.packing import export_for_sisters
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.standing import LONG, standing, standing_of
from thidua_desktop.services.undoing import undo_import
from thidua_desktop.services.warnings import warnings
from thidua_desktop.services.withdrawn import withdrawn_elsewhere

THIRD = "ubnd-340"


@dataclass(frozen=True)
class Desks:
    """The first PC of the province, and a second one that was restored from its backup."""

    world: Exchange
    second: Ports
    folder: Path

    @property
    def first(self) -> Ports:
        return self.world.province

    def told(self, sender: Ports, receiver: Ports, **how: Any) -> tuple[BundleReport, ...]:
        """Carry what one PC has for the other one."""
        made = export_for_sisters(sender, folder=self.folder, packing=Packing(**how))
        return merged(receiver, *(one.path for one in made))


@pytest.fixture
def desks(world: Exchange, tmp_path: Path, clock: Any) -> Desks:
    words = " ".join(root_words(world.province))
    write_backup(world.province, tmp_path / "tỉnh.saoluu")
    second = open_folder(tmp_path / "máy tỉnh 2", clock)
    restore_backup(second, tmp_path / "tỉnh.saoluu", tmp_path / "máy tỉnh 2" / "data")
    certify(second, words=words)
    folder = tmp_path / "usb"
    folder.mkdir()
    made = Desks(world, second, folder)
    made.told(second, world.province)
    return made


def an_office(desks: Desks, name: str, by: Ports) -> Ports:
    """Return a PC that joined by an enrolment that one PC of the province made."""
    ports = open_folder(desks.folder.parent / name, desks.world.now)
    join(ports, enrol(by, THIRD), file_name="đk")
    return ports


def states(ports: Ports) -> dict[str, tuple[OfficeState, ...]]:
    return {
        entry.office.unit_code: tuple(machine.state for machine in entry.machines)
        for entry in list_offices(ports)
    }


def codes(reports: Iterable[BundleReport]) -> list[str | None]:
    return [one.code for one in reports]


def test_an_office_that_one_pc_accepted_is_known_to_the_other(desks: Desks) -> None:
    office = an_office(desks, "thứ ba", desks.first)
    put(office, "Người của cơ quan mới")
    path = desks.world.made(office)
    assert codes(merged(desks.second, path)) == ["E-UNKNOWN"]  # not even its enrolment
    merged(desks.first, path)
    accept(desks.first, THIRD)
    assert codes(desks.told(desks.first, desks.second)) == [None]
    assert states(desks.second) == states(desks.first)
    assert "Người của cơ quan mới" in names(desks.second)
    put(office, "Gửi máy thứ hai")
    (report,) = merged(desks.second, desks.world.made(office))
    assert (report.state, report.code) == (BundleState.NEW, None)
    assert desks.told(desks.second, desks.first)[0].state is BundleState.NEW
    assert dump(desks.first) == dump(desks.second)


def test_a_bundle_that_waits_for_acceptance_here_goes_in_once_it_was_given_there(
    desks: Desks,
) -> None:
    office = an_office(desks, "thứ ba", desks.first)
    desks.told(desks.first, desks.second)  # the enrolment
    put(office, "Người chờ")
    path = desks.world.made(office)
    assert merged(desks.second, path)[0].state is BundleState.PARKED
    merged(desks.first, path)
    accept(desks.first, THIRD)
    desks.told(desks.first, desks.second)
    assert states(desks.second)[THIRD] == (OfficeState.ACCEPTED,)
    with desks.second.store.read() as work:
        assert not work.book.parked()
    assert "Người chờ" in names(desks.second)


def test_an_enrolment_lets_ask_at_either_pc_until_one_closes_it(desks: Desks) -> None:
    desks.told(desks.first, desks.second)
    first = an_office(desks, "thứ ba", desks.first)
    desks.told(desks.first, desks.second)
    assert merged(desks.second, desks.world.made(first))[0].state is BundleState.PARKED
    accept(desks.second, THIRD)
    close_enrolment(desks.second, THIRD)
    desks.told(desks.second, desks.first)
    assert states(desks.first)[THIRD] == (OfficeState.ACCEPTED,)
    late = an_office(desks, "đến muộn", desks.first)  # a file made anew has a secret of its own
    with desks.first.store.read() as work:
        ours = [one for one in work.book.enrolments() if one.office.unit_code == THIRD]
    assert [one.closed for one in ours] == [True, False]
    assert merged(desks.first, desks.world.made(late))[0].state is BundleState.PARKED
    # A closed one stays closed, whoever still says otherwise.
    desks.told(desks.first, desks.second, full=True)
    with desks.second.store.read() as work:
        closed = [one.closed for one in work.book.enrolments() if one.office.unit_code == THIRD]
    assert closed == [True, False]


def test_a_revocation_and_an_inheritance_are_heard_of(desks: Desks) -> None:
    desks.told(desks.first, desks.second)
    replica = desks.world.other.store.identity().replica.hex()
    revoke(desks.first, replica)
    succeed(desks.first, OTHER, DISTRICT, since=date(2025, 7, 1))
    desks.told(desks.first, desks.second)
    assert states(desks.second)[OTHER] == (OfficeState.REVOKED,)
    with desks.second.store.read() as work:
        assert [one.heir for one in work.book.inheritances()]
    put(desks.world.other, "Sau khi thu hồi")
    assert codes(merged(desks.second, desks.world.made(desks.world.other))) == ["E-REVOKED"]


def test_what_one_received_and_answered_the_other_one_has_and_sends_on(desks: Desks) -> None:
    person = put(desks.world.district, "Người của huyện")
    desks.world.carry(desks.world.district, desks.first)
    put(desks.first, person, full_name="Tỉnh đề nghị tên khác")
    desks.told(desks.first, desks.second)
    assert dump(desks.second) == dump(desks.first)
    (report,) = merged(desks.world.district, desks.world.made(desks.second, for_unit=DISTRICT))
    assert report.code is None
    # Nothing is said twice: what the other one acknowledged stays out.
    desks.told(desks.second, desks.first)
    (made,) = export_for_sisters(desks.first, folder=desks.folder)
    assert made.ops == 0
    assert made.sealed


def test_files_come_along_and_one_that_is_lost_is_brought_again(desks: Desks) -> None:
    """Of an office's evidence: whoever has the file gives it to the one who asks."""
    (evidence,) = shared(desks.world.district, a_pdf(1))
    desks.world.carry(desks.world.district, desks.first)
    desks.told(desks.first, desks.second, light=True)
    assert row(desks.second, evidence).state is FileState.MISSING
    desks.told(desks.second, desks.first)
    desks.told(desks.first, desks.second)
    assert row(desks.second, evidence).state is FileState.HERE
    blob_of(desks.world.folder / "province", evidence).unlink()
    desks.told(desks.first, desks.second)
    desks.told(desks.second, desks.first)
    assert row(desks.first, evidence).state is FileState.HERE


def test_an_import_of_it_is_taken_out_again_and_comes_back(desks: Desks) -> None:
    put(desks.world.district, "Người của huyện")
    desks.told(desks.first, desks.second)
    before = dump(desks.second)
    desks.world.carry(desks.world.district, desks.first)
    (report,) = desks.told(desks.first, desks.second)
    assert report.import_id
    undo_import(desks.second, report.import_id)
    assert dump(desks.second) == before
    desks.told(desks.second, desks.first)
    desks.told(desks.first, desks.second)
    assert dump(desks.second) == dump(desks.first)


@pytest.mark.parametrize("way", ["undone here too", "taken in again there"])
def test_what_the_other_pc_took_out_again_is_told_until_both_are_one(
    desks: Desks, way: str
) -> None:
    put(desks.world.district, "Người của huyện")
    here = desks.world.carry(desks.world.district, desks.first)
    (there,) = desks.told(desks.first, desks.second)
    desks.told(desks.second, desks.first)
    assert withdrawn_elsewhere(desks.first) == ()
    undo_import(desks.second, there.import_id)
    desks.told(desks.second, desks.first)
    assert withdrawn_elsewhere(desks.first) == ("Ủy ban nhân dân huyện Kiến Xương",)
    assert any(
        "đã hoàn tác gói của Ủy ban nhân dân huyện Kiến Xương" in said
        for said in warnings(desks.first)
    )
    assert withdrawn_elsewhere(desks.second) == ()
    if way == "undone here too":
        undo_import(desks.first, here.import_id)
    else:
        desks.told(desks.first, desks.second)
        desks.told(desks.second, desks.first)
    assert withdrawn_elsewhere(desks.first) == ()


def test_offices_are_not_taken_for_told(desks: Desks) -> None:
    """What only the other PC heard of is still to be sent."""
    before = standing(desks.first).unsent
    put(desks.first, "Cho mọi cơ quan")
    desks.told(desks.first, desks.second)
    desks.told(desks.second, desks.first)
    assert standing(desks.first).unsent == before + 1


def test_an_office_that_is_heard_through_the_other_pc_is_not_silent(desks: Desks) -> None:
    put(desks.world.district, "Gửi máy thứ nhất")
    desks.world.carry(desks.world.district, desks.first)
    with desks.second.store.read() as work:
        later = desks.second.now() + timedelta(days=LONG)
        replica = desks.second.store.identity().replica
        silent = {one.name for one in standing_of(work, replica, later).silent}
    assert len(silent) == 2
    desks.told(desks.first, desks.second)
    with desks.second.store.read() as work:
        left = {one.name for one in standing_of(work, replica, later).silent}
    assert silent - left == {"Ủy ban nhân dân huyện Kiến Xương"}


def test_one_bundle_for_as_many_offices_as_it_has_room_for(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desks.world.district, "Một")
    put(desks.world.other, "Hai")
    for office in (desks.world.district, desks.world.other):
        desks.world.carry(office, desks.first)
    for name, most in (("MOST_RANGES", 2), ("MOST_CERTIFICATES", 5)):
        with monkeypatch.context() as patch:
            patch.setattr(f"thidua_desktop.services.sisters.{name}", most)
            made = export_for_sisters(desks.first, folder=desks.folder, packing=Packing(full=True))
        assert len(made) > 1
        for one in made:
            manifest = desks.world.contents(one.path).manifest
            assert len(manifest.ranges) <= most or name != "MOST_RANGES"
            assert len(manifest.certificates) <= bundle_limits.MOST_CERTIFICATES
        assert len({one.path.name for one in made}) == len(made)
        with desks.first.store.read() as work:
            kept = {one.bundle for one in work.sent.copies()}
        assert {one.bundle for one in made} <= kept
        # In any order.
        assert set(codes(merged(desks.second, *(one.path for one in reversed(made))))) == {None}
    assert dump(desks.second) == dump(desks.first)


def test_the_registers_say_that_it_went_to_another_pc_of_the_province(desks: Desks) -> None:
    desks.told(desks.first, desks.second)
    sent, received = list_bundles(desks.first).sent, list_bundles(desks.second).received
    for book, office in (
        (list_bundles(desks.first), sent[-1].to),
        (list_bundles(desks.second), received[-1].sender.office),
    ):
        assert book.other_side(office) == f"{book.name(office)} (máy khác)"
    assert list_bundles(desks.second).other_side(None) == "tất cả"


def test_only_the_provinces_own_pcs_can_read_it(desks: Desks) -> None:
    (made,) = export_for_sisters(desks.first, folder=desks.folder)
    for office in (desks.world.district, desks.world.other):
        before = everything(office)
        assert codes(merged(office, made.path)) == ["E-KEY"]
        assert everything(office) == before
    assert made.path.name.startswith("TDKT_00_")


def test_the_secrets_go_to_nobody_else(desks: Desks) -> None:
    for how in ({}, {"for_unit": DISTRICT}, {"full": True}):
        manifest = desks.world.contents(desks.world.made(desks.first, **how)).manifest
        assert not manifest.enrolments
    (made,) = export_for_sisters(desks.first, folder=desks.folder)
    with (
        desks.second.store.read() as work,
        opened(desks.second, work, made.path, file_name="x") as payload,
        desks.second.bundles.open(payload, file_name="x") as contents,
    ):
        assert contents.manifest.enrolments


def test_a_province_with_one_pc_and_an_office_are_told_so(world: Exchange, tmp_path: Path) -> None:
    with pytest.raises(NoSisterError):
        export_for_sisters(world.province, folder=tmp_path)
    with pytest.raises(NotForRoleError):
        export_for_sisters(world.district, folder=tmp_path)
    assert not list(tmp_path.glob("*.tdkt"))
    assert export_choices(world.province).sisters == 0
    assert export_choices(world.district).sisters == 0


def test_the_window_writes_it_beside_the_others(desks: Desks) -> None:
    assert export_choices(desks.first).sisters == 1
    made = export(desks.first, ExportWish(sisters=True), folder=desks.folder)
    ours = [one for one in made if one.to == 0]
    assert len(ours) == 1
    assert len(made) == 3
    assert export_choices(desks.first).wish.sisters
    assert codes(merged(desks.second, ours[0].path)) == [None]
    without = export(desks.first, ExportWish(), folder=desks.folder)
    assert not [one for one in without if one.to == 0]
