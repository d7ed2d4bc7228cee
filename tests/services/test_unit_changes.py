"""Merged, split, renamed, abolished: written whole with its resolution, and taken back whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange_work import dump
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    ChangeInUseError,
    InvalidInputError,
    NotForRoleError,
    OfficialStepError,
)
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupKind, PeerGroupMember, members_on
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.unit_changes import NewUnit, UnitChange
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.unit_changes import (
    make_change,
    preview_change,
    preview_change_undoing,
    undo_change,
)
from thidua_desktop.services.units import find_unit, lineage, unit_tree

DAY, EVE = PartialDate(2026, 1, 1), PartialDate(2025, 12, 31)


def unit(ports: Ports, code: str) -> Unit:
    with ports.store.read() as work:
        return find_unit(work.records, code)


def on(ports: Ports, day: PartialDate) -> dict[str, str]:
    """Return the units of a day: code and name."""
    return {node.unit.code: node.unit.name for node in unit_tree(ports, day).nodes}


@pytest.fixture
def communes(province: Ports) -> tuple[Unit, ...]:
    """Three communes of today."""
    found = [node.unit for node in unit_tree(province, DAY).nodes if node.unit.form == "Xã"]
    return tuple(sorted(found, key=lambda one: one.code)[:3])


def a_change(way: SuccessionKind, *old: Unit, **said) -> UnitChange:
    paper = {"resolution": "12/NQ-UBTVQH16", "resolution_date": PartialDate(2025, 12, 1)}
    return UnitChange(way=way, old=tuple(one.id for one in old), **({"day": DAY} | paper | said))


def a_merger(*old: Unit, **said) -> UnitChange:
    new = (NewUnit(code="19001", name="Xã Quỳnh Vạn"),)
    return a_change(SuccessionKind.MERGE, *old, **({"new": new} | said))


def test_three_communes_become_one(province: Ports, communes: tuple[Unit, ...]) -> None:
    before = on(province, EVE)

    made = make_change(province, a_merger(*communes))

    after = on(province, DAY)
    assert on(province, EVE) == before
    assert after == {c: n for c, n in before.items() if c not in {u.code for u in communes}} | {
        "19001": "Xã Quỳnh Vạn"
    }
    (born,) = made.plan.born
    steps = [s for s in lineage(province, born.id) if s.heir == unit(province, "19001")]
    assert [(s.date, s.way, s.resolution) for s in steps] == [
        (DAY, SuccessionKind.MERGE, "12/NQ-UBTVQH16")
    ] * 3
    assert {s.unit.valid_to for s in steps if s.unit} == {EVE}
    assert (born.level, born.parent_id) == (communes[0].level, communes[0].parent_id)
    assert (born.form, born.document_code) == ("Xã", "UBND")


def test_the_preview_says_what_will_be_written_and_writes_nothing(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    save_record(
        province, Person(id=province.new_id(0), full_name="Lại Văn Sự", unit_id=communes[0].id)
    )
    before = dump(province)

    seen = preview_change(province, a_merger(*communes))

    assert dump(province) == before
    assert seen.keeping["Cá nhân"] == 1
    made = make_change(province, a_merger(*communes))
    assert made.plan == seen.plan
    assert {record.id for _, record in made.plan.writes} == {one for _, one in made.changes.touched}


def test_taken_back_nothing_of_it_is_left(province: Ports, communes: tuple[Unit, ...]) -> None:
    before = dump(province)
    made = make_change(province, a_merger(*communes))
    assert dump(province) != before

    undo_change(province, made.step)

    assert dump(province) == before


def test_taken_back_it_can_be_made_again(province: Ports, communes: tuple[Unit, ...]) -> None:
    made = make_change(province, a_merger(*communes))
    first = dump(province)
    undo_change(province, made.step)

    make_change(province, a_merger(*communes))

    assert dump(province) == first


def test_what_is_used_is_not_taken_back(province: Ports, communes: tuple[Unit, ...]) -> None:
    made = make_change(province, a_merger(*communes))
    person = Person(id=province.new_id(0), full_name="Lại Văn Sự", unit_id=made.plan.born[0].id)
    save_record(province, person)
    before = dump(province)

    with pytest.raises(ChangeInUseError) as refused:
        undo_change(province, made.step)

    assert refused.value.records == ("cá nhân Lại Văn Sự",)
    assert dump(province) == before


def test_the_steps_of_the_state_are_not_taken_back(province: Ports) -> None:
    with province.store.read() as work:
        step = work.records.having(Succession)[0]

    with pytest.raises(OfficialStepError):
        preview_change_undoing(province, step.id)


def test_only_the_province_changes_the_register(office: Ports) -> None:
    step = a_merger(unit(office, "12577"))
    with pytest.raises(NotForRoleError):
        preview_change(office, step)


def test_a_commune_is_taken_into_one_that_goes_on(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    small, _, large = communes

    make_change(province, a_merger(small, new=(), into=large.id))

    assert small.code not in on(province, DAY)
    assert on(province, DAY)[large.code] == large.name
    assert unit(province, large.code) == large


def test_a_renamed_office_keeps_its_number_and_its_code(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    old = communes[0]
    new = (NewUnit(code=old.code, name="Xã Tân Quang"),)

    made = make_change(province, a_change(SuccessionKind.RENAME, old, new=new))

    (born,) = made.plan.born
    assert (born.number, born.code, born.name) == (old.number, old.code, "Xã Tân Quang")
    assert on(province, EVE)[old.code] == old.name
    assert on(province, DAY)[old.code] == "Xã Tân Quang"


def test_numbers_of_new_offices_were_never_given(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    with province.store.read() as work:
        given = {one.number for one in work.records.having(Unit)}
    new = (NewUnit(code="19001", name="Xã Một"), NewUnit(code="19002", name="Xã Hai"))

    made = make_change(province, a_change(SuccessionKind.SPLIT, communes[0], new=new))

    numbers = [one.number for one in made.plan.born]
    assert len(set(numbers)) == 2
    assert not given & set(numbers)


def test_a_commune_that_gives_a_part_away_goes_on(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    new = (NewUnit(code="19002", name="Xã Hai"),)

    made = make_change(province, a_change(SuccessionKind.SPLIT, communes[0], new=new, stays=True))

    assert {communes[0].code, "19002"} <= on(province, DAY).keys()
    undo_change(province, made.step)
    assert "19002" not in on(province, DAY)


def test_an_abolished_unit_has_an_end_and_no_heir(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    make_change(province, a_change(SuccessionKind.ABOLISH, communes[0]))

    assert communes[0].code not in on(province, DAY)
    assert [s.heir for s in lineage(province, communes[0].id)][-1] is None


def test_units_below_go_along_and_are_named_in_the_plan(province: Ports) -> None:
    department = unit(province, "hy-snv")
    board = Unit(
        id=province.new_id(0),
        code="ban-moi",
        name="Ban mới",
        level=department.level,
        parent_id=department.id,
    )
    save_record(province, board)
    new = (NewUnit(code="snv-moi", name="Sở Nội vụ và Lao động"),)

    made = make_change(province, a_change(SuccessionKind.RENAME, department, new=new))

    assert made.plan.carried == (board,)
    above = {
        child.unit.code: node.unit.code
        for node in unit_tree(province, DAY).nodes
        for child in node.children
    }
    assert above["ban-moi"] == "snv-moi"


def test_the_new_commune_takes_the_old_ones_place_in_the_cluster(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    group = PeerGroup(
        id=province.new_id(0), name="Cụm số 1", form=PeerGroupKind.CLUSTER, unit_id=communes[0].id
    )
    save_record(province, group)
    for one in communes[:2]:
        save_record(
            province, PeerGroupMember(id=province.new_id(0), group_id=group.id, unit_id=one.id)
        )
    theirs = PeerGroupMember(id=province.new_id(63), group_id=group.id, unit_id=communes[0].id)
    with province.store.write() as work:
        work.records.write(PeerGroupMember, theirs.id, {"group_id": group.id, "role": None})
        work.commit()
    before = dump(province)

    made = make_change(province, a_merger(*communes))

    def inside(day: PartialDate) -> set[object]:
        with province.store.read() as work:
            members = work.records.having(PeerGroupMember)
        own = [one for one in members if office_number(one.id) == 0]
        return {one.unit_id for one in members_on(own, group.id, day)}

    assert inside(EVE) == {one.id for one in communes[:2]}
    assert inside(DAY) == {made.plan.born[0].id}
    undo_change(province, made.step)
    assert dump(province) == before


@pytest.mark.parametrize(
    ("said", "issue"),
    [
        ({"day": None}, FieldIssue("day", Issue.MISSING)),
        ({"day": PartialDate(2026)}, FieldIssue("day", Issue.NOT_A_DATE)),
        ({"resolution": " "}, FieldIssue("resolution", Issue.MISSING)),
        ({"resolution_date": None}, FieldIssue("resolution_date", Issue.MISSING)),
        ({"old": ()}, FieldIssue("old", Issue.TOO_FEW)),
        ({"new": ()}, FieldIssue("new", Issue.TOO_FEW)),
        ({"new": (NewUnit(code="19001", name=""),)}, FieldIssue("name.0", Issue.MISSING)),
        ({"new": (NewUnit(code="", name="Xã A"),)}, FieldIssue("code.0", Issue.MISSING)),
        ({"new": (NewUnit(code="Xã!", name="Xã A"),)}, FieldIssue("code.0", Issue.NOT_A_CODE)),
        ({"new": (NewUnit(code="hy-snv", name="Xã A"),)}, FieldIssue("code.0", Issue.TAKEN)),
        ({"day": PartialDate(2025, 6, 1)}, FieldIssue("old", Issue.NOT_STANDING)),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    province: Ports, communes: tuple[Unit, ...], said: dict, issue: FieldIssue
) -> None:
    before = dump(province)

    with pytest.raises(InvalidInputError) as refused:
        make_change(province, replace(a_merger(*communes), **said))

    assert issue in refused.value.issues
    assert dump(province) == before


def test_a_new_unit_may_take_the_code_of_one_that_ends(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    new = (NewUnit(code=communes[1].code, name="Xã Quỳnh Vạn"),)

    make_change(province, a_merger(*communes, new=new))

    assert on(province, DAY)[communes[1].code] == "Xã Quỳnh Vạn"


def test_a_name_that_another_unit_bears_is_told(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    other = communes[2]
    new = (NewUnit(code="19001", name=other.name),)

    seen = preview_change(province, a_merger(*communes[:2], new=new))

    assert seen.namesakes == (other,)
    assert preview_change(province, a_merger(*communes, new=new)).namesakes == ()


def test_units_of_different_levels_are_not_merged(
    province: Ports, communes: tuple[Unit, ...]
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        preview_change(province, a_merger(communes[0], unit(province, "hy-snv")))

    assert refused.value.issues == (FieldIssue("old", Issue.SEVERAL_LEVELS),)


def test_a_unit_is_not_merged_into_itself(province: Ports, communes: tuple[Unit, ...]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        preview_change(province, a_merger(*communes, new=(), into=communes[0].id))

    assert refused.value.issues == (FieldIssue("into", Issue.OWN_HEIR),)
