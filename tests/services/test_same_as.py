"""Two offices enter one person; the province joins, everyone else keeps his own; it parts again."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_work import Exchange, delete, dump, put
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.same_as import Likeness, faces_of
from thidua_desktop.services.integrity import repair
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    open_proposal,
    proposal_for,
    proposal_list,
    search_proposals,
)
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.same_as import Alike, join, keep_apart, list_alike, part

NAME = "Trần Đức Vượng"


def persons(ports: Ports, likeness: Likeness | None = Likeness.POSSIBLE) -> list[Alike]:
    found = [one for one in list_alike(ports) if one.kind == "person"]
    return [one for one in found if one.likeness is likeness]


def faces(ports: Ports) -> dict:
    with ports.store.read() as work:
        return dict(work.records.faces(Person))


@pytest.fixture
def twice(world: Exchange) -> tuple[Exchange, Person, Person]:
    one = put(world.district, NAME, address="Bình Thanh")
    other = put(world.other, "Trần Đức  VƯỢNG".replace("  ", " "), position="Bí thư")
    for ports in (world.district, world.other):
        world.carry(ports, world.province)
    return world, one, other


def test_nothing_joins_by_itself_and_what_was_joined_can_be_parted(twice) -> None:
    world, one, other = twice
    before = dump(world.province)
    assert faces(world.province) == {}
    (pair,) = persons(world.province)
    assert set(pair.key) == {one.id, other.id}

    join(world.province, "person", one.id, other.id)
    assert persons(world.province) == []
    (joined,) = persons(world.province, None)
    assert set(joined.key) == {one.id, other.id}
    assert set(faces(world.province).values()) == {min(one.id, other.id)}

    part(world.province, "person", other.id)
    assert (faces(world.province), dump(world.province)) == ({}, before)
    assert persons(world.province) == [pair]


def test_the_edge_goes_to_one_office_and_hides_nobody_there(twice) -> None:
    world, one, other = twice
    join(world.province, "person", one.id, other.id)
    for ports, code, own in (
        (world.district, "ubnd-343", one),
        (world.other, "ubnd-342", other),
    ):
        world.carry(world.province, ports, for_unit=code)
        assert faces(ports) == {}
        with ports.store.read() as work:
            assert [person.id for person in work.records.having(Person)] == [own.id]


def test_who_was_told_apart_is_not_asked_about_again(twice) -> None:
    world, one, other = twice
    keep_apart(world.province, "person", other.id, one.id)
    assert persons(world.province) == []
    join(world.province, "person", one.id, other.id)  # they were one after all
    assert len(persons(world.province, None)) == 1
    part(world.province, "person", one.id)
    assert len(persons(world.province)) == 1


def test_an_office_suggests_and_joins_nobody(world: Exchange) -> None:
    one, other = put(world.district, NAME), put(world.district, "Vượng")
    line = {"kind": "person", "id": str(other.id), "fields": {"same_as": str(one.id)}}
    put_lines(world.district, json.dumps(line))
    with world.district.store.write() as work:
        work.records.share([("person", other.id)])
        work.commit()
    world.carry(world.district, world.province)
    for ports in (world.district, world.province):
        assert faces(ports) == {}
    (pair,) = persons(world.province, Likeness.SUGGESTED)
    assert set(pair.key) == {one.id, other.id}

    keep_apart(world.province, "person", one.id, other.id)
    assert persons(world.province, Likeness.SUGGESTED) == []
    join(world.province, "person", one.id, other.id)
    world.carry(world.province, world.district, for_unit="ubnd-343")
    assert faces(world.district) == faces(world.province) != {}


def test_only_the_province_joins_and_only_what_can_be_one(twice) -> None:
    world, one, other = twice
    with pytest.raises(NotForRoleError):
        join(world.district, "person", one.id, one.id)
    for kind, ids in (("person", (one.id, one.id)), ("proposal", (one.id, other.id))):
        with pytest.raises(InvalidInputError):
            join(world.province, kind, *ids)


def test_a_deleted_record_stands_for_nobody(twice) -> None:
    world, one, other = twice
    third = put(world.district, NAME)
    world.carry(world.district, world.province)
    join(world.province, "person", one.id, other.id)
    join(world.province, "person", third.id, one.id)
    face = min(one.id, other.id, third.id)
    assert set(faces(world.province).values()) == {face}
    delete(world.district, one)
    world.carry(world.district, world.province)
    assert one.id not in faces(world.province)
    assert set(faces(world.province)) <= {other.id, third.id}


def test_repair_finds_the_same_faces(twice) -> None:
    world, one, other = twice
    join(world.province, "person", one.id, other.id)
    before = faces(world.province)
    with world.province.store.write() as work:
        work.records._connection.exec_driver_sql("DELETE FROM face")
        work.commit()
    assert faces(world.province) == {} != before
    repair(world.province)
    assert faces(world.province) == before


def test_a_nominee_of_two_offices_is_one_in_lists_and_found_by_either_name(twice) -> None:
    world, one, other = twice
    other = put(world.other, other, full_name="Trần Đức Vượng (Hai)")
    world.carry(world.other, world.province)
    for ports, person in ((world.district, one), (world.other, other)):
        with ports.store.write() as work:
            proposal = proposal_for(ports, work, Subject.PERSON, person.id, year=2024)
            work.records.put(proposal, shown=None)
            work.records.share([("proposal", proposal.id)])
            work.commit()
        world.carry(ports, world.province)
    join(world.province, "person", one.id, other.id)
    rows = proposal_list(world.province)
    assert [bool(row.elsewhere) for row in rows] == [True, True]
    assert len(search_proposals(rows, "vuong hai")) == 2
    mine = next(row for row in rows if row.nominee_id == one.id)
    assert open_proposal(world.province, mine.id).elsewhere == mine.elsewhere


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=9))
def test_the_table_is_what_the_oracle_says_whatever_was_written(people, writes) -> None:
    ports, ids = people
    with ports.store.write() as work:
        for record_id in ids:
            work.records.write(Person, record_id, {"same_as": None})
        for place, target in writes:
            to = None if target is None else ids[target]
            work.records.write(Person, ids[place], {"same_as": to})
        work.commit()
    with ports.store.read() as work:
        said = {one.id: one.same_as for one in work.records.having(Person) if one.same_as}
        assert work.records.edges(Person) == said
        assert work.records.faces(Person) == faces_of(said, ids)


@pytest.fixture
def people(world: Exchange) -> tuple[Ports, list]:
    """Six persons at the province: two of its own, the others of two offices."""
    own = [put(world.province, f"Người {n}") for n in range(2)]
    theirs = [put(world.district, f"Người {n}") for n in range(2, 4)]
    others = [put(world.other, f"Người {n}") for n in range(4, 6)]
    for ports in (world.district, world.other):
        world.carry(ports, world.province)
    return world.province, [one.id for one in (*own, *theirs, *others)]
