"""The page of the movement: a clerk's year in it by keyboard, and the province's table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from attachment_files import PDF_BYTES
from dropping import drop
from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.movements import (
    DocumentSort,
    PlanDocument,
    Registration,
    SavingsField,
    SavingsTarget,
)
from thidua_desktop.domain.people import Person
from thidua_desktop.services.attachments import list_attachments
from thidua_desktop.services.movements import add_document
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.widgets.labels import Text
from typing_in import type_in

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def typed(*texts: str) -> None:
    """Type into one field after the other, Enter between them."""
    for place, text in enumerate(texts):
        if place:
            press(Qt.Key.Key_Return)
        if text:
            type_in(QApplication.focusWidget(), text)


def records(ports: Ports, kind):
    with ports.store.read() as work:
        return work.records.having(kind)


def part(page, number: int) -> None:
    while page.tabs.currentIndex() != number:
        press(Qt.Key.Key_PageDown, CONTROL)


def test_a_clerk_does_the_year_of_the_movement_by_keyboard(
    desk, office_ports: Ports, tmp_path: Path
) -> None:
    press(Qt.Key.Key_3, CONTROL)
    desk.settle()
    reports(desk, office_ports, tmp_path / "Báo cáo.pdf")
    saves(desk, office_ports)
    writes_the_report(desk, office_ports)
    registers(desk, office_ports)


def writes_the_report(desk, office_ports: Ports) -> None:
    """Write what people know beside the figures; finished, it stands among what was done."""
    page = desk.window.page
    part(page, 5)
    page.reports.list.setFocus()
    press(Qt.Key.Key_N, CONTROL)
    desk.settle()
    assert QApplication.focusWidget().objectName() == "steering"
    typed("Đài truyền thanh có 24 tin, bài")
    figures = [one.text() for one in page.reports._card.findChildren(Text)]
    assert "02 chỉ tiêu" in " ".join(figures)
    assert not page.reports.form.editors["against_plan"].isVisible()
    page.reports.finish.click()
    desk.settle()
    (report,) = records(office_ports, AnnualReport)
    assert report.steering == "Đài truyền thanh có 24 tin, bài"
    assert report.issued_on is not None
    assert not page.reports.finish.isVisible()
    part(page, 0)
    assert any(report.id == one.id for one in page.debts.chosen.documents)
    page.debts.opening.emit(report.id)
    desk.settle()
    assert (page.tabs.currentIndex(), page.reports.chosen.id) == (5, report.id)


def reports(desk, office_ports: Ports, file: Path) -> None:
    """Enter the report from what is owed; its sort is known already; drop its file."""
    page = desk.window.page
    assert page.debts.count.text() == ("0/2 việc của năm 2024 đã làm · 2 việc từ trước chưa làm")
    assert page.debts.chosen.obligation.code == "d-2"

    page.debts.list.setFocus()
    press(Qt.Key.Key_N, CONTROL)
    desk.settle()
    assert QApplication.focusWidget().objectName() == "sort"
    press(Qt.Key.Key_Return)
    typed("96/BC-UBND", "20/11/2024")
    desk.pause()
    page.documents.form.focus_field("summary")
    typed("Kết quả phong trào năm 2024")
    desk.pause()
    (report,) = records(office_ports, PlanDocument)
    assert (report.sort, report.number, report.summary) == (
        DocumentSort.REPORT,
        "96/BC-UBND",
        "Kết quả phong trào năm 2024",
    )
    assert page.documents.title.text() == "Báo cáo số 96/BC-UBND ngày 20/11/2024"
    file.write_bytes(PDF_BYTES)
    drop(page.documents.files, file)
    desk.settle()
    assert [row.attachment.document_id for row in list_attachments(office_ports)] == [report.id]
    page.tabs.setCurrentIndex(0)
    assert "1/2 việc của năm 2024 đã làm" in page.debts.count.text()
    overview = desk.go("overview")
    assert "✓ Đã làm, đúng hạn" in [
        one.text() for one in overview.findChildren(type(page.debts._chip))
    ]


def saves(desk, office_ports: Ports) -> None:
    """Enter two targets, the second with what stays from the first; what is wrong stays typed."""
    page = desk.go("movement")
    part(page, 3)
    page.savings.list.setFocus()
    press(Qt.Key.Key_N, CONTROL)
    desk.settle()
    typed("Tiết kiệm điện")
    page.savings.form.focus_field("field")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    typed("kWh", "500", "58x")
    desk.pause()
    assert "⚠" in page.savings.form.findChild(object, "reached_issue").text()
    page.savings.form.editors["reached"].inner.clear()
    typed("400")
    desk.pause()
    assert page.savings.formula.text().endswith("400 ÷ 500 × 100 = 80 %.")
    press(Qt.Key.Key_Return, CONTROL)
    desk.settle()
    assert QApplication.focusWidget().objectName() == "name"
    typed("Tiết kiệm nước")
    desk.pause()
    first, second = records(office_ports, SavingsTarget)
    assert (first.field, first.measure, second.field) == (
        SavingsField.REGULAR,
        "kWh",
        SavingsField.REGULAR,
    )
    assert (second.name, second.planned) == ("Tiết kiệm nước", None)
    assert "chưa có văn bản" in page.findings._words.text()
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    press(Qt.Key.Key_F, CONTROL)
    typed("nuoc")
    assert page.savings.chosen.name == "Tiết kiệm nước"
    page.savings.remove.click()
    desk.settle()
    assert len(records(office_ports, SavingsTarget)) == 1
    press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert len(records(office_ports, SavingsTarget)) == 2


def registers(desk, office_ports: Ports) -> None:
    """Take last year's list over into this year's."""
    page = desk.window.page
    page.show_year(2023, 4)
    desk.settle()
    page.pledges.list.setFocus()
    press(Qt.Key.Key_N, CONTROL)
    desk.settle()
    typed("Phạm Thị Thắm", "Kế toán")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    desk.pause()
    (pledge,) = records(office_ports, Registration)
    assert pledge.title, "the title of the chosen form"
    page.show_year(2024, 4)
    desk.settle()
    page.pledges.copy.click()
    desk.settle()
    assert [(one.name, one.year) for one in records(office_ports, Registration)] == [
        ("Phạm Thị Thắm", 2023),
        ("Phạm Thị Thắm", 2024),
    ]
    assert page.pledges.count.text() == "1 đăng ký của năm 2024"

    # One more of the list of nominees, found without marks.
    who = Person(id=office_ports.new_id(63), full_name="Vũ Thị Lựu", position="Kế toán")
    page.changed.emit(save_record(office_ports, who).changes)
    desk.settle()
    page.pledges.pick_who()
    picker = page.findChild(NomineePicker)
    type_in(picker.line, "luu")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    desk.settle()
    added = page.pledges.chosen
    assert (added.person_id, added.name, added.position) == (who.id, "Vũ Thị Lựu", "Kế toán")

    # The list as it is printed; papers of the year beside it.
    page.preview()
    desk.settle()
    preview = page.findChild(PrintPreview)
    assert preview._printable.words == "Bảng đăng ký thi đua 2024"
    assert len(preview._printables) == 5
    assert len(preview._drawing.sizes) == 1
    preview.leave()


def test_the_province_sees_who_did_what_and_looks_into_a_unit(open_desk, pair) -> None:
    with pair.office.store.read() as work:
        me = work.book.me().unit_id
    add_document(pair.office, unit_id=me, year=2024, obligation_id=_task(pair.office, "d-2"))
    submit_all(pair.office)
    pair.up()
    desk = open_desk(pair.province)
    overview = desk.window.page
    words = [one.text() for one in overview.findChildren(type(overview._waits._chip))]
    assert any("1/" in one and "đơn vị đã làm" in one for one in words)

    page = desk.go("movement")
    page.tabs.setCurrentIndex(1)
    desk.settle()
    below = page.below
    every = len(below.model.rows)
    assert 30 < every < 60
    press_filter = below.filter
    page.search()
    assert QApplication.focusWidget() is press_filter
    typed("kien xuong")
    assert [row.label for row in below.model.rows] == ["Ủy ban nhân dân huyện Kiến Xương"]
    assert below.model.index(0, 1).data() == "? đã làm, chưa rõ ngày"
    below.filter.clear()
    below.states.setCurrentIndex(4)
    assert below.model.rows == ()
    below.states.setCurrentIndex(0)
    below.scope.setCurrentIndex(1)
    assert len(below.model.rows) > 250
    below.scope.setCurrentIndex(0)
    typed("kien xuong")
    below.view.setFocus()
    press(Qt.Key.Key_Return)
    desk.settle()
    assert page.scope.units.currentText() == "Ủy ban nhân dân huyện Kiến Xương"
    assert page.tabs.currentIndex() == 0
    part(page, 2)
    assert page.documents.chip.text() == "– Do đơn vị khác ghi, chỉ xem"
    assert not page.documents.remove.isVisible()
    part(page, 3)
    assert not page.savings.add.isVisible(), "targets are the unit's own to enter"
    page._home.click()
    desk.settle()
    assert page.scope.units.currentText() == "Tỉnh Thái Bình"
    part(page, 6)
    page.look_at(_unit(pair.province, "sxd"), 5)
    desk.settle()
    assert page.tasks.count.text() == (
        "Sở Xây dựng chủ trì: phát triển hạ tầng kỹ thuật đô thị và nông thôn."
    )


def _task(ports: Ports, code: str):
    from thidua_desktop.domain.movements import Obligation  # noqa: PLC0415

    return next(one.id for one in records(ports, Obligation) if one.code == code)


def _unit(ports: Ports, code: str):
    from thidua_desktop.services.units import find_unit  # noqa: PLC0415

    with ports.store.read() as work:
        return find_unit(work.records, code).id
