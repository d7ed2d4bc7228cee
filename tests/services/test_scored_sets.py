"""Sets of criteria from their draft over their issue to their next version."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from office_work import Pair
from scoring_work import a_scored_set, criterion, mark, view_of
from thidua_desktop.domain.criteria import CriteriaSet, Criterion, Marking, PointRule
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    EmptySetError,
    InvalidInputError,
    InvalidLinesError,
    IssuedSetError,
    NotForRoleError,
    UsedSetError,
)
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.records import Record, kind_name, kind_spec, values
from thidua_desktop.services.criteria import (
    add_criterion,
    add_rule,
    criteria_of,
    criteria_sets,
    delete_set,
    issue_set,
    remove_criterion,
    rules_of,
    take_usual_rules,
)
from thidua_desktop.services.criteria_copies import make_own_set, new_set, new_version
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import delete_record, save_record


@pytest.fixture
def own(office: Ports) -> CriteriaSet:
    return a_scored_set(office)


def stored_set(ports: Ports, made: CriteriaSet) -> CriteriaSet:
    with ports.store.read() as work:
        return work.records.get(CriteriaSet, made.id)


def as_line(record: Record, **changes: Any) -> str:
    """Return a line that puts a record with other values."""
    after = replace(record, **changes)
    fields = {
        name: to_json(kind_spec(type(record)).field(name), value)
        for name, value in values(after).items()
        if name in changes
    }
    return json.dumps({"kind": kind_name(type(record)), "id": str(record.id), "fields": fields})


def refusals(ports: Ports, record: Record, **changes: Any) -> tuple[set[Any], set[Any]]:
    """Return what the form refuses of a change, and what a line of a file is refused for."""
    with pytest.raises(InvalidInputError) as form:
        save_record(ports, replace(record, **changes), shown=record)
    with pytest.raises(InvalidLinesError) as line:
        put_lines(ports, as_line(record, **changes))
    return (
        {(issue.field, issue.issue) for issue in form.value.issues},
        {(issue.field, issue.issue) for issue in line.value.issues},
    )


def test_a_new_set_begins_with_the_usual_numbers_and_no_criteria(office: Ports) -> None:
    made = new_set(office, name="Bộ mới", valid_from=PartialDate(2024))
    assert (made.bonus_each, made.bonus_total, made.excellent_from) == (10, 20, 90)
    assert (made.share_b, made.issued_on) == (None, None)
    assert criteria_of(office, made.id) == ()
    assert add_criterion(office, made.id).record.marking is Marking.FORWARD


def test_the_usual_rules_are_taken_once(office: Ports, own: CriteriaSet) -> None:
    rules = rules_of(office, own.id)
    assert len(rules) == len(office.plan().usual_rules) == 11
    assert [rule.bars for rule in rules].count(True) == 1
    take_usual_rules(office, own.id)
    assert rules_of(office, own.id) == rules


def test_a_set_is_renamed_and_loses_what_is_deleted(office: Ports, own: CriteriaSet) -> None:
    shown = stored_set(office, own)
    save_record(office, replace(shown, name="Bộ tiêu chí Cụm số 2"), shown=shown)
    remove_criterion(office, criterion(office, own.id, 0))
    delete_record(office, rules_of(office, own.id)[0])
    assert stored_set(office, own).name == "Bộ tiêu chí Cụm số 2"
    assert (len(criteria_of(office, own.id)), len(rules_of(office, own.id))) == (4, 10)


def test_a_draft_is_deleted_with_all_that_is_in_it(office: Ports, own: CriteriaSet) -> None:
    delete_set(office, own.id)
    with office.store.read() as work:
        assert work.records.find(CriteriaSet, own.id) is None
        assert work.records.count(Criterion, set_id=own.id) == 0
        assert work.records.count(PointRule, set_id=own.id) == 0


def test_a_set_by_which_somebody_filled_a_checklist_is_not_deleted(
    office: Ports, own: CriteriaSet
) -> None:
    mark(office, view_of(office, own.id), 0, plan=10, actual=9)
    with pytest.raises(UsedSetError) as refused:
        delete_set(office, own.id)
    assert refused.value.checklists == 1


def test_an_empty_set_is_not_issued(office: Ports) -> None:
    made = new_set(office, name="Bộ mới", valid_from=None)
    with pytest.raises(EmptySetError):
        issue_set(office, made)
    add_criterion(office, made.id)
    with pytest.raises(EmptySetError):
        issue_set(office, made)
    form, line = refusals(office, made, issued_on=PartialDate(2024, 1, 2))
    assert form == line == {("issued_on", Issue.SET_EMPTY)}


def test_an_issued_set_stays_as_it_is_by_whichever_way_it_is_changed(
    office: Ports, own: CriteriaSet
) -> None:
    issued = issue_set(office, stored_set(office, own), document="12/KH-UBND").record
    assert issued.issued_on is not None
    first, rule = criterion(office, own.id, 0), rules_of(office, own.id)[0]

    form, line = refusals(office, issued, name="Tên khác", bonus_each=Decimal(5))
    assert form == line == {("bonus_each", Issue.SET_ISSUED), ("name", Issue.SET_ISSUED)}
    form, line = refusals(office, first, points=Decimal(1))
    assert form == line == {("points", Issue.SET_ISSUED)}
    form, line = refusals(office, rule, points=Decimal(1))
    assert form == line == {("points", Issue.SET_ISSUED)}
    for attempt in (
        lambda: add_criterion(office, own.id),
        lambda: add_rule(office, own.id),
        lambda: remove_criterion(office, first),
        lambda: delete_record(office, first),
        lambda: delete_record(office, rule),
        lambda: delete_set(office, own.id),
        lambda: put_lines(
            office, json.dumps({"kind": "criterion", "id": str(first.id), "delete": True})
        ),
        lambda: issue_set(office, issued),
    ):
        with pytest.raises(IssuedSetError):
            attempt()
    closed = replace(issued, valid_to=PartialDate(2024), note="Hết hiệu lực cuối năm.")
    assert save_record(office, closed, shown=issued).record == closed


def test_a_whole_set_may_come_issued_in_one_file_but_not_empty(office: Ports) -> None:
    set_id = "00000000-0000-0000-0000-00000000003f"
    said = {"kind": "criteria_set", "id": set_id, "fields": {"name": "Bộ", "issued_on": "2024"}}
    with pytest.raises(InvalidLinesError) as refused:
        put_lines(office, json.dumps(said))
    assert {i.issue for i in refused.value.issues} == {Issue.SET_EMPTY}
    fields = {"set_id": set_id, "code": "1", "wording": "Tiêu chí", "marking": "forward"}
    put_lines(office, "\n".join(map(json.dumps, (said, {"kind": "criterion", "fields": fields}))))
    assert [row.is_fixed for row in criteria_sets(office)] == [True, True]


def test_the_plans_own_words_are_not_changed_even_by_the_province(pair: Pair) -> None:
    (given,) = criteria_sets(pair.province)
    assert given.is_fixed
    first = criterion(pair.province, given.criteria_set.id, 0)
    form, line = refusals(pair.province, first, wording="Câu khác")
    assert form == line == {("wording", Issue.SET_ISSUED)}


def test_a_next_version_is_a_set_of_its_own_and_old_checklists_stay(
    office: Ports, own: CriteriaSet
) -> None:
    first = issue_set(office, stored_set(office, own)).record
    mark(office, view_of(office, own.id), 0, plan=10, actual=9)
    second = new_version(office, first.id)
    assert (second.version, second.replaces_id, second.issued_on) == (2, first.id, None)
    assert [r.criterion.code for r in criteria_of(office, second.id)] == [
        r.criterion.code for r in criteria_of(office, own.id)
    ]
    assert len(rules_of(office, second.id)) == 11
    assert view_of(office, own.id).followed_by is None  # not before it is issued
    remove_criterion(office, criterion(office, second.id, 4))
    issued = issue_set(office, second).record

    old = view_of(office, own.id)
    assert old.followed_by == issued
    assert (old.answered, len(old.rows)) == (1, 5)
    assert (view_of(office, second.id).answered, len(view_of(office, second.id).rows)) == (0, 4)
    row = next(one for one in criteria_sets(office) if one.criteria_set.id == own.id)
    assert (row.followed_by, row.checklists) == (issued, 1)


def test_last_years_set_is_copied_with_its_numbers_and_rules(
    office: Ports, own: CriteriaSet
) -> None:
    copied = make_own_set(
        office, based_on=own.id, name="Bộ tiêu chí cụm 2025", valid_from=PartialDate(2025)
    )
    assert (copied.share_b, copied.valid_from) == (80, PartialDate(2025))
    assert [r.criterion.points for r in criteria_of(office, copied.id)] == [30, 20, 30, 15, 5]
    assert [r.points for r in rules_of(office, copied.id)] == [
        r.points for r in rules_of(office, own.id)
    ]


def test_what_the_province_issues_reaches_every_office_and_its_drafts_do_not(pair: Pair) -> None:
    made = a_scored_set(pair.province)
    pair.up()
    pair.down()
    assert len(criteria_sets(pair.office)) == 1
    issue_set(pair.province, stored_set(pair.province, made))
    pair.up()
    pair.down()
    received = next(one for one in criteria_sets(pair.office) if one.criteria_set.id == made.id)
    assert (received.count, received.is_own, received.may_change) == (5, False, False)
    assert len(rules_of(pair.office, made.id)) == 11
    with pytest.raises(NotForRoleError):
        add_rule(pair.office, made.id)
