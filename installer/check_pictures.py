"""Pictures of Soát hồ sơ: findings on a letter with faults, the reason of a waiver, the papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.app.demo_office import new_id, note_minutes
from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Gender, Person
from thidua_desktop.domain.proposals import Subject, Submission
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.dossier_check import check_dossiers, waive
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import new_proposal, open_proposal, save_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission
from thidua_desktop.ui.dialogs.reason_dialog import ReasonDialog
from thidua_desktop.ui.dialogs.submission_dialog import SubmissionDialog
from thidua_desktop.ui.pages.check_page import CheckPage

_TEXT = (
    "Vận động Nhân dân hiến đất mở rộng đường trục thôn, phá dỡ tường rào, đóng góp ngày công đổ "
    "bê tông đường ngõ; duy trì tổ tự quản giữ gìn đường làng sạch đẹp quanh năm."
)
_PEOPLE = (
    ("Phí Thị Lài", Gender.FEMALE, 1979, "Phó Chủ tịch", "Ủy ban nhân dân xã Vũ Lễ"),
    ("Mai Đình Khởi", Gender.MALE, 1983, "PCT", "UBND xã Bình Thanh"),
    ("NGÔ VĂN TRỪNG", Gender.MALE, 1990, "Phó chủ tịch", "Ủy ban nhân dân xã Bình Thanh"),
)


def picture_check(ports: Ports, folder: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write pictures made in a copy of an office's folder, in which this plants faults."""
    letter = _plant(ports)
    told = check_dossiers(ports, submission=letter.id).findings
    waive(ports, told[-1], "Văn thư cấp số sau khi Chủ tịch ký.")
    with open_window(ports, **how) as (window, session):
        window.go("check", letter.id)
        settle(session)
        page = window.page
        assert isinstance(page, CheckPage)  # noqa: S101 - the place of checks
        _choose_offered(page)
        settle(session)
        save_picture(window, folder / "soat-ho-so.png")
        page.waive()
        settle(session)
        dialog = page.findChild(ReasonDialog)
        assert dialog is not None  # noqa: S101 - the letter is open
        dialog.reason.setPlainText("Tên gọi theo quyết định thành lập.")
        save_picture(dialog, folder / "soat-bo-qua.png")
        dialog.leave()
        window.go("check", letter.id)
        settle(session)
        page.jump()
        settle(session)
        (of_letter,) = window.page.findChildren(SubmissionDialog)
        save_picture(of_letter, folder / "soat-giay-to.png")
        of_letter.leave()


def _choose_offered(page: CheckPage) -> None:
    """Choose the first finding that offers a standard form."""
    while not page.standard.isVisible():
        before = page.chosen_place
        page.step(1)
        if page.chosen_place == before:
            return


def _plant(ports: Ports) -> Submission:
    """Put together a letter with faults in it."""
    made: list[UUID] = []
    with ports.store.read() as work:
        award = work.records.having(AwardForm, code="bkct")[0]
        unit_id = work.book.me().unit_id
    for name, gender, born, position, workplace in _PEOPLE:
        proposal_id, _ = new_proposal(ports, Subject.PERSON, year=2024)
        view = open_proposal(ports, proposal_id)
        assert isinstance(view.nominee, Person)  # noqa: S101 - it was asked for
        person = replace(view.nominee, full_name=name, gender=gender, position=position)
        person = replace(person, birth_date=PartialDate(born), workplace=workplace)
        proposal = replace(view.proposal, award_form_id=award.id, summary=_TEXT)
        save_proposal(ports, proposal, person, shown=(view.proposal, view.nominee))
        made.append(proposal_id)
    ended = Signer(id=new_id(ports), unit_id=unit_id, full_name="Đỗ Quang Vịnh")
    ended = replace(ended, position="CHỦ TỊCH", valid_to=PartialDate(2024, 10))
    save_record(ports, ended)
    letter, _ = draft_submission(ports, made)
    dated = replace(letter, number="140/TTr-UBND", date=PartialDate(2024, 11, 25))
    stored = save_record(ports, replace(dated, signer_id=ended.id), shown=letter).record
    note_minutes(ports, stored.id, 4)
    return stored
