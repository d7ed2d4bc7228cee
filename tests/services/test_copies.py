"""Copied folders, restored backups, ghost images: noticed, forked, and nothing lost (F9)."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from exchange_work import DISTRICT, Exchange, dump, merged, names, put
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import IdentityMissingError
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.services.integrity import check
from thidua_desktop.services.offices import accept, enrol, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import is_cloned, renew
from thidua_desktop.storage.marks import MarkFile
from thidua_desktop.storage.store import DATABASE


def opened(world: Exchange, data: Path, identity: Path) -> Ports:
    noise = random.Random(f"{data}{identity}").randbytes
    return make_ports(data, identity, now=world.now, noise=noise)


def place_of(world: Exchange, name: str) -> tuple[Path, Path]:
    return world.folder / name / "data", world.folder / name / "identity"


def reopened(world: Exchange, name: str = "district") -> Ports:
    """Open a folder as a program that was just started."""
    return opened(world, *place_of(world, name))


def accepted(world: Exchange, *offices: Ports) -> None:
    """Carry everything of these to the province, which takes in who asks."""
    for ports in offices:
        world.carry(ports, world.province)
    accept(world.province, None)


def all_sound(*ports: Ports) -> bool:
    return not any(check(one).faults for one in ports)


# six scenarios


def test_a_folder_copied_to_another_pc_goes_on_as_another_pc(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    put(world.district, "Nháp", shared=False)
    data, _ = place_of(world, "district")
    shutil.copytree(data, world.folder / "chép" / "data")
    copy = opened(world, world.folder / "chép" / "data", world.folder / "chép" / "identity")
    assert names(copy) == {"Một", "Nháp"}
    assert copy.store.renewal().reason is Displacement.COPIED
    assert copy.store.identity().replica != world.district.store.identity().replica
    put(copy, "Bản sao")
    put(world.district, "Bản chính")
    assert world.carry(copy, world.province).code == "E-UNKNOWN"
    world.carry(world.district, world.province)
    accept(world.province, None)
    assert names(world.province) == {"Một", "Bản sao", "Bản chính"}
    assert all_sound(copy, world.district, world.province)


def test_a_folder_set_back_to_an_older_state_gives_no_number_twice(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    data, _ = place_of(world, "district")
    backup = (data / DATABASE).read_bytes()
    put(world.district, "Sau bản sao lưu")
    world.carry(world.district, world.province)
    (data / DATABASE).write_bytes(backup)
    district = reopened(world)
    assert names(district) == {"Một"}
    assert district.store.renewal().reason is Displacement.OLDER
    put(district, "Làm lại")
    accepted(world, district)
    assert names(world.province) == {"Một", "Sau bản sao lưu", "Làm lại"}
    assert all_sound(district, world.province)


def test_a_folder_set_back_while_the_program_runs_is_noticed_too(world: Exchange) -> None:
    """Nobody opened it anew, so the stamp is the same on both sides: the marks tell."""
    put(world.district, "Một")
    data, _ = place_of(world, "district")
    backup = (data / DATABASE).read_bytes()
    put(world.district, "Hai")
    world.carry(world.district, world.province)
    (data / DATABASE).write_bytes(backup)
    put(world.district, "Ba")
    assert world.district.store.renewal().reason is Displacement.OLDER
    accepted(world, world.district)
    assert names(world.province) == {"Một", "Hai", "Ba"}


@pytest.mark.parametrize("first", ["copy", "original"])
def test_of_two_folders_with_one_identity_only_one_keeps_it(world: Exchange, first: str) -> None:
    put(world.district, "Một")
    data, identity = place_of(world, "district")
    shutil.copytree(data, world.folder / "chép")
    pair = [reopened(world), opened(world, world.folder / "chép", identity)]
    if first == "copy":
        pair.reverse()
    put(pair[0], "Người đầu")
    put(pair[1], "Người sau")
    assert pair[0].store.renewal() is None
    assert pair[1].store.renewal().reason is Displacement.COPIED
    put(pair[0], "Người đầu nữa")
    assert pair[0].store.renewal() is None
    accepted(world, *pair)
    assert names(world.province) == {"Một", "Người đầu", "Người sau", "Người đầu nữa"}
    assert all_sound(*pair, world.province)


def test_a_ghost_image_is_seen_by_the_province_and_numbered_anew(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    ghost = world.copy_of("district")
    one = put(world.district, "Bản chính")
    other = put(ghost, "Bản sao")
    put(ghost, other, address="Thôn Đông")
    draft = put(ghost, "Nháp của bản sao", shared=False)
    world.carry(world.district, world.province)
    refused = world.carry(ghost, world.province)
    assert (refused.state, refused.code) == (BundleState.REFUSED, "E-FORK")
    assert names(world.province) == {"Một", "Bản chính"}
    with world.province.store.read() as work:
        assert [parked.code for parked in work.book.parked()] == ["E-FORK"]

    for office in (world.district, ghost):  # the province's answer
        assert world.carry(world.province, office, for_unit=DISTRICT).state is BundleState.NEW
    assert (is_cloned(world.district), is_cloned(ghost)) == (False, True)
    before = dump(ghost)
    renew(ghost)
    assert dump(ghost) == before
    assert not is_cloned(ghost)
    assert ghost.store.identity().replica != world.district.store.identity().replica
    accepted(world, ghost)
    assert names(world.province) == {"Một", "Bản chính", "Bản sao"}
    with world.province.store.read() as work:  # answered, so it waits no more
        assert work.book.parked() == ()
    put(ghost, draft)  # both work on
    put(ghost, other, address="Thôn Tây")
    put(world.district, one, address="Thôn Nam")
    for office in (world.district, ghost):
        assert world.carry(office, world.province).state is BundleState.NEW
    with world.province.store.read() as work:
        assert work.records.differences() == ()
    assert "Nháp của bản sao" in names(world.province)
    assert all_sound(ghost, world.district, world.province)


def test_a_pc_that_lost_its_key_goes_on_as_another_and_what_it_never_sent_arrives(
    world: Exchange,
) -> None:
    first = put(world.second, "Chưa ai nghe tới máy này")
    put(world.second, first, address="Thôn Bắc")
    put(world.second, "Nháp", shared=False)
    data, identity = place_of(world, "second")
    shutil.rmtree(identity)
    again = opened(world, data, identity)
    put(again, first, address="Thôn Đoài")
    assert again.store.renewal().reason is Displacement.COPIED
    accepted(world, again)
    assert names(world.province) == {"Chưa ai nghe tới máy này"}
    assert b"Th\xc3\xb4n \xc4\x90o\xc3\xa0i" in dump(world.province)
    assert all_sound(again, world.province)


def test_two_pcs_of_one_office_are_no_copies(world: Exchange) -> None:
    for ports in (world.district, world.second):
        put(ports, "Của máy này")
    accepted(world, world.district, world.second)
    assert world.district.store.renewal() is world.second.store.renewal() is None
    with world.province.store.read() as work:
        assert work.records.differences() == ()


# what is not a copy


def test_a_folder_that_is_moved_or_opened_again_is_the_same(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    who = world.district.store.identity()
    for _ in range(3):
        again = reopened(world)
        put(again, "Thêm")
        assert again.store.identity() == who
    data, identity = place_of(world, "district")
    moved = data.rename(world.folder / "nơi khác")
    again = opened(world, moved, identity)
    put(again, "Nữa")
    assert again.store.identity() == who
    assert world.carry(again, world.province).state is BundleState.NEW


def test_a_program_that_ended_between_the_two_stamps_goes_on(
    world: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.district, "Một")
    who = world.district.store.identity()
    save = MarkFile.save

    def ends(self: MarkFile, marks: object) -> None:
        if marks.coming is None:  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        save(self, marks)  # type: ignore[arg-type]

    monkeypatch.setattr(MarkFile, "save", ends)
    with pytest.raises(KeyboardInterrupt):
        put(reopened(world), "Dở dang")
    monkeypatch.setattr(MarkFile, "save", save)
    again = reopened(world)
    put(again, "Hai")
    assert again.store.identity() == who


def test_a_folder_of_a_program_without_stamps_goes_on(world: Exchange) -> None:
    data, identity = place_of(world, "second")
    who = world.second.store.identity()
    with closing(sqlite3.connect(data / DATABASE)) as connection, connection:
        connection.execute("DELETE FROM setting WHERE name = 'stamp'")
    for marks in identity.glob("*.marks"):
        marks.unlink()
    assert reopened(world, "second").store.identity() == who


def test_a_key_that_cannot_be_read_is_said_and_a_person_decides(world: Exchange) -> None:
    put(world.second, "Còn đây")
    data, identity = place_of(world, "second")
    (key,) = identity.glob("*.json")
    key.write_text("{")
    again = opened(world, data, identity)
    with pytest.raises(IdentityMissingError):
        names(again)
    renew(again)
    assert names(again) == {"Còn đây"}


def test_a_province_that_is_copied_goes_on(world: Exchange) -> None:
    data, _ = place_of(world, "province")
    shutil.copytree(data, world.folder / "tỉnh chép" / "data")
    copy = opened(world, world.folder / "tỉnh chép" / "data", world.folder / "tỉnh chép" / "key")
    assert names(copy) == names(world.province)
    assert all_sound(copy)


def test_without_the_check_a_set_back_folder_gives_numbers_twice(
    world: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of this module."""
    monkeypatch.setattr(MarkFile, "displaced", lambda *_: None)
    put(world.district, "Một")
    data, _ = place_of(world, "district")
    backup = (data / DATABASE).read_bytes()
    put(world.district, "Hai")
    world.carry(world.district, world.province)
    (data / DATABASE).write_bytes(backup)
    district = reopened(world)
    put(district, "Ba")
    assert world.carry(district, world.province).code == "E-FORK"


def test_a_second_enrolment_file_of_the_office_makes_no_difference(world: Exchange) -> None:
    put(world.second, "Nháp", shared=False)
    join(world.second, enrol(world.province, DISTRICT), file_name="x.dk")
    assert world.second.store.renewal() is None
    assert names(world.second) == {"Nháp"}
    assert merged(world.province, world.made(world.second))[0].code == "E-UNKNOWN"
