"""An import taken out again, its slip, and where a value is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_work import two_writers
from exchange_work import Exchange, dump, everything, merged, person_at, put
from thidua_desktop.cli.bundle_commands import book_lines
from thidua_desktop.domain.bundles import BundleState, check_code
from thidua_desktop.domain.errors import NotFoundError, UndoBlockedError
from thidua_desktop.domain.merit import YearlyRating
from thidua_desktop.domain.people import Person
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.provenance import Standing, where_from
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.slips import make_slip, write_slip
from thidua_desktop.services.undoing import preview_undo, undo_import


def test_a_clean_import_is_taken_out_and_may_come_again(world: Exchange) -> None:
    before = dump(world.province)
    put(world.district, "Một")
    path = world.made(world.district)
    (report,) = merged(world.province, path)
    whole = everything(world.province)
    preview = preview_undo(world.province, report.import_id)
    assert preview.is_clean
    assert preview.records == 1
    assert everything(world.province) == whole

    undo_import(world.province, report.import_id)
    assert dump(world.province) == before
    (line,) = [one for one in list_bundles(world.province).received if one.id == report.import_id]
    assert line.undone_at is not None
    with pytest.raises(NotFoundError):
        preview_undo(world.province, report.import_id)
    assert merged(world.province, path)[0].state is BundleState.NEW


def test_a_later_bundle_of_the_same_sender_stands_in_the_way(world: Exchange) -> None:
    put(world.district, "Một")
    first = world.carry(world.district, world.province)
    put(world.district, "Hai")
    second = world.carry(world.district, world.province)
    preview = preview_undo(world.province, first.import_id)
    assert [one.number for one in preview.blocked_by] == [second.number]
    with pytest.raises(UndoBlockedError):
        undo_import(world.province, first.import_id)
    undo_import(world.province, second.import_id)
    undo_import(world.province, first.import_id)


def test_own_work_on_top_is_named_and_kept(world: Exchange) -> None:
    person = put(world.district, "Một", position="Trưởng thôn")
    report = world.carry(world.district, world.province)
    with world.province.store.write() as work:
        work.records.write(Person, person.id, {"position": "Bí thư"})
        work.commit()
    preview = preview_undo(world.province, report.import_id)
    assert [(one.kind, one.title, one.is_edit) for one in preview.dependents] == [
        ("person", "Một", True)
    ]
    assert not preview.is_clean
    undo_import(world.province, report.import_id)
    left = person_at(world.province, person.id)
    assert (left.full_name, left.position) == ("", "Bí thư")


def test_what_refers_to_what_goes_is_called_as_before(world: Exchange) -> None:
    person = put(world.district, "Một")
    report = world.carry(world.district, world.province)
    said = YearlyRating(id=world.province.new_id(0), person_id=person.id, year=2024)
    with world.province.store.write() as work:
        work.records.put(said, shown=None)
        work.commit()
    assert "Hoàn tác lúc" not in dict(make_slip(world.province, report.import_id).facts)
    (one,) = preview_undo(world.province, report.import_id).dependents
    assert (one.kind, one.title, one.is_edit) == ("yearly_rating", "Một", False)
    undo_import(world.province, report.import_id)
    assert "Hoàn tác lúc" in dict(make_slip(world.province, report.import_id).facts)
    assert "đã hoàn tác ngày" in next(
        line for line in book_lines(list_bundles(world.province)) if str(report.import_id) in line
    )


def test_both_slips_of_a_bundle_bear_one_code(world: Exchange, tmp_path: Path) -> None:
    put(world.district, "Một")
    report = world.carry(world.district, world.province)
    received = make_slip(world.province, report.import_id)
    sent = make_slip(world.district, report.bundle)
    assert received.code == sent.code
    assert received.signal == sent.signal
    assert (sent.head.place, received.head.place) == ("Kiến Xương", "Thái Bình")
    assert received.is_receipt
    assert not sent.is_receipt
    put(world.district, "Hai")
    other = make_slip(world.province, world.carry(world.district, world.province).import_id)
    assert other.code != received.code
    write_slip(world.province, report.import_id, tmp_path / "phiếu.pdf")
    assert (tmp_path / "phiếu.pdf").stat().st_size > 1000
    with pytest.raises(NotFoundError):
        make_slip(world.province, world.province.new_id(0))
    assert sent.figures == received.figures == check_code(sent.signal.split()[-1])
    assert set(sent.code.replace("·", "").split()) <= set(world.province.words())


def test_the_chain_of_a_value_names_who_said_it_and_who_chose(world: Exchange) -> None:
    (person,), _, second = two_writers(world, ["Một"])
    (report,) = merged(world.district, second)
    waiting = where_from(world.district, "person", person.id, "position")
    assert [step.standing for step in waiting.steps].count(Standing.WAITS) == 1
    (cell,) = list_differences(world.district)
    settle(world.district, cell.cell, take=cell.heads[1].op)
    found = where_from(world.district, "person", person.id, "position")
    assert found.title == "Một"
    *old, last = found.steps
    assert last.standing is Standing.SHOWN
    assert last.chosen_from == 2
    assert {step.standing for step in old} == {Standing.REPLACED}
    assert report.number in {step.bundle for step in old}
    assert {step.office for step in found.steps} == {"Ủy ban nhân dân huyện Kiến Xương"}
    last_place = len(old)
    assert [step.replaced_by for step in old[1:]] == [(last_place,), (last_place,)]


def test_a_field_that_nobody_wrote_has_no_chain(world: Exchange) -> None:
    person = put(world.district, "Một")
    assert where_from(world.district, "person", person.id, "address").steps == ()
