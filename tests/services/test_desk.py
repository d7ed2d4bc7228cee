"""The merge desk: planned without writing, decided, left and found again, merged."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk_work import two_writers
from exchange_work import DISTRICT, Exchange, everything, names, person_at, put
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.desk import Choosing, DeskChoice
from thidua_desktop.domain.errors import InvalidInputError, StoppedError
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.people import Person
from thidua_desktop.services.bundle_files import bundle_files
from thidua_desktop.services.desk import (
    all_of_one_side,
    decide,
    decided,
    lay_out,
    merge_desk,
    open_cells,
    standing,
    take_back,
    take_off,
)
from thidua_desktop.services.desk_plan import branch_rows, plan_desk, planned_record, waiting_record
from thidua_desktop.services.differences import list_differences
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
sys.path[:0] = sys.argv[3:]
from exchange_work import open_folder
from thidua_desktop.domain.desk import Choosing, DeskChoice
from thidua_desktop.services.desk import decide
ports = open_folder(Path(sys.argv[1]), lambda: datetime(2024, 11, 25, tzinfo=UTC))
for line in sys.argv[2].split():
    record, op = line.split("=")
    decide(ports, [DeskChoice(kind="person", id=UUID(record), field="position",
                              how=Choosing.TAKE, said=op)])
    print(record, flush=True)
    sys.stdin.readline()
"""


def taking(cell: CellDifference, op: str) -> DeskChoice:
    return DeskChoice(kind=cell.kind, id=cell.id, field=cell.field, how=Choosing.TAKE, said=op)


@pytest.fixture
def laid(world: Exchange) -> tuple[Ports, list[Person]]:
    """Return an office with two bundles on its desk, of which one differs in three cells."""
    persons, _, second = two_writers(world, ["Một", "Hai", "Ba"])
    put(world.second, "Bốn")
    lay_out(world.district, [second, world.made(world.second)])
    second.unlink()  # the stick is pulled
    return world.district, persons


def test_a_plan_shows_what_a_merge_does_and_writes_nothing(laid) -> None:
    district, persons = laid
    before = everything(district)
    plan = plan_desk(district)
    (branch,) = plan.offices
    assert branch.name == "Ủy ban nhân dân huyện Kiến Xương"
    assert (branch.counts.new, branch.counts.changed, branch.counts.differences) == (1, 3, 3)
    (people,) = branch.kinds
    rows = branch_rows(plan, branch, "person")
    assert {row.title for row in rows} == {"Một", "Hai", "Ba", "Bốn"}
    assert [len(row.cells) for row in rows] == [1, 1, 1, 0]
    assert branch_rows(plan, branch, "person", start=1, most=2) == rows[1:3]

    sides = planned_record(plan, branch, "person", persons[0].id)
    ways = {way.field: way for way in sides.ways}
    position = ways["position"]
    assert position.before.value == "cũ"
    assert position.here.value == "Trưởng thôn Một"
    assert position.sent.value == "Bí thư chi bộ Một"
    assert sides.cells.keys() == {"position"}
    assert not ways["full_name"].differs
    plan.close()
    assert everything(district) == before
    assert [people.counts][0].open == 3


def test_what_was_chosen_is_applied_and_the_rest_stays_open(laid) -> None:
    district, _persons = laid
    plan = plan_desk(district)
    first, second, third = open_cells(plan.offices, {})
    decide(district, all_of_one_side(plan, [first], 0))
    decide(
        district,
        [
            DeskChoice(
                kind="person", id=second.id, field="position", how=Choosing.VALUE, said="Phó bí thư"
            )
        ],
    )
    decide(district, [DeskChoice(kind="person", id=third.id, field="position", how=Choosing.LATER)])
    chosen = standing(plan, decided(district))
    assert open_cells(plan.offices, chosen) == ()
    plan.close()
    done = merge_desk(district)
    assert [report.state for report in done.reports] == [BundleState.NEW, BundleState.NEW]
    assert (done.settled, done.refused) == (2, 0)
    assert person_at(district, first.id).position.startswith("Trưởng thôn")
    assert person_at(district, second.id).position == "Phó bí thư"
    assert [one.id for one in list_differences(district)] == [third.id]
    assert plan_desk(district).files == ()
    assert decided(district) == {}


def test_taking_the_side_that_was_sent(laid) -> None:
    district, persons = laid
    plan = plan_desk(district)
    decide(district, all_of_one_side(plan, open_cells(plan.offices, {}), 1))
    plan.close()
    assert merge_desk(district).settled == 3
    for person in persons:
        assert person_at(district, person.id).position == f"Bí thư chi bộ {person.full_name}"


def test_steps_are_taken_back_one_after_another(laid) -> None:
    district, _ = laid
    plan = plan_desk(district)
    cells = open_cells(plan.offices, {})
    decide(district, all_of_one_side(plan, cells[:1], 0))
    decide(district, all_of_one_side(plan, cells, 1))
    assert len(take_back(district)) == 3
    (left,) = decided(district).values()
    assert left == all_of_one_side(plan, cells[:1], 0)[0]
    assert len(take_back(district)) == 1
    assert take_back(district) == ()
    plan.close()


def test_a_value_that_cannot_be_kept_is_not_chosen(laid) -> None:
    district, persons = laid
    wrong = DeskChoice(
        kind="person", id=persons[0].id, field="birth_date", how=Choosing.VALUE, said="hôm qua"
    )
    with pytest.raises(InvalidInputError):
        decide(district, [wrong])
    assert decided(district) == {}


def test_when_the_data_changed_only_choices_that_mean_something_stand(laid) -> None:
    district, _persons = laid
    plan = plan_desk(district)
    cells = open_cells(plan.offices, {})
    decide(district, all_of_one_side(plan, cells, 1))
    plan.close()
    with district.store.write() as work:  # another value of one of them is settled meanwhile
        shown = work.records.get(Person, cells[0].id)
        work.records.write(Person, shown.id, {"workplace": "Xã Vũ Quý"})
        work.commit()
    again = plan_desk(district)
    assert again.version != plan.version
    assert len(standing(again, decided(district))) == 3
    again.close()
    take_off(district, [one.sha for one in again.files])
    assert decided(district) == {}


def test_one_that_is_refused_or_waits_stays_with_its_sentence(world: Exchange) -> None:
    put(world.district, "Một")
    world.made(world.district)
    gone = world.folder / "không phải gói.tdkt"
    gone.write_bytes(b"xin chao")
    laid = lay_out(world.province, [gone, world.folder / "không có.tdkt"])
    assert laid.unread == ("không có.tdkt",)
    plan = plan_desk(world.province)
    assert plan.reports[0].state is BundleState.REFUSED
    assert plan.reports[0].message.endswith(".")
    plan.close()
    merge_desk(world.province)
    assert len(plan_desk(world.province).files) == 1


def test_a_folder_is_the_bundles_in_it_and_a_bundle_twice_is_one(world: Exchange) -> None:
    folder = world.folder / "thư mục của tỉnh 12.11"
    (folder / "bên trong").mkdir(parents=True)
    put(world.district, "Đặng Thị Ngọc Ẩn")
    put(world.other, "Bùi Đình Chuyên")
    first, second = world.made(world.district), world.made(world.other)
    shutil.copy(second, folder / "Gói huyện Tiền Hải – lần 2.TDKT")
    shutil.copy(first, folder / "Ẩn (bản sao).tdkt")
    shutil.copy(first, folder / "Ẩn.tdkt")
    (folder / "ghi chú.docx").write_bytes(b"x")
    laid = lay_out(world.province, [folder, first, folder / "ghi chú.docx", folder / "bên trong"])
    assert (laid.strange, laid.unread) == (("ghi chú.docx", "bên trong"), ())
    plan = plan_desk(world.province)
    assert [one.state for one in plan.reports] == [BundleState.NEW] * 2
    assert sum(of.counts.new for of in plan.offices) == 2
    plan.close()
    assert bundle_files(world.province, [folder]) == tuple(
        sorted(path for path in folder.iterdir() if path.suffix.lower() == ".tdkt")
    )
    merge_desk(world.province)
    assert {"Đặng Thị Ngọc Ẩn", "Bùi Đình Chuyên"} <= names(world.province)


def test_bundles_of_one_name_are_two(world: Exchange, tmp_path: Path) -> None:
    sent = []
    for ports in (world.district, world.other):
        put(ports, "Đặng Thị Ngọc Ẩn")
        sent.append(tmp_path / str(len(sent)) / "gửi tỉnh.tdkt")
        sent[-1].parent.mkdir()
        shutil.move(world.made(ports), sent[-1])
    one, other = lay_out(world.province, sent).files
    assert (one.path.name, other.path.name) == ("gửi tỉnh.tdkt", "gửi tỉnh (2).tdkt")

    before = len(list_bundles(world.province).received)

    def is_one_in() -> bool:
        return len(list_bundles(world.province).received) > before

    merged = merge_desk(world.province, stop_wanted=is_one_in)
    assert (len(merged.reports), merged.left) == (1, 1)
    with world.province.store.read() as work:
        assert [file.path.name for file in work.desk.files()] == ["gửi tỉnh (2).tdkt"]
    assert merge_desk(world.province).left == 0
    with world.province.store.read() as work:
        assert len(work.records.having(Person)) == 2


def test_who_stops_in_the_middle_of_laying_is_told_what_is_left(world: Exchange) -> None:
    put(world.district, "Một")
    first = world.made(world.district)
    put(world.district, "Hai")
    asked = iter([False])
    laid = lay_out(
        world.province,
        [first, world.made(world.district)],
        stop_wanted=lambda: next(asked, True),
    )
    assert (len(laid.files), laid.left) == (1, 1)


def test_a_plan_stops_and_leaves_no_copy(laid, world: Exchange) -> None:
    district, _ = laid
    with pytest.raises(StoppedError):
        plan_desk(district, stop_wanted=lambda: True)
    assert not (world.folder / "district" / "data" / "ban-thu").exists()


def test_a_suggestion_is_accepted_or_left(world: Exchange) -> None:
    person = put(world.district, "Một", position="Trưởng thôn")
    world.carry(world.district, world.province)
    with world.province.store.write() as work:
        work.records.write(Person, person.id, {"position": "Bí thư"})
        work.records.share([("person", person.id)])
        work.commit()
    path = world.made(world.province, for_unit=DISTRICT)
    lay_out(world.district, [path])
    plan = plan_desk(world.district)
    (cell,) = open_cells(plan.offices, {})
    assert cell.state is CellState.SUGGESTION
    decide(world.district, all_of_one_side(plan, [cell], 1))
    plan.close()
    merge_desk(world.district)
    assert person_at(world.district, person.id).position == "Bí thư"


def test_differences_of_the_live_data_show_three_ways_too(laid) -> None:
    district, persons = laid
    merge_desk(district)
    sides = waiting_record(district, "person", persons[1].id)
    way = next(one for one in sides.ways if one.field == "position")
    assert way.before.value == "cũ"
    assert {way.here.value, way.sent.value} == {"Trưởng thôn Hai", "Bí thư chi bộ Hai"}


def test_a_kill_in_the_middle_loses_no_choice(laid, world: Exchange) -> None:
    district, _ = laid
    plan = plan_desk(district)
    cells = open_cells(plan.offices, {})
    plan.close()
    said = " ".join(f"{one.id}={one.heads[0].op}" for one in cells)
    paths = [str(Path(__file__).parents[1]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", KILLED, str(world.folder / "district"), said, *paths],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
    )
    acknowledged = [running.stdout.readline().decode().strip()]
    running.stdin.write(b"\n")
    running.stdin.flush()
    acknowledged.append(running.stdout.readline().decode().strip())
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert {str(one.id) for one in decided(district).values()} == set(acknowledged)
    assert len(acknowledged) == 2
    again = plan_desk(district)
    assert len(open_cells(again.offices, standing(again, decided(district)))) == 1
    again.close()


def test_what_another_office_has_the_word_of_waits_for_that_office(world: Exchange) -> None:
    _, first, second = two_writers(world, ["Một"])
    lay_out(world.province, [first, second])
    plan = plan_desk(world.province)
    (branch,) = plan.offices
    assert branch.cells == ()
    (strange,) = branch.strange
    sides = planned_record(plan, branch, "person", strange.id)
    assert sides.strange == {"position"}
    plan.close()
