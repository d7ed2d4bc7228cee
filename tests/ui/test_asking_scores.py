"""The province asks about what a unit says of a criterion, in the window."""

from __future__ import annotations

from office_work import Pair
from scoring_work import mark, view_of
from thidua_desktop.domain.criteria import Assessment
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.questions import list_questions
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.ui.dialogs.ask_dialog import AskDialog
from typing_in import type_in


def opened(desk, set_id, unit_id):
    page = desk.go("checklist")
    desk.settle()
    page._sets.setCurrentIndex(page._sets.place_of(set_id))
    page._year.setCurrentIndex(page._year.findData(2024))
    desk.settle()
    page._units.setCurrentIndex(page._units.place_of(unit_id))
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


def test_nothing_is_asked_of_oneself_or_where_nothing_was_said(open_desk, pair: Pair) -> None:
    set_id = criteria_sets(pair.office)[0].criteria_set.id
    with pair.province.store.read() as work:
        unit_id = work.book.me().unit_id
    desk = open_desk(pair.province)
    page = opened(desk, set_id, unit_id)
    assert not page.panel.ask.isVisible()
