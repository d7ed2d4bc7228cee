"""Pictures of papers looked at: In hồ sơ, a file that proves something, scanned files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.start import Session
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.services.attachments import AttachedTo, attach
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.practice import fill
from thidua_desktop.services.printing import papers_shown, printable_proposals
from thidua_desktop.services.proposals import open_proposal, proposal_list
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.scans import choose_scan_folder
from thidua_desktop.ui.dialogs.file_preview import FilePreview
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.scan_picker import ScanPicker
from thidua_desktop.ui.dialogs.stock_dialog import StockDialog
from thidua_desktop.ui.pages.certificate_page import CertificatePage
from thidua_desktop.ui.widgets.attachments import AttachmentList

_TURNS, _TURN = 40, 50  # milliseconds, until everything in sight was drawn


def picture_papers(ports: Ports, folder: Path, scans: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write pictures made in a copy of an office's folder, which this fills; `scans` is a folder
    that the scanner might have left its files in.
    """
    fill(ports)
    row = next(row for row in proposal_list(ports) if open_proposal(ports, row.id).may_edit)
    content = papers_shown(ports, printable_proposals("", [row.id])).pdf
    with ports.store.read() as work:
        number = work.book.me().number
    proof = Evidence(
        id=ports.new_id(number),
        proposal_id=row.id,
        wording="Biên bản bàn giao mặt bằng của thôn",
    )
    saved = save_record(ports, proof).record
    attach(ports, content, to=AttachedTo(Evidence, saved.id), name="Biên bản bàn giao.pdf")
    _scan(ports, scans, content)
    with open_window(ports, **how) as (window, session):
        window.go("proposals")
        settle(session)
        window.page.open_at(row.id)
        settle(session)
        window.page.preview()
        _take(session, lambda: window.page.findChild(PrintPreview), folder / "in-ho-so.png")
        files = window.page.findChildren(AttachmentList)[-1]
        files.viewed.emit(files.rows[0].attachment)
        _take(session, lambda: window.page.findChild(FilePreview), folder / "xem-minh-chung.png")
        files.scans.click()
        _take(session, lambda: window.page.findChild(ScanPicker), folder / "tep-quet.png")
        window.go("certificates")
        settle(session)
        assert isinstance(window.page, CertificatePage)  # noqa: S101 - as it was just asked
        window.page.run.arranging.emit("phoi-in-san")
        _take(session, lambda: window.page.findChild(StockDialog), folder / "phoi-bang.png")


def _scan(ports: Ports, scans: Path, content: bytes) -> None:
    """Leave files as a scanner does, and let them be offered."""
    scans.mkdir(parents=True, exist_ok=True)
    choose_scan_folder(ports, scans)
    for number in range(1, 4):
        path = scans / f"Quet-{number:04}.pdf"
        path.write_bytes(content)
        at = ports.now().timestamp() + number
        os.utime(path, (at, at))


def _take(session: Session, found: Callable[[], QDialog | None], path: Path) -> None:
    for _ in range(_TURNS):
        settle(session)
        QTest.qWait(_TURN)
    dialog = found()
    if dialog is not None:
        save_picture(dialog, path)
        dialog.reject()
    settle(session)
