from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, CriterionSubject
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, IssuedSetError, NotForRoleError
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.services.criteria import (
    add_criterion,
    criteria_of,
    criteria_sets,
    issue_set,
    remove_criterion,
    set_groups,
    subject_groups,
)
from thidua_desktop.services.criteria_copies import make_own_set
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record


@pytest.fixture
def own(office: Ports) -> CriteriaSet:
    (given,) = criteria_sets(office)
    return make_own_set(
        office, based_on=given.criteria_set.id, name="Bộ của huyện", valid_from=PartialDate(2024)
    )


def test_the_provinces_set_stands_first_and_is_not_the_offices(
    office: Ports, own: CriteriaSet
) -> None:
    given, mine = criteria_sets(office)
    assert (given.issuer, given.is_own, given.count) == ("Tỉnh Thái Bình", False, 22)
    assert (mine.criteria_set, mine.is_own, mine.count) == (own, True, 22)
    assert mine.issuer == "Ủy ban nhân dân huyện Kiến Xương"


def test_criteria_stand_in_the_order_of_the_plan_with_their_groups(office: Ports) -> None:
    (given,) = criteria_sets(office)
    rows = criteria_of(office, given.criteria_set.id)
    plan = office.plan()
    assert [row.criterion.code for row in rows] == [said.code for said in plan.criteria]
    assert [{group.code for group in row.groups} for row in rows] == [
        set(said.groups) for said in plan.criteria
    ]
    for row in rows:
        places = [group.place for group in row.groups]
        assert places == sorted(places)


def test_an_office_gives_points_weight_and_asks_for_evidence(
    office: Ports, own: CriteriaSet
) -> None:
    shown = criteria_of(office, own.id)[0].criterion
    edited = replace(shown, points=Decimal("10.5"), weight=Decimal(2), evidence_required=True)
    save_record(office, edited, shown=shown)
    assert criteria_of(office, own.id)[0].criterion == edited
    with pytest.raises(InvalidInputError) as refused:
        save_record(office, replace(edited, points=Decimal(-1)), shown=edited)
    assert refused.value.issues == (FieldIssue("points", Issue.TOO_SMALL),)


def test_a_criterion_is_added_at_the_end_under_a_code_of_its_own(
    office: Ports, own: CriteriaSet
) -> None:
    first, second = (add_criterion(office, own.id).record for _ in range(2))
    rows = criteria_of(office, own.id)
    assert [row.criterion.id for row in rows[-2:]] == [first.id, second.id]
    assert (first.place, second.place) == (23, 24)
    assert len({row.criterion.code for row in rows}) == 24


def test_a_code_is_not_used_twice(office: Ports, own: CriteriaSet) -> None:
    first = add_criterion(office, own.id).record
    worded = replace(first, wording="Tiêu chí của huyện")
    save_record(office, worded, shown=first)
    with office.store.write() as work:
        work.records.share([("criterion", first.id)])
        work.commit()
    remove_criterion(office, worded)
    again = add_criterion(office, own.id).record
    assert again.id != first.id
    assert again.wording == ""


def test_a_criterion_is_taken_out_with_its_links(office: Ports, own: CriteriaSet) -> None:
    gone = criteria_of(office, own.id)[4].criterion
    remove_criterion(office, gone)
    assert gone.id not in {row.criterion.id for row in criteria_of(office, own.id)}
    with office.store.read() as work:
        assert work.records.having(CriterionSubject, criterion_id=gone.id) == ()


def test_the_provinces_set_is_left_as_the_plan_says(office: Ports) -> None:
    (given,) = criteria_sets(office)
    criterion = criteria_of(office, given.criteria_set.id)[0].criterion
    with pytest.raises(NotForRoleError):
        add_criterion(office, given.criteria_set.id)
    with pytest.raises(NotForRoleError):
        remove_criterion(office, criterion)
    with office.store.read() as work:
        assert work.records.count(Criterion) == 22


def test_a_criterion_speaks_to_the_groups_that_are_chosen_and_an_issued_one_to_no_others(
    office: Ports, own: CriteriaSet
) -> None:
    before = digest(office)
    first = criteria_of(office, own.id)[0]
    groups = [one.id for one in subject_groups(office)]

    def said() -> list[UUID]:
        return [one.id for one in criteria_of(office, own.id)[0].groups]

    set_groups(office, first.criterion, groups[1:3])
    assert said() == groups[1:3]
    set_groups(office, first.criterion, groups[2:])
    assert said() == groups[2:]
    set_groups(office, first.criterion, [one.id for one in first.groups])
    assert digest(office) == before
    issue_set(office, own)
    set_before = said()
    with pytest.raises(IssuedSetError):
        set_groups(office, first.criterion, groups)
    assert said() == set_before
    (given, *_) = criteria_sets(office)
    theirs = criteria_of(office, given.criteria_set.id)[0].criterion
    with pytest.raises(NotForRoleError):
        set_groups(office, theirs, groups)
