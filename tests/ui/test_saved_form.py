"""A form that saves by itself shows no reading that knows less than was typed."""

from __future__ import annotations

from scoring_work import a_scored_set
from typing_in import type_in


def test_a_reading_from_before_a_save_takes_nothing_back(desk, office_ports) -> None:
    made = a_scored_set(office_ports)
    page = desk.go("checklist")
    page.refresh()
    desk.settle()
    page.choice.sets.setCurrentIndex(page.choice.sets.place_of(made.id))
    desk.settle()
    old = page._view
    field = page.form.editors["note"].inner
    field.setFocus()
    type_in(field, "Đạt 2,4 km")
    page.flush()  # sent, not yet answered
    page._show(old)
    assert field.toPlainText() == "Đạt 2,4 km"
    desk.settle()
    assert field.toPlainText() == "Đạt 2,4 km"
    assert page._view.rows[0].score.note == "Đạt 2,4 km"
