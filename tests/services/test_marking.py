"""Three scores side by side: computed, reasoned, closed step by step, ranked."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from office_work import Pair
from scoring_work import a_scored_set, an_issued_set, fill_in, mark, view_of
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    ClosedStepError,
    InvalidInputError,
    InvalidLinesError,
    NotForRoleError,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.ranking import Rank
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.totals import Rating
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.checklist_copies import copy_last_year
from thidua_desktop.services.checklists import (
    add_evidence,
    open_checklist,
    save_entry,
    save_evidence,
    save_score,
    set_step,
)
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.keying import (
    finish_keying,
    key_again,
    keyed_again,
    take_first,
    take_second,
)
from thidua_desktop.services.peers import unit_choices
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import submit_all


@pytest.fixture
def own(office: Ports) -> CriteriaSet:
    return a_scored_set(office)


@pytest.fixture
def issued(pair: Pair) -> CriteriaSet:
    """Return a set of the province that the office holds."""
    return an_issued_set(pair)


def refused_lines(ports: Ports, *said: dict[str, Any]) -> set[tuple[str, Issue]]:
    with pytest.raises(InvalidLinesError) as refused:
        put_lines(ports, "\n".join(map(json.dumps, said)))
    return {(issue.field, issue.issue) for issue in refused.value.issues}


def test_points_follow_from_what_was_reported(office: Ports, own: CriteriaSet) -> None:
    fill_in(office, own.id)
    view = view_of(office, own.id)
    assert [row.computed for row in view.rows] == [Decimal("22.5"), 16, 24, None, 5]
    assert [row.given(Tier.SELF) for row in view.rows] == [Decimal("22.5"), 16, 24, 12, 5]
    total = view.totals[Tier.SELF]
    assert (total.total, total.most, total.rating) == (Decimal("79.5"), 100, Rating.FAIR)
    assert (view.answered, view.complete) == (5, 5)


def test_rules_add_and_take_and_bar(office: Ports, own: CriteriaSet) -> None:
    fill_in(office, own.id)
    view = view_of(office, own.id)
    by_code = {one.rule.code: one for one in view.entries}
    for code, times in (("c1", 1), ("t2", 2), ("t8", 1)):
        entry = replace(by_code[code].entry, times=times)
        save_entry(office, view.checklist, entry, shown=None)
    total = view_of(office, own.id).totals[Tier.SELF]
    assert (total.added, total.taken, total.is_barred) == (5, 30, True)
    assert total.total == Decimal("54.5")


def test_more_than_the_points_are_refused_of_forms_and_lines_alike(
    office: Ports, own: CriteriaSet
) -> None:
    view = view_of(office, own.id)
    score = view.rows[3].score
    with pytest.raises(InvalidInputError) as form:
        mark(office, view, 3, self_score=16)
    assert form.value.issues == (FieldIssue("self_score", Issue.TOO_LARGE),)
    fields = {
        "checklist_id": str(score.checklist_id),
        "criterion_id": str(score.criterion_id),
        "self_score": "16",
    }
    assert refused_lines(office, {"kind": "score", "fields": fields}) == {
        ("self_score", Issue.TOO_LARGE)
    }


def test_a_step_closes_only_when_every_difference_gives_its_reason(
    office: Ports, own: CriteriaSet
) -> None:
    fill_in(office, own.id)
    score = mark(office, view_of(office, own.id), 0, self_score=25)
    view = view_of(office, own.id)
    assert view.rows[0].lacking[Tier.SELF].field == "self_reason"
    assert view.complete == 4
    with pytest.raises(InvalidInputError) as refused:
        set_step(office, view.checklist, Tier.SELF, closed=True)
    assert refused.value.issues == (FieldIssue("closed_on", Issue.REASONS_MISSING),)
    line = {"kind": "checklist", "id": str(view.checklist.id), "fields": {"closed_on": "2024"}}
    assert refused_lines(office, line) == {("closed_on", Issue.REASONS_MISSING)}

    reason = replace(score, self_reason="Thêm 2 km do Nhân dân tự làm.")
    save_score(office, view.checklist, reason, shown=score)
    set_step(office, view.checklist, Tier.SELF, closed=True)
    assert view_of(office, own.id).is_closed(Tier.SELF)


def test_a_closed_step_holds_and_may_be_opened_again(office: Ports, own: CriteriaSet) -> None:
    fill_in(office, own.id)
    view = view_of(office, own.id)
    proof = add_evidence(office, view.checklist, view.rows[0].score).record
    view = view_of(office, own.id)
    set_step(office, view.checklist, Tier.SELF, closed=True)

    with pytest.raises(InvalidInputError) as refused:
        mark(office, view, 0, actual=10, note="Sửa")
    assert set(refused.value.issues) == {
        FieldIssue("actual", Issue.STEP_CLOSED),
        FieldIssue("note", Issue.STEP_CLOSED),
    }
    score = view.rows[0].score
    line = {"kind": "score", "id": str(score.id), "fields": {"actual": "10", "note": "Sửa"}}
    assert refused_lines(office, line) == {
        ("actual", Issue.STEP_CLOSED),
        ("note", Issue.STEP_CLOSED),
    }
    for attempt in (
        lambda: delete_record(office, score),
        lambda: add_evidence(office, view.checklist, score),
        lambda: save_evidence(office, replace(proof, wording="Khác"), shown=proof),
        lambda: delete_record(office, proof),
        lambda: put_lines(office, json.dumps({**line, "fields": {}, "delete": True})),
    ):
        with pytest.raises(ClosedStepError):
            attempt()
    set_step(office, view.checklist, Tier.SELF, closed=False)
    assert mark(office, view, 0, actual=10).actual == 10


def test_three_scores_go_up_and_down_and_close_one_after_the_other(
    pair: Pair, issued: CriteriaSet
) -> None:
    fill_in(pair.office, issued.id)
    mine = view_of(pair.office, issued.id)
    assert (mine.may_fill, mine.may_verify) == (True, False)
    with pytest.raises(NotForRoleError):
        set_step(pair.office, mine.checklist, Tier.VERIFIED, closed=True)
    set_step(pair.office, mine.checklist, Tier.SELF, closed=True)
    submit_all(pair.office)
    pair.up()

    unit = mine.checklist.unit_id
    theirs = view_of(pair.province, issued.id, unit=unit)
    assert (theirs.checklist.id, theirs.may_fill, theirs.may_verify) == (
        mine.checklist.id,
        False,
        True,
    )
    mark(pair.province, theirs, 0, cross_score=20, cross_note="Cụm đo lại 8 km.")
    mark(pair.province, view_of(pair.province, issued.id, unit=unit), 2, verified_score=20)
    theirs = view_of(pair.province, issued.id, unit=unit)
    assert theirs.rows[2].lacking.keys() == {Tier.VERIFIED}
    with pytest.raises(InvalidInputError):
        set_step(pair.province, theirs.checklist, Tier.VERIFIED, closed=True)
    mark(pair.province, theirs, 2, verified_note="Hai xã chưa có báo cáo.")
    for tier in (Tier.CROSS, Tier.VERIFIED):
        set_step(pair.province, theirs.checklist, tier, closed=True)
    pair.down()

    mine = view_of(pair.office, issued.id)
    assert [mine.totals[tier].points for tier in Tier] == [Decimal("79.5"), 77, 73]
    assert mine.rows[0].score.cross_note == "Cụm đo lại 8 km."
    assert mine.is_closed(Tier.VERIFIED)
    with pytest.raises(InvalidInputError) as refused:
        set_step(pair.office, mine.checklist, Tier.SELF, closed=False)
    assert refused.value.issues == (FieldIssue("closed_on", Issue.STEP_CLOSED),)
    with pytest.raises(InvalidInputError):
        mark(pair.province, view_of(pair.province, issued.id, unit=unit), 0, cross_score=21)


def test_the_province_may_score_what_the_office_left_open(pair: Pair, issued: CriteriaSet) -> None:
    mark(pair.office, view_of(pair.office, issued.id), 0, plan=10, actual=5)
    submit_all(pair.office)
    pair.up()
    unit = view_of(pair.office, issued.id).checklist.unit_id
    theirs = view_of(pair.province, issued.id, unit=unit)
    mark(pair.province, theirs, 3, verified_score=7, verified_note="Chấm theo hồ sơ.")
    set_step(pair.province, theirs.checklist, Tier.VERIFIED, closed=True)
    pair.down()
    row = view_of(pair.office, issued.id).rows[3]
    assert (row.score.verified_score, row.given(Tier.SELF)) == (7, None)


def test_a_district_fills_in_for_its_communes_and_ranks_them(
    office: Ports, own: CriteriaSet
) -> None:
    choices = unit_choices(office, set_id=own.id, year=2024)
    assert choices[0].name == "Ủy ban nhân dân huyện Kiến Xương"
    with office.store.read() as work:
        levels = {work.records.get(Unit, one.unit_id).level for one in choices[1:]}
    assert len(choices) > 20
    assert levels == {UnitLevel.COMMUNE}
    one, two, three = (choice.unit_id for choice in choices[1:4])
    for unit, points in ((one, 12), (two, 15), (three, 9)):
        mark(office, view_of(office, own.id, unit=unit), 3, self_score=points)
    view = view_of(office, own.id, unit=one)
    assert [peer.unit_id for peer in view.peers] == [two, one, three]
    assert view.rank == Rank(2, 3, 0)
    assert view_of(office, own.id).rank is None
    criterion_id = view.rows[3].row.criterion.id
    better = view.what_if(criterion_id, Decimal(15))
    assert (better.rank, better.total.total) == (Rank(1, 3, 1), 15)
    assert view.what_if(criterion_id, Decimal(1)).rank == Rank(3, 3, 0)
    filled = [c.unit_id for c in unit_choices(office, set_id=own.id, year=2024) if c.is_filled]
    assert set(filled) == {one, two, three}


def test_last_years_words_fill_only_what_is_empty(office: Ports, own: CriteriaSet) -> None:
    last = view_of(office, own.id, year=2023)
    mark(office, last, 0, note="Làm 9 km đường.")
    mark(office, view_of(office, own.id, year=2023), 1, note="Còn 50 hộ.")
    mark(office, view_of(office, own.id), 1, note="Còn 31 hộ.")
    copied, _ = copy_last_year(office, view_of(office, own.id).checklist)
    notes = [row.score.note for row in view_of(office, own.id).rows]
    assert (copied, notes[:2]) == (1, ["Làm 9 km đường.", "Còn 31 hộ."])
    assert copy_last_year(office, view_of(office, own.id).checklist)[0] == 0


def test_looking_at_the_second_keying_writes_nothing_that_travels(
    office: Ports, own: CriteriaSet
) -> None:
    fill_in(office, own.id)
    view = view_of(office, own.id)
    before = office.store.read
    with before() as work:
        drafts = work.records.drafts()
    first = keyed_again(office, view)[0]
    assert (first.is_keyed, first.score.plan, first.fields) == (
        False,
        None,
        ("plan", "actual", "self_score"),
    )
    key_again(office, view.checklist, replace(first.score, plan=Decimal(12), actual=Decimal(8)))
    with office.store.read() as work:
        assert work.records.drafts() == drafts


def test_two_keyings_are_compared_and_a_person_says_which_stands(
    office: Ports, own: CriteriaSet
) -> None:
    fill_in(office, own.id)
    view = view_of(office, own.id)
    for one in keyed_again(office, view):
        key_again(office, view.checklist, one.row.score)
    wrong = keyed_again(office, view)
    key_again(office, view.checklist, replace(wrong[0].score, actual=Decimal(8)))
    key_again(office, view.checklist, replace(wrong[1].score, plan=Decimal(41)))
    differing = [one.differing for one in keyed_again(office, view)]
    assert differing == [("actual",), ("plan",), (), (), ()]
    with pytest.raises(InvalidInputError) as refused:
        finish_keying(office, view)
    assert refused.value.issues == (FieldIssue("keyed_twice_on", Issue.KEYED_OTHERWISE),)

    again = keyed_again(office, view)
    take_second(office, view.checklist, again[0])
    take_first(office, view.checklist, again[1])
    view = view_of(office, own.id)
    assert (view.rows[0].score.actual, view.rows[1].score.plan) == (8, 40)
    finish_keying(office, view)
    view = view_of(office, own.id)
    assert view.checklist.keyed_twice_on is not None
    assert not keyed_again(office, view)[0].is_keyed
    mark(office, view, 0, note="Lời không phải số.")
    assert view_of(office, own.id).checklist.keyed_twice_on is not None
    mark(office, view_of(office, own.id), 0, actual=7)
    assert view_of(office, own.id).checklist.keyed_twice_on is None


def test_the_plans_set_is_still_judged_without_points(office: Ports) -> None:
    set_id = criteria_sets(office)[0].criteria_set.id
    mark(office, open_checklist(office, set_id=set_id, year=2024), 0, assessment=Assessment.MET)
    view = open_checklist(office, set_id=set_id, year=2024)
    assert (view.answered, view.most_points, view.totals[Tier.SELF].rating) == (1, 0, None)
    set_step(office, view.checklist, Tier.SELF, closed=True)
    with office.store.read() as work:
        assert work.records.count(Score) == 1
    assert save_record(office, view.checklist).record == replace(
        view.checklist, closed_on=PartialDate.of(office.now().date())
    )
