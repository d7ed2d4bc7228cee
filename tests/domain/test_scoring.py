from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import an_id
from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.criteria import (
    Assessment,
    CriteriaSet,
    Criterion,
    Grade,
    Marking,
    PointEntry,
    PointRule,
    PointSort,
    Score,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.ranking import Rank, rank_if, ranks
from thidua_desktop.domain.scoring import (
    Tier,
    bonus_points,
    computed_score,
    given_score,
    lacking_reasons,
    percent_done,
    score_issues,
)
from thidua_desktop.domain.scoring_text import formula_text
from thidua_desktop.domain.totals import Rating, rating_of, total_of

SET = CriteriaSet(
    id=an_id(1),
    bonus_step=Decimal(1),
    bonus_each=Decimal(10),
    bonus_total=Decimal(20),
    share_b=Decimal(80),
    share_c=Decimal(60),
    excellent_from=Decimal(90),
    good_from=Decimal(80),
    fair_from=Decimal(70),
)


def a_criterion(marking: Marking = Marking.FORWARD, **changes: Any) -> Criterion:
    blank = Criterion(id=an_id(2), marking=marking, points=Decimal(10), gives_bonus=True)
    return replace(blank, **changes)


def a_score(plan: object = None, actual: object = None, **changes: Any) -> Score:
    numbers = {
        name: None if value is None else Decimal(str(value))
        for name, value in (("plan", plan), ("actual", actual))
    }
    return replace(Score(id=an_id(3)), **numbers, **changes)


def amounts(least: int = 0) -> st.SearchStrategy[Decimal]:
    return st.decimals(least, 10**9, places=2, allow_nan=False, allow_infinity=False)


points = st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False)
numbered = st.sampled_from([Marking.FORWARD, Marking.INVERSE])


@given(numbered, points, amounts(), amounts())
def test_no_criterion_earns_more_than_it_has_or_less_than_nothing(
    marking: Marking, best: Decimal, plan: Decimal, actual: Decimal
) -> None:
    earned = computed_score(SET, a_criterion(marking, points=best), a_score(plan, actual))
    assert earned is None or 0 <= earned <= best


@given(points, amounts(), amounts(), amounts())
def test_of_a_forward_number_more_never_earns_less(
    best: Decimal, plan: Decimal, one: Decimal, other: Decimal
) -> None:
    criterion, (less, more) = a_criterion(points=best), sorted((one, other))
    few, many = (computed_score(SET, criterion, a_score(plan, n)) for n in (less, more))
    assert (few is None) == (many is None) == (plan == 0)
    assert few is None or few <= many


@given(points, amounts(), amounts(), amounts())
def test_of_an_inverse_number_more_never_earns_more(
    best: Decimal, plan: Decimal, one: Decimal, other: Decimal
) -> None:
    criterion, (less, more) = a_criterion(Marking.INVERSE, points=best), sorted((one, other))
    few, many = (computed_score(SET, criterion, a_score(plan, n)) for n in (less, more))
    assert few is not None
    assert few >= many


@given(points, amounts(1), amounts())
def test_points_are_exact_to_half_a_hundredth(
    best: Decimal, plan: Decimal, actual: Decimal
) -> None:
    earned = computed_score(SET, a_criterion(points=best), a_score(plan, actual))
    exact = Fraction(best) * min(Fraction(actual) / Fraction(plan), Fraction(1))
    assert abs(Fraction(earned) - exact) <= Fraction(1, 200)


@given(numbered, points, amounts(), amounts())
def test_a_bonus_never_exceeds_its_share_of_the_points(
    marking: Marking, best: Decimal, plan: Decimal, actual: Decimal
) -> None:
    criterion, score = a_criterion(marking, points=best), a_score(plan, actual)
    bonus = bonus_points(SET, criterion, score, computed_score(SET, criterion, score))
    assert 0 <= bonus <= best / 10 + Decimal("0.005")
    if bonus:
        assert (percent_done(criterion, score) or 0) > 100


@given(st.lists(st.tuples(points, amounts(1), amounts()), max_size=30))
def test_all_bonuses_together_have_a_limit_of_their_own(rows: list[tuple[Any, ...]]) -> None:
    scored = [(a_criterion(points=best), a_score(plan, actual)) for best, plan, actual in rows]
    found = total_of(SET, scored, [], Tier.SELF)
    assert found.bonus <= 20
    assert found.points <= found.most
    assert found.total <= found.most + 20


@given(st.integers(0, 99), points, points)
def test_a_penalty_is_taken_each_time_but_never_below_nothing(
    times: int, best: Decimal, penalty: Decimal
) -> None:
    scored = [(a_criterion(Marking.POINTS, points=best), a_score(self_score=best))]
    rule = PointRule(id=an_id(5), sort=PointSort.PENALTY, points=penalty, bars=True)
    found = total_of(SET, scored, [(rule, PointEntry(id=an_id(6), times=times))], Tier.SELF)
    assert found.taken == penalty * times
    assert found.total == max(best - penalty * times, 0)
    assert found.is_barred == (times > 0)


@given(st.dictionaries(st.integers(0, 20), points, min_size=1), st.data())
def test_a_rank_with_another_total_is_the_rank_of_everyone_anew(
    totals: dict[int, Decimal], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(totals)))
    other = data.draw(points)
    after = {**totals, one: other}
    places = sorted(after.values(), reverse=True)
    assert rank_if(totals, one, other).place == places.index(other) + 1
    assert rank_if(totals, one, totals[one]) == ranks(totals)[one]


@given(st.dictionaries(st.integers(0, 20), points, min_size=1), st.data(), points)
def test_more_points_never_lower_the_rank(
    totals: dict[int, Decimal], data: st.DataObject, more: Decimal
) -> None:
    one = data.draw(st.sampled_from(sorted(totals)))
    assert rank_if(totals, one, totals[one] + more).place <= ranks(totals)[one].place


def test_equal_totals_share_a_rank_and_the_next_one_is_left_out() -> None:
    placed = ranks({"a": Decimal(90), "b": Decimal(95), "c": Decimal(90), "d": Decimal(1)})
    assert placed == {
        "a": Rank(2, 4, 1),
        "b": Rank(1, 4, 0),
        "c": Rank(2, 4, 1),
        "d": Rank(4, 4, 0),
    }


@pytest.mark.parametrize(
    ("marking", "plan", "actual", "earned", "bonus"),
    [
        (Marking.FORWARD, 60, 48, "8.00", "0.00"),
        (Marking.FORWARD, 60, 63, "10.00", "0.50"),
        (Marking.FORWARD, 60, 90, "10.00", "1.00"),
        (Marking.FORWARD, 3, 1, "3.33", "0.00"),
        (Marking.INVERSE, 5, 8, "6.25", "0.00"),
        (Marking.INVERSE, 5, 4, "10.00", "1.00"),
        (Marking.INVERSE, 5, 0, "10.00", "1.00"),
        (Marking.INVERSE, 0, 0, "10.00", "0.00"),
        (Marking.INVERSE, 0, 2, "0.00", "0.00"),
    ],
)
def test_a_number_against_its_plan(
    marking: Marking, plan: int, actual: int, earned: str, bonus: str
) -> None:
    criterion, score = a_criterion(marking), a_score(plan, actual)
    assert computed_score(SET, criterion, score) == Decimal(earned)
    assert bonus_points(SET, criterion, score, Decimal(earned)) == Decimal(bonus)


def test_what_cannot_be_worked_out_is_open_and_not_nothing() -> None:
    assert computed_score(SET, a_criterion(), a_score(0, 5)) is None
    assert computed_score(SET, a_criterion(), a_score(5)) is None
    graded = a_criterion(Marking.GRADED)
    assert computed_score(SET, graded, a_score(grade=Grade.D)) is None
    assert computed_score(SET, a_criterion(points=None), a_score(1, 1)) is None


def test_grades_earn_what_the_set_says_and_met_earns_all() -> None:
    graded, met = a_criterion(Marking.GRADED), a_criterion(Marking.MET)
    assert computed_score(SET, graded, a_score(grade=Grade.A)) == 10
    assert computed_score(SET, graded, a_score(grade=Grade.B)) == 8
    assert computed_score(SET, met, a_score(assessment=Assessment.MET)) == 10
    assert computed_score(SET, met, a_score(assessment=Assessment.NOT_MET)) == 0


def test_who_takes_points_takes_the_bonus_too() -> None:
    criterion, score = a_criterion(), a_score(60, 66, verified_score=Decimal("9.5"))
    scored = [(criterion, score)]
    assert total_of(SET, scored, [], Tier.SELF).total == 11
    assert total_of(SET, scored, [], Tier.VERIFIED).total == Decimal("9.5")


def test_a_tier_that_said_nothing_takes_the_points_of_the_one_before() -> None:
    score = a_score(cross_score=Decimal(7))
    assert [given_score(score, tier, Decimal(9)) for tier in Tier] == [9, 7, 7]


def test_a_score_that_differs_needs_a_reason_of_its_own_tier() -> None:
    score = a_score(self_score=Decimal(8), cross_score=Decimal(8), verified_score=Decimal(7))
    assert lacking_reasons(score, Decimal(8)) == {
        Tier.VERIFIED: FieldIssue("verified_note", Issue.REASON_MISSING)
    }
    assert lacking_reasons(score, Decimal(9)).keys() == {Tier.SELF, Tier.VERIFIED}
    said = replace(score, verified_note="Hai công trình chưa nghiệm thu.")
    assert lacking_reasons(said, None) == {}


def test_no_tier_gives_more_than_the_criterion_has() -> None:
    score = a_score(self_score=Decimal(10), cross_score=Decimal("10.01"))
    assert score_issues(score, a_criterion()) == (FieldIssue("cross_score", Issue.TOO_LARGE),)


def test_ratings_follow_from_the_bounds_of_the_set() -> None:
    totals = [(90, Rating.EXCELLENT), (89, Rating.GOOD), (70, Rating.FAIR), (69, Rating.BELOW)]
    assert [rating_of(SET, Decimal(n), Decimal(100)) for n, _ in totals] == [r for _, r in totals]
    assert rating_of(CriteriaSet(id=an_id(1)), Decimal(90), Decimal(100)) is None
    assert rating_of(SET, Decimal(), Decimal()) is None


def test_a_lower_level_may_not_stand_above_a_better_one() -> None:
    wrong = replace(SET, share_c=Decimal(81), good_from=None, fair_from=Decimal(95))
    assert {issue.field for issue in checked(wrong)} == {"share_c", "fair_from"}
    assert checked(SET) == ()


def test_the_formula_is_shown_with_its_numbers() -> None:
    assert formula_text(SET, a_criterion(), a_score(60, 48)) == "48 ÷ 60 × 10 = 8 điểm"
    assert formula_text(SET, a_criterion(Marking.INVERSE), a_score(5, 8)) == (
        "5 ÷ 8 × 10 = 6,25 điểm"
    )
    over = formula_text(SET, a_criterion(), a_score(60, 63))
    assert over == "63 ÷ 60 × 10, tối đa 10 = 10 điểm; vượt kế hoạch được thưởng 0,5 điểm"
    graded = formula_text(SET, a_criterion(Marking.GRADED), a_score(grade=Grade.B))
    assert graded == "Mức B (khá): 80% × 10 = 8 điểm"
    assert "số kế hoạch và số thực hiện" in formula_text(SET, a_criterion(), a_score())
