"""What stands in the lists of Tiêu chí: sets, criteria with their columns, rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from thidua_desktop.domain.criteria import Criterion, PointRule, PointSort
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.totals import weighted
from thidua_desktop.domain.words import word
from thidua_desktop.services.cells import columns_of, nothing, said_by
from thidua_desktop.services.criteria import CriteriaSetRow, CriterionRow
from thidua_desktop.ui.pages.criteria_panel import state_chip
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.rows import Row

_OF_CRITERION = columns_of(Criterion, without=("set_id", "place"))
CRITERION_COLUMNS = (
    *(Column(one.name, one.label) for one in _OF_CRITERION),
    Column("groups", "Nhóm đối tượng"),
)


def set_row(row: CriteriaSetRow) -> Row:
    """Return the row of a set: who issued it, and how far it has come."""
    one = row.criteria_set
    status, kind = state_chip(row)
    version = f" · phiên bản {one.version}" if one.version else ""
    # Many are called alike: who issued one comes first.
    below = f"{row.issuer}{version} · {row.count} tiêu chí"
    return Row(one.id, one.name, below, status, kind)


def criterion_row(row: CriterionRow) -> Row:
    """Return field and section first: so the list reads in the groups of the plan."""
    criterion = row.criterion
    parts = [
        criterion.part or word(criterion.field),
        f"mục {criterion.section}" if criterion.section else "",
        criterion.measure,
    ]
    wording = criterion.wording or "(chưa có nội dung)"
    status = f"{decimal_text(criterion.points)} điểm" if criterion.points is not None else ""
    return Row(
        criterion.id,
        f"{criterion.place or ''}. {wording}",
        " · ".join(part for part in parts if part),
        status,
        "info",
        (*said_by(nothing, criterion, _OF_CRITERION), ", ".join(one.name for one in row.groups)),
    )


def rule_row(rule: PointRule) -> Row:
    """Return the row of a rule that adds points or takes them."""
    sign = "+" if rule.sort is PointSort.BONUS else "−"
    points = decimal_text(rule.points) if rule.points is not None else "?"
    below = word(rule.sort) + (" · không suy tôn" if rule.bars else "")
    kind = "info"
    return Row(rule.id, rule.wording or "(chưa có nội dung)", below, f"{sign}{points}", kind)


def count_text(criteria: Sequence[CriterionRow], rules: Sequence[PointRule]) -> str:
    """Say how much is in a set."""
    points = sum(
        (weighted(one.criterion, one.criterion.points or Decimal()) for one in criteria), Decimal()
    )
    said = [f"{len(criteria)} tiêu chí"]
    if points:
        said.append(f"{decimal_text(points)} điểm")
    if rules:
        said.append(f"{len(rules)} quy tắc cộng, trừ")
    return " · ".join(said)
