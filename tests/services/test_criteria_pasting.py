"""A table of a spreadsheet becomes criteria of a set, or figures of a checklist."""

from __future__ import annotations

from decimal import Decimal

from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.domain.criteria import Grade, PointSort
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.services.checklists import set_step
from thidua_desktop.services.criteria import criteria_of, rules_of
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.criteria_pasting import criteria_target, figures_target, rules_target
from thidua_desktop.services.keying import finish_keying, key_again, keyed_again
from thidua_desktop.services.pasting import PastePlan, Target, paste, plan_paste
from thidua_desktop.services.ports import Ports

COLUMNS = ("place", "wording", "measure", "points", "marking")


def planned(ports: Ports, target: Target, columns: tuple[str, ...], *rows: str) -> PastePlan:
    return plan_paste(ports, target, [row.split("|") for row in rows], columns)


def test_a_table_becomes_the_criteria_of_a_set_and_pasted_again_changes_them(office: Ports) -> None:
    made = new_set(office, name="Bộ tiêu chí thôn", valid_from=PartialDate(2024))
    target = criteria_target(made.id)
    rows = (
        "1|Đường thôn được bê tông hóa|km|30|Số liệu thuận (càng cao càng tốt)",
        "2|Hộ nghèo|hộ|20|Số liệu nghịch",
        "3|||10|",
        "4|Hộ nghèo|hộ|25|",
    )
    plan = planned(office, target, COLUMNS, *rows)
    assert plan.wrong == {(2, 0): Issue.MISSING, (3, 0): Issue.DIFFERS_ABOVE}
    paste(office, plan)
    found = [row.criterion for row in criteria_of(office, made.id)]
    assert [(one.code, one.place, one.wording, one.measure, one.points) for one in found] == [
        ("1", 1, "Đường thôn được bê tông hóa", "km", 30),
        ("2", 2, "Hộ nghèo", "hộ", 20),
    ]
    again = planned(office, target, ("wording", "points"), "Hộ nghèo|25", "Đoàn kết|5")
    assert (again.new, len(again.shown)) == (1, 1)
    paste(office, again)
    points = {row.criterion.wording: row.criterion.points for row in criteria_of(office, made.id)}
    assert points["Hộ nghèo"] == 25
    assert points["Đoàn kết"] == 5


def test_a_table_becomes_the_rules_of_a_set_and_pasted_again_changes_them(office: Ports) -> None:
    made = new_set(office, name="Bộ tiêu chí thôn", valid_from=PartialDate(2024))
    target = rules_target(made.id)
    columns = ("wording", "sort", "points")
    paste(office, planned(office, target, columns, "Chậm báo cáo||5", "Mô hình|Cộng điểm|2,5"))
    again = planned(office, target, ("wording", "points"), "Chậm báo cáo|3", "Mô hình|2,5")
    assert (again.new, len(again.shown), again.same) == (0, 1, 1)
    paste(office, again)
    found = [(one.place, one.wording, one.sort, one.points) for one in rules_of(office, made.id)]
    assert found == [
        (1, "Chậm báo cáo", PointSort.PENALTY, 3),
        (2, "Mô hình", PointSort.BONUS, Decimal("2.5")),
    ]


def test_figures_go_to_the_criteria_that_their_rows_name_or_in_order(office: Ports) -> None:
    made = a_scored_set(office)
    view = view_of(office, made.id)
    named = planned(
        office,
        figures_target(view.checklist, None),
        ("criterion_id", "plan", "actual", "note"),
        "2|40|50|Còn 50 hộ",
        "Đường thôn được bê tông hóa|12|9|",
        "9|1|1|",
    )
    assert named.wrong == {(2, 0): Issue.NOT_NAMED}
    assert named.new == 2
    assert paste(office, named).count == 2
    after = view_of(office, made.id)
    assert [(row.score.plan, row.score.actual) for row in after.rows[:2]] == [(12, 9), (40, 50)]
    assert after.rows[1].score.note == "Còn 50 hộ"
    third = after.rows[2].row.criterion.id
    in_order = planned(
        office,
        figures_target(after.checklist, third),
        ("grade", "self_score"),
        "B|",
        "|99",
        "|5",
        "|1",
    )
    assert in_order.wrong == {(1, 1): Issue.TOO_LARGE, (3, 0): Issue.NO_RECORD}
    paste(office, in_order)
    rows = view_of(office, made.id).rows
    assert (rows[2].score.grade, rows[3].score.self_score, rows[4].score.self_score) == (
        Grade.B,
        None,
        5,
    )


def test_figures_pasted_want_to_be_keyed_again_and_a_closed_step_takes_none(office: Ports) -> None:
    made = a_scored_set(office)
    for place, said in enumerate(({"plan": 12, "actual": 9}, {"plan": 40, "actual": 50})):
        mark(office, view_of(office, made.id), place, **said)
    view = view_of(office, made.id)
    for one in keyed_again(office, view):
        key_again(office, view.checklist, one.row.score)
    finish_keying(office, view)
    target = figures_target(view.checklist, None)
    paste(office, planned(office, target, ("note",), "Chỉ là lời"))
    assert view_of(office, made.id).checklist.keyed_twice_on is not None
    paste(office, planned(office, target, ("plan", "actual"), "12|10"))
    assert view_of(office, made.id).checklist.keyed_twice_on is None
    set_step(office, view_of(office, made.id).checklist, Tier.SELF, closed=True)
    closed = planned(office, target, ("plan", "actual"), "12|11")
    assert closed.wrong == {(0, 1): Issue.STEP_CLOSED}
