"""Soát hồ sơ in the window: to the very field, the standard by a key, let stand with a reason."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dossier_work import a_paper
from office_work import a_person_proposed
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.dossier_check import check_dossiers
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission
from thidua_desktop.ui.dialogs.reason_dialog import ReasonDialog
from thidua_desktop.ui.dialogs.submission_dialog import SubmissionDialog
from thidua_desktop.ui.pages.check_page import CheckPage
from typing_in import type_in


def test_a_clerk_goes_from_finding_to_field_and_back_until_the_letter_goes_out(
    open_desk, office_ports, qtbot
) -> None:
    ports = office_ports
    proposal_id, letter_id = a_faulty_letter(ports)
    desk = open_desk(ports)
    page = desk.go("proposals")
    desk.settle()
    page.panel.head.check.click()
    desk.settle()
    page = desk.window.page
    assert isinstance(page, CheckPage)
    assert page.head.about.text().startswith("1 chặn trình")

    # The title: Enter goes to its field; back here, the standard form is written by one key.
    choose(page, "S-ABBREVIATION")
    qtbot.keyClick(page._list, Qt.Key.Key_Return)
    desk.settle()
    position = desk.window.page.panel.nominees[Subject.PERSON].editors["position"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is position or position.isAncestorOf(focus)
    page = desk.go("check")
    choose(page, "S-ABBREVIATION")
    qtbot.keyClick(page, Qt.Key.Key_2)
    desk.settle()
    assert open_proposal(ports, proposal_id).nominee.position == "Phó Giám đốc"
    assert "S-ABBREVIATION" not in codes(page)

    page = to_a_paper_and_back(desk, page, qtbot)

    # The letter: its dialog opens at who signs; what stops is told there, too.
    choose(page, "S-SIGNER-TERM")
    qtbot.keyClick(page._list, Qt.Key.Key_Return)
    desk.settle()
    (dialog,) = desk.window.page.findChildren(SubmissionDialog)
    assert dialog.signer.signer.full_name == "Đỗ Quang Vịnh"
    dialog.send.click()
    desk.settle()
    assert "ngoài nhiệm kỳ" in dialog.missing.item(0).text()
    dialog.check.click()
    desk.settle()

    # It may stand, for a reason that has to be said; then the letter goes out.
    page = desk.window.page
    assert isinstance(page, CheckPage)
    choose(page, "S-SIGNER-TERM")
    page.let_stand.click()
    (waiving,) = page.findChildren(ReasonDialog)
    waiving._choose()
    assert waiving.isVisible()
    type_in(waiving.reason, "Đã có quyết định kéo dài.")
    waiving._choose()
    desk.settle()
    assert "đã bỏ qua" in page.head.about.text()
    assert not check_dossiers(ports, submission=letter_id).stops
    page.take_up_again()
    desk.settle()
    assert check_dossiers(ports, submission=letter_id).stops


def to_a_paper_and_back(desk, page: CheckPage, qtbot) -> CheckPage:
    """Go to a paper far down in the dialog of the letter: its field is in sight."""
    choose(page, "S-DATE-COUNCIL")
    qtbot.keyClick(page._list, Qt.Key.Key_Return)
    desk.settle()
    (dialog,) = desk.window.page.findChildren(SubmissionDialog)
    day = dialog.papers.lines.lines[1].editors["date"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert day.isAncestorOf(focus)
    assert day.visibleRegion().boundingRect().height() == day.height()
    dialog.leave()
    return desk.go("check")


def choose(page: CheckPage, code: str) -> None:
    rows = page._checked.findings
    wanted = next(one for one in rows if one.finding.code == code)
    found = wanted.finding
    assert page._list.choose((found.code, found.found.id, found.field_key))


def codes(page: CheckPage) -> set[str]:
    return {one.finding.code for one in page._checked.findings}


def a_faulty_letter(ports: Ports) -> tuple[UUID, UUID]:
    """Put a person with a shortened title into a letter that is signed out of term."""
    proposal_id = a_person_proposed(ports)
    view = open_proposal(ports, proposal_id)
    short = replace(view.nominee, position="PGĐ")
    save_proposal(ports, view.proposal, short, shown=(view.proposal, view.nominee))
    letter, _ = draft_submission(ports, [proposal_id])
    ended = Signer(
        id=ports.new_id(63),
        unit_id=letter.unit_id,
        full_name="Đỗ Quang Vịnh",
        position="CHỦ TỊCH",
        valid_to=PartialDate(2024, 10),
    )
    save_record(ports, ended)
    filled = replace(letter, date=PartialDate(2024, 11, 25), signer_id=ended.id)
    save_record(ports, replace(filled, number="08/TTr-UBND"), shown=letter)
    early = PartialDate(2024, 11, 2)
    save_record(ports, a_paper(1, PaperSort.REVIEW_MINUTES, submission_id=letter.id))
    save_record(ports, a_paper(2, PaperSort.COUNCIL_MINUTES, submission_id=letter.id, date=early))
    return proposal_id, letter.id
