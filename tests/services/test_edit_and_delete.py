"""One PC deletes a record, another edits it: it stays until a person of the office has chosen."""

from __future__ import annotations

import pytest

from exchange_work import Exchange, delete, person_at, put
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.people import Person
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.ports import Ports


@pytest.fixture
def quarrel(world: Exchange) -> Person:
    """A person that one PC deleted and the other edited; everyone has both."""
    person = put(world.district, "Đặng Thị Ngọc Ẩn", address="Thôn Đông")
    world.carry(world.district, world.second)
    delete(world.district, person)
    put(world.second, person, address="Thôn Đoài")
    world.carry(world.second, world.district)
    world.carry(world.district, world.second)
    world.carry(world.district, world.province)
    return person


def the_difference(ports: Ports) -> CellDifference:
    (found,) = list_differences(ports)
    assert found.state is CellState.DELETED_EDITED
    return found


def test_the_record_stays_and_is_listed_at_both(world: Exchange, quarrel: Person) -> None:
    for ports in (world.district, world.second):
        assert the_difference(ports).id == quarrel.id
        assert person_at(ports, quarrel.id).address == "Thôn Đoài"


@pytest.mark.parametrize("keeps", [True, False])
def test_either_is_chosen_and_travels(world: Exchange, quarrel: Person, *, keeps: bool) -> None:
    difference = the_difference(world.district)
    chosen = next(one for one in difference.heads if (one.value is None) is keeps)
    settle(world.district, difference.cell, take=chosen.op)
    world.carry(world.district, world.second)
    world.carry(world.district, world.province)
    for ports in (world.district, world.second):
        assert list_differences(ports) == ()
        assert (person_at(ports, quarrel.id) is not None) is keeps
    if not keeps:
        assert person_at(world.province, quarrel.id) is None


def test_a_stranger_s_edit_brings_no_deleted_record_back(world: Exchange) -> None:
    person = put(world.district, "Đặng Thị Ngọc Ẩn", address="Thôn Đông")
    world.carry(world.district, world.province)
    put(world.province, person, address="Thôn Đoài")
    delete(world.district, person)
    world.carry(world.district, world.province)
    world.carry(world.province, world.district, for_unit="ubnd-343")
    for ports in (world.district, world.province):
        assert person_at(ports, person.id) is None
