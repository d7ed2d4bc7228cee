"""A set with every kind of criterion, for tests: numbers both ways, a grade, points, met or not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from office_work import Pair
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Criterion, Grade, Marking, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.services.checklists import ChecklistView, open_checklist, save_score
from thidua_desktop.services.criteria import add_criterion, criteria_of, issue_set, take_usual_rules
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

ANSWERS: tuple[dict[str, Any], ...] = (
    {"plan": 12, "actual": 9},
    {"plan": 40, "actual": 50},
    {"grade": Grade.B},
    {"self_score": 12},
    {"assessment": Assessment.MET},
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


def an_issued_set(pair: Pair) -> CriteriaSet:
    """Return that set as the province issued it and the office holds it."""
    made = a_scored_set(pair.province)
    with pair.province.store.read() as work:
        shown = work.records.get(CriteriaSet, made.id)
    made = issue_set(pair.province, shown).record
    pair.up()
    pair.down()
    return made


def fill_in(ports: Ports, set_id: UUID, **of_view: Any) -> None:
    """Let a unit say something of each criterion."""
    for place, said in enumerate(ANSWERS):
        mark(ports, view_of(ports, set_id, **of_view), place, **said)


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
