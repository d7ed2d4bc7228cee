from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, LockedError, StaleEditError
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.people import Household, Person
from thidua_desktop.domain.proposals import Contribution
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import delete_record, save_record


def a_person(**changes: object) -> Person:
    return replace(Person(id=uuid4(), full_name="Hà Thị Mỵ"), **changes)


def stored(ports: Ports, person: Person) -> Person | None:
    with ports.store.read() as work:
        return work.records.find(Person, person.id)


def test_a_record_is_stored_tidied_and_told_as_it_was_stored(office: Ports) -> None:
    typed = a_person(full_name="  Nguye\u0302\u0303n   Thị\tThuỷ ")
    saved = save_record(office, typed)
    assert saved.record.full_name == "Nguyễn Thị Thuỷ"
    assert stored(office, typed) == saved.record
    assert saved.changes.concern("person")


def test_a_value_that_cannot_be_kept_keeps_everything_out(office: Ports) -> None:
    before = digest(office)
    wrong = Household(id=uuid4(), head="Bùi Đình Chuyên", members=0, village="x" * 201)
    with pytest.raises(InvalidInputError) as refused:
        save_record(office, wrong)
    assert set(refused.value.issues) == {
        FieldIssue("members", Issue.TOO_SMALL),
        FieldIssue("village", Issue.TOO_LONG),
    }
    assert digest(office) == before


def test_a_period_that_ends_before_it_starts_is_refused(office: Ports) -> None:
    proposal = open_proposal(office, a_person_proposed(office)).proposal
    turned = replace(proposal, achieved_from=PartialDate(2024), achieved_to=PartialDate(2023))
    with pytest.raises(InvalidInputError) as refused:
        save_record(office, turned, shown=proposal)
    assert refused.value.issues == (FieldIssue("achieved_to", Issue.ENDS_BEFORE_START),)


def test_two_windows_may_edit_different_fields(office: Ports) -> None:
    shown = save_record(office, a_person()).record
    save_record(office, replace(shown, position="Kỹ sư"), shown=shown)
    save_record(office, replace(shown, address="Xã Vũ Lễ"), shown=shown)
    person = stored(office, shown)
    assert person is not None
    assert (person.position, person.address) == ("Kỹ sư", "Xã Vũ Lễ")


def test_the_same_field_edited_twice_from_one_view_is_refused(office: Ports) -> None:
    shown = save_record(office, a_person()).record
    save_record(office, replace(shown, position="Kỹ sư"), shown=shown)
    with pytest.raises(StaleEditError) as refused:
        save_record(office, replace(shown, position="Bác sĩ"), shown=shown)
    assert refused.value.changed == ("position",)
    assert stored(office, shown).position == "Kỹ sư"


def test_a_deleted_draft_is_gone(office: Ports) -> None:
    person = save_record(office, a_person()).record
    assert delete_record(office, person).concern("person")
    assert stored(office, person) is None


def test_a_nominee_is_free_until_a_proposal_of_it_is_submitted(pair: Pair) -> None:
    office, proposal_id = pair.office, a_person_proposed(pair.office)
    nominee = open_proposal(office, proposal_id).nominee
    moved = save_record(office, replace(nominee, address="Xã Vũ Lễ"), shown=nominee).record
    pair.submit(proposal_id)
    with pytest.raises(LockedError):
        save_record(office, replace(moved, address="Xã khác"), shown=moved)
    with pytest.raises(LockedError):
        delete_record(office, moved)


def test_what_no_submitted_letter_names_is_never_locked(pair: Pair) -> None:
    office = pair.office
    other = a_person_proposed(office, "Trịnh Văn Ổn")
    pair.submit(a_person_proposed(office))
    save_record(office, a_person())
    save_record(office, Evidence(id=uuid4(), score_id=uuid4(), wording="Hiến đất."))
    save_record(office, Contribution(id=uuid4(), proposal_id=other))


def test_the_province_writes_what_it_says_even_of_what_lies_submitted(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    nominee = open_proposal(pair.province, proposal_id).nominee
    save_record(pair.province, replace(nominee, address="Thôn 1, xã Vũ Lễ"), shown=nominee)
    assert open_proposal(pair.province, proposal_id).nominee == nominee  # a suggestion
