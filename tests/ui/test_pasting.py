"""A block from a spreadsheet: looked at, mended in place, written and taken back as one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from office_work import a_person_proposed
from thidua_desktop.domain.blocks import MOST_ROWS, cells_of
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.movements import Obligation, PlanDocument
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.domain.words import word
from thidua_desktop.services.bulk import MOST_AT_ONCE, plan_bulk, write_bulk
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.journal import undo
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.dialogs.bulk_dialog import BulkDialog
from thidua_desktop.ui.dialogs.paste_dialog import PasteDialog
from typing_in import type_in

BLOCK = (
    "Loại\tSố lượng\tĐơn vị tính\tNội dung\r\n"
    'Hiến đất\t1.250,5\tm²\t"Đất ở\nthôn Đông Hòa"\r\n'
    "Tiền\t3.000.000\tđồng\tỦng hộ\r\n"
    "Ngày công\tnhiều\tcông\tLàm đường\r\n"
)


def test_a_block_is_read_as_spreadsheets_put_it() -> None:
    assert cells_of(BLOCK)[1] == ("Hiến đất", "1.250,5", "m²", "Đất ở\nthôn Đông Hòa")
    assert cells_of("a\tb\r\n\r\nc") == (("a", "b"), ("c", ""))
    assert cells_of('"nói ""thật"""\t1') == (('nói "thật"', "1"),)
    assert cells_of("") == ()


@pytest.fixture
def page(desk, office_ports):
    proposal_id = a_person_proposed(office_ports)
    page = desk.go("proposals")
    page.open_at(proposal_id)
    desk.settle()
    page.panel.lines.contributions.setVisible(True)
    return page


def pasted(desk, page, block: str) -> PasteDialog:
    QApplication.clipboard().setText(block)
    page.panel.lines.contributions.pasting.emit("")
    desk.settle()
    return page.findChild(PasteDialog)


def contributions(desk, page) -> list[tuple[str, str]]:
    view = open_proposal(desk.ports, page.panel.view.proposal.id)
    return sorted((one.measure, one.wording) for one in view.contributions)


def test_what_fits_is_written_and_the_rest_stays_to_be_mended(desk, page) -> None:
    before = digest(desk.ports)
    dialog = pasted(desk, page, BLOCK)
    assert dialog.heading.isChecked()
    assert "2 dòng vừa" in dialog.message.text()
    assert "1 dòng có ô chưa vừa" in dialog.message.text()
    assert dialog.table.item(3, 1).toolTip() == "Không đọc được số."
    dialog.write.click()
    desk.settle()
    assert contributions(desk, page) == [("m²", "Đất ở\nthôn Đông Hòa"), ("đồng", "Ủng hộ")]
    assert dialog.isVisible()
    assert dialog.table.rowCount() == 2  # what each column is, and the row that did not fit
    undo(desk.ports)
    assert digest(desk.ports) == before
    dialog.table.item(1, 1).setText("12")
    desk.settle()
    dialog.write.click()
    desk.settle()
    assert contributions(desk, page) == [("công", "Làm đường")]


def test_without_headings_the_columns_follow_the_list_and_can_be_chosen(desk, page) -> None:
    dialog = pasted(desk, page, "Tiền\t12\tđồng\nHiến đất\t3\tm²")
    assert not dialog.heading.isChecked()
    assert dialog._columns == ["sort", "quantity", "measure"]
    dialog.table.cellWidget(0, 2).setCurrentIndex(0)
    desk.settle()
    dialog.write.click()
    desk.settle()
    assert contributions(desk, page) == [("", ""), ("", "")]


def test_too_many_rows_are_said(desk, page) -> None:
    dialog = pasted(desk, page, "Tiền\t1\n" * (MOST_ROWS + 3))
    assert "3 dòng cuối vượt mức" in dialog.message.text()
    dialog.reject()


def test_ctrl_v_of_cells_in_a_field_opens_the_dialog_and_of_a_word_does_not(desk, page) -> None:
    page.panel.lines.contributions.findChild(QPushButton, "add_contribution").click()
    desk.settle()
    field = page.panel.lines.contributions.lines[0].editors["measure"].inner
    field.setFocus()
    QApplication.clipboard().setText("sào")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "sào"
    assert page.findChild(PasteDialog) is None
    QApplication.clipboard().setText("m²\t5\nsào\t6")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "sào"
    assert page.findChild(PasteDialog)._columns[0] == "measure"


def test_one_value_goes_into_many_proposals_and_comes_back_at_once(desk, office_ports) -> None:
    ids = [a_person_proposed(office_ports, f"Người {number}") for number in range(3)]
    before = digest(office_ports)
    plan = plan_bulk(office_ports, Proposal, ids, "year", 2023)
    assert (len(plan.changes), plan.same, plan.locked, plan.unfit) == (3, 0, 0, 0)
    write_bulk(office_ports, plan)
    assert plan_bulk(office_ports, Proposal, ids, "year", 2023).same == 3
    assert plan_bulk(office_ports, Proposal, ids, "year", 99).unfit == 3
    undo(office_ports)
    assert digest(office_ports) == before
    page = desk.go("proposals")
    page._list.selectAll()
    page.edit_many()
    dialog = page.findChild(BulkDialog)
    dialog.field.setCurrentIndex(dialog.field.findData("year"))
    dialog.editor.inner.setText("2023")
    desk.settle()
    assert dialog.message.text() == "3 bản ghi sẽ được sửa."
    dialog.write.click()
    desk.settle()
    assert {open_proposal(office_ports, one).proposal.year for one in ids} == {2023}


def test_an_own_note_stands_under_its_field_and_never_leaves(desk, page, office_ports) -> None:
    from thidua_desktop.domain.proposals import Subject  # noqa: PLC0415

    before = digest(office_ports)
    form = page.panel.nominees[Subject.PERSON]
    form.editors["address"].inner.setFocus()
    desk.window.own_notes.action.trigger()
    from thidua_desktop.ui.dialogs.own_note_dialog import OwnNoteDialog  # noqa: PLC0415

    dialog = desk.window.findChild(OwnNoteDialog)
    dialog.text.setPlainText("Hỏi lại anh Ất số nhà.")
    dialog.reject()  # Esc keeps what was typed
    desk.settle()
    desk.settle()
    assert form._own_notes["address"].text() == "✎ Ghi chú riêng: Hỏi lại anh Ất số nhà."
    assert form._own_notes["address"].isVisible()
    assert digest(office_ports) == before


def test_persons_are_pasted_into_their_list_and_edited_many_at_once(desk, office_ports) -> None:
    a_person_proposed(office_ports, "Lê Văn Đạt")
    page = desk.go("nominees")
    QApplication.clipboard().setText(
        "Họ và tên\tNgày sinh\tNơi cư trú\nVũ Thị Én\t1970\tXã An Bình"
    )
    desk.window.activateWindow()
    page._list.setFocus()
    QTest.keyClick(page._list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    dialog = page.findChild(PasteDialog)
    assert "1 dòng vừa" in dialog.message.text()
    dialog.write.click()
    desk.settle()
    assert page._list.rows.rowCount() == 2
    page._list.selectAll()
    page._many.click()
    bulk = page.findChild(BulkDialog)
    bulk.field.setCurrentIndex(bulk.field.findData("workplace"))
    type_in(bulk.editor.inner, "Trường Tiểu học An Bình")
    desk.settle()
    assert bulk.message.text() == "2 bản ghi sẽ được sửa."
    bulk.write.click()
    desk.settle()
    with office_ports.store.read() as work:
        places = {one.workplace for one in work.records.having(Person)}
    assert places == {"Trường Tiểu học An Bình"}

    # More than a person looks through are not begun.
    for count, begins in ((MOST_AT_ONCE, True), (MOST_AT_ONCE + 1, False)):
        before = len(page.findChildren(BulkDialog))
        page._pasting.edit_many(Person, [office_ports.new_id(63) for _ in range(count)])
        assert (len(page.findChildren(BulkDialog)) > before) is begins


def test_criteria_and_figures_are_pasted_into_their_lists(desk, office_ports) -> None:
    made = new_set(office_ports, name="Bộ tiêu chí thôn", valid_from=PartialDate(2024))
    page = desk.go("criteria")
    page._set_list.choose(made.id)
    desk.settle()
    for name, block, told in (
        (
            "criteria",
            "Nội dung tiêu chí\tĐiểm tối đa\nĐường thôn bê tông\t30\nHộ nghèo\t20",
            "2 dòng vừa",
        ),
        ("checklist", "Kế hoạch\tThực hiện\n12\t9\n40\t50", "2 dòng vừa"),
    ):
        page = desk.go(name)
        if name == "checklist":
            page.choice.sets.setCurrentIndex(page.choice.sets.place_of(made.id))
            desk.settle()
        QApplication.clipboard().setText(block)
        desk.window.activateWindow()
        page._list.setFocus()
        desk.settle()  # the dialog before has gone
        QTest.keyClick(page._list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        (dialog,) = page.findChildren(PasteDialog)
        assert told in dialog.message.text()
        dialog.write.click()
        desk.settle()
        assert page._list.rows.rowCount() == 2
        if name == "criteria":
            page._list.selectAll()
            page._many.click()
            bulk = page.findChild(BulkDialog)
            bulk.field.setCurrentIndex(bulk.field.findData("evidence_required"))
            bulk.editor.inner.setChecked(True)
            desk.settle()
            assert bulk.message.text() == "2 bản ghi sẽ được sửa."
            bulk.write.click()
            desk.settle()
    assert all(row.row.criterion.evidence_required for row in page._view.rows)
    assert [(row.score.plan, row.score.actual) for row in page._view.rows] == [(12, 9), (40, 50)]
    proofs = "Kết quả, minh chứng\tSố liệu\nBiên bản nghiệm thu\t2\nẢnh chụp\t5"
    QApplication.clipboard().setText(proofs)
    page.evidence.pasting.emit("")
    desk.settle()
    (dialog,) = page.findChildren(PasteDialog)
    dialog.write.click()
    desk.settle()
    assert [line.record.wording for line in page.evidence.lines] == [
        "Biên bản nghiệm thu",
        "Ảnh chụp",
    ]


def test_documents_and_signers_are_pasted_from_their_buttons(desk) -> None:
    movement, units = desk.go("movement"), desk.go("units")
    for name, view, block, rows in (
        (
            "movement",
            movement.documents,
            "Loại văn bản\tNgày ban hành\tTrích yếu\nKế hoạch\t3/2/2024\tPhong trào năm 2024",
            1,
        ),
        (
            "units",
            units.signers,
            "Họ và tên\tChức vụ\nLê Văn Bình\tChủ tịch\nNguyễn Thị Hòa\tPhó Chủ tịch",
            2,
        ),
    ):
        page = desk.go(name)
        QApplication.clipboard().setText(block)
        before = view.list.rows.rowCount()
        view.paste.click()
        desk.settle()
        (dialog,) = page.findChildren(PasteDialog)
        assert f"{rows} dòng vừa" in dialog.message.text()
        dialog.write.click()
        desk.settle()
        assert view.list.rows.rowCount() == before + rows


def test_each_row_says_what_becomes_of_it_before_it_is_taken(desk) -> None:
    movement = desk.go("movement")
    tasks = movement.documents.form.editors["obligation_id"].inner
    known = tasks.itemText(1)
    head = "Loại văn bản\tNgày ban hành\tTrích yếu\tThực hiện việc phải làm"
    QApplication.clipboard().setText(
        f"{head}\nKế hoạch\t3/2/2024\tKế hoạch năm 2024\t{known}\n"
        "Báo cáo\t\t\t\nBáo cáo\t4/5/2024\tBáo cáo quý I\tviệc không có"
    )
    movement.documents.paste.click()
    desk.settle()
    (dialog,) = movement.findChildren(PasteDialog)
    fates = [dialog.table.item(row, 4).text() for row in range(4)]
    assert fates == [
        "Dòng này sẽ…",
        "Thêm",
        "Thêm, còn thiếu: Ngày ban hành, Trích yếu",
        "Bỏ qua: Không có mục nào tên hay mã như vậy; hãy ghi đúng như trong chương trình.",
    ]
    assert dialog.table.visualColumn(4) == 0
    assert "1 dòng còn thiếu ô phải có" in dialog.message.text()
    dialog.table.item(3, 3).setText("")
    desk.settle()
    assert dialog.table.item(3, 4).text() == "Thêm"
    dialog.write.click()
    desk.settle()
    with desk.ports.store.read() as work:
        stored = work.records.having(PlanDocument, summary="Kế hoạch năm 2024")
        tasks = [work.records.get(Obligation, one.obligation_id).task for one in stored]
    assert [task.casefold() for task in tasks] == [known.casefold()]


def test_papers_of_a_proposal_are_pasted_and_called_by_their_sort(desk, page) -> None:
    QApplication.clipboard().setText(
        "Loại giấy tờ\tSố, ký hiệu\tNgày giấy tờ\n"
        "Biên bản bình xét\t5/BB\t3/4/2024\n\t12/XN\t\nTờ trình\t9/TTr\t"
    )
    page.panel.lines.papers.pasting.emit("")
    desk.settle()
    dialog = page.findChild(PasteDialog)
    assert "2 dòng vừa" in dialog.message.text()
    assert dialog.table.item(3, 0).toolTip() == "Giá trị không có trong danh mục."
    dialog.write.click()
    desk.settle()
    view = open_proposal(desk.ports, page.panel.view.proposal.id)
    assert [(one.paper, one.document, one.wording) for one in view.evidence] == [
        (PaperSort.REVIEW_MINUTES, "5/BB", word(PaperSort.REVIEW_MINUTES)),
        (PaperSort.OTHER, "12/XN", word(PaperSort.OTHER)),
    ]
    assert [line.record.document for line in page.panel.lines.papers.lines] == ["5/BB", "12/XN"]


def test_initiatives_of_the_nominee_are_claimed_by_their_names(desk, page, office_ports) -> None:
    number = page.context.office().number
    nominee = page.panel.view.nominee.id
    other = save_record(office_ports, Person(id=office_ports.new_id(number))).record.id
    for name, whose in (("Lò sấy", nominee), ("Máy gặt", nominee), ("Của người khác", other)):
        one = Initiative(id=office_ports.new_id(number), person_id=whose, name=name, year=2023)
        save_record(office_ports, one)
    page.open_at(page.panel.view.proposal.id)
    desk.settle()
    QApplication.clipboard().setText("lò sấy\nMáy gặt\nCủa người khác\n")
    page.panel.lines.claims.pasting.emit("initiative_id")
    desk.settle()
    dialog = page.findChild(PasteDialog)
    assert [dialog.table.item(row, 1).text()[:7] for row in (1, 2, 3)] == [
        "Thêm",
        "Thêm",
        "Bỏ qua:",
    ]
    dialog.write.click()
    desk.settle()
    view = open_proposal(desk.ports, page.panel.view.proposal.id)
    names = {one.id: one.name for one in view.initiatives}
    assert {names[one.initiative_id] for one in view.claims} == {"Lò sấy", "Máy gặt"}
    dialog.reject()
    page.panel.lines.claims.pasting.emit("initiative_id")  # once more: nothing is claimed twice
    desk.settle()
    assert "2 dòng đã có y như vậy" in page.findChildren(PasteDialog)[-1].message.text()


def test_papers_of_a_letter_are_pasted(desk, page) -> None:
    dialog = desk.letter_begun(page)
    QApplication.clipboard().setText("Biên bản họp hội đồng\t7/BB-HĐ\t3/4/2024\t12")
    dialog.papers.lines.pasting.emit("")
    desk.settle()
    paste = dialog.findChild(PasteDialog)
    paste.write.click()
    desk.settle()
    (paper,) = [line.record for line in dialog.papers.lines.lines]
    assert (paper.paper, paper.document, paper.count) == (PaperSort.COUNCIL_MINUTES, "7/BB-HĐ", 12)
    assert paper.submission_id == dialog._letter.id
    assert paper.wording == word(PaperSort.COUNCIL_MINUTES)


def test_units_of_the_register_are_edited_many_at_once(province_desk) -> None:
    page = province_desk.go("units")
    page._view.clearSelection()
    for place in range(2):
        page._view.topLevelItem(place).setSelected(True)
    page.many.click()
    bulk = page.findChild(BulkDialog)
    assert bulk.windowTitle() == "Sửa hàng loạt 2 bản ghi"
    bulk.reject()
