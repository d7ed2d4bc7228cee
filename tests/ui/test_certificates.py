"""In bằng: from a letter to numbered sheets, a jam, a printer that prints beside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from office_work import a_household_proposed, a_person_proposed
from printed import texts_of
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.stocks import Offset
from thidua_desktop.services.award_sheets import SheetsWanted, grid_dossier, sheets_dossier, shop
from thidua_desktop.services.decisions import decision_views
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.submissions import draft_submission
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.stock_dialog import StockDialog
from typing_in import type_in


def numbers(ports: Ports) -> list[int | None]:
    (view,) = decision_views(ports)
    return [one.number for one in view.awards]


def printed(ports: Ports) -> int:
    (view,) = decision_views(ports)
    return view.printed


def test_from_a_letter_to_sheets_and_on_after_a_jam(  # noqa: PLR0915 - one task
    desk, office_ports: Ports, qtbot, tmp_path: Path
) -> None:
    proposed = [a_person_proposed(office_ports, f"Đặng Thị Ẩn {n}") for n in range(3)]
    draft_submission(office_ports, [*proposed, a_household_proposed(office_ports)])
    page = desk.go("certificates")
    page.begin_new()
    desk.settle()
    desk.settle()
    number = page.decision.form.editors["number"]
    assert number.isAncestorOf(desk.window.focusWidget()) or number is desk.window.focusWidget()
    type_in(desk.window.focusWidget(), "12/QĐ-UBND")
    page.flush()
    desk.settle()
    first = page.sources().actions()[0]
    assert "4 đề nghị" in first.text()
    first.trigger()
    desk.settle()
    assert page._awards.model().rowCount() == 4
    assert "4 người được khen" in page.run.state.text()
    assert "Ngày quyết định" in page.run.banner.findChildren(type(page.run.state))[-1].text()

    page.tabs.setCurrentIndex(0)
    type_in(page.run.start, "37")
    QTest.keyClick(page.run.start, Qt.Key.Key_Return)
    desk.settle()
    assert numbers(office_ports) == [37, 38, 39, 40]
    assert "số vào sổ 37-40" in page.run.state.text()

    page.preview()
    desk.settle()
    dialog = page.findChild(PrintPreview)
    qtbot.waitUntil(lambda: dialog._drawing is not None, timeout=15_000)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    dialog.print_on(printer, [0, 1, 2])
    desk.settle()
    desk.settle()
    assert dialog.message.text() == "Đã gửi 3 trang đến máy in."
    assert printed(office_ports) == 3
    dialog.reject()
    desk.settle()
    assert "còn in 40" in page.run.state.text()

    type_in(page.run.jam, "38")
    QTest.keyClick(page.run.jam, Qt.Key.Key_Return)
    desk.settle()
    assert "còn in 38-40" in page.run.state.text()
    sheets = sheets_dossier(
        office_ports, decision_views(office_ports)[0].decision.id, SheetsWanted()
    )
    assert [one.name.split()[-1] for one in sheets.papers] == ["38", "39", "40"]
    page.run.note.click()
    desk.settle()
    assert printed(office_ports) == 4

    # What a finding names is gone to: here, how a certificate calls somebody.
    (view,) = decision_views(office_ports)
    desk.window.go("certificates", FieldPlace(kind="award", id=view.awards[2].id, field="name"))
    desk.settle()
    assert desk.window.focusWidget() is page.award.form.editors["name"].inner
    assert page.award.form.editors["name"].inner.text() == view.awards[2].name
    page.tabs.setCurrentIndex(0)

    # A gap in the book is asked about, and nothing is given until somebody says so.
    page._add()
    desk.settle()
    type_in(page.run.start, "50")
    page.run.number.click()
    desk.settle()
    box = page.findChild(QMessageBox)
    assert "số 41-49" in box.text()
    assert numbers(office_ports)[-1] is None
    next(one for one in box.buttons() if one.objectName() == "agreed").click()
    desk.settle()
    assert numbers(office_ports)[-1] == 50


def test_a_printer_and_a_stock_are_measured_once(desk, office_ports: Ports, qtbot) -> None:
    page = desk.go("certificates")
    run = page.run
    run.show_shop(shop(office_ports), ["HP 1020"])
    run.printer.setCurrentIndex(1)
    run.printer.activated.emit(1)
    run.stock.setCurrentIndex(1)
    run.stock.activated.emit(1)
    run.right.setFocus()
    type_in(run.right, "1,5")
    type_in(run.down, "-0,5")
    run.down.editingFinished.emit()
    desk.settle()
    found = shop(office_ports)
    assert found.offsets == {"HP 1020": Offset(1.5, -0.5)}
    assert (found.choice.stock, found.choice.printer) == ("phoi-in-san", "HP 1020")

    run.arranging.emit("phoi-in-san")
    desk.settle()
    dialog = page.findChild(StockDialog)
    dialog.table.item(0, 1).setText("41,5")
    dialog.save.click()
    desk.settle()
    (_, stock) = shop(office_ports).stocks
    assert (stock.is_own, stock.texts[0].x) == (True, 41.5)
    dialog.table.item(0, 1).setText("xa")
    dialog.save.click()
    assert "không phải số" in dialog.message.text()
    dialog.table.item(0, 1).setText("290")
    dialog.save.click()
    desk.settle()
    assert "ra ngoài mép giấy" in dialog.message.text()
    dialog._drop()
    desk.settle()
    assert not shop(office_ports).stocks[1].is_own
    dialog.leave()

    run.gridding.emit(run.wanted())
    desk.settle()
    preview = [one for one in page.findChildren(PrintPreview) if one.isVisible()][-1]
    qtbot.waitUntil(lambda: preview._drawing is not None, timeout=15_000)
    assert len(preview._drawing.sizes) == 1
    grid = grid_dossier(office_ports, stock="phoi-in-san", printer="HP 1020")
    assert "TỜ CĂN CHỈNH" in texts_of(office_ports.papers.pdf(grid))[0]
