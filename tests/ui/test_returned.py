"""Nhận bản Word đã sửa: from the file to the record, by keys, and back by Ctrl+Z."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dropping import drop
from office_work import a_person_proposed
from returned_work import edited
from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.services.dossiers import gather_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.returned_dialog import ReturnedDialog

SUMMARY = "Vận động 412 hộ hiến đất làm đường."


def proposal(desk, proposal_id: UUID) -> Proposal:
    with desk.ports.store.read() as work:
        return work.records.get(Proposal, proposal_id)


def word_file(desk, proposal_id: UUID, folder: Path, *pairs: tuple[str, str]) -> Path:
    with desk.ports.store.read() as work:
        dossier = gather_proposal(desk.ports, work, work.records.get(Proposal, proposal_id))
    folder.mkdir(exist_ok=True)
    path = folder / "Hồ sơ.docx"
    path.write_bytes(edited(desk.ports.papers.docx(dossier), *pairs))
    return path


def shown(desk, parent) -> ReturnedDialog:
    desk.settle()
    *_, dialog = parent.findChildren(ReturnedDialog)
    desk.qtbot.waitUntil(lambda: "Đang đọc" not in dialog.message.text(), timeout=15_000)
    return dialog


def dropped(desk, path: Path) -> ReturnedDialog:
    drop(desk.window, path)
    return shown(desk, desk.window)


def test_an_edited_word_file_goes_into_the_record_by_keys(desk, folder: Path) -> None:
    proposal_id = a_person_proposed(desk.ports, summary=SUMMARY)
    both = (("412 hộ", "415 hộ"), ("412 hộ", "415 hộ"), ("TỜ TRÌNH", "TỜ TRÌNH KHẨN"))
    path = word_file(desk, proposal_id, folder, *both)
    page = desk.go("proposals")
    page.open_at(proposal_id)
    desk.settle()
    page.preview()
    desk.settle()
    preview = page.findChild(PrintPreview)
    preview.read_word_file(path)
    dialog = shown(desk, preview)

    assert "1 đoạn khác bản ghi" in dialog.message.text()
    assert "“TỜ TRÌNH” thành “TỜ TRÌNH KHẨN”; sửa ở" in dialog.rest.text()
    (row,) = dialog.table.fields.rows
    assert [one.text for one in row.sides] == [SUMMARY, SUMMARY, SUMMARY.replace("412", "415")]
    assert not dialog.write.isEnabled()

    # 1 keeps, 2 takes; what is decided may be decided anew, and Esc asks before it is dropped.
    QTest.keyClick(dialog.table, Qt.Key.Key_1)
    assert dialog.table.fields.rows[0].status == "Giữ bản ghi"
    QTest.keyClick(dialog.table, Qt.Key.Key_2)
    assert dialog.table.fields.rows[0].status == "Lấy bản Word"
    assert dialog.drops_words()
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    assert dialog.other.toPlainText() == SUMMARY.replace("412", "415")
    dialog.other.setPlainText("Vận động 416 hộ hiến đất.")
    dialog.use.click()
    assert dialog.table.fields.rows[0].status == "Lấy chữ sửa tay"
    dialog.write.click()
    desk.settle()
    assert proposal(desk, proposal_id).summary == "Vận động 416 hộ hiến đất."
    preview.reject()
    desk.settle()
    assert page.panel.form.editors["summary"].value() == "Vận động 416 hộ hiến đất."

    desk.window.history.undo_action.trigger()
    desk.settle()
    assert proposal(desk, proposal_id).summary == SUMMARY

    # Dropped onto the window after the record changed: nothing is taken without a choice.
    before = proposal(desk, proposal_id)
    save_record(desk.ports, replace(before, summary="Vận động 500 hộ."), shown=before)
    dialog = dropped(desk, path)
    assert "bản ghi cũng đã đổi từ khi in" in dialog.message.text()
    assert not dialog.all.isEnabled()
    dialog.leave()

    # A file that cannot be read says why, and offers nothing.
    path.write_bytes(b"%PDF-1.7")
    dialog = dropped(desk, path)
    assert "là tệp PDF, không đọc lại được" in dialog.message.text()
    assert not dialog.write.isEnabled()
    dialog.leave()
    desk.settle()
