"""Missing bundles: named in a sentence, asked for, healed by the next export; nothing forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from exchange_work import Exchange, names, open_folder, put
from thidua_desktop.domain.bundle_text import number_list
from thidua_desktop.domain.bundles import BundleState, Certificate, MergeCounts
from thidua_desktop.domain.errors import NotFoundError, UnwritableFileError
from thidua_desktop.domain.missing import missing_of
from thidua_desktop.domain.offices import ParkedBundle, ReceivedBundle
from thidua_desktop.services.overview import overview
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.standing import ask_again, standing

NAME = "Ủy ban nhân dân huyện Kiến Xương"
SENDER = Certificate(
    replica=b"r" * 16, office=25, unit_id=UUID(int=1), role="office", public_key=b"k" * 32
)
NOW = datetime(2024, 11, 25, tzinfo=UTC)


def parked(number: int, code: str = "E-GAP") -> ParkedBundle:
    return ParkedBundle(
        bundle=UUID(int=number),
        number=number,
        sender=SENDER,
        at=NOW + timedelta(days=number),
        file_name="",
        code=code,
    )


def received(number: int) -> ReceivedBundle:
    return ReceivedBundle(
        id=UUID(int=number),
        bundle=UUID(int=number),
        number=number,
        sender=SENDER,
        at=NOW,
        file_name="",
        counts=MergeCounts(),
    )


@pytest.mark.parametrize(
    ("waiting", "came", "numbers"),
    [
        ((13,), (10, 11), (12,)),
        ((13,), (), tuple(range(1, 13))),
        ((13, 16), (11,), (12, 14, 15)),
        ((13,), (11, 12, 14), ()),
        ((5, 3), (1, 2, 9), (4,)),
    ],
)
def test_what_is_missing_is_what_neither_came_nor_waits(waiting, came, numbers) -> None:
    (said,) = missing_of(map(parked, waiting), map(received, came))
    assert (said.numbers, said.waiting) == (numbers, tuple(sorted(waiting)))
    assert said.since == NOW + timedelta(days=min(waiting))


def test_what_waits_for_other_reasons_lacks_no_bundle() -> None:
    assert missing_of([parked(3, "E-UNKNOWN")], []) == ()


@pytest.mark.parametrize(
    ("numbers", "text"), [((12,), "12"), ((3, 7, 8, 9), "3, 7–9"), ((1, 2), "1–2")]
)
def test_runs_of_numbers_are_told_by_their_ends(numbers, text: str) -> None:
    assert number_list(numbers) == text


def lost(world: Exchange, name: str) -> Path:
    """Return a bundle of the district that never arrives; the province is taken to hold it."""
    put(world.district, name)
    path = world.made(world.district)
    with world.district.store.write() as work:
        channel = work.exchange.channel(None)
        for one in work.book.certificates():
            if one.role == "province":
                held = work.exchange.origins()[channel].number
                work.book.acknowledge(one.replica, {channel: held})
        work.commit()
    return path


@pytest.fixture
def gap(world: Exchange) -> tuple[Exchange, int, Path]:
    """The province waits: bundle n of the district was lost, n + 1 is here."""
    world.carry(world.province, world.district, for_unit="ubnd-343")
    path = lost(world, "Bị lạc")
    number = list_bundles(world.district).sent[-1].number
    put(world.district, "Đến sớm")
    report = world.carry(world.district, world.province)
    assert (report.state, report.code) == (BundleState.PARKED, "E-GAP")
    return world, number, path


def test_the_missing_number_is_named_in_one_sentence(gap) -> None:
    world, number, _ = gap
    (one,) = standing(world.province).gaps
    assert one.text == (
        f"Gói số {number + 1} của {NAME} cần gói số {number} trước; tỉnh chưa nhận số {number}."
    )
    book = list_bundles(world.province)
    assert book.waiting_text(book.parked[0]) == one.text
    again = world.carry(world.district, world.province)  # the same numbers once more
    assert again.message.startswith(f"Gói số {number + 1} của {NAME} cần gói số {number} trước;")


def test_one_request_reaches_the_office_and_its_next_bundle_heals_everything(
    gap, tmp_path: Path
) -> None:
    world, number, _ = gap
    (one,) = standing(world.province).gaps
    asked = ask_again(world.province, one.key, slip=tmp_path / "phiếu.txt")
    said = (tmp_path / "phiếu.txt").read_text("utf-8-sig")
    assert f"Cần gói từ số {number}" in said
    assert said.splitlines() == asked.slip.splitlines()
    assert standing(world.province).gaps[0].is_asked

    # Without the request the office would go on from where it believes the province to be.
    put(world.district, "Sau nữa")
    assert world.carry(world.district, world.province).state is BundleState.PARKED
    ask_again(world.province, one.key)

    world.carry(world.province, world.district, for_unit="ubnd-343")
    (request,) = standing(world.district).requests[-1:]
    assert (request.number, request.seen) == (number, number + 2)
    assert world.carry(world.district, world.province).state is BundleState.NEW
    assert {"Bị lạc", "Đến sớm", "Sau nữa"} <= names(world.province)
    assert standing(world.province).gaps == ()
    assert standing(world.district).requests == ()


def test_asking_twice_writes_one_record_and_a_slip_that_cannot_be_written_none(
    gap, tmp_path: Path
) -> None:
    world, _, _ = gap
    (one,) = standing(world.province).gaps
    (tmp_path / "tệp").write_text("không phải thư mục")
    with pytest.raises(UnwritableFileError):
        ask_again(world.province, one.key, slip=tmp_path / "tệp" / "phiếu.txt")
    assert not standing(world.province).gaps[0].is_asked
    assert ask_again(world.province, one.key).changes.touched
    assert not ask_again(world.province, one.key).changes.touched
    with pytest.raises(NotFoundError):
        ask_again(world.province, "00")


def test_the_other_pc_of_the_office_is_not_asked(gap) -> None:
    world, _, _ = gap
    ask_again(world.province, standing(world.province).gaps[0].key)
    world.carry(world.province, world.second, for_unit="ubnd-343")
    assert standing(world.second).requests == ()


def later(world: Exchange, name: str, days: int) -> Ports:
    moment = datetime(2024, 11, 25, tzinfo=UTC) + timedelta(days=days)
    return open_folder(world.folder / name, lambda: moment)


def test_what_waits_long_is_told_and_never_forgotten(gap) -> None:
    world, _, _ = gap
    (one,) = standing(later(world, "province", 400)).gaps
    assert one.days >= 399


def test_old_data_are_a_warning_and_no_lock(world: Exchange) -> None:
    world.carry(world.province, world.district, for_unit="ubnd-343")
    number = list_bundles(world.district).received[-1].number
    old = later(world, "district", 92)
    fresh = standing(old).fresh
    assert fresh.text == f"Dữ liệu của tỉnh đến gói số {number}, cách đây {fresh.days} ngày."
    assert fresh.days in {91, 92}
    put(old, "Vẫn làm việc")
    assert [one.name for one in standing(later(world, "province", 92)).silent]
    assert standing(world.province).silent == ()


def test_the_start_page_counts_what_no_bundle_carries(world: Exchange) -> None:
    put(world.district, "Một")
    put(world.district, "Nháp", shared=False)
    said = overview(world.district, today=date(2024, 11, 25))
    assert (said.standing.unsent, said.standing.drafts) == (1, 1)
    assert said.standing.changed == (("person", 2),), "and of which kinds"
    assert said.unacknowledged >= 1
    world.made(world.district)
    said = overview(world.district, today=date(2024, 11, 25))
    assert (said.standing.unsent, said.standing.drafts) == (0, 1)
    assert said.standing.changed == (("person", 1),)
    assert said.unacknowledged >= 1
