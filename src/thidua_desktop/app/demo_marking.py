"""The scored set of the demo: issued by the province, filled in and marked three times."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.app.demo_content import CriterionText, DemoContent, MarkText
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Grade, Marking, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import (
    ChecklistView,
    open_checklist,
    save_score,
    set_step,
)
from thidua_desktop.services.criteria import (
    add_criterion,
    criteria_sets,
    issue_set,
    take_usual_rules,
)
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.peer_scores import take_peer_scores
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

DELAYED = 3  # the criterion whose own score differs from what follows
_ROADS = 0  # the one that the verifiers correct


def issue_scored_set(province: Ports, content: DemoContent) -> str:
    """Build the province's set for the districts and issue it."""
    name = f"Bộ tiêu chí chấm điểm cụm huyện, thành phố năm {content.year}"
    made = new_set(province, name=name, valid_from=PartialDate(content.year))
    shares = replace(made, share_b=Decimal(80), share_c=Decimal(60), share_d=Decimal(40))
    made = save_record(province, shares, shown=made).record
    for said in content.criteria:
        blank = add_criterion(province, made.id).record
        save_record(province, replace(blank, **_criterion(said)), shown=blank)
    take_usual_rules(province, made.id)
    issue_set(province, made, document="Hướng dẫn số 15/HD-BTĐKT")
    most = sum(Decimal(said.points) for said in content.criteria)
    return f"{len(content.criteria)} tiêu chí, {decimal_text(most)} điểm"


def fill_in(ports: Ports, content: DemoContent, office: str) -> str:
    """Fill in the scored checklist of an office and close it; offices without figures have none."""
    said = next((one for one in content.marks if one.office == office), None)
    if said is None:
        return ""
    view = _open(ports, content)
    for place, row in enumerate(view.rows):
        own = own_word(row.row.criterion.marking, said, place)
        _mark(ports, _open(ports, content), place, own)
    view = _open(ports, content)
    set_step(ports, view.checklist, Tier.SELF, closed=True)
    total = view.totals[Tier.SELF]
    return f"{decimal_text(total.total)} điểm, {word(total.rating)}"


def mark_all(province: Ports, content: DemoContent) -> str:
    """Take what the cụm found, enter what the verifiers did, close every step, tell the ranks."""
    with province.store.read() as work:
        units = {said.office: work.records.having(Unit, code=said.office) for said in content.marks}
    told = []
    for said in content.marks:
        unit = units[said.office][0].id
        take_peer_scores(province, _open(province, content, unit).checklist)
        if said.verified_score:
            found = {
                "verified_score": Decimal(said.verified_score),
                "verified_note": said.verified_note,
            }
            _mark(province, _open(province, content, unit), _ROADS, found)
        for tier in (Tier.CROSS, Tier.VERIFIED):
            checklist = _open(province, content, unit).checklist
            set_step(province, checklist, tier, closed=True)
    for said in content.marks:
        view = _open(province, content, units[said.office][0].id)
        place = view.rank.place if view.rank else 1
        total = decimal_text(view.totals[Tier.VERIFIED].total)
        told.append(f"{place}. {view.unit_name} {total}")
    return "; ".join(sorted(told))


def _criterion(said: CriterionText) -> dict[str, Any]:
    return {
        "part": said.part,
        "wording": said.wording,
        "marking": Marking(said.marking),
        "points": Decimal(said.points),
        "measure": said.measure,
        "gives_bonus": said.gives_bonus,
    }


def own_word(marking: object, said: MarkText, place: int) -> dict[str, Any]:
    """Return what an office says of a criterion that is judged in this way."""
    word_of: dict[str, Any] = {"note": said.notes[place]}
    match marking:
        case Marking.GRADED:
            word_of["grade"] = Grade(said.grade)
        case Marking.MET:
            word_of["assessment"] = Assessment.MET
        case _:
            word_of["plan"] = Decimal(said.plan[place])
            word_of["actual"] = Decimal(said.actual[place])
    if place == DELAYED and said.self_score:
        word_of["self_score"] = Decimal(said.self_score)
        word_of["self_reason"] = said.self_reason
    return word_of


def _mark(ports: Ports, view: ChecklistView, place: int, said: dict[str, Any]) -> Score:
    row = view.rows[place]
    shown = None if row.is_new else row.score
    return save_score(ports, view.checklist, replace(row.score, **said), shown=shown).record


def _open(ports: Ports, content: DemoContent, unit: UUID | None = None) -> ChecklistView:
    return open_checklist(ports, set_id=scored_set(ports).id, year=content.year, unit_id=unit)


def scored_set(ports: Ports) -> CriteriaSet:
    """Return the set that the province issued."""
    sets = (one.criteria_set for one in criteria_sets(ports))
    return next(one for one in sets if one.issued_on is not None)
