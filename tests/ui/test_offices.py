"""The province's list of offices in the window, and the phrase that opens an enrolment file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from office_work import OFFICE, Pair
from thidua_desktop.app.start import Session
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.offices import OfficeState
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.keys import is_certified, root_words
from thidua_desktop.services.offices import enrol, list_offices
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import renew
from thidua_desktop.ui.dialogs.certify_dialog import CertifyDialog
from thidua_desktop.ui.dialogs.enrol_dialog import EnrolDialog
from thidua_desktop.ui.dialogs.heir_dialog import HeirDialog
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.revoke_dialog import RevokeDialog
from thidua_desktop.ui.dialogs.root_dialog import RootDialog
from thidua_desktop.ui.start_dialog import StartDialog
from thidua_desktop.ui.theme import Look
from typing_in import type_in

_TODAY = PartialDate(2024, 11, 25)

SECONDS_30 = 30_000


def panel_of(desk):
    return desk.go("settings").offices


def the_office(ports: Ports):
    return next(one for one in list_offices(ports) if one.office.unit_code == OFFICE)


def choose(panel, row: int) -> None:
    panel.list.setCurrentIndex(panel.list.rows.index(row))


def test_an_office_has_no_list_of_offices(desk) -> None:
    assert panel_of(desk) is None


def test_a_pc_asks_is_accepted_and_revoked(province_desk, pair: Pair) -> None:
    path = export_bundle(pair.office, path=pair.folder / "xin.tdkt").path
    merge_bundles(pair.province, [path])
    panel = panel_of(province_desk)
    row = [one.office.unit_code for one in panel._entries].index(OFFICE)
    choose(panel, row)
    assert panel.accept.isEnabled()
    assert not panel.revoke.isEnabled()

    QTest.keyClick(panel.accept, Qt.Key.Key_Space)
    province_desk.settle()
    assert the_office(pair.province).state is OfficeState.ACCEPTED

    choose(panel, row + 1)
    assert panel.revoke.isEnabled()
    panel.revoke.click()
    dialog = panel.findChild(RevokeDialog)
    assert dialog.last.value() == the_office(pair.province).machines[0].held
    dialog._revoke()
    province_desk.settle()
    assert the_office(pair.province).state is OfficeState.REVOKED
    assert not panel.revoke.isEnabled()


def test_an_enrolment_file_is_closed(province_desk, pair: Pair) -> None:
    panel = panel_of(province_desk)
    choose(panel, [one.office.unit_code for one in panel._entries].index(OFFICE))
    panel.close_file.click()
    province_desk.settle()
    assert the_office(pair.province).is_closed
    assert not panel.close_file.isEnabled()


def test_a_file_is_written_for_an_office_and_its_phrase_opens_it(
    province_desk, folder: Path, look: Look, qtbot, make_folder: Callable[[str], Ports]
) -> None:
    folder.mkdir()
    panel = panel_of(province_desk)
    panel.enrol.click()
    dialog = panel.findChild(EnrolDialog)
    province_desk.settle()
    type_in(dialog.units.search, "vu thu huyen")
    assert dialog.write.isEnabled()
    dialog.write_to(folder / "vu-thu.dk")
    province_desk.settle()
    said = dialog.phrase.text()
    assert len(said.split()) == 6
    assert dialog.phrase.isVisible()

    ports = make_folder("mới")
    session = Session(lambda: ports, look)
    start = StartDialog(
        session.ports, session.writer, look, PartialDate(2024, 11, 25), lambda: None
    )
    qtbot.addWidget(start)
    start.show()
    qtbot.waitUntil(lambda: not start.message.text(), timeout=SECONDS_30)
    assert not start.phrase.isVisible()
    start.join_file(folder / "vu-thu.dk")
    qtbot.waitUntil(start.phrase.isVisible, timeout=SECONDS_30)
    type_in(start.phrase, "sai cụm từ")
    QTest.keyClick(start.phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "không đúng" in start.message.text(), timeout=SECONDS_30)
    assert not ports.store.exists()
    start.phrase.clear()
    type_in(start.phrase, said)
    with qtbot.waitSignal(start.ready, timeout=SECONDS_30):
        QTest.keyClick(start.phrase, Qt.Key.Key_Return)
    session.close()


def test_the_root_is_shown_as_words_printed_and_asked_back(
    province_desk, pair: Pair, tmp_path: Path
) -> None:
    panel = panel_of(province_desk)
    panel.root.click()
    dialog = panel.findChild(RootDialog)
    dialog.show_words.click()
    province_desk.settle()
    said = root_words(pair.province)
    assert [one.text().split(". ")[1] for one in dialog.words] == list(said)
    # The paper is printed first; then some of the words are asked back from it.
    dialog.paper.click()
    province_desk.settle()
    preview = dialog.findChild(PrintPreview)
    assert preview.save.isHidden()
    province_desk.qtbot.waitUntil(lambda: preview.pages.wanted() == (0,), timeout=15_000)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "máy in.pdf"))
    preview.print_on(printer)
    province_desk.settle()
    assert preview.message.text() == "Đã gửi 1 trang đến máy in."
    assert (tmp_path / "máy in.pdf").read_bytes().startswith(b"%PDF")
    preview.reject()
    dialog.prove.click()
    assert not any(one.isVisible() for one in dialog.words)
    type_in(dialog.back, f"{said[4]} {said[11]} {said[11]}")
    QTest.keyClick(dialog.back, Qt.Key.Key_Return)
    assert "Chưa đúng" in dialog.done_well.text()
    dialog.back.clear()
    type_in(dialog.back, f"{said[4].upper()} {said[11]} {said[20]}")
    QTest.keyClick(dialog.back, Qt.Key.Key_Return)
    assert dialog.done_well.text().startswith("Đúng")


def test_a_pc_of_the_province_with_a_new_id_is_certified_and_the_old_one_revoked(
    province_desk, pair: Pair
) -> None:
    words, old = " ".join(root_words(pair.province)), pair.province.store.identity().replica
    panel = panel_of(province_desk)
    assert panel.certify.isHidden()
    renew(pair.province)
    panel.refresh()
    province_desk.settle()
    assert panel.certify.isVisible()
    panel.certify.click()
    dialog = panel.findChild(CertifyDialog)
    dialog.key.words.setPlainText("ba bac bach")
    dialog.do_it.click()
    province_desk.settle()
    assert "24 từ" in dialog.message.text()
    dialog.key.words.setPlainText(words)
    dialog.do_it.click()
    province_desk.settle()
    assert is_certified(pair.province)
    assert panel.certify.isHidden()

    place = {row.key.replica: row.key for row in panel.list.rows._rows}
    panel.list.choose(place[pair.province.store.identity().replica])
    assert not panel.revoke.isEnabled()  # it is this very PC
    panel.list.choose(place[old])
    panel.revoke.click()
    revoking = panel.findChild(RevokeDialog)
    revoking.key.words.setPlainText(words)
    revoking._revoke()
    province_desk.settle()
    with pair.province.store.read() as work:
        revoked = [one.certificate.replica for one in work.book.warrants() if one.is_revoked]
    assert revoked == [old]


def test_records_are_given_to_the_office_that_the_register_names(province_desk, pair: Pair) -> None:
    for code in ("skhdt", "stc"):
        enrol(pair.province, code)
    panel = panel_of(province_desk)
    panel.heir.click()
    dialog = panel.findChild(HeirDialog)
    province_desk.settle()
    for code, is_other in (("skhdt", True), ("stc", False)):
        dialog.heir.setCurrentIndex(dialog.heir.findData("stc"))
        dialog.old.setCurrentIndex(dialog.old.findData(code))
        assert (dialog.give.isEnabled(), dialog.same.isHidden()) == (is_other, is_other)
    dialog.old.setCurrentIndex(dialog.old.findData("skhdt"))
    dialog.heir.setCurrentIndex(dialog.heir.findData("stc"))
    dialog.day.clear()
    dialog.give.click()
    assert "ngày, tháng, năm" in dialog.message.text()
    type_in(dialog.day, "1/3/2025")
    dialog.give.click()
    province_desk.settle()
    with pair.province.store.read() as work:
        (said,) = work.book.inheritances()
    assert said.since.isoformat() == "2025-03-01"


def test_a_province_is_asked_for_a_phrase_and_an_office_is_not(
    look: Look, qtbot, make_folder: Callable[[str], Ports]
) -> None:
    ports = make_folder("tỉnh mới")
    session = Session(lambda: ports, look)
    start = StartDialog(
        session.ports, session.writer, look, PartialDate(2024, 11, 25), lambda: None
    )
    qtbot.addWidget(start)
    start.show()
    qtbot.waitUntil(lambda: not start.message.text(), timeout=SECONDS_30)
    start.units.search.setText("tinh thai binh")
    assert start.roles[UnitRole.PROVINCE].isChecked()
    assert start.phrase.isVisible()
    assert not start.open_file.isVisible()
    session.close()
