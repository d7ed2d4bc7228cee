"""Bundles between real folders: what goes, what comes, in any order and as often as it likes."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from exchange_work import (
    DISTRICT,
    OTHER,
    Exchange,
    dump,
    everything,
    files_of,
    merged,
    names,
    person_at,
    put,
)
from formats.bundle.forged import in_memory
from office_work import Pair, a_person_proposed
from thidua_desktop.cli.bundle_commands import book_lines
from thidua_desktop.domain.bundles import BundleKind, BundleState
from thidua_desktop.domain.criteria import Criterion
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    NotForRoleError,
    StoppedError,
    UnknownUnitError,
    UnwritableFileError,
)
from thidua_desktop.domain.units import Unit
from thidua_desktop.formats.bundle import limits
from thidua_desktop.services.exchange import inspect_bundle, merge_bundles, plan_bundles
from thidua_desktop.services.inspection_wording import inspection_lines
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.offices import accept, enrol
from thidua_desktop.services.opening import opened
from thidua_desktop.services.packing import export_bundle, export_for_all
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing


def parked_codes(ports: Ports) -> list[str]:
    with ports.store.read() as work:
        return [parked.code for parked in work.book.parked()]


# every order, every repeat


def test_every_order_and_every_repeat_give_one_state(world: Exchange) -> None:
    shared = put(world.district, "Trịnh Văn Ổn")
    merged(world.second, world.made(world.district))
    put(world.district, shared, position="Trưởng thôn")
    put(world.second, shared, position="Bí thư chi bộ")
    put(world.other, "Hà Thị Mỵ")
    world.carry(world.second, world.province)  # the province hears of the second PC
    accept(world.province, None)
    paths = (
        world.made(world.district),
        world.made(world.second),
        world.made(world.other),
    )
    states = set()
    for order in permutations(paths):
        copy = world.copy_of("province")
        merged(copy, order[0], order[1], order[0], *order[2:], *reversed(order))
        states.add(dump(copy))
        with copy.store.read() as work:
            assert work.exchange.check() == ()
            assert len(work.records.differences()) == 1
    assert len(states) == 1
    assert states != {dump(world.province)}


def test_a_bundle_that_comes_again_is_known_and_changes_nothing(world: Exchange) -> None:
    put(world.district, "Trịnh Văn Ổn")
    path = world.made(world.district)
    (first,) = merged(world.province, path)
    assert (first.state, first.counts.new) == (BundleState.NEW, 1)
    before = everything(world.province)
    (again,) = merged(world.province, path)
    assert again.state is BundleState.KNOWN
    assert again.counts.new == again.counts.same == 0
    assert again.import_id is None
    assert everything(world.province) == before


def test_a_bundle_without_ops_is_new_once(world: Exchange) -> None:
    path = world.made(world.district)
    assert merged(world.province, path)[0].state is BundleState.NEW
    assert merged(world.province, path)[0].state is BundleState.KNOWN


def test_a_bundle_tells_what_it_does(world: Exchange) -> None:
    person = put(world.district, "Trịnh Văn Ổn")
    world.carry(world.district, world.province)
    put(world.district, person, position="Trưởng thôn")
    put(world.district, "Hà Thị Mỵ")
    report = world.carry(world.district, world.province)
    assert (report.counts.new, report.counts.changed, report.counts.same) == (1, 1, 0)
    assert report.sender == "Ủy ban nhân dân huyện Kiến Xương"
    said = report.to_json()
    assert said["state"] == "new"
    assert said["import"]
    assert said["number"] == 3  # the request was number 1
    assert set(said["counts"]) == {
        *("new", "changed", "same", "differences", "suggestions"),
        *("duplicates", "outside_authority", "missing_files", "unknown"),
    }


# what goes out


def test_drafts_stay_at_home(world: Exchange) -> None:
    put(world.district, "Nháp", shared=False)
    put(world.district, "Đã gửi")
    world.carry(world.district, world.province)
    assert names(world.province) == {"Đã gửi"}


def test_a_lost_stick_heals_itself_and_what_was_received_is_not_sent_again(
    world: Exchange,
) -> None:
    put(world.district, "Một")
    lost = world.made(world.district)
    put(world.district, "Hai")
    assert world.contents(lost).manifest.number == 2
    world.carry(world.district, world.province)
    assert names(world.province) == {"Một", "Hai"}

    world.carry(world.province, world.district, for_unit=DISTRICT)
    put(world.district, "Ba")
    path = world.made(world.district)
    (span,) = world.contents(path).manifest.ranges.values()
    assert (span.start, span.end) == (2, 3)
    assert world.contents(path).manifest.kind is BundleKind.DELTA
    whole = world.contents(world.made(world.district, full=True)).manifest
    (span,) = whole.ranges.values()
    assert (span.start, span.end) == (0, 3)
    assert whole.kind is BundleKind.FULL


def test_the_province_sends_to_all_what_is_common_and_to_one_what_is_its_own(
    world: Exchange,
) -> None:
    to_all = world.contents(world.made(world.province)).manifest
    assert (to_all.to, to_all.kind) == (None, BundleKind.REFERENCE)
    assert {one.certificate.office for one in to_all.certificates} == {0}
    to_one = world.contents(world.made(world.province, for_unit=DISTRICT)).manifest
    assert to_one.to == 63
    assert {one.certificate.office for one in to_one.certificates} == {0, 63}
    for manifest in (to_all, to_one):
        assert manifest.ranges == {}  # both offices began with all of it, and said so
    whole = world.made(world.province, full=True)
    for ports in (world.district, world.other):
        assert merged(ports, whole)[0].state is BundleState.KNOWN


def test_what_is_for_all_holds_everything_while_an_office_was_never_heard_of(
    world: Exchange,
) -> None:
    assert world.contents(world.made(world.province)).manifest.ranges == {}
    enrol(world.province, "sxd")
    (span,) = world.contents(world.made(world.province)).manifest.ranges.values()
    assert span.start == 0
    assert world.contents(world.made(world.province, for_unit=DISTRICT)).manifest.ranges == {}


def test_for_each_accepted_office_one_file_under_its_usual_name(
    world: Exchange, tmp_path: Path
) -> None:
    made = export_for_all(world.province, folder=tmp_path / "gửi")
    assert [one.path.name for one in made] == [
        "TDKT_62_1_25112024.tdkt",
        "TDKT_63_1_25112024.tdkt",
    ]
    assert [one.to for one in made] == [62, 63]
    (again, _) = export_for_all(world.province, folder=tmp_path / "gửi")
    assert again.number == 2
    with pytest.raises(NotForRoleError):
        export_for_all(world.district, folder=tmp_path)


@pytest.mark.parametrize("code", ["ubnd-999", "34"])
def test_a_bundle_is_for_an_office_of_the_register(world: Exchange, code: str) -> None:
    before = everything(world.province)
    with pytest.raises(UnknownUnitError):
        world.made(world.province, for_unit=code)
    with pytest.raises(NotForRoleError):
        world.made(world.district, for_unit=OTHER)
    assert everything(world.province) == before


def test_a_unit_without_a_number_gets_no_bundle_for_all(world: Exchange) -> None:
    with world.province.store.write() as work:
        unit = Unit(id=world.province.new_id(0), code="to-moi", name="Tổ mới")
        work.records.put(unit, shown=None)
        work.commit()
    with pytest.raises(UnknownUnitError):
        world.made(world.province, for_unit="to-moi")


def test_what_cannot_be_written_was_not_sent(world: Exchange, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    before = everything(world.district)
    with pytest.raises(UnwritableFileError):
        export_bundle(world.district, path=tmp_path / "tệp" / "gói.tdkt")
    assert everything(world.district) == before


def test_what_no_bundle_can_hold_is_not_written(
    world: Exchange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(world.district, "Một")
    before = everything(world.district)
    monkeypatch.setattr(limits, "OPS", 0)
    with pytest.raises(BundleTooLargeError):
        export_bundle(world.district, path=tmp_path / "gói.tdkt")
    assert everything(world.district) == before
    assert not (tmp_path / "gói.tdkt").exists()


# what comes too early


@pytest.fixture
def three(world: Exchange) -> tuple[Ports, list[Path]]:
    """Return a province as it was at first, and three bundles that need each other."""
    early = world.copy_of("province")
    paths = []
    for name in ("Một", "Hai", "Ba"):
        put(world.district, name)
        paths.append(world.made(world.district))
        merged(world.province, paths[-1])
        world.carry(world.province, world.district, for_unit=DISTRICT)
    assert [_start(world, path) for path in paths] == [0, 1, 2]
    return early, paths


def _start(world: Exchange, path: Path) -> int:
    (span,) = world.contents(path).manifest.ranges.values()
    return span.start


def test_what_comes_too_early_waits_and_is_merged_after_its_predecessor(three) -> None:
    province, (first, second, third) = three
    before = dump(province)
    for path in (third, second, third):
        (report,) = merged(province, path)
        assert (report.state, report.code) == (BundleState.PARKED, "E-GAP")
        assert report.message.endswith(".")
    assert parked_codes(province) == ["E-GAP", "E-GAP"]
    assert dump(province) == before

    reports = merged(province, first)
    assert [(r.file, r.state) for r in reports] == [
        (first.name, BundleState.NEW),
        (second.name, BundleState.NEW),
        (third.name, BundleState.NEW),
    ]
    assert names(province) == {"Một", "Hai", "Ba"}
    assert parked_codes(province) == []
    assert [r.state for r in merged(province, third, second)] == [BundleState.KNOWN] * 2


def test_in_one_go_any_order_will_do_and_each_file_is_told_once(three, world: Exchange) -> None:
    _, paths = three
    states = set()
    for order in permutations(paths):
        copy = world.copy_of("province")
        reports = merged(copy, *order)
        assert [report.file for report in reports] == [path.name for path in order]
        states.add(dump(copy))
    assert len(states) == 1


def test_early_ones_merged_in_the_same_go_wait_for_nobody(three) -> None:
    province, (first, second, third) = three
    planned = plan_bundles(province, (third, second, first, third))
    reports = merged(province, third, second, first, third)
    assert [r.state for r in reports] == [*[BundleState.NEW] * 3, BundleState.KNOWN]
    assert [r.file for r in reports] == [p.name for p in (third, second, first, third)]
    assert [(r.file, r.state, r.counts) for r in planned] == [
        (r.file, r.state, r.counts) for r in reports
    ]


def test_an_early_one_given_twice_is_merged_once(three) -> None:
    province, (first, second, _) = three
    reports = merged(province, second, second, first)
    assert [r.state for r in reports] == [BundleState.NEW, BundleState.KNOWN, BundleState.NEW]
    assert [r.counts.new for r in reports] == [1, 0, 1]


def test_one_that_waited_and_is_wrong_does_not_hold_up_its_predecessor(
    three, world: Exchange
) -> None:
    province, (first, second, _) = three
    contents = world.contents(second)
    wrong = replace(contents.sections[0], lines=(b"[]",))
    forged = world.forged(world.district, replace(contents, sections=(wrong,)))
    assert merged(province, forged)[0].state is BundleState.PARKED

    reports = merged(province, first)
    assert [(r.state, r.code) for r in reports] == [
        (BundleState.NEW, None),
        (BundleState.REFUSED, "E-FORMAT"),
    ]
    assert names(province) == {"Một"}
    assert parked_codes(province) == []


# plan


def test_a_plan_says_what_the_merge_does_and_writes_nothing(pair: Pair) -> None:
    pair.up()
    pair.submit(a_person_proposed(pair.office))
    path = export_bundle(pair.office, path=pair.folder / "gói.tdkt").path
    before = files_of(pair.province, pair.folder / "province")
    (planned,) = plan_bundles(pair.province, [path])
    assert files_of(pair.province, pair.folder / "province") == before

    (done,) = merged(pair.province, path)
    assert (planned.state, planned.counts) == (done.state, done.counts)
    assert done.counts.new == 3  # person, proposal, letter
    assert done.counts.missing_files == 0
    assert planned.number == done.number


# files that travel along


def test_files_travel_and_one_that_was_left_out_is_missed_and_follows(pair: Pair) -> None:
    pair.up()
    pair.submit(a_person_proposed(pair.office))
    path = export_bundle(pair.office, path=pair.folder / "gói.tdkt").path
    with (
        pair.office.store.read() as work,
        opened(pair.office, work, path, file_name="x") as payload,
        pair.office.bundles.open(payload, file_name="x") as whole,
    ):
        contents = in_memory(whole)
    (sha,) = contents.blobs
    light = replace(contents, blobs={}, manifest=replace(contents.manifest, blobs=()))
    seed = pair.office.store.identity().seed
    (pair.folder / "nhẹ.tdkt").write_bytes(pair.office.bundles.pack(light, seed))

    (report,) = merged(pair.province, pair.folder / "nhẹ.tdkt")
    assert report.counts.missing_files == 1
    state = digest(pair.province)
    with pair.province.store.read() as work:
        assert work.blobs.get(sha) is None

    (again,) = merged(pair.province, path)
    assert again.state is BundleState.KNOWN
    assert again.warnings == ("Gói mang đến 1 tệp kèm trước đó còn thiếu.",)
    with pair.province.store.read() as work:
        assert work.blobs.get(sha) == contents.blobs[sha]
    assert digest(pair.province) == state


# two PCs of one office


def test_another_pc_of_the_office_is_taken_at_its_word_when_it_knows_the_secret(
    world: Exchange,
) -> None:
    put(world.second, "Từ máy 2")
    report = world.carry(world.second, world.district)
    assert report.state is BundleState.NEW
    assert names(world.district) == {"Từ máy 2"}


def test_a_pc_carries_the_ops_of_another_once_the_province_holds_some(world: Exchange) -> None:
    put(world.second, "Từ máy 2")
    request = world.made(world.second)
    merged(world.district, request)
    assert world.carry(world.district, world.province).state is BundleState.NEW
    assert names(world.province) == set()

    merged(world.province, request)
    accept(world.province, None)
    world.carry(world.province, world.district, for_unit=DISTRICT)
    put(world.second, "Từ máy 2 nữa")
    world.carry(world.second, world.district)
    world.carry(world.district, world.province)
    assert names(world.province) == {"Từ máy 2", "Từ máy 2 nữa"}


def test_both_pcs_hear_the_province_s_answers_and_of_each_other(world: Exchange) -> None:
    world.carry(world.second, world.province)
    accept(world.province, None)
    answer = world.made(world.province, for_unit=DISTRICT)
    for ports in (world.district, world.second):
        merged(ports, answer)
        with ports.store.read() as work:
            known = [one for one in work.book.certificates() if one.office == 63]
        assert len(known) == 2


# the province's own words


def test_an_office_sees_what_the_province_changes_in_its_criteria(world: Exchange) -> None:
    with world.province.store.write() as work:
        criterion = work.records.having(Criterion)[0]
        work.records.put(replace(criterion, evidence_required=True), shown=criterion)
        work.records.share([("criterion", criterion.id)])
        work.commit()
    for ports in (world.district, world.other):
        report = world.carry(world.province, ports)
        assert (report.counts.changed, report.counts.new) == (1, 0)
        with ports.store.read() as work:
            assert work.records.get(Criterion, criterion.id).evidence_required


# who looks like whom


def test_persons_that_look_alike_are_counted_when_they_come_to(world: Exchange) -> None:
    birth = PartialDate(1984, 3)
    put(world.district, "Đặng Thị Hoà", birth_date=birth)
    world.carry(world.district, world.province)
    put(world.second, "ĐẶNG THỊ HÒA", birth_date=birth)
    put(world.second, "Đặng Thị Hoa", birth_date=birth)
    put(world.second, "Đặng Thị Hòa", birth_date=PartialDate(1985))
    put(world.second, "")
    put(world.second, "")
    report = world.carry(world.second, world.district)
    assert report.counts.duplicates == 1


def test_who_looked_like_another_before_is_not_counted_again(world: Exchange) -> None:
    person = put(world.district, "Hà Thị Mỵ")
    put(world.district, "Hà Thị Mỵ")
    assert world.carry(world.district, world.province).counts.duplicates == 2
    put(world.district, person, position="Kỹ sư")
    report = world.carry(world.district, world.province)
    assert (report.counts.changed, report.counts.duplicates) == (1, 0)
    put(world.district, person, full_name="Hà Thị Mỵ Nương")
    assert world.carry(world.district, world.province).counts.duplicates == 0
    put(world.district, person, full_name="Hà Thị Mỵ")
    assert world.carry(world.district, world.province).counts.duplicates == 1


# progress and stopping


def test_progress_goes_from_nothing_to_all(world: Exchange) -> None:
    paths = []
    for ports in (world.district, world.other):
        put(ports, "Một")
        paths.append(world.made(ports))
    told: list[tuple[int, int]] = []
    merged(world.province, *paths, progress=lambda *at: told.append(at))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert len({total for _, total in told}) == 1


def test_stopped_before_anything_was_merged_says_so(world: Exchange) -> None:
    put(world.district, "Một")
    path = world.made(world.district)
    before = everything(world.province)
    for job in (merge_bundles, plan_bundles):
        with pytest.raises(StoppedError):
            job(world.province, [path], stop_wanted=lambda: True)
    assert everything(world.province) == before


def test_stopped_later_keeps_what_was_merged_whole(world: Exchange) -> None:
    paths = []
    for ports, name in ((world.district, "Một"), (world.other, "Hai")):
        put(ports, name)
        paths.append(world.made(ports))
    at = [0.0]

    def tell(done: int, total: int) -> None:
        at[0] = done / total

    reports = merged(world.province, *paths, progress=tell, stop_wanted=lambda: at[0] > 0.6)
    assert [report.state for report in reports] == [BundleState.NEW]
    assert names(world.province) == {"Một"}
    (rest,) = merged(world.province, paths[1])
    assert rest.state is BundleState.NEW


# the registers


def test_the_registers_name_offices_numbers_and_files(three, world: Exchange) -> None:
    province, (first, second, third) = three
    merged(province, third, first)
    export_bundle(province, path=world.folder / "đi.tdkt", packing=Packing(for_unit=OTHER))
    export_bundle(province, path=world.folder / "chung.tdkt")
    book = list_bundles(province)
    said = book.to_json()
    assert [(one["number"], one["to"]) for one in said["sent"]] == [(1, 62), (1, None)]
    assert said["received"][-1]["sender"] == "Ủy ban nhân dân huyện Kiến Xương"
    assert said["received"][-1]["file"] == first.name
    (waiting,) = said["parked"]
    assert (waiting["code"], waiting["file"]) == ("E-GAP", third.name)
    lines = "\n".join(book_lines(book))
    assert "gửi · số 1 · Ủy ban nhân dân huyện Tiền Hải · đi.tdkt" in lines
    assert "gửi · số 1 · tất cả · chung.tdkt" in lines
    assert f"chờ · số {waiting['number']} · Ủy ban nhân dân huyện Kiến Xương" in lines
    assert merged(province, second)[-1].file == third.name


def test_a_bundle_can_be_looked_into_without_being_taken(world: Exchange) -> None:
    put(world.district, "Một")
    put(world.district, "Hai")
    path = world.made(world.district)
    before = everything(world.province)
    said = inspect_bundle(world.province, path)
    assert said["sender"] == "Ủy ban nhân dân huyện Kiến Xương"
    assert (said["number"], said["to"], said["known_sender"]) == (2, 0, True)
    assert said["kinds"] == {"person": 2}
    assert list(said["ranges"].values()) == [[0, 2]]
    assert inspection_lines(said)[0] == "Gói số 2 · phần mới"
    assert inspection_lines(said)[-1] == "Mang: 2 cá nhân"
    with pytest.raises(BundleRejectedError) as refused:
        inspect_bundle(world.other, path)
    assert refused.value.code == "E-KEY"
    stranger = inspect_bundle(world.other, world.bare(path))
    assert stranger["known_sender"] is False
    assert inspection_lines(stranger)[0].startswith("Không rõ người gửi")
    assert everything(world.province) == before


def test_a_person_s_name_survives_the_whole_way(world: Exchange) -> None:
    person = put(world.district, "Nguyễn Thị Thuỷ", birth_date=PartialDate(1965, 3, 12))
    world.carry(world.district, world.province)
    assert person_at(world.province, person.id) == person
