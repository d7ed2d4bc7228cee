"""The province asks about what a unit says of a criterion, in the window."""

from __future__ import annotations

from decimal import Decimal

from office_work import Pair
from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.domain.criteria import Assessment
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.services.checklists import add_evidence
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.questions import list_questions
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.ui.dialogs.ask_dialog import AskDialog
from thidua_desktop.ui.pages.waiting import page_of
from typing_in import type_in


def opened(desk, set_id, unit_id):
    page = desk.go("checklist")
    desk.settle()
    page.choice.sets.setCurrentIndex(page.choice.sets.place_of(set_id))
    page.choice.year.setCurrentIndex(page.choice.year.findData(2024))
    desk.settle()
    page.choice.units.setCurrentIndex(page.choice.units.place_of(unit_id))
    desk.settle()
    page._list.choose(page._view.rows[0].row.criterion.id)
    desk.settle()
    return page


def test_a_score_is_asked_about_and_the_unit_sees_the_question_there(open_desk, pair: Pair) -> None:
    pair.up()
    set_id = criteria_sets(pair.office)[0].criteria_set.id
    score = mark(pair.office, view_of(pair.office, set_id), 0, assessment=Assessment.MET)
    submit_all(pair.office)
    pair.up()
    with pair.office.store.read() as work:
        unit_id = work.book.me().unit_id

    desk = open_desk(pair.province)
    page = opened(desk, set_id, unit_id)
    assert page.panel.ask.isVisible()
    page.panel.ask.click()
    dialog = page.findChild(AskDialog)
    assert dialog.fields.currentText().startswith("Tự đánh giá")
    type_in(dialog.words, "Biên bản nghiệm thu ở đâu?")
    dialog._say()
    desk.settle()
    (row,) = list_questions(pair.province)
    assert (row.question.about_id, row.question.about_field) == (score.id, "assessment")

    pair.down()
    with pair.office.store.read() as work:
        assert work.book.received()
    (told,) = view_of(pair.office, set_id).rows[0].notes
    assert "Biên bản nghiệm thu ở đâu?" in repr(told)


def test_what_is_asked_leads_to_its_criterion_in_its_own_checklist(desk, office_ports) -> None:
    made = a_scored_set(office_ports)
    view = view_of(office_ports, made.id, year=2023)
    score = mark(office_ports, view, 1, actual=Decimal(5))
    proof = add_evidence(office_ports, view.checklist, score).record
    for kind, record_id in (("score", score.id), ("evidence", proof.id)):
        place = FieldPlace(kind=kind, id=record_id, field="")
        desk.window.go(page_of(place), place)  # at the first visit, then from another checklist
        desk.settle()
        page = desk.window.page
        assert page.choice.key == (made.id, 2023, view.checklist.unit_id)
        assert page._list.chosen() == score.criterion_id
        page.choice.sets.setCurrentIndex(0)
        page.choice.year.setCurrentIndex(page.choice.year.findData(2024))
        desk.settle()
        assert page._view.criteria_set.id != made.id


def test_nothing_is_asked_of_oneself_or_where_nothing_was_said(open_desk, pair: Pair) -> None:
    set_id = criteria_sets(pair.office)[0].criteria_set.id
    with pair.province.store.read() as work:
        unit_id = work.book.me().unit_id
    desk = open_desk(pair.province)
    page = opened(desk, set_id, unit_id)
    assert not page.panel.ask.isVisible()
