"""Pictures of what a clerk meets beside the pages: recovered words, the bin, pasting, practice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication, QSplitter

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.start import Session
from thidua_desktop.domain.journal import FieldText
from thidua_desktop.domain.offices import PRACTICE
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.practice import fill
from thidua_desktop.services.proposals import delete_proposal, open_proposal, proposal_list
from thidua_desktop.services.typed import note_typed
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.dialogs.paste_dialog import PasteDialog
from thidua_desktop.ui.main_window import MainWindow

_BLOCK = (
    "Loại\tSố lượng\tĐơn vị tính\tNội dung\r\n"
    'Hiến đất\t412,5\tm²\t"Đất vườn\nthôn Đông Hòa"\r\n'
    "Tiền\t3.000.000\tđồng\tỦng hộ làm đường\r\n"
    "Ngày công\tnhiều\tcông\tLàm đường\r\n"
)

_COLUMNS = ("birth_date", "position", "address")
_WIDE = [700, 430]
_SOUGHT = "thi"


def picture_feel(ports: Ports, folder: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write pictures made in a copy of an office's folder, which this fills and marks."""
    fill(ports)
    rows = [row for row in proposal_list(ports) if open_proposal(ports, row.id).may_edit]
    place = _leave_typed(ports, rows[0].id)
    for row in rows[1:3]:
        delete_proposal(ports, row.id)
    with open_window(ports, **how) as (window, session):
        settle(session)
        window.left.open_next()
        settle(session)
        save_picture(window, folder / "go-nhanh.png")
        window.keeper.settle(place.kind, place.id, place.field)
        window.go("bin")
        settle(session)
        save_picture(window, folder / "da-xoa.png")
        window.go("proposals")
        settle(session)
        QApplication.clipboard().setText(_BLOCK)
        window.page.panel.lines.contributions.pasting.emit("")  # type: ignore[attr-defined]
        settle(session)
        dialog = window.page.findChild(PasteDialog)
        if dialog is not None:
            save_picture(dialog, folder / "dan-tu-excel.png")
            dialog.reject()
        _picture_lists(window, session, folder)
    _mark_practice(ports)
    with open_window(ports, **how) as (window, session):
        window.show_practice()
        window.go("proposals")
        settle(session)
        save_picture(window, folder / "thuc-hanh.png")


def _picture_lists(window: MainWindow, session: Session, folder: Path) -> None:
    """Write a list with columns that were chosen, and the line that finds whom one proposes."""
    page = window.page_of("nominees")
    window.go("nominees")
    columns = page._list.columns  # type: ignore[attr-defined] # noqa: SLF001 - what a person does
    columns.choose(_COLUMNS, {})
    page.findChildren(QSplitter)[0].setSizes(_WIDE)
    settle(session)
    save_picture(window, folder / "cot-danh-sach.png")
    columns.reset()
    window.go("proposals")
    settle(session)
    window.page.begin_new()
    picker = window.page.findChild(NomineePicker)
    if picker is not None:
        picker.line.setText(_SOUGHT)
        settle(session)
        save_picture(picker, folder / "chon-doi-tuong.png")
        picker.leave()


def _leave_typed(ports: Ports, proposal_id: UUID) -> FieldText:
    view = open_proposal(ports, proposal_id)
    place = FieldText(
        kind=kind_name(type(view.nominee)), id=view.nominee.id, field="birth_date", text=""
    )
    note_typed(ports, [replace(place, text="năm Giáp Tý")])
    return place


def _mark_practice(ports: Ports) -> None:
    with ports.store.write() as work:
        work.book.set_setting(PRACTICE, "1")
        work.commit()
