"""What was deleted lies in the bin, with what went along, until it is taken back."""

from __future__ import annotations

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.people import Person
from thidua_desktop.services.bin import bin_rows, restore_binned, wipe_binned
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.journal import redo, undo
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import delete_proposal, open_proposal
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import withdraw


def a_person(ports: Ports, name: str = "Hà Thị Mỵ") -> Person:
    with ports.store.read() as work:
        number = work.book.me().number
    person = Person(id=ports.new_id(number), full_name=name, position="Kỹ sư")
    return save_record(ports, person).record


def test_a_draft_lies_in_the_bin_with_what_it_said_and_comes_back(office: Ports) -> None:
    person = a_person(office)
    whole = digest(office)
    assert bin_rows(office) == ()
    delete_record(office, person)
    (row,) = bin_rows(office)
    assert (row.kind, row.id, row.title, row.others) == ("person", person.id, "Hà Thị Mỵ", 0)
    assert ("Chức vụ, nghề nghiệp", "Kỹ sư") in row.said
    assert row.may_restore
    restore_binned(office, row.kind, row.id)
    assert digest(office) == whole
    assert bin_rows(office) == ()
    with pytest.raises(NotFoundError):
        restore_binned(office, row.kind, row.id)


def test_what_was_deleted_together_is_one_row(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    whole = digest(office)
    delete_proposal(office, proposal_id)
    (row,) = bin_rows(office)
    assert (row.kind, row.id, row.others) == ("proposal", proposal_id, 1)
    assert "Đặng Thị Ngọc Ẩn" in row.title
    restore_binned(office, row.kind, row.id)
    assert digest(office) == whole


def test_undo_takes_out_of_the_bin_and_redo_puts_back(office: Ports) -> None:
    delete_record(office, a_person(office))
    undo(office)
    assert bin_rows(office) == ()
    redo(office)
    assert len(bin_rows(office)) == 1


def test_taking_out_of_the_bin_is_a_step_too(office: Ports) -> None:
    person = a_person(office)
    delete_record(office, person)
    restore_binned(office, "person", person.id)
    undo(office)
    assert [row.id for row in bin_rows(office)] == [person.id]


def test_a_draft_can_be_gone_for_good(office: Ports) -> None:
    person = a_person(office)
    delete_record(office, person)
    (row,) = bin_rows(office)
    assert row.may_wipe
    wipe_binned(office, row.kind, row.id)
    assert bin_rows(office) == ()
    assert undo(office) is None, "its steps said what it said"
    with pytest.raises(NotFoundError):
        wipe_binned(office, row.kind, row.id)


def test_what_was_shared_comes_back_and_is_never_wiped(pair: Pair) -> None:
    office, proposal_id = pair.office, a_person_proposed(pair.office)
    letter = pair.submit(proposal_id)
    pair.up()
    withdraw(office, letter)
    whole = digest(office)
    delete_proposal(office, proposal_id)
    (row,) = bin_rows(office)
    assert not row.may_wipe
    restore_binned(office, row.kind, row.id)
    assert digest(office) == whole


def test_what_another_office_deleted_is_told_and_left_to_it(pair: Pair) -> None:
    office, proposal_id = pair.office, a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.send_back(proposal_id)
    name = open_proposal(pair.province, proposal_id).nominee.full_name
    delete_proposal(office, proposal_id)
    pair.up()
    rows = bin_rows(pair.province)
    assert {row.kind for row in rows} >= {"proposal", "person"}
    person = next(row for row in rows if row.kind == "person")
    assert person.title == name
    assert not person.may_restore
    assert not person.may_wipe
    assert "Kiến Xương" in person.by
