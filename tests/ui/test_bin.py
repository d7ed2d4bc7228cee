"""The place “Đã xóa”, and the offer to take back what was just deleted."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from office_work import a_person_proposed
from thidua_desktop.services.proposals import delete_proposal, open_proposal, proposal_list


def test_a_deleted_proposal_is_found_without_marks_and_taken_back(desk, office_ports) -> None:
    proposal_id = a_person_proposed(office_ports)
    delete_proposal(office_ports, proposal_id)
    page = desk.go("bin")
    page._search.setText("dang an")
    assert page._count.text() == "1 / 1 lần xóa"
    assert "Đặng Thị Ngọc Ẩn" in page._title.text()
    page.restore.click()
    desk.settle()
    assert [row.id for row in proposal_list(office_ports)] == [proposal_id]
    assert page._count.text() == "0 / 0 lần xóa"
    assert not page.restore.isEnabled()


def test_wiping_wants_a_second_press(desk, office_ports) -> None:
    delete_proposal(office_ports, a_person_proposed(office_ports))
    page = desk.go("bin")
    page.wipe.click()
    desk.settle()
    assert page.wipe.text() == "Bấm lần nữa để xóa hẳn"
    assert page._count.text() == "1 / 1 lần xóa"
    page.wipe.click()
    desk.settle()
    assert page._count.text() == "0 / 0 lần xóa"


def test_a_line_that_was_dropped_can_be_taken_back_for_a_while(desk, office_ports) -> None:
    proposal_id = a_person_proposed(office_ports)
    page = desk.go("proposals")
    page.open_at(proposal_id)
    desk.settle()
    page.panel.lines.evidence.findChild(QPushButton, "add_evidence").click()
    desk.settle()
    line = page.panel.lines.evidence.lines[0]
    line._remove.click()
    desk.settle()
    assert open_proposal(office_ports, proposal_id).evidence == ()
    assert desk.window.toast.isVisible()
    desk.window.toast.undo.click()
    desk.settle()
    assert [one.id for one in open_proposal(office_ports, proposal_id).evidence] == [line.record.id]
