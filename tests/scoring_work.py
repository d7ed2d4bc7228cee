"""A set with every kind of criterion, for tests: numbers both ways, a grade, points, met or not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.domain.criteria import CriteriaSet, Criterion, Marking, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.services.checklists import ChecklistView, open_checklist, save_score
from thidua_desktop.services.criteria import add_criterion, criteria_of, take_usual_rules
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

CRITERIA: tuple[dict[str, Any], ...] = (
    {
        "wording": "Đường thôn được bê tông hóa",
        "marking": Marking.FORWARD,
        "points": 30,
        "measure": "km",
        "gives_bonus": True,
    },
    {"wording": "Hộ nghèo", "marking": Marking.INVERSE, "points": 20, "measure": "hộ"},
    {"wording": "Công tác tuyên truyền", "marking": Marking.GRADED, "points": 30},
    {"wording": "Phối hợp", "marking": Marking.POINTS, "points": 15},
    {"wording": "Có kế hoạch năm", "marking": Marking.MET, "points": 5},
)


def a_scored_set(ports: Ports, name: str = "Bộ tiêu chí cụm 2024") -> CriteriaSet:
    """Return the draft of an own set of five criteria, one of each kind, with the usual rules."""
    made = new_set(ports, name=name, valid_from=PartialDate(2024))
    shares = replace(made, share_b=Decimal(80), share_c=Decimal(60), share_d=Decimal(40))
    made = save_record(ports, shares, shown=made).record
    for said in CRITERIA:
        blank = add_criterion(ports, made.id).record
        wanted = {**said, "points": Decimal(said["points"])}
        save_record(ports, replace(blank, **wanted), shown=blank)
    take_usual_rules(ports, made.id)
    return made


def criterion(ports: Ports, set_id: UUID, place: int) -> Criterion:
    return criteria_of(ports, set_id)[place].criterion


def view_of(ports: Ports, set_id: UUID, *, year: int = 2024, unit: UUID | None = None):
    return open_checklist(ports, set_id=set_id, year=year, unit_id=unit)


def mark(ports: Ports, view: ChecklistView, place: int, **said: Any) -> Score:
    """Store what somebody says of a criterion."""
    row = view.rows[place]
    shown = None if row.is_new else row.score
    numbers = {n: Decimal(str(v)) if isinstance(v, int | float) else v for n, v in said.items()}
    return save_score(ports, view.checklist, replace(row.score, **numbers), shown=shown).record
