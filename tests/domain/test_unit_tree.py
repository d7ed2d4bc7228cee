from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import UnknownUnitError
from thidua_desktop.domain.lineage import lineage_of
from thidua_desktop.domain.unit_tree import UnitTree, search_units, tree_of
from thidua_desktop.domain.units import (
    Succession,
    SuccessionKind,
    Unit,
    UnitLevel,
    overlap,
    unit_by_code,
)

REFORM = PartialDate(2025, 7, 1)
EVE = PartialDate(2025, 6, 30)


def a_unit(name: str, *, level: UnitLevel = UnitLevel.COMMUNE, above: Unit | None = None, **said):
    form = name.split(maxsplit=1)[0]
    parent = above.id if above else None
    return Unit(
        id=uuid4(), **{"code": "x", "form": form, **said}, name=name, level=level, parent_id=parent
    )


def followed(old: Unit, new: Unit | None, date: PartialDate = REFORM) -> Succession:
    way = SuccessionKind.MERGE if new else SuccessionKind.ABOLISH
    return Succession(id=uuid4(), from_id=old.id, to_id=new and new.id, date=date, way=way)


OLD = a_unit("Tỉnh Thái Bình", level=UnitLevel.PROVINCE, valid_to=EVE)
NEW = a_unit("Tỉnh Hưng Yên", level=UnitLevel.PROVINCE, valid_from=REFORM)
DISTRICT = a_unit("Huyện Vũ Thư", level=UnitLevel.DISTRICT, above=OLD, valid_to=EVE)
OTHER = a_unit("Huyện Hưng Hà", level=UnitLevel.DISTRICT, above=OLD, valid_to=EVE)
HOA_BINH = a_unit("Xã Hòa Bình", above=DISTRICT, valid_to=EVE)
NAMESAKE = a_unit("Xã Hòa Bình", above=OTHER, valid_to=EVE)
AN_QUI = a_unit("Xã An Quí", above=OTHER, valid_to=EVE)
VU_THU = a_unit("Xã Vũ Thư", above=NEW, valid_from=REFORM, code="13219")
OFFICE = a_unit("Sở Tư pháp", level=UnitLevel.DEPARTMENT, above=OLD, code="stp", short_name="Sở TP")
UNITS = (HOA_BINH, NAMESAKE, AN_QUI, VU_THU, OFFICE, DISTRICT, OTHER, NEW, OLD)
STEPS = (followed(OLD, NEW), followed(HOA_BINH, VU_THU), followed(DISTRICT, None))


def tree(day: PartialDate = EVE, *, with_dissolved: bool = False) -> UnitTree:
    return tree_of(UNITS, STEPS, day, with_dissolved=with_dissolved)


def names(units: UnitTree) -> list[str]:
    return [node.unit.name for node in units.nodes]


def test_the_tree_holds_the_units_of_the_day_in_order() -> None:
    assert names(tree()) == [
        "Tỉnh Thái Bình",
        "Sở Tư pháp",
        *("Huyện Hưng Hà", "Xã An Quí", "Xã Hòa Bình"),
        *("Huyện Vũ Thư", "Xã Hòa Bình"),
    ]


def test_a_unit_that_outlives_its_parent_goes_to_who_followed_the_parent() -> None:
    (root,) = tree(REFORM).roots

    assert root.unit == NEW
    assert [child.unit for child in root.children] == [OFFICE, VU_THU]


def test_dissolved_units_are_shown_as_such_when_wanted() -> None:
    nodes = {node.unit.id: node for node in tree(REFORM, with_dissolved=True).nodes}

    assert len(nodes) == len(UNITS)
    assert nodes[HOA_BINH.id].fate == "Hết hiệu lực ngày 30/06/2025, kế thừa: Xã Vũ Thư"
    assert nodes[DISTRICT.id].fate == "Hết hiệu lực ngày 30/06/2025"
    assert (nodes[VU_THU.id].fate, nodes[VU_THU.id].is_dissolved) == ("", False)


def test_units_that_do_not_exist_yet_are_never_shown() -> None:
    assert VU_THU.name not in names(tree(with_dissolved=True))


def test_a_loop_of_parents_does_not_hang_the_tree() -> None:
    one, two = uuid4(), uuid4()
    gone = {"valid_to": PartialDate(2020)}
    looped = (
        Unit(id=one, name="Xã A", parent_id=two, **gone),
        Unit(id=two, name="Xã B", parent_id=one, **gone),
        a_unit("Xã C", above=Unit(id=one)),
    )

    assert names(tree_of(looped, (), EVE)) == ["Xã C"]


def test_units_of_one_name_are_told_apart_by_their_district() -> None:
    labels = {node.unit.id: node.label for node in tree().nodes}

    assert labels[HOA_BINH.id] == "Xã Hòa Bình, huyện Vũ Thư"
    assert labels[NAMESAKE.id] == "Xã Hòa Bình, huyện Hưng Hà"
    assert labels[AN_QUI.id] == "Xã An Quí"


def test_units_of_one_name_and_one_parent_are_told_apart_by_their_days() -> None:
    first = a_unit("Sở Tài chính", above=OLD, valid_to=PartialDate(2025, 2, 28))
    second = a_unit("Sở Tài chính", above=OLD, valid_from=PartialDate(2025, 3, 1))
    units = tree_of((OLD, first, second), (), EVE, with_dissolved=True)

    assert {node.label for node in units.nodes} == {
        "Tỉnh Thái Bình",
        "Sở Tài chính, tỉnh Thái Bình (đến 28/02/2025)",
        "Sở Tài chính, tỉnh Thái Bình (từ 01/03/2025)",
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoa binh", ["Xã Hòa Bình, huyện Hưng Hà", "Xã Hòa Bình, huyện Vũ Thư"]),
        ("HOÀ BÌNH vũ thư", ["Xã Hòa Bình, huyện Vũ Thư"]),
        ("vu thu", ["Huyện Vũ Thư", "Xã Hòa Bình, huyện Vũ Thư"]),
        ("an quý", ["Xã An Quí"]),
        ("stp", ["Sở Tư pháp"]),
        ("so tp", ["Sở Tư pháp"]),
        ("", []),
        ("không có xã nào", []),
    ],
)
def test_units_are_found_without_marks(typed: str, found: list[str]) -> None:
    assert [node.label for node in search_units(tree(), typed)] == found


def test_the_unit_named_exactly_comes_first() -> None:
    nodes = search_units(tree(REFORM, with_dissolved=True), "vũ thư")

    assert [node.unit.name for node in nodes] == ["Xã Vũ Thư", "Huyện Vũ Thư", "Xã Hòa Bình"]


def test_lineage_goes_through_every_reform_in_both_directions() -> None:
    first = a_unit("Xã Quỳnh Bảo")
    second = a_unit("Xã Trang Bảo Xá")
    third = a_unit("Xã Quỳnh An")
    elsewhere = a_unit("Xã Vũ Hòa")
    steps = (
        followed(second, third),
        followed(first, second, PartialDate(2024, 11, 1)),
        followed(elsewhere, None),
    )

    for unit in (first, second, third):
        lived = lineage_of(unit.id, (first, second, third, elsewhere), steps)
        assert [(step.unit, step.heir) for step in lived] == [(first, second), (second, third)]


def test_the_sisters_of_a_unit_are_not_its_lineage() -> None:
    sister, brother, child = a_unit("Xã A"), a_unit("Xã B"), a_unit("Xã C")
    steps = (followed(sister, child), followed(brother, child))

    assert [step.unit for step in lineage_of(sister.id, (sister, brother, child), steps)] == [
        sister
    ]
    assert len(lineage_of(child.id, (sister, brother, child), steps)) == 2


def test_a_code_means_the_latest_unit_that_bears_it() -> None:
    old = a_unit("Xã Quỳnh Trang", code="12577", valid_from=PartialDate(2020, 2, 1))
    new = a_unit("Xã Quỳnh An", code="12577", valid_from=REFORM)
    undated = a_unit("Xã nào đó", code="12577")

    assert unit_by_code((new, old, undated), " 12577 ") == new
    assert unit_by_code((OFFICE,), "STP") == OFFICE


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(UnknownUnitError) as refused:
        unit_by_code(UNITS, "khong-co")

    assert refused.value.unit_code == "khong-co"


def test_units_overlap_when_a_day_belongs_to_both() -> None:
    def lived(start: int | None, end: int | None) -> Unit:
        days = [PartialDate(year) if year else None for year in (start, end)]
        return Unit(id=UUID(int=0), valid_from=days[0], valid_to=days[1])

    assert overlap(lived(2020, 2022), lived(2022, 2023))
    assert overlap(lived(None, None), lived(2022, 2023))
    assert overlap(lived(2022, None), lived(None, 2022))
    assert not overlap(lived(2020, 2021), lived(2022, None))
    assert not overlap(lived(2022, None), lived(None, 2021))
