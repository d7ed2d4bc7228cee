"""How many points a criterion earns (chấm điểm): exact, rounded once, never above its maximum.

A forward number earns actual / plan of the points, an inverse one plan / actual; what goes beyond
the plan earns a bonus of its own. What the set leaves open earns nothing and is said to be open.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from thidua_desktop.domain.criteria import (
    Assessment,
    CriteriaSet,
    Criterion,
    Grade,
    Marking,
    Score,
)
from thidua_desktop.domain.issues import FieldIssue, Issue

NUMBERED = frozenset({Marking.FORWARD, Marking.INVERSE})
_WHOLE = Fraction(100)
_HUNDREDTHS = 100


class Tier(StrEnum):
    """Who gave the points: the office itself, its peers, the verifiers."""

    SELF = "self"
    CROSS = "cross"
    VERIFIED = "verified"


TIER_FIELDS = {
    Tier.SELF: ("self_score", "self_reason"),
    Tier.CROSS: ("cross_score", "cross_note"),
    Tier.VERIFIED: ("verified_score", "verified_note"),
}


def is_by_points(criterion: Criterion) -> bool:
    """Tell whether a criterion is scored, or said to be met or not."""
    return criterion.marking not in {None, Marking.MET} or criterion.points is not None


def percent_done(criterion: Criterion, score: Score) -> Fraction | None:
    """Return how much of the plan was done in percent; of less than nothing planned, nothing.

    Where nothing was to happen (an inverse plan of 0) and nothing did, all was done. An inverse
    number that came to nothing is done beyond any measure, so the plan counts as done twice.
    """
    if score.plan is None or score.actual is None:
        return None
    plan, actual = Fraction(score.plan), Fraction(score.actual)
    if criterion.marking is Marking.INVERSE:
        if actual == 0:
            return _WHOLE if plan == 0 else 2 * _WHOLE
        return min(plan / actual, Fraction(2)) * _WHOLE
    return actual / plan * _WHOLE if plan > 0 else None


def computed_score(criteria_set: CriteriaSet, criterion: Criterion, score: Score) -> Decimal | None:
    """Return the points that follow from what was reported; None while nothing follows."""
    if criterion.points is None:
        return None
    share = _share(criteria_set, criterion, score)
    return None if share is None else _rounded(Fraction(criterion.points) * share / _WHOLE)


def bonus_points(
    criteria_set: CriteriaSet, criterion: Criterion, score: Score, points: Decimal | None
) -> Decimal:
    """Return the bonus for going beyond the plan, as far as the set gives one.

    Only who was given all points of the criterion went beyond it: a verifier who takes points does
    not accept the figure that the bonus follows from.
    """
    wanted = (criteria_set.bonus_step, criteria_set.bonus_each, criterion.points, points)
    step, most, best, given = (None if value is None else Fraction(value) for value in wanted)
    done = percent_done(criterion, score) if criterion.marking in NUMBERED else None
    if done is None or step is None or best is None or given != best or not criterion.gives_bonus:
        return Decimal()
    over = max(done - _WHOLE, Fraction()) * step
    return _rounded(best * (over if most is None else min(over, most)) / _WHOLE)


def given_score(score: Score, tier: Tier, computed: Decimal | None) -> Decimal | None:
    """Return the points of a tier; where it said nothing, those of the tier before.

    The office that types no score of its own takes the one that was worked out.
    """
    own = computed if score.self_score is None else score.self_score
    cross = own if score.cross_score is None else score.cross_score
    verified = cross if score.verified_score is None else score.verified_score
    return {Tier.SELF: own, Tier.CROSS: cross, Tier.VERIFIED: verified}[tier]


def is_judged(score: Score, computed: Decimal | None) -> bool:
    """Tell whether the unit said what it thinks of a criterion."""
    return score.assessment is not None or given_score(score, Tier.SELF, computed) is not None


def score_issues(score: Score, criterion: Criterion) -> tuple[FieldIssue, ...]:
    """Return the complaints about scores above the points of their criterion."""
    if criterion.points is None:
        return ()
    given = [(name, getattr(score, name)) for name, _ in TIER_FIELDS.values()]
    return tuple(
        FieldIssue(name, Issue.TOO_LARGE)
        for name, points in given
        if points is not None and points > criterion.points
    )


def lacking_reasons(score: Score, computed: Decimal | None) -> dict[Tier, FieldIssue]:
    """Return the tiers that differ from what was before them and do not say why."""
    before = {
        Tier.SELF: computed,
        Tier.CROSS: given_score(score, Tier.SELF, computed),
        Tier.VERIFIED: given_score(score, Tier.CROSS, computed),
    }
    lacking = {}
    for tier, (name, reason) in TIER_FIELDS.items():
        given, other = getattr(score, name), before[tier]
        if given is not None and other not in {None, given} and not getattr(score, reason):
            lacking[tier] = FieldIssue(reason, Issue.REASON_MISSING)
    return lacking


def _share(criteria_set: CriteriaSet, criterion: Criterion, score: Score) -> Fraction | None:
    """Return which part of the points is earned, in percent."""
    match criterion.marking:
        case Marking.FORWARD | Marking.INVERSE:
            done = percent_done(criterion, score)
            return None if done is None else min(done, _WHOLE)
        case Marking.GRADED:
            return grade_share(criteria_set, score.grade)
        case Marking.MET:
            met = {Assessment.MET: _WHOLE, Assessment.NOT_MET: Fraction()}
            return met.get(score.assessment)  # type: ignore[arg-type] # an unknown one is open
        case _:
            return None


def grade_share(criteria_set: CriteriaSet, grade: object) -> Fraction | None:
    """Return which part of the points a grade earns, in percent; None where the set is silent."""
    one = criteria_set
    shares = {Grade.B: one.share_b, Grade.C: one.share_c, Grade.D: one.share_d}
    if grade is Grade.A:
        return _WHOLE
    share = shares.get(grade)  # type: ignore[call-overload] # whatever a newer program knows
    return None if share is None else Fraction(share)


def _rounded(points: Fraction) -> Decimal:
    """Return points in hundredths, a half up."""
    hundredths = (points * _HUNDREDTHS * 2 + 1) // 2
    return Decimal(int(hundredths)).scaleb(-2)
