"""Pictures of a Word file that comes back: what differs, and what is not read in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.word_edits import as_edited
from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.services.dossiers import gather_proposal
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.practice import fill
from thidua_desktop.services.proposals import open_proposal, proposal_list
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.dialogs.returned_dialog import ReturnedDialog

_SUMMARY = (
    "Vận động nhân dân hiến 1.240 m² đất làm đường trục thôn.\n"
    "Góp 35 ngày công, cùng tổ dân vận đến từng hộ."
)
_CHANGES = {
    "1.240 m² đất làm đường trục thôn.": "1.420 m² đất, mở rộng 3,2 km đường trục thôn.",
    "TỜ TRÌNH": "TỜ TRÌNH BỔ SUNG",
}


def picture_returned(ports: Ports, folder: Path, desk: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write pictures made in a copy of an office's folder, which this fills; `desk` is a folder
    that the officer's file lies in.
    """
    fill(ports)
    row = next(row for row in proposal_list(ports) if open_proposal(ports, row.id).may_edit)
    with ports.store.read() as work:
        before = work.records.get(Proposal, row.id)
    said = replace(before, summary=_SUMMARY)
    save_record(ports, said, shown=before)
    with ports.store.read() as work:
        dossier = gather_proposal(ports, work, work.records.get(Proposal, row.id))
    path = desk / "Hồ sơ đã sửa.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_edited(ports.papers.docx(dossier), _CHANGES))
    with open_window(ports, **how) as (window, session):
        window.go("proposals")
        settle(session)
        window.read_word_file(path)
        for _ in range(10):
            settle(session)
            QTest.qWait(50)
        dialog = window.findChild(ReturnedDialog)
        if dialog is not None:
            save_picture(dialog, folder / "ban-word-da-sua.png")
            dialog.leave()
        settle(session)
