from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, CriterionSubject, Marking
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError, NotFoundError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.journal import Step
from thidua_desktop.domain.movements import Movement, Obligation
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.criteria_copies import make_own_set
from thidua_desktop.services.integrity import check, digest
from thidua_desktop.services.offices import create_office, enrol, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.publishing import bring_plan, publish_plan
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import submit_all

ISSUED = PartialDate(2024, 1, 15)


@pytest.fixture
def department(make_folder, province: Ports) -> Ports:
    ports = make_folder("sxd")
    join(ports, enrol(province, "sxd"), file_name="sxd.tdkt")
    return ports


def criteria_of(ports: Ports, set_id) -> list[Criterion]:
    with ports.store.read() as work:
        criteria = work.records.having(Criterion, set_id=set_id)
    return sorted(criteria, key=lambda criterion: criterion.place or 0)


def groups_of(ports: Ports, set_id) -> dict[str, set]:
    with ports.store.read() as work:
        return {
            criterion.code: {
                link.group_id
                for link in work.records.having(CriterionSubject, criterion_id=criterion.id)
            }
            for criterion in work.records.having(Criterion, set_id=set_id)
        }


def test_the_province_holds_everything_that_is_shipped(province: Ports) -> None:
    plan = province.plan()

    with province.store.read() as work:
        for record in plan.records:
            assert work.records.get(type(record), record.id) == record
    assert check(province).faults == ()


def test_all_of_it_is_shared(province: Ports) -> None:
    with province.store.read() as work:
        assert work.records.drafts() == ()


def test_the_provinces_set_holds_the_22_criteria_in_the_order_of_the_plan(province: Ports) -> None:
    published = publish_plan(province)
    criteria = criteria_of(province, published.criteria_set_id)
    groups = groups_of(province, published.criteria_set_id)

    with province.store.read() as work:
        issued = work.records.get(CriteriaSet, published.criteria_set_id)
    assert issued.name == "Bộ tiêu chí phong trào thi đua theo Kế hoạch 52/KH-UBND"
    assert office_number(issued.id) == 0
    assert [(c.code, c.wording) for c in criteria] == [
        (said.code, said.wording) for said in province.plan().criteria
    ]
    assert [c.place for c in criteria] == list(range(1, 23))
    assert {c.marking for c in criteria} == {Marking.MET}
    assert {code: len(spoken_to) for code, spoken_to in groups.items()} == {
        said.code: len(said.groups) for said in province.plan().criteria
    }


def test_publishing_again_adds_nothing(province: Ports) -> None:
    before = digest(province)

    again = publish_plan(province)

    assert again.counts == {}
    assert again.changes.touched == frozenset()
    assert digest(province) == before


def test_publishing_tells_how_many_of_each_kind_it_added(province: Ports) -> None:
    unpublished = replace(province.plan(), records=province.plan().records[:3])
    movement, *stages = (
        replace(record, id=uuid4(), **({"code": "53/KH-UBND"} if i == 0 else {}))
        for i, record in enumerate(unpublished.records)
    )
    other = replace(
        province, plan=lambda: replace(unpublished, records=(movement, *stages), criteria=())
    )

    published = publish_plan(other)

    assert published.counts == {"movement": 1, "stage": 2, "criteria_set": 1}


def test_what_the_province_changed_or_deleted_stays_so(province: Ports) -> None:
    plan = province.plan()
    movement = next(r for r in plan.records if isinstance(r, Movement))
    unit = next(r for r in plan.records if isinstance(r, Unit) and r.code == "stp")
    with province.store.write() as work:
        work.records.put(replace(movement, issuer="Ủy ban nhân dân tỉnh"), shown=movement)
        work.records.delete(Unit, unit.id)
        work.commit()

    assert publish_plan(province).counts == {}

    with province.store.read() as work:
        assert work.records.get(Movement, movement.id).issuer == "Ủy ban nhân dân tỉnh"
        assert work.records.find(Unit, unit.id) is None


def shipping(ports: Ports, *, without: set[str], blank: str) -> Ports:
    """Return the ports of an earlier program: it had no such records, and left a field out."""
    plan = ports.plan()
    records = tuple(
        replace(one, **{blank: ""}) if isinstance(one, Obligation) else one
        for one in plan.records
        if getattr(one, "code", "") not in without
    )
    return replace(ports, plan=lambda: replace(plan, records=records))


def next_undo(ports: Ports) -> Step | None:
    with ports.store.read() as work:
        return work.journal.next_undo()


def obligations(ports: Ports) -> dict[str, Obligation]:
    with ports.store.read() as work:
        return {one.code: one for one in work.records.having(Obligation)}


def test_a_newer_program_brings_what_an_older_one_did_not_have(make_folder) -> None:
    old = shipping(make_folder("tinh"), without={"d-8", "stp"}, blank="recipient")
    create_office(old, "34", UnitRole.PROVINCE)
    mine = obligations(old)
    assert "d-8" not in mine
    assert mine["d-2"].recipient == ""
    edited = replace(mine["d-1"], recipient="Sở Nội vụ", task="Việc tỉnh đã sửa")
    save_record(old, edited, shown=mine["d-1"])
    delete_record(old, mine["d-6"])
    own = next(
        one for one in make_folder("tinh").plan().records if getattr(one, "code", "") == "stp"
    )
    save_record(old, replace(own, id=uuid4(), name="Sở Tư pháp của tỉnh"))
    submit_all(old)
    step = next_undo(old)
    new = make_folder("tinh")

    brought = bring_plan(new)

    assert brought is not None
    assert brought.records == 1
    now = obligations(new)
    shipped = {one.code: one for one in new.plan().records if isinstance(one, Obligation)}
    assert now["d-8"] == shipped["d-8"]
    assert now["d-2"] == shipped["d-2"], "a field that nobody ever wrote in is filled"
    assert now["d-1"] == edited, "what the province wrote stays"
    assert "d-6" not in now, "what it deleted stays so"
    with new.store.read() as work:
        assert work.records.drafts() == (), "offices get it with the next bundle"
        called = [one.name for one in work.records.having(Unit, code="stp")]
    assert called == ["Sở Tư pháp của tỉnh"], "what it entered itself does not come twice"
    assert next_undo(new) == step, "it is no step of the clerk, to be taken back"
    assert check(new).faults == ()
    before = digest(new)
    assert bring_plan(new) is None
    assert digest(new) == before


def test_what_nobody_took_in_is_brought_to_the_province_only(department: Ports) -> None:
    assert bring_plan(department) is None


def test_only_the_province_publishes(department: Ports) -> None:
    before = digest(department)

    with pytest.raises(NotForRoleError):
        publish_plan(department)

    assert digest(department) == before


def test_an_office_receives_what_the_province_published(province: Ports, department: Ports) -> None:
    assert digest(department) == digest(province)


def test_a_department_makes_its_own_set_of_a_copy(province: Ports, department: Ports) -> None:
    base = publish_plan(province).criteria_set_id

    own = make_own_set(
        department, based_on=base, name="  Bộ tiêu chí   ngành Xây dựng", valid_from=ISSUED
    )

    with department.store.read() as work:
        me = work.book.me()
        assert work.records.get(CriteriaSet, own.id) == own
        drafts = Counter(kind for kind, _ in work.records.drafts())
    assert (own.name, own.valid_from) == ("Bộ tiêu chí ngành Xây dựng", ISSUED)
    assert (own.unit_id, own.based_on_id) == (me.unit_id, base)
    assert office_number(own.id) == me.number
    assert drafts == {"criteria_set": 1, "criterion": 22, "criterion_subject": 26}
    copied, original = criteria_of(department, own.id), criteria_of(department, base)
    assert [(c.code, c.place, c.wording) for c in copied] == [
        (c.code, c.place, c.wording) for c in original
    ]
    assert {office_number(c.id) for c in copied} == {me.number}
    assert groups_of(department, own.id) == groups_of(department, base)


def test_points_of_the_own_set_leave_the_provinces_as_it_is(
    province: Ports, department: Ports
) -> None:
    base = publish_plan(province).criteria_set_id
    own = make_own_set(department, based_on=base, name="Bộ tiêu chí ngành", valid_from=ISSUED)
    first = criteria_of(department, own.id)[0]
    pointed = replace(
        first, marking=Marking.POINTS, points=Decimal("12.50"), evidence_required=True
    )

    with department.store.write() as work:
        work.records.put(pointed, shown=first)
        work.commit()

    assert criteria_of(department, own.id)[0] == pointed
    assert criteria_of(department, base) == criteria_of(province, base)


def test_two_own_sets_of_one_office_are_two(department: Ports, province: Ports) -> None:
    base = publish_plan(province).criteria_set_id
    sets = [
        make_own_set(department, based_on=base, name=f"Bộ tiêu chí {year}", valid_from=None)
        for year in (2024, 2025)
    ]

    assert sets[0].id != sets[1].id
    assert [len(criteria_of(department, one.id)) for one in sets] == [22, 22]


def test_a_set_that_is_not_there_cannot_be_copied(department: Ports) -> None:
    gone = uuid4()

    with pytest.raises(NotFoundError) as refused:
        make_own_set(department, based_on=gone, name="Bộ tiêu chí", valid_from=None)

    assert (refused.value.kind, refused.value.id) == (kind_name(CriteriaSet), gone)


def test_a_name_that_is_too_long_is_refused_and_nothing_is_kept(
    province: Ports, department: Ports
) -> None:
    base = publish_plan(province).criteria_set_id

    with pytest.raises(InvalidInputError) as refused:
        make_own_set(department, based_on=base, name="B" * 301, valid_from=ISSUED)

    assert refused.value.issues == (FieldIssue("name", Issue.TOO_LONG),)
    with department.store.read() as work:
        assert work.records.drafts() == ()
