"""The formula of a criterion in words and numbers, as it is shown beside the points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Criterion, Marking, Score
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.scoring import (
    NUMBERED,
    Tier,
    bonus_points,
    computed_score,
    given_score,
    grade_share,
    percent_done,
)
from thidua_desktop.domain.words import word

_WHOLE = 100


def percent_text(percent: Fraction | None) -> str:
    """Return a percentage with at most two digits behind the comma."""
    if percent is None:
        return ""
    hundredths = int((percent * 200 + 1) // 2)
    return f"{decimal_text(Decimal(hundredths).scaleb(-2))}%"


def formula_text(criteria_set: CriteriaSet, criterion: Criterion, score: Score) -> str:
    """Return how the points follow from what was reported, or what is still missing for it."""
    if criterion.points is None:
        return "Tiêu chí này chưa có điểm tối đa." if criterion.marking in NUMBERED else ""
    computed = computed_score(criteria_set, criterion, score)
    if computed is None:
        return _missing(criterion, score)
    best = decimal_text(criterion.points)
    words = f"{_how(criteria_set, criterion, score, best)} = {decimal_text(computed)} điểm"
    given = given_score(score, Tier.SELF, computed)
    bonus = bonus_points(criteria_set, criterion, score, given)
    return f"{words}; vượt kế hoạch được thưởng {decimal_text(bonus)} điểm" if bonus else words


def _how(criteria_set: CriteriaSet, criterion: Criterion, score: Score, best: str) -> str:
    match criterion.marking:
        case Marking.FORWARD | Marking.INVERSE:
            plan, actual = (decimal_text(one or Decimal()) for one in (score.plan, score.actual))
            forward = criterion.marking is Marking.FORWARD
            above, below = (actual, plan) if forward else (plan, actual)
            done = percent_done(criterion, score) or Fraction()
            top = f", tối đa {best}" if done > _WHOLE else ""
            return f"{above} ÷ {below} × {best}{top}"
        case Marking.GRADED:
            share = percent_text(grade_share(criteria_set, score.grade))
            return f"Mức {word(score.grade)}: {share} × {best}"
        case _:
            return "Đạt" if score.assessment is Assessment.MET else "Chưa đạt"


def _missing(criterion: Criterion, score: Score) -> str:
    match criterion.marking:
        case Marking.FORWARD | Marking.INVERSE:
            wanted = [
                words
                for words, value in (("kế hoạch", score.plan), ("thực hiện", score.actual))
                if value is None
            ]
            if wanted:
                return f"Điểm tính: chờ số {' và số '.join(wanted)}."
            return "Chưa tính được: kế hoạch phải lớn hơn 0."
        case Marking.GRADED if score.grade is not None:
            return f"Bộ tiêu chí chưa quy định mức {word(score.grade)} được bao nhiêu phần trăm."
        case Marking.GRADED:
            return "Điểm tính: chờ chọn mức A, B, C hoặc D."
        case Marking.MET:
            return "Điểm tính: chờ đánh giá đạt hay chưa đạt."
        case _:
            return ""
