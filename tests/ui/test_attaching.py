"""Files beside evidence in the window: dropped, pasted, taken out; and the choices of an export."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from attached import an_evidence, attached
from attachment_files import EXE_BYTES, PDF_BYTES
from dropping import drop
from office_work import a_person_proposed
from papers_to_see import a_locked_paper, a_paper
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.services.attachments import AttachedTo, attach, list_attachments
from thidua_desktop.services.exporting import ExportWish, export, export_choices
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.export_dialog import MAIL_PART, ExportDialog
from thidua_desktop.ui.dialogs.file_preview import FilePreview
from thidua_desktop.ui.dialogs.scan_picker import ScanPicker
from thidua_desktop.ui.widgets.attachments import AttachmentList


@pytest.fixture
def files(desk, office_ports: Ports) -> AttachmentList:
    """The files under the one piece of evidence of a proposal that is open in the window."""
    proposal = a_person_proposed(office_ports)
    attached(office_ports, an_evidence(office_ports, proposal_id=proposal))
    page = desk.go("proposals")
    page.open_at(proposal)
    desk.settle()
    return page.panel.lines.evidence.findChildren(AttachmentList)[-1]


def names(ports: Ports) -> list[str]:
    return sorted(row.attachment.name for row in list_attachments(ports))


def buttons(files: AttachmentList, words: str) -> list[QPushButton]:
    return [one for one in files.findChildren(QPushButton) if one.text() == words]


def test_a_dropped_file_stands_under_its_evidence(files, desk, office_ports, tmp_path) -> None:
    path = tmp_path / "Quyết định.pdf"
    path.write_bytes(PDF_BYTES + b"%")
    drop(files, path)
    desk.settle()
    assert names(office_ports) == ["Quyết định.pdf", "a.pdf"]


def test_a_pasted_picture_becomes_a_file(files, desk, office_ports) -> None:
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.green)
    QApplication.clipboard().setImage(picture)
    key = (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(files.add, QKeyEvent(QKeyEvent.Type.KeyPress, *key))
    desk.settle()
    assert "Ảnh dán.png" in names(office_ports)


def test_a_program_is_refused_and_nothing_is_kept(files, desk, office_ports, tmp_path) -> None:
    path = tmp_path / "hồ sơ.pdf"
    path.write_bytes(EXE_BYTES)
    files.given.emit([path])
    desk.settle()
    assert names(office_ports) == ["a.pdf"]


def test_a_file_is_looked_at_by_key_and_what_is_broken_or_locked_is_told(
    files, desk, office_ports
) -> None:
    assert len(buttons(files, "Xem")) == 1
    evidence = files.rows[0].attachment.evidence_id
    for name, content in (("Biên bản.pdf", a_paper(2)), ("Mật.pdf", a_locked_paper())):
        attach(office_ports, content, to=AttachedTo(Evidence, evidence), name=name)
    page = desk.window.page
    page.refresh()
    desk.settle()
    _, paper, _ = buttons(files, "Xem")
    paper.setFocus()
    QTest.keyClick(paper, Qt.Key.Key_Return)
    preview = page.findChild(FilePreview)
    desk.qtbot.waitUntil(lambda: 0 in preview.view.pages._drawn, timeout=15_000)
    assert preview.view.total.text() == "/ 2"
    said = preview.proves.text()
    assert "Đặng Thị Ngọc Ẩn" in said
    assert "Kết quả, minh chứng: Biên bản hiến đất" in said
    QTest.keyClick(preview, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.qtbot.waitUntil(preview.message.isVisible, timeout=15_000)
    assert "có mật khẩu" in preview.message.text()
    preview.step(-1)
    preview.step(-1)
    desk.qtbot.waitUntil(lambda: "bị hỏng" in preview.message.text(), timeout=15_000)
    QTest.keyClick(preview, Qt.Key.Key_Escape)


def test_what_the_scanner_left_is_offered_and_attached(files, desk, office_ports, tmp_path) -> None:
    folder = tmp_path / "máy quét"
    folder.mkdir()
    settings = desk.go("settings")
    settings.scans.use(folder)
    desk.settle()
    assert "0 tệp mới" in settings.scans.said.text()
    for name in ("trang 1.pdf", "trang 2.pdf"):
        (folder / name).write_bytes(a_paper(1))
        at = office_ports.now().timestamp() + 60
        os.utime(folder / name, (at, at))
    page = desk.go("proposals")
    desk.qtbot.waitUntil(lambda: files.scans.text() == "2 tệp quét mới…", timeout=15_000)
    files.scans.click()
    picker = page.findChild(ScanPicker)
    desk.qtbot.waitUntil(lambda: not picker._undrawn, timeout=15_000)
    picker.list.selectAll()
    assert picker.attach.text() == "Kèm 2 tệp"
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    desk.settle()
    assert names(office_ports) == ["a.pdf", "trang 1.pdf", "trang 2.pdf"]
    assert len(list(folder.iterdir())) == 2
    desk.qtbot.waitUntil(lambda: files.scans.text() == "Tệp quét…", timeout=15_000)


def test_a_file_is_taken_out_by_its_button(files, desk, office_ports) -> None:
    (remove,) = buttons(files, "Bỏ")
    remove.click()
    desk.settle()
    assert names(office_ports) == []


def test_the_last_choice_of_an_export_is_remembered(qtbot, office_ports, tmp_path) -> None:
    dialog = ExportDialog(export_choices(office_ports))
    qtbot.addWidget(dialog)
    assert dialog.wish() == ExportWish()
    dialog.light.setChecked(True)
    dialog.parts.setChecked(True)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        dialog.write.click()
    wish = wanted.args[0]
    assert (wish.light, wish.part_size) == (True, MAIL_PART)
    (made,) = export(office_ports, wish, folder=tmp_path)
    assert made.files[0].parent == tmp_path

    (kept, _), *_ = export_choices(office_ports).again
    assert kept.bundle == made.bundle
    again = ExportDialog(export_choices(office_ports))
    qtbot.addWidget(again)
    assert (again.light.isChecked(), again.parts.isChecked()) == (True, True)
    again.again.setChecked(True)
    assert again.wish().again == made.bundle
