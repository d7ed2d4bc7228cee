"""Scores that a peer gives (chấm chéo): the word of the unit that scores, sent to the province.

They are records of the scoring office, for its peers' checklists do not come to it; the province
takes them over as its cross score, and may give another one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from thidua_desktop.domain.criteria import MOST_POINTS, Criterion
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Record, record_kind, said

_HUNDREDTH = Decimal("0.01")


@record_kind("Phiếu chấm chéo", key=("set_id", "unit_id", "period"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSheet(Record):
    """One office's scores of a peer, by a set for a year; they count once it is closed."""

    set_id: UUID | None = said("Bộ tiêu chí", blank=None, required=True, refers_to="criteria_set")
    unit_id: UUID | None = said("Đơn vị được chấm", blank=None, required=True, refers_to="unit")
    period: int | None = said("Năm", blank=None, required=True, least=1945, most=2200)
    closed_on: PartialDate | None = said("Khóa phiếu chấm chéo ngày", blank=None)


@record_kind("Điểm đơn vị bạn chấm", key=("sheet_id", "criterion_id"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PeerScore(Record):
    """What a peer gives for one criterion."""

    sheet_id: UUID | None = said(
        "Phiếu chấm chéo", blank=None, required=True, refers_to="peer_sheet"
    )
    criterion_id: UUID | None = said("Tiêu chí", blank=None, required=True, refers_to="criterion")
    points: Decimal | None = said("Điểm chấm chéo", blank=None, least=0, most=MOST_POINTS)
    reason: str = said("Lý do", longest=1_000)


def peer_score_issues(score: PeerScore, criterion: Criterion) -> tuple[FieldIssue, ...]:
    """Return the complaint about a score above the points of its criterion."""
    most, given = criterion.points, score.points
    if most is None or given is None or given <= most:
        return ()
    return (FieldIssue("points", Issue.TOO_LARGE),)


def mean_points(given: Collection[Decimal]) -> Decimal | None:
    """Return what several peers give together, in hundredths, a half up; None where nobody did.

    >>> mean_points([Decimal("9.5"), Decimal("9"), Decimal("9")])
    Decimal('9.17')
    """
    if not given:
        return None
    return (sum(given, Decimal()) / len(given)).quantize(_HUNDREDTH, ROUND_HALF_UP)
