"""What a whole checklist comes to: points, bonus, what is added and taken, the rating."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from thidua_desktop.domain.criteria import (
    CriteriaSet,
    Criterion,
    PointEntry,
    PointRule,
    PointSort,
    Score,
)
from thidua_desktop.domain.scoring import Tier, bonus_points, computed_score, given_score


class Rating(StrEnum):
    """How a whole checklist is rated (xếp loại), by the bounds that its set lays down."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A checklist in numbers, for one tier.

    `bonus` is for going beyond plans, `added` and `taken` are by the rules of the set; `most` can
    be had by criteria alone. `is_barred`: a rule says that the unit is not to be nominated.
    """

    points: Decimal
    bonus: Decimal
    added: Decimal
    taken: Decimal
    most: Decimal
    rating: Rating | None
    is_barred: bool

    @property
    def total(self) -> Decimal:
        """Return what counts; it does not fall below nothing."""
        return max(self.points + self.bonus + self.added - self.taken, Decimal())


def total_of(
    criteria_set: CriteriaSet,
    scored: Iterable[tuple[Criterion, Score]],
    entries: Sequence[tuple[PointRule, PointEntry]],
    tier: Tier,
) -> Total:
    """Return what a tier gives for a whole checklist."""
    points, bonus, most = Decimal(), Decimal(), Decimal()
    for criterion, score in scored:
        weight = Decimal(1) if criterion.weight is None else criterion.weight
        given = given_score(score, tier, computed_score(criteria_set, criterion, score))
        points += weighted(criterion, given or Decimal())
        bonus += weight * bonus_points(criteria_set, criterion, score, given)
        most += weighted(criterion, criterion.points or Decimal())
    if criteria_set.bonus_total is not None:
        bonus = min(bonus, criteria_set.bonus_total)
    applied = [(rule, times_of(entry, tier)) for rule, entry in entries]
    found = Total(
        points=points,
        bonus=bonus,
        added=_sum(applied, PointSort.BONUS),
        taken=_sum(applied, PointSort.PENALTY),
        most=most,
        rating=None,
        is_barred=any(rule.bars and times for rule, times in applied),
    )
    return replace(found, rating=rating_of(criteria_set, found.total, most))


def weighted(criterion: Criterion, points: Decimal) -> Decimal:
    """Return points times the weight of their criterion; no weight is one."""
    return points * (Decimal(1) if criterion.weight is None else criterion.weight)


def times_of(entry: PointEntry, tier: Tier) -> int:
    """Return how often a rule applied as a tier sees it; the province's count comes after."""
    if tier is not Tier.SELF and entry.verified_times is not None:
        return entry.verified_times
    return entry.times or 0


def rating_of(criteria_set: CriteriaSet, total: Decimal, most: Decimal) -> Rating | None:
    """Return the rating of a total; None where the set lays down no bounds or gives no points."""
    bounds = (
        (Rating.EXCELLENT, criteria_set.excellent_from),
        (Rating.GOOD, criteria_set.good_from),
        (Rating.FAIR, criteria_set.fair_from),
    )
    laid_down = [(rating, bound) for rating, bound in bounds if bound is not None]
    if not laid_down or most <= 0:
        return None
    percent = Fraction(total) * 100 / Fraction(most)
    reached = (rating for rating, bound in laid_down if percent >= bound)
    return next(reached, Rating.BELOW)


def _sum(applied: Iterable[tuple[PointRule, int]], sort: PointSort) -> Decimal:
    return sum(
        ((rule.points or Decimal()) * times for rule, times in applied if rule.sort is sort),
        Decimal(),
    )
