"""Bundles cut into parts: any order, repeated, over days; never half a bundle."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from attached import a_pdf, shared
from exchange_work import Exchange, dump, everything, merged, names, put
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import NoCopyError
from thidua_desktop.domain.parts import PartHead
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.parts import head_bytes
from thidua_desktop.services import parts as module
from thidua_desktop.services.exchange import plan_bundles
from thidua_desktop.services.packing import export_bundle, write_again
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing

_number = count()


def in_parts(world: Exchange, sender: Ports, *, parts: int = 7, **how: object) -> list[Path]:
    """Write a bundle in so many parts."""
    shared(sender, a_pdf(next(_number), 40_000))
    folder = world.folder / f"phần {next(_number)}"
    made = export_bundle(sender, path=folder / "gói.tdkt", packing=Packing(**how))
    size = -(-made.path.stat().st_size // parts) + limits.PART_HEAD_BYTES
    (folder / "gói.tdkt").unlink()
    again = write_again(sender, made.number, folder=folder, packing=Packing(part_size=size))
    assert len(again.files) == parts
    return list(again.files)


def waiting(ports: Ports) -> list[str]:
    return [one.words() for one in list_bundles(ports).parts]


def kept_parts(world: Exchange) -> list[Path]:
    return list((world.folder / "province" / "data" / "parts").glob("*"))


def test_parts_in_any_order_repeated_and_over_days(world: Exchange) -> None:
    put(world.district, "Trịnh Văn Ổn")
    paths = in_parts(world, world.district)
    chance = random.Random(2)
    order = [*paths, *paths[:3]]
    chance.shuffle(order)
    last = paths[3]
    order = [path for path in order if path != last]
    for path in order:
        (report,) = merged(world.province, path)
        assert (report.state, report.code) == (BundleState.PARKED, "E-PART")
        assert "Trịnh Văn Ổn" not in names(world.province)
    assert waiting(world.province) == ["đã nhận 6/7 phần, còn thiếu phần 4"]
    assert report.message.endswith("giữ lại.")
    world = replace(world, province=world.copy_of("province"))  # another day
    (report,) = merged(world.province, last)
    assert report.state is BundleState.NEW
    assert report.counts.missing_files == 0
    assert "Trịnh Văn Ổn" in names(world.province)
    assert waiting(world.province) == []
    (again,) = merged(world.province, paths[0])
    assert (again.state, again.bundle) == (BundleState.KNOWN, report.bundle)
    assert waiting(world.province) == []


def test_all_parts_at_once_tell_one_bundle(world: Exchange) -> None:
    paths = in_parts(world, world.district)
    before = everything(world.province)
    planned = plan_bundles(world.province, paths)
    assert [one.state for one in planned].count(BundleState.NEW) == 1
    assert everything(world.province) == before
    assert kept_parts(world) == []
    reports = merged(world.province, *reversed(paths))
    states = [one.state for one in reports]
    assert states.count(BundleState.NEW) == 1
    assert states.count(BundleState.KNOWN) == 6
    assert {one.file for one in reports} == {path.name for path in paths}
    assert kept_parts(world) == []


def test_a_bundle_in_parts_is_the_bundle(world: Exchange) -> None:
    copy = world.copy_of("province")
    paths = in_parts(world, world.district)
    merged(world.province, *paths)
    whole = write_again(
        world.district, list_bundles(world.district).sent[-1].number, path=world.folder / "cả.tdkt"
    )
    merged(copy, whole.path)
    assert dump(copy) == dump(world.province)


def test_a_part_that_was_damaged_or_is_of_another_bundle(world: Exchange) -> None:
    paths = in_parts(world, world.district)
    other = in_parts(world, world.other)
    merged(world.province, *paths[:3], *other[:2])
    before = everything(world.province), waiting(world.province)
    broken = world.folder / "hỏng.tdkt"
    for place in (0, 40, 300, -1):
        content = bytearray(paths[4].read_bytes())
        content[place] ^= 1
        broken.write_bytes(content)
        (report,) = merged(world.province, broken)
        assert report.state is BundleState.REFUSED
        assert (everything(world.province), waiting(world.province)) == before
    assert len(waiting(world.province)) == 2
    reports = merged(world.province, *paths[3:], *other[2:])
    assert [one.state for one in reports].count(BundleState.NEW) == 2


@pytest.mark.parametrize("cut", range(0, 50, 7))
def test_a_half_written_part_is_not_taken(world: Exchange, cut: int) -> None:
    path = in_parts(world, world.district, parts=2)[1]
    whole = path.read_bytes()
    path.write_bytes(whole[: cut * len(whole) // 50])
    (report,) = merged(world.province, path)
    assert report.state is BundleState.REFUSED
    assert waiting(world.province) == []


def test_a_part_that_contradicts_one_that_is_kept(world: Exchange) -> None:
    first, *rest = in_parts(world, world.district)
    merged(world.province, first)
    lie = world.folder / "giả.tdkt"
    head = world.province.parts.read(first, file_name="a")
    lie.write_bytes(a_lie(head))
    (report,) = merged(world.province, lie)
    assert (report.state, report.code) == (BundleState.REFUSED, "E-DAMAGED")
    assert [one.state for one in merged(world.province, *rest)].count(BundleState.NEW) == 1


def test_parts_that_do_not_make_what_they_say_are_dropped_whole(world: Exchange) -> None:
    first, *rest = in_parts(world, world.district)
    lie = world.folder / "giả.tdkt"
    head = world.province.parts.read(first, file_name="a")
    lie.write_bytes(a_lie(head))
    reports = merged(world.province, lie, *rest)
    assert reports[-1].state is BundleState.REFUSED
    assert waiting(world.province) == []
    assert kept_parts(world) == []
    assert [one.state for one in merged(world.province, first, *rest)].count(BundleState.NEW) == 1


def a_lie(head: PartHead) -> bytes:
    """Return a part in this one's place with other content, honest in its own hash."""
    content = b"x" * head.size
    return head_bytes(replace(head, sha=sha256(content).hexdigest())) + content


def test_so_many_bundles_may_wait_and_no_more(world: Exchange, monkeypatch) -> None:
    first, second = (in_parts(world, ports) for ports in (world.district, world.other))
    monkeypatch.setattr(module, "MOST_WAITING", 1)
    assert merged(world.province, first[0])[0].state is BundleState.PARKED
    (report,) = merged(world.province, second[0])
    assert (report.state, report.code) == (BundleState.REFUSED, "E-SIZE")
    assert merged(world.province, first[1])[0].state is BundleState.PARKED


# copies of what was sent


def unacknowledged(ports: Ports) -> list[int]:
    book = list_bundles(ports)
    return [one.number for one in book.sent if one.bundle in book.unacknowledged]


def sent_files(world: Exchange) -> list[Path]:
    return list((world.folder / "district" / "data" / "sent").glob("*"))


def test_what_was_sent_is_kept_until_it_is_acknowledged(world: Exchange) -> None:
    put(world.district, "Trịnh Văn Ổn")
    lost = world.made(world.district)
    number = list_bundles(world.district).sent[-1].number
    assert unacknowledged(world.district) == [number]
    again = write_again(world.district, number, path=world.folder / "lại.tdkt")
    assert again.path.read_bytes() == lost.read_bytes()
    merged(world.province, again.path)
    world.carry(world.province, world.district, for_unit="ubnd-343")
    assert unacknowledged(world.district) == []
    assert sent_files(world) == []
    with pytest.raises(NoCopyError):
        write_again(world.district, number, path=world.folder / "nữa.tdkt")


def test_a_copy_for_all_stays_until_the_last_of_them_has_it(world: Exchange) -> None:
    put(world.province, "Trịnh Văn Ổn")
    for_all = world.made(world.province)
    world.made(world.province, for_unit="ubnd-343")
    to_all, to_one = (one.number for one in list_bundles(world.province).sent[-2:])
    kept = []
    for ports in (world.other, world.district):
        merged(ports, for_all)
        kept.append(set(unacknowledged(world.province)) & {to_all, to_one})
        world.carry(ports, world.province)
    kept.append(set(unacknowledged(world.province)) & {to_all, to_one})
    assert kept == [{to_all, to_one}, {to_all, to_one}, set()]


def test_a_later_bundle_with_all_its_files_makes_the_earlier_copy_needless(world: Exchange) -> None:
    put(world.district, "Trịnh Văn Ổn")
    first = world.made(world.district)
    number = list_bundles(world.district).sent[-1].number
    world.made(world.district, light=True)
    assert unacknowledged(world.district) == [number, number + 1]
    world.made(world.district)
    assert unacknowledged(world.district) == [number + 2]
    assert len(sent_files(world)) == 1
    assert first.exists()


def test_a_bundle_that_could_not_be_written_is_not_kept(world: Exchange) -> None:
    (world.folder / "tệp").touch()
    with pytest.raises(Exception, match="UnwritableFileError"):
        export_bundle(world.district, path=world.folder / "tệp" / "gói.tdkt")
    before = unacknowledged(world.district)
    assert len(before) == len(sent_files(world))
