"""A department is merged into another: the heir receives its records and writes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exchange_work import Exchange, dump, merged, names, open_folder, person_at, put
from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.domain.errors import NotForRoleError, OwnHeirError, UnknownUnitError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.people import Person
from thidua_desktop.services.criteria import add_criterion, criteria_sets
from thidua_desktop.services.keys import proposed_heirs, succeed
from thidua_desktop.services.nominee_sheet import nominee_layout
from thidua_desktop.services.offices import accept, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.peers import unit_choices
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.sheets import RowState, import_nominees, preview_nominees
from thidua_desktop.services.submissions import submit_all

OLD, HEIR = "skhdt", "stc-2025"
DAY = date(2025, 3, 1)


@pytest.fixture
def offices(world: Exchange, tmp_path: Path, clock: Any) -> tuple[Ports, Ports]:
    made = []
    for code in (OLD, HEIR):
        ports = open_folder(tmp_path / code, clock)
        join(ports, enrol(world.province, code), file_name="dk")
        merged(world.province, export_bundle(ports, path=tmp_path / f"{code}.tdkt").path)
        accept(world.province, code)
        made.append(ports)
    return made[0], made[1]


def carry_down(world: Exchange, ports: Ports, code: str) -> None:
    """Carry a bundle of the province, which nobody refuses or parks."""
    (report,) = merged(ports, world.made(world.province, for_unit=code))
    assert report.code is None


def test_the_heir_receives_the_records_and_its_word_holds(
    world: Exchange, offices: tuple[Ports, Ports]
) -> None:
    old, heir = offices
    person = put(old, "Nguyễn Văn Kế", position="Chuyên viên")
    world.carry(old, world.province)
    carry_down(world, heir, HEIR)
    assert names(heir) == set()

    succeed(world.province, OLD, HEIR, since=DAY)
    carry_down(world, heir, HEIR)
    assert person_at(heir, person.id) == person

    put(heir, person, position="Phó trưởng phòng")
    world.carry(heir, world.province)
    changed = person_at(world.province, person.id)
    assert changed is not None
    assert changed.position == "Phó trưởng phòng"
    with world.province.store.read() as work:
        assert work.records.differences() == ()
        assert work.exchange.check() == ()

    # What the old office wrote stands, and its late word is one of an owner: somebody chooses.
    put(old, person, position="Trưởng phòng")
    world.carry(old, world.province)
    with world.province.store.read() as work:
        assert [one.field for one in work.records.differences()] == ["position"]


def test_a_word_of_the_heir_before_the_inheritance_is_a_suggestion_until_then(
    world: Exchange, offices: tuple[Ports, Ports]
) -> None:
    old, heir = offices
    person = put(old, "Nguyễn Văn Kế")
    world.carry(old, world.province)
    with heir.store.write() as work:
        work.records.write(type(person), person.id, {"position": "Phó trưởng phòng"})
        work.records.share([("person", person.id)])
        work.commit()
    report = world.carry(heir, world.province)
    assert report.counts.outside_authority == 1
    succeed(world.province, OLD, HEIR, since=DAY)
    with world.province.store.read() as work:
        levels = {one.field: one.level for one in work.records.history(person.id)}
        assert levels["position"] == 1
        assert work.exchange.check() == ()


def test_without_the_inheritance_the_records_stay_where_they_are(
    world: Exchange, offices: tuple[Ports, Ports]
) -> None:
    """The control: nobody inherits, nobody receives."""
    old, heir = offices
    put(old, "Nguyễn Văn Kế")
    world.carry(old, world.province)
    carry_down(world, heir, HEIR)
    assert names(heir) == set()


def test_the_register_proposes_from_the_day_on(
    world: Exchange, offices: tuple[Ports, Ports]
) -> None:
    assert offices
    assert proposed_heirs(world.province, on=date(2025, 2, 28)) == ()
    (found,) = proposed_heirs(world.province, on=DAY)
    assert (found.predecessor.unit_code, found.heir.unit_code) == (OLD, HEIR)
    assert found.since.iso() == "2025-03-01"
    succeed(world.province, OLD, HEIR, since=DAY)
    assert proposed_heirs(world.province, on=DAY) == ()


def test_who_merged_on_the_first_of_july_is_proposed_with_its_heir_before_that_one_takes_part(
    world: Exchange,
) -> None:
    """A commune and a department of the real map of 1/7/2025."""
    merged_then = {"12433": "13225", "sct": "hy-sct"}
    day = date(2025, 7, 1)
    for code in merged_then:
        enrol(world.province, code)
    assert proposed_heirs(world.province, on=date(2025, 6, 30)) == ()
    found = proposed_heirs(world.province, on=day)
    assert {one.predecessor.unit_code: one.heir.unit_code for one in found} == merged_then
    assert not any(one.is_enrolled for one in found)
    assert all(one.text.endswith("(chưa có tệp đăng ký)") for one in found)

    enrol(world.province, "13225")
    first, _ = proposed_heirs(world.province, on=day)
    assert (first.predecessor.unit_code, first.is_enrolled) == ("12433", True)
    assert first.text == "Phường Lê Hồng Phong → Phường Thái Bình"


def test_who_cannot_inherit(world: Exchange, offices: tuple[Ports, Ports]) -> None:
    succeed(world.province, OLD, HEIR, since=DAY)
    before = dump(world.province)
    for pair in ((OLD, OLD), (HEIR, OLD)):
        with pytest.raises(OwnHeirError):
            succeed(world.province, *pair, since=DAY)
    with pytest.raises(UnknownUnitError):
        succeed(world.province, OLD, "không có", since=DAY)
    with pytest.raises(NotForRoleError):
        succeed(offices[0], OLD, HEIR, since=DAY)
    assert dump(world.province) == before


def test_the_heir_goes_on_with_the_set_and_the_checklist_of_its_predecessor(
    world: Exchange, offices: tuple[Ports, Ports]
) -> None:
    old, heir = offices
    made = a_scored_set(old)
    view = view_of(old, made.id, year=2025)
    mark(old, view, 0, plan=12, actual=9)
    submit_all(old)
    world.carry(old, world.province)
    succeed(world.province, OLD, HEIR, since=DAY)
    carry_down(world, heir, HEIR)

    (row,) = [one for one in criteria_sets(heir) if one.criteria_set.id == made.id]
    assert row.may_change
    added = add_criterion(heir, made.id).record
    assert office_number(added.id) == office_number(made.id)
    choices = [one.unit_id for one in unit_choices(heir, set_id=made.id, year=2025)]
    assert view.checklist.unit_id in choices
    again = view_of(heir, made.id, year=2025, unit=view.checklist.unit_id)
    assert (again.checklist.id, again.may_fill) == (view.checklist.id, True)
    assert mark(heir, again, 0, actual=10).actual == 10


def test_the_heirs_list_knows_whom_its_predecessor_had_listed(
    world: Exchange, offices: tuple[Ports, Ports], tmp_path: Path
) -> None:
    old, heir = offices
    path = tmp_path / "danh sách.xlsx"
    cells = ("1", "Cá nhân", "Trịnh Văn Ổn", "Nam", "12/03/1980", "Chuyên viên")
    cells += ("Phòng Kế hoạch", "", "Giấy khen", "2025", "Tiết kiệm 120 triệu đồng.", "")
    old.workbooks.write(path, nominee_layout(()), [list(cells)])
    assert preview_nominees(old, path).count(RowState.NEW) == 1
    import_nominees(old, path)
    assert preview_nominees(heir, path).count(RowState.NEW) == 1
    submit_all(old)
    world.carry(old, world.province)
    succeed(world.province, OLD, HEIR, since=DAY)
    carry_down(world, heir, HEIR)
    import_nominees(heir, path)  # the proposal was never submitted, the person is known
    with heir.store.read() as work:
        assert work.records.count(Person, full_name="Trịnh Văn Ổn") == 1
