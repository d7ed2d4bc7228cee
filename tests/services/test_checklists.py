from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from office_work import Pair
from thidua_desktop.domain.criteria import Assessment, Checklist, CriteriaSet, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.services.checklists import (
    ChecklistView,
    add_evidence,
    open_checklist,
    save_evidence,
    save_score,
)
from thidua_desktop.services.criteria import criteria_of, criteria_sets
from thidua_desktop.services.criteria_copies import make_own_set
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import submit_all


def given_set(ports: Ports) -> UUID:
    return criteria_sets(ports)[0].criteria_set.id


def view_of(ports: Ports, set_id: UUID | None = None, year: int = 2024) -> ChecklistView:
    return open_checklist(ports, set_id=set_id or given_set(ports), year=year)


def judge(ports: Ports, view: ChecklistView, place: int, **said: object) -> Score:
    row = view.rows[place]
    shown = None if row.is_new else row.score
    return save_score(ports, view.checklist, replace(row.score, **said), shown=shown).record


@pytest.fixture
def by_points(office: Ports) -> CriteriaSet:
    """Return an own set whose first criterion has 10 points, counted twice, with evidence."""
    own = make_own_set(
        office, based_on=given_set(office), name="Bộ của huyện", valid_from=PartialDate(2024)
    )
    first, second = (row.criterion for row in criteria_of(office, own.id)[:2])
    asks = replace(first, points=Decimal(10), weight=Decimal(2), evidence_required=True)
    save_record(office, asks, shown=first)
    save_record(office, replace(second, points=Decimal("5.5")), shown=second)
    return own


def test_looking_at_a_checklist_writes_nothing(office: Ports) -> None:
    view = view_of(office)
    assert len(view.rows) == 22
    assert view.answered == 0
    assert {row.is_new for row in view.rows} == {True}
    with office.store.read() as work:
        assert work.records.count(Checklist) == work.records.count(Score) == 0
        assert work.records.drafts() == ()


def test_the_checklist_is_born_with_its_first_score(office: Ports) -> None:
    judge(office, view_of(office), 1, assessment=Assessment.MET, note="Xong 14/14 công trình.")
    view = view_of(office)
    assert view.answered == 1
    assert view.rows[1].score.note == "Xong 14/14 công trình."
    with office.store.read() as work:
        assert work.records.having(Checklist) == (view.checklist,)
        assert work.records.count(Score) == 1


def test_a_word_taken_back_is_no_answer(office: Ports) -> None:
    judge(office, view_of(office), 0, assessment=Assessment.NOT_MET)
    judge(office, view_of(office), 0, assessment=None)
    assert view_of(office).answered == 0


def test_every_year_has_a_checklist_of_its_own(office: Ports) -> None:
    judge(office, view_of(office), 0, assessment=Assessment.MET)
    assert view_of(office, year=2025).answered == 0


def test_the_same_pair_of_office_and_criterion_has_the_same_ids_on_every_pc(pair: Pair) -> None:
    mine, again = view_of(pair.office), view_of(pair.office)
    assert [row.score.id for row in mine.rows] == [row.score.id for row in again.rows]
    provinces = view_of(pair.province)
    assert mine.checklist.id != provinces.checklist.id


def test_points_are_summed_with_their_weight(office: Ports, by_points: CriteriaSet) -> None:
    judge(office, view_of(office, by_points.id), 0, self_score=Decimal("8.5"))
    judge(office, view_of(office, by_points.id), 1, self_score=Decimal(5))
    view = view_of(office, by_points.id)
    assert view.points == Decimal(22)
    assert view.most_points == Decimal("25.5")
    assert view.answered == 2


def test_more_points_than_a_criterion_has_are_refused(
    office: Ports, by_points: CriteriaSet
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        judge(office, view_of(office, by_points.id), 0, self_score=Decimal("10.01"))
    assert refused.value.issues == (FieldIssue("self_score", Issue.TOO_LARGE),)
    with office.store.read() as work:
        assert work.records.count(Checklist) == 0


def test_evidence_that_is_required_is_missed_until_it_says_something(
    office: Ports, by_points: CriteriaSet
) -> None:
    assert not view_of(office, by_points.id).rows[0].lacks_evidence
    judge(office, view_of(office, by_points.id), 0, self_score=Decimal(8))
    view = view_of(office, by_points.id)
    assert view.rows[0].lacks_evidence

    empty = add_evidence(office, view.checklist, view.rows[0].score).record
    assert view_of(office, by_points.id).rows[0].lacks_evidence
    save_evidence(office, replace(empty, wording="Quyết định số 12."), shown=empty)
    view = view_of(office, by_points.id)
    assert not view.rows[0].lacks_evidence
    assert [one.wording for one in view.rows[0].evidence] == ["Quyết định số 12."]


def test_evidence_may_come_before_the_word_it_proves(office: Ports) -> None:
    view = view_of(office)
    add_evidence(office, view.checklist, view.rows[3].score)
    row = view_of(office).rows[3]
    assert len(row.evidence) == 1
    assert not row.is_answered
    assert not row.is_new


def test_the_province_reads_what_an_office_scored(pair: Pair) -> None:
    judge(pair.office, view_of(pair.office), 0, assessment=Assessment.MET)
    submit_all(pair.office)
    pair.up()
    with pair.province.store.read() as work:
        (score,) = work.records.having(Score)
    assert score.assessment is Assessment.MET
