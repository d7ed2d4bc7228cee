"""Decisions and whom they award as rows of lists."""

from __future__ import annotations

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.decisions import Award
from thidua_desktop.services.cells import columns_of, nothing, said_by
from thidua_desktop.services.decisions import DecisionView
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.rows import Row

_OF_AWARD = columns_of(Award, without=("decision_id",))
AWARD_COLUMNS = tuple(Column(one.name, one.label) for one in _OF_AWARD)


def decision_row(view: DecisionView) -> Row:
    """Return a decision with how far its certificates are."""
    one = view.decision
    waiting = len(view.waiting)
    if not view.awards:
        status, kind = "Chưa có người", "plain"
    elif view.numbered < len(view.awards):
        status, kind = "Chưa cấp số", "warn"
    elif waiting:
        status, kind = f"Còn in {waiting}", "info"
    else:
        status, kind = "Đã in đủ", "ok"
    parts = (shown(one.date), one.title.capitalize(), f"{len(view.awards)} người")
    below = " · ".join(filter(None, parts))
    return Row(one.id, one.number or "Chưa có số", below, status, kind)


def award_row(one: Award) -> Row:
    """Return somebody whom a decision awards, with the number in the book."""
    if one.number is None:
        status, kind = "Chưa có số", "plain"
    elif one.printed_on is None:
        status, kind = f"Số {one.number} · chưa in", "info"
    else:
        status, kind = f"Số {one.number} · đã in", "ok"
    title = f"{one.place or ''}. {one.name}".lstrip(". ")
    return Row(one.id, title, one.about, status, kind, said_by(nothing, one, _OF_AWARD))
