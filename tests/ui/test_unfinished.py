"""What was left incomplete is named on the start page, and one press goes on with it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.domain.criteria import Assessment


def test_a_checklist_half_filled_in_is_gone_on_with(desk, office_ports) -> None:
    desk.go("overview")
    assert not desk.window.page.unfinished.isVisible()
    made = a_scored_set(office_ports)
    mark(office_ports, view_of(office_ports, made.id, year=2023), 4, assessment=Assessment.MET)
    desk.window.page.refresh()
    desk.settle()
    (go_on,) = desk.window.page.unfinished.findChildren(QPushButton)
    assert go_on.text() == "Làm tiếp"
    go_on.click()
    desk.settle()
    page = desk.window.page
    assert page.choice.key[:2] == (made.id, 2023)
    assert page._view.answered == 1
