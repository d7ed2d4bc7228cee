from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidInputError,
    NotForRoleError,
    StaleEditError,
    UnknownUnitError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import (
    add_unit,
    find_unit,
    lineage,
    save_unit,
    search_units,
    unit_tree,
)

TODAY = PartialDate(2024, 11, 25)
AFTER = PartialDate(2025, 7, 1)


def a_unit(**said) -> Unit:
    named = {"code": "xa-an-binh", "name": "Xã An Bình", "level": UnitLevel.COMMUNE, **said}
    return Unit(id=uuid4(), **named)


def found(ports: Ports, code: str) -> Unit:
    with ports.store.read() as work:
        return find_unit(work.records, code)


def test_the_tree_is_the_register_of_the_day(province: Ports) -> None:
    today = unit_tree(province, TODAY)
    after = unit_tree(province, AFTER)

    places = [[n for n in tree.nodes if n.unit.code.isdigit()] for tree in (today, after)]
    assert [len(nodes) for nodes in places] == [251, 105]
    assert not any(node.is_dissolved for node in after.nodes)


def test_with_dissolved_units_the_tree_says_who_followed_them(province: Ports) -> None:
    tree = unit_tree(province, AFTER, with_dissolved=True)
    gone = {node.unit.code: node for node in tree.nodes if node.is_dissolved}

    assert gone["sgtvt"].fate == "Hết hiệu lực ngày 28/02/2025, kế thừa: Sở Xây dựng"
    assert gone["343"].fate == "Hết hiệu lực ngày 30/06/2025"


def test_the_board_goes_with_its_department_through_every_merger(province: Ports) -> None:
    def above_the_board(day: PartialDate) -> list[str]:
        return [
            node.unit.code
            for node in unit_tree(province, day).nodes
            for child in node.children
            if child.unit.code == "ban-tdkt"
        ]

    days = (TODAY, PartialDate(2025, 3, 1), AFTER)
    assert [above_the_board(day) for day in days] == [["snv"], ["snv-2025"], ["hy-snv"]]


def test_a_name_of_three_communes_is_shown_with_its_district(province: Ports) -> None:
    hits = search_units(unit_tree(province, PartialDate(2023, 4, 4)), "xa hoa binh")

    assert [hit.label for hit in hits[:3]] == [
        "Xã Hòa Bình, huyện Hưng Hà",
        "Xã Hòa Bình, huyện Kiến Xương",
        "Xã Hòa Bình, huyện Vũ Thư",
    ]


def test_lineage_tells_the_whole_life_of_a_commune(province: Ports) -> None:
    quynh_an = found(province, "12577")

    steps = lineage(province, quynh_an.id)

    names = [(step.unit.name, step.heir.name) for step in steps if step.unit and step.heir]
    assert ("Xã Quỳnh Bảo", "Xã Trang Bảo Xá") in names
    assert ("Xã Trang Bảo Xá", "Xã Quỳnh An") in names
    assert [step.date for step in steps] == sorted(step.date for step in steps if step.date)
    assert steps[-1].resolution == "1666/NQ-UBTVQH15"


def test_a_code_of_a_place_means_its_latest_bearer_and_a_department_is_found_by_its_id(
    province: Ports,
) -> None:
    assert found(province, "12577").name == "Xã Quỳnh An"
    assert found(province, " UBND-343 ").name == "Ủy ban nhân dân huyện Kiến Xương"
    assert found(province, "34").name == "Tỉnh Thái Bình"
    with pytest.raises(UnknownUnitError):
        found(province, "ubnd-999")


def test_a_pasted_name_is_stored_composed_and_squeezed(province: Ports) -> None:
    saved = save_unit(province, unit=a_unit(code=" XA-An-Binh ", name=" Xa\u0303  An Bình "))

    assert (saved.unit.code, saved.unit.name) == ("xa-an-binh", "Xã An Bình")
    assert saved.changes.concern("unit")
    assert found(province, "xa-an-binh") == saved.unit


def test_a_new_unit_has_the_id_of_its_code_and_first_day(province: Ports) -> None:
    saved = save_unit(province, unit=a_unit(valid_from=AFTER))

    assert saved.unit.id == keyed_id(Unit, PROVINCE_NUMBER, code="xa-an-binh", valid_from=AFTER)


def test_two_units_of_one_time_cannot_bear_one_code(province: Ports) -> None:
    with pytest.raises(InvalidInputError) as refused:
        save_unit(province, unit=a_unit(code="SNV", valid_from=TODAY))

    assert refused.value.issues == (FieldIssue("code", Issue.TAKEN),)


def test_the_same_new_unit_twice_is_taken_too(province: Ports) -> None:
    save_unit(province, unit=a_unit())

    with pytest.raises(InvalidInputError) as refused:
        save_unit(province, unit=a_unit(name="Xã khác"))

    assert refused.value.issues == (FieldIssue("code", Issue.TAKEN),)
    assert found(province, "xa-an-binh").name == "Xã An Bình"


def test_a_code_is_free_again_when_its_bearer_is_gone(province: Ports) -> None:
    saved = save_unit(province, unit=a_unit(code="snv", valid_from=PartialDate(2025, 3, 1)))

    assert found(province, "snv") == saved.unit


def test_an_edit_may_keep_its_code_but_not_take_anothers(province: Ports) -> None:
    opened = save_unit(province, unit=a_unit()).unit
    renamed = save_unit(province, unit=replace(opened, name="Xã An Ninh"), shown=opened).unit

    assert found(province, "xa-an-binh").name == "Xã An Ninh"
    with pytest.raises(InvalidInputError):
        save_unit(province, unit=replace(renamed, code="stp"), shown=renamed)


def test_everything_wrong_with_a_unit_is_said_at_once(province: Ports) -> None:
    wrong = a_unit(code="xã", valid_from=AFTER, valid_to=TODAY)

    with pytest.raises(InvalidInputError) as refused:
        save_unit(province, unit=wrong)

    assert set(refused.value.issues) == {
        FieldIssue("code", Issue.NOT_A_CODE),
        FieldIssue("valid_to", Issue.ENDS_BEFORE_START),
    }


def test_an_edit_that_was_overtaken_is_refused_and_changes_nothing(province: Ports) -> None:
    opened = save_unit(province, unit=a_unit()).unit
    theirs = save_unit(province, unit=replace(opened, name="Xã Một"), shown=opened).unit

    with pytest.raises(StaleEditError):
        save_unit(province, unit=replace(opened, name="Xã Hai"), shown=opened)

    assert found(province, opened.code) == theirs


def test_a_unit_that_follows_no_other_is_set_up_under_another(province: Ports) -> None:
    above = found(province, "33")
    with province.store.read() as work:
        given = {one.number for one in work.records.having(Unit)}

    added = add_unit(province, a_unit(valid_from=AFTER, parent_id=above.id)).unit

    assert added.number not in given
    assert found(province, "xa-an-binh") == added
    below = {
        child.unit.id
        for node in unit_tree(province, AFTER).nodes
        if node.unit == above
        for child in node.children
    }
    assert added.id in below
    team = a_unit(code="to-1", level=UnitLevel.GRASSROOTS, parent_id=added.id)
    assert add_unit(province, team).unit.number is None


def test_a_unit_to_set_up_lacks_nothing(province: Ports) -> None:
    with pytest.raises(InvalidInputError) as refused:
        add_unit(province, Unit(id=uuid4()))

    wanting = ("code", "name", "level", "parent_id")
    assert refused.value.issues == tuple(FieldIssue(name, Issue.MISSING) for name in wanting)


def test_only_the_province_sets_up_units(office: Ports) -> None:
    with pytest.raises(NotForRoleError):
        add_unit(office, a_unit(parent_id=found(office, "33").id))
