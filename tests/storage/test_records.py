"""Records in, records out: every type of value, and what is no longer there."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from builders import a_person, an_id, an_identity, an_office
from thidua_desktop.domain.criteria import CriteriaSet, Criterion, Marking
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import NotFoundError, StaleEditError
from thidua_desktop.domain.people import Gender, Person
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import FieldType, Record, Sha256, UnknownChoice, specs

FULL = a_person(
    1,
    gender=Gender.FEMALE,
    birth_date=PartialDate(1965, 3),
    position="Trưởng thôn",
    is_party_member=True,
    unit_id=an_id(343, 0),
)
CRITERION = Criterion(
    id=an_id(2),
    set_id=an_id(7),
    code="1.1",
    place=3,
    wording="Dòng một\nDòng hai",
    marking=next(iter(Marking)),
    points=Decimal("2.50"),
)
LETTER = Submission(id=an_id(3), snapshot=Sha256("ab" * 32))
ALL = (FULL, CRITERION, LETTER)


@pytest.fixture
def work(store):
    with store.write() as work:
        for record in ALL:
            work.records.put(record, shown=None)
        yield work


def test_the_examples_have_a_value_of_every_type() -> None:
    filled = {
        spec.type
        for record in ALL
        for spec in specs(type(record))
        if getattr(record, spec.name) != spec.blank
    }
    assert filled == set(FieldType)


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_what_goes_in_comes_out(work, record: Record) -> None:
    found = work.records.get(type(record), record.id)
    assert found == record
    for spec in specs(type(record)):
        value, given = getattr(found, spec.name), getattr(record, spec.name)
        assert type(value) is type(given)


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_records_are_found_by_each_of_their_values(work, record: Record) -> None:
    kind = type(record)
    work.records.put(kind(id=an_id(99)), shown=None)
    for spec in specs(kind):
        value = getattr(record, spec.name)
        if value != spec.blank:
            assert work.records.having(kind, **{spec.name: value}) == (record,)
            assert work.records.count(kind, **{spec.name: value}) == 1


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_columns_hold_what_the_records_hold(work, record: Record) -> None:
    kind = type(record)
    work.records.put(kind(id=an_id(99)), shown=None)
    names = [spec.name for spec in specs(kind)]
    rows = {row[0]: row[1:] for row in work.records.columns(kind, names)}
    assert rows == {
        one.id: tuple(getattr(one, name) for name in names) for one in work.records.having(kind)
    }
    many = [an_id(number) for number in range(100, 1200)]
    wanted = [*many, record.id]
    assert [row[0] for row in work.records.columns(kind, names[:1], wanted)] == [record.id]
    assert list(work.records.columns(kind, names, [])) == []


def test_records_are_found_by_what_is_blank(work) -> None:
    work.records.put(a_person(5), shown=None)
    assert [p.id for p in work.records.having(Person, gender=None)] == [an_id(5)]
    assert [p.id for p in work.records.having(Person, position="")] == [an_id(5)]
    assert [p.id for p in work.records.having(Person, is_party_member=False)] == [an_id(5)]


def test_several_conditions_hold_together_and_records_come_in_order_of_id(work) -> None:
    for number in (8, 6, 7):
        work.records.put(a_person(number, position="Trưởng thôn"), shown=None)
    found = work.records.having(Person, position="Trưởng thôn", gender=None)
    assert [person.id for person in found] == [an_id(6), an_id(7), an_id(8)]
    assert work.records.having(Person, position="Trưởng thôn", full_name="Ai đó") == ()


def test_a_choice_of_a_newer_program_is_kept_and_found(work) -> None:
    work.records.write(Person, an_id(1), {"gender": UnknownChoice("khac")})
    (found,) = work.records.having(Person, gender=UnknownChoice("khac"))
    assert isinstance(found.gender, UnknownChoice)
    assert found.gender == "khac"


def test_a_cleared_value_reads_as_blank(work) -> None:
    cleared = replace(FULL, position="", birth_date=None)
    assert work.records.put(cleared, shown=FULL) == cleared
    assert work.records.get(Person, FULL.id) == cleared


def test_a_record_that_says_nothing_is_there(work) -> None:
    empty = CriteriaSet(id=an_id(40))
    assert work.records.put(empty, shown=None) == empty
    assert work.records.having(CriteriaSet) == (empty,)


def test_a_deleted_record_is_nowhere(work) -> None:
    work.records.delete(Person, FULL.id)
    assert work.records.find(Person, FULL.id) is None
    assert work.records.having(Person) == ()
    assert work.records.count(Person) == 0
    assert list(work.records.dump(Person)) == []
    assert work.records.history(FULL.id) == (), "a draft never shared leaves no trace"
    with pytest.raises(NotFoundError):
        work.records.get(Person, FULL.id)


def test_a_shared_record_that_is_deleted_is_nowhere_and_remembered(work) -> None:
    work.records.share([("person", FULL.id)])
    work.records.delete(Person, FULL.id)
    assert work.records.having(Person) == ()
    assert work.records.count(Person) == 0
    assert work.records.history(FULL.id) != ()


def test_nothing_is_found_under_no_id(work) -> None:
    assert work.records.find(Person, None) is None
    assert work.records.find(Criterion, FULL.id) is None


def test_an_overtaken_edit_is_refused_and_says_which_field(work) -> None:
    work.records.put(replace(FULL, position="Bí thư", address="Thôn 2"), shown=FULL)
    with pytest.raises(StaleEditError) as refused:
        work.records.put(replace(FULL, position="Chủ tịch", workplace="Xã"), shown=FULL)
    assert refused.value.changed == ("position",)
    assert work.records.get(Person, FULL.id).workplace == "", "nothing of it was written"


def test_edits_of_other_fields_and_equal_edits_pass(work) -> None:
    work.records.put(replace(FULL, position="Bí thư", address="Thôn 2"), shown=FULL)
    stored = work.records.put(replace(FULL, position="Bí thư", workplace="Xã"), shown=FULL)
    assert (stored.position, stored.address, stored.workplace) == ("Bí thư", "Thôn 2", "Xã")


def test_an_edit_of_a_record_that_was_deleted_meanwhile_finds_nothing(work) -> None:
    work.records.delete(Person, FULL.id)
    with pytest.raises(NotFoundError):
        work.records.put(replace(FULL, position="Bí thư"), shown=FULL)


def test_saving_what_was_not_changed_writes_nothing(work) -> None:
    before = work.records.history(FULL.id)
    work.records.put(FULL, shown=FULL)
    assert work.records.history(FULL.id) == before


def test_the_dump_is_canonical(work) -> None:
    lines = list(work.records.dump())
    for line in lines:
        assert line == json.dumps(
            json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode("utf-8")
    said = [(json.loads(line)["kind"], json.loads(line)["id"]) for line in lines]
    assert said == sorted(said)
    assert len(said) == len(ALL)
    fields = {json.loads(line)["kind"]: json.loads(line)["fields"] for line in lines}
    assert fields["criterion"] == {
        "code": "1.1",
        "marking": CRITERION.marking.value,
        "place": 3,
        "points": "2.50",
        "set_id": str(an_id(7)),
        "wording": "Dòng một\nDòng hai",
    }
    assert fields["person"]["birth_date"] == "1965-03"
    assert fields["person"]["is_party_member"] is True


def test_equal_states_dump_to_equal_bytes_however_they_came_about(open_store) -> None:
    straight, roundabout = open_store("d1", "i1"), open_store("d2", "i2")
    for store in (straight, roundabout):
        store.create(an_office(), an_identity())
    with straight.write() as work:
        work.records.put(a_person(1, full_name="Hà Thị Mỵ"), shown=None)
        straight_dump = list(work.records.dump())
    with roundabout.write() as work:
        work.records.put(a_person(2), shown=None)
        first = work.records.put(a_person(1, position="Tạm"), shown=None)
        work.records.put(replace(first, full_name="Hà Thị Mỵ", position=""), shown=first)
        assert list(work.records.dump()) != straight_dump
        work.records.delete(Person, an_id(2))
        assert list(work.records.dump()) == straight_dump
