"""What a clerk does in the window, and what then stands in the database."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from office_work import a_person_proposed
from printed import texts_of
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Criterion, Evidence, Score
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.domain.people import Household, Person
from thidua_desktop.domain.proposals import (
    Outcome,
    Proposal,
    ProposalState,
    Review,
    Subject,
    Submission,
)
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.print_choices import print_choice
from thidua_desktop.services.proposals import open_proposal, proposal_list
from thidua_desktop.services.sending import Packing
from thidua_desktop.ui.dialogs.rank_dialog import RankDialog
from thidua_desktop.ui.forms.asked_field import AskedField, field_at
from thidua_desktop.ui.manual_window import ManualWindow
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.widgets.rows import Row, RowModel
from typing_in import type_in


def records(desk, kind):
    with desk.ports.store.read() as work:
        return work.records.having(kind)


def fill(form, **fields: str) -> None:
    for name, words in fields.items():
        inner = form.editors[name].inner
        inner.setFocus()
        if isinstance(inner, QLineEdit):
            inner.selectAll()
        else:
            inner.selectAll() if isinstance(inner, QPlainTextEdit) else None
        type_in(inner, words)


def choose(form, name: str, words: str) -> None:
    combo = form.editors[name].inner
    place = combo.findText(words)
    assert place > 0, [combo.itemText(n) for n in range(combo.count())]
    combo.setCurrentIndex(place)


def new_person(desk):
    page = desk.go("proposals")
    page.create_for(Subject.PERSON)
    desk.settle()
    return page


def awarded(desk):
    """A new person, proposed for an award."""
    page = new_person(desk)
    choose(page.panel.form, "award_form_id", "Giấy khen")
    desk.pause()
    return page


def test_what_is_typed_is_saved_by_itself(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Đặng Thị Ngọc Ẩn", birth_date="12/3/1984")
    choose(page.panel.nominees[Subject.PERSON], "gender", "Nữ")
    choose(page.panel.form, "award_form_id", "Giấy khen")
    fill(page.panel.form, summary="Vận động hiến đất.")
    desk.pause()

    (person,) = records(desk, Person)
    (proposal,) = records(desk, Proposal)
    assert person.full_name == "Đặng Thị Ngọc Ẩn"
    assert person.birth_date.iso() == "1984-03-12"
    assert proposal.summary == "Vận động hiến đất."
    assert proposal.citation
    assert "Đặng Thị Ngọc Ẩn" in page.panel.head.title.text()


def test_decomposed_letters_are_stored_composed(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Nguye\u0302\u0303n  Thi\u0323 Thuy\u0309")
    desk.pause()
    (person,) = records(desk, Person)
    assert person.full_name == "Nguyễn Thị Thuỷ"


def test_unikey_s_backspace_and_resend_leave_the_word_as_meant(desk) -> None:
    page = new_person(desk)
    line = page.panel.nominees[Subject.PERSON].editors["full_name"].inner
    line.setFocus()
    for keys, erase, composed in (("tie", 1, "ế"), ("ng", 0, "")):
        for key in keys:
            QTest.keyClick(line, key)
        for _ in range(erase):
            QTest.keyClick(line, Qt.Key.Key_Backspace)
        if composed:
            type_in(line, composed)
    assert line.text() == "tiếng"


def test_a_wrong_field_is_named_beside_it_and_nothing_typed_is_lost(desk) -> None:
    page = new_person(desk)
    form = page.panel.nominees[Subject.PERSON]
    fill(form, full_name="Hà Thị Mỵ", birth_date="31/2/1988")
    desk.pause()

    complaint = form.findChild(QLabel, "birth_date_issue")
    assert "Không đọc được ngày" in complaint.text()
    assert form.editors["birth_date"].inner.text() == "31/2/1988"
    (person,) = records(desk, Person)
    assert person.full_name == "Hà Thị Mỵ"
    assert person.birth_date is None

    fill(form, birth_date="8/1988")
    desk.pause()
    assert records(desk, Person)[0].birth_date.iso() == "1988-08"
    assert not complaint.text()


def test_enter_goes_to_the_next_field(desk) -> None:
    page = new_person(desk)
    form = page.panel.nominees[Subject.PERSON]
    first = form.editors["full_name"].inner
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert form.editors["birth_date"].inner.hasFocus()


def test_leaving_the_page_saves_at_once(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Lê Văn Bình")
    desk.go("overview")
    assert records(desk, Person)[0].full_name == "Lê Văn Bình"


def test_evidence_and_contributions_are_added_in_lines(desk) -> None:
    page = desk.go("proposals")
    page.create_for(Subject.HOUSEHOLD)
    desk.settle()
    page.panel.lines.contributions.findChild(QPushButton, "add_contribution").click()
    desk.settle()
    page.panel.lines.evidence.findChild(QPushButton, "add_evidence").click()
    desk.settle()
    line = page.panel.lines.contributions.lines[0]
    fill_line = line.editors["quantity"].inner
    fill_line.setFocus()
    type_in(fill_line, "186,5")
    desk.pause()

    with desk.ports.store.read() as work:
        (evidence,) = work.records.having(Evidence)
        (household,) = work.records.having(Household)
    view = desk.window.page.panel.view
    assert str(view.contributions[0].quantity) == "186.50"
    assert evidence.proposal_id == desk.window.page.panel.view.proposal.id
    assert evidence.wording == ""
    assert household.id == view.nominee.id


def test_search_needs_no_marks_and_states_filter(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Trịnh Văn Ổn")
    desk.pause()
    type_in(page._search, "trinh on")
    assert page._list.rows.rowCount() == 1
    page._search.setText("khong co ai")
    assert page._list.rows.rowCount() == 0
    page._search.clear()
    page._state.setCurrentIndex(page._state.findData(ProposalState.SUBMITTED))
    assert page._list.rows.rowCount() == 0


def submit_one(desk) -> None:
    page = new_person(desk)
    form = page.panel.nominees[Subject.PERSON]
    fill(form, full_name="Đặng Thị Ngọc Ẩn", birth_date="1984")
    choose(form, "gender", "Nữ")
    choose(page.panel.form, "award_form_id", "Giấy khen")
    fill(page.panel.form, summary="Vận động hiến đất.")
    desk.pause()
    dialog = desk.letter_begun(page)
    fill(dialog.signer.form, full_name="Đỗ Quang Vịnh", position="Chủ tịch")
    dialog.send.click()
    desk.settle()


def test_a_letter_is_made_and_submitted_and_the_proposal_is_locked(desk) -> None:
    submit_one(desk)
    (row,) = proposal_list(desk.ports)
    assert row.state is ProposalState.SUBMITTED
    page = desk.window.page
    assert page.panel.form.editors["summary"].inner.isReadOnly()
    assert "Đã trình" in page.panel.head.chip.text()


def test_what_is_submitted_can_be_taken_back(desk) -> None:
    submit_one(desk)
    page = desk.window.page
    assert not page.panel.head.delete.isVisible()
    page.panel.head.withdraw.click()
    desk.settle()
    (row,) = proposal_list(desk.ports)
    assert row.state is ProposalState.DRAFT
    assert not page.panel.form.editors["summary"].inner.isReadOnly()
    assert not page.panel.head.withdraw.isVisible()


def test_a_deleted_proposal_can_be_taken_back(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Lê Văn Bình")
    page.panel.head.delete.click()
    desk.settle()
    assert proposal_list(desk.ports) == ()
    assert page.undo.isVisible()
    page.undo.undo.click()
    desk.settle()
    (row,) = proposal_list(desk.ports)
    assert row.name == "Lê Văn Bình"
    assert page.panel.head.title.text() == "Lê Văn Bình"


def test_going_on_to_another_proposal_loses_no_line_being_typed(desk) -> None:
    new_person(desk)
    page = new_person(desk)
    page.panel.lines.evidence.findChild(QPushButton, "add_evidence").click()
    desk.settle()
    editor = page.panel.lines.evidence.lines[0].editors["wording"].inner
    editor.setFocus()
    type_in(editor, "Hiến 412 m².")
    page.step(1)
    page.step(-1)
    desk.settle()
    (evidence,) = records(desk, Evidence)
    assert evidence.wording == "Hiến 412 m²."


def test_a_period_turned_round_keeps_the_rest_of_what_was_typed(desk) -> None:
    page = new_person(desk)
    fill(page.panel.form, achieved_from="2024", achieved_to="2023", summary="Hiến đất.")
    desk.pause()
    (proposal,) = records(desk, Proposal)
    assert proposal.summary == "Hiến đất."
    assert proposal.achieved_to is None
    assert page.panel.form.editors["achieved_to"].typed() == "2023"
    assert page.panel.form.findChild(QLabel, "achieved_to_issue").text()


def test_a_letter_given_up_keeps_what_was_filled_in(desk) -> None:
    page = awarded(desk)
    for number in ("", "128/TTr-UBND"):
        dialog = desk.letter_begun(page)
        assert dialog.form.editors["number"].typed() == number
        fill(dialog.form, number="128/TTr-UBND")
        dialog.reject()
        desk.settle()
    assert len(records(desk, Submission)) == 1


def test_urgency_circulation_and_who_drew_it_up_are_filled_in_with_the_letter(desk) -> None:
    dialog = desk.letter_begun(awarded(desk))
    assert "LƯU HÀNH NỘI BỘ" in dialog.form.editors["circulation"].inner.placeholderText()
    choose(dialog.form, "urgency", "Hỏa tốc")
    fill(dialog.form, circulation="xem xong trả lại", drafter="NVT", copies="không")
    dialog.reject()
    desk.settle()
    (letter,) = records(desk, Submission)
    said = (letter.urgency, letter.circulation, letter.drafter, letter.copies)
    assert said == (Urgency.MOST_URGENT, "xem xong trả lại", "NVT", None)


def test_what_the_letter_itself_lacks_is_filled_in_where_it_stands(desk) -> None:
    dialog = desk.letter_begun(awarded(desk))
    fill(dialog.form, place="")
    dialog.form.editors["place"].inner.clear()
    dialog.send.click()
    desk.settle()
    listed = [dialog.missing.item(n).text() for n in range(dialog.missing.count())]
    place = listed.index("Tờ trình: Địa danh")
    dialog._jump(dialog.missing.item(place))
    assert dialog.isVisible()
    assert dialog.form.editors["place"].inner.hasFocus()
    dialog.reject()
    desk.settle()


def test_what_is_missing_is_listed_and_each_line_leads_to_its_field(desk) -> None:
    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Thiếu Nhiều")
    choose(page.panel.form, "award_form_id", "Giấy khen")
    desk.pause()
    dialog = desk.letter_begun(page)
    dialog.send.click()
    desk.settle()

    listed = [dialog.missing.item(n).text() for n in range(dialog.missing.count())]
    assert any("Tóm tắt thành tích" in words for words in listed)
    assert dialog.isVisible()
    place = next(n for n, words in enumerate(listed) if "Tóm tắt thành tích" in words)
    dialog._jump(dialog.missing.item(place))
    desk.settle()
    assert desk.window.focusWidget() is page.panel.form.editors["summary"].inner


def test_a_criterion_is_judged_and_proved(desk) -> None:
    page = desk.go("checklist")
    page.panel.met.click()
    desk.settle()
    fill(page.form, note="Hoàn thành 14/14 công trình.")
    desk.pause()
    page.evidence.findChild(QPushButton, "add_evidence").click()
    desk.settle()

    (score,) = records(desk, Score)
    assert score.assessment is Assessment.MET
    assert score.note == "Hoàn thành 14/14 công trình."
    assert field_at(page.panel.met) == AskedField("score", score.id, "assessment")
    (evidence,) = records(desk, Evidence)
    assert evidence.score_id == score.id
    assert page._bar.value() == 1
    assert "1/22" in page._bar.format()


def test_a_department_makes_its_own_set_and_gives_points(desk) -> None:
    page = desk.go("criteria")
    assert page.form.editors["points"].inner.isReadOnly()
    page._make_own()
    desk.settle()
    rows = page._sets
    own = next(one for one in rows if one.is_own)
    page._set_list.choose(own.criteria_set.id)
    desk.settle()
    fill(page.form, points="10,5")
    desk.pause()
    with desk.ports.store.read() as work:
        criteria = work.records.having(Criterion, set_id=own.criteria_set.id)
    points = [one.points for one in criteria]
    assert [str(p) for p in points if p is not None] == ["10.50"]


def test_an_own_set_is_made_once_and_gains_and_loses_criteria(desk) -> None:
    page = desk.go("criteria")
    assert not page._add.isVisible()
    page._make_own()
    desk.settle()
    page._make_own()
    desk.settle()
    assert len(records(desk, CriteriaSet)) == 2
    page.begin_new()
    desk.settle()
    assert page.form.editors["wording"].inner.hasFocus()
    fill(page.form, wording="Mỗi xã có một công trình do Nhân dân góp sức.")
    desk.pause()
    assert "23 tiêu chí" in page._count.text()
    boxes = page.panel.groups.findChildren(QCheckBox)
    boxes[1].click()
    desk.settle()
    assert [group.name for group in page._criteria[-1].groups] == [boxes[1].text()]
    assert boxes[1].isChecked()
    page.panel.remove.click()
    desk.settle()
    assert "22 tiêu chí" in page._count.text()


def test_more_points_than_there_are_keep_the_note_all_the_same(desk) -> None:
    page = desk.go("criteria")
    page._make_own()
    desk.settle()
    fill(page.form, points="10")
    desk.pause()
    page = desk.go("checklist")
    page.choice.sets.setCurrentIndex(1)
    desk.settle()
    fill(page.form, self_score="10,5", note="Vượt kế hoạch.")
    desk.pause()
    (score,) = records(desk, Score)
    assert (score.self_score, score.note) == (None, "Vượt kế hoạch.")
    assert page.form.editors["self_score"].typed() == "10,5"
    assert page.form.findChild(QLabel, "self_score_issue").text()


def test_a_list_is_shown_cell_by_cell_before_it_is_imported(desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    from thidua_desktop.services.sheets import write_template  # noqa: PLC0415
    from thidua_desktop.ui.dialogs.import_list import ImportList  # noqa: PLC0415

    path = tmp_path / "danh sách.xlsx"
    write_template(desk.ports, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    cells = {str(cell.value).rstrip(" *"): cell for cell in heads}
    said = {
        "Đối tượng": "Cá nhân",
        "Họ và tên, tên tập thể, chủ hộ": "Trịnh Văn Ổn",
        "Ngày sinh": "32/13/1980",
        "Hình thức đề nghị": "Giấy khen",
        "Năm xét": "2024",
        "Tóm tắt thành tích": "Vận động hiến đất.",
    }
    for heading, words in said.items():
        sheet.cell(heads[0].row + 1, cells[heading].column).value = words
    book.save(path)

    page = desk.go("proposals")
    page._import_list()
    dialog = page.findChild(ImportList)
    dialog.open_file(path)
    desk.settle()
    heading = [
        dialog.table.horizontalHeaderItem(n).text() for n in range(dialog.table.columnCount())
    ]
    wrong = dialog.table.item(0, heading.index("Ngày sinh"))
    assert "32/13/1980" in wrong.text()
    assert "Không đọc được ngày" in wrong.toolTip()
    assert not dialog.import_button.isEnabled()

    sheet.cell(heads[0].row + 1, cells["Ngày sinh"].column).value = "8/1980"
    book.save(path)
    dialog.open_file(path)
    desk.settle()
    dialog.import_button.click()
    desk.settle()
    assert [row.name for row in proposal_list(desk.ports)] == ["Trịnh Văn Ổn"]


def test_a_unit_is_found_without_marks_and_dissolved_ones_are_shown_as_such(desk) -> None:
    page = desk.go("units")
    assert "299" in page._count.text()
    type_in(page._search, "an khe")
    desk.settle()
    assert "An Khê" in page._view.topLevelItem(0).text(0)
    page._search.clear()
    page._day.setText("1/7/2025")
    page._dissolved.setChecked(True)
    desk.settle()
    page._search.setText("huyen kien xuong")
    words = [page._view.topLevelItem(n).text(0) for n in range(page._view.topLevelItemCount())]
    assert any("đã hết hiệu lực" in one for one in words)


def test_an_office_proposes_its_own_address(desk) -> None:
    page = desk.go("units")
    assert page._shown.code == "ubnd-343"
    assert page.form.editors["name"].inner.isReadOnly()
    fill(page.form, address="Thị trấn Kiến Xương")
    desk.pause()
    with desk.ports.store.read() as work:
        assert work.records.having(Unit, code="ubnd-343")[0].address == "Thị trấn Kiến Xương"


def test_bundles_go_out_and_come_in_with_a_preview_first(
    province, desk, open_desk, folder: Path
) -> None:
    submit_one(desk)
    sending = desk.go("bundles")
    sending.export_to(folder)
    desk.settle()
    (bundle,) = folder.glob("*.tdkt")

    other = open_desk(province)
    receiving = other.go("bundles")
    receiving.lay([bundle])
    other.settle()
    other.settle()
    assert not records(other, Person)
    assert len(receiving.desk.plan.reports) == 1
    receiving.desk.merge()
    other.settle()
    other.settle()
    assert receiving._accept.isVisible()
    receiving._accept_all()
    other.settle()
    assert records(other, Person)[0].full_name == "Đặng Thị Ngọc Ẩn"

    review = other.go("proposals")
    review.panel.review.reason.setText("Thiếu xác nhận.")
    review.panel._answer(Outcome.RETURNED, "Thiếu xác nhận.")
    other.settle()
    assert records(other, Review)[0].outcome is Outcome.RETURNED
    assert "Trả lại" in review.panel.head.chip.text()


def test_a_return_is_read_where_the_work_is(province, desk, tmp_path: Path) -> None:
    from thidua_desktop.services.reviews import review_proposal  # noqa: PLC0415

    submit_one(desk)
    up = export_bundle(desk.ports, path=tmp_path / "lên.tdkt")
    merge_bundles(province, [up.path])
    accept(province, None)
    (row,) = proposal_list(province)
    review_proposal(province, row.id, Outcome.RETURNED, reason="Thiếu xác nhận của xã.")
    down = export_bundle(province, path=tmp_path / "về.tdkt", packing=Packing(for_unit="ubnd-343"))
    merge_bundles(desk.ports, [down.path])

    overview = desk.go("overview")
    said = " ".join(label.text() for label in overview.findChildren(QLabel))
    assert "Thiếu xác nhận của xã." in said
    page = desk.go("proposals")
    assert page.panel.head.returned.isVisible()
    assert not page.panel.form.editors["summary"].inner.isReadOnly()


def saved_as_ticked_only(dialog) -> None:
    """Without a format there is nothing to save as, and that is said."""
    box, lacking = dialog.options.formats[PaperFormat.PDF], dialog.options.lacking
    for is_ticked in (False, True):
        box.setChecked(is_ticked)
        assert dialog.save.isEnabled() is is_ticked
        assert lacking.isHidden() is is_ticked


def test_the_papers_are_previewed_saved_and_printed(desk, folder: Path) -> None:
    from thidua_desktop.ui.dialogs.layout_dialog import LayoutDialog  # noqa: PLC0415
    from thidua_desktop.ui.dialogs.print_preview import PrintPreview  # noqa: PLC0415

    page = new_person(desk)
    fill(page.panel.nominees[Subject.PERSON], full_name="Đặng Thị Ngọc Ẩn")
    choose(page.panel.form, "award_form_id", "Giấy khen")
    desk.pause()
    page.preview()
    desk.settle()
    dialog = page.findChild(PrintPreview)
    desk.qtbot.waitUntil(dialog.save.isEnabled, timeout=15_000)
    assert dialog.pages.wanted() >= (0, 1, 2)
    # Enter in a field of the window goes to the page, and presses nothing.
    dialog.view.number.clear()
    type_in(dialog.view.number, "2")
    QTest.keyClick(dialog.view.number, Qt.Key.Key_Return)
    assert dialog.view.pages.page == 1
    assert dialog.isVisible()
    dialog.options.split.button(1).setChecked(True)
    saved_as_ticked_only(dialog)
    dialog.save_to(folder)
    desk.settle()
    assert len(list(folder.glob("*.pdf"))) == 2
    assert dialog.message.text().startswith("Đã lưu 2 tệp.")
    assert dialog.folder.isVisible()

    # The other set of letter sizes: what is shown is built anew, and this PC prints so from now on.
    before = dialog._shown
    dialog.options.sizes.button(1).click()
    desk.qtbot.waitUntil(lambda: dialog._shown is not before, timeout=15_000)
    desk.settle()
    assert print_choice(desk.session.ports()).sizes is SizeSet.SMALL

    # A machine without a printer: the pages asked for become a PDF, and that is said.
    dialog.pages.setText("7-9")
    assert not dialog.to_printer.isEnabled()
    dialog.pages.setText("2-")
    assert dialog.pages.wanted() == (1, 2)
    dialog.print_to(folder / "in.pdf", dialog.pages.wanted())
    desk.settle()
    assert len(texts_of((folder / "in.pdf").read_bytes())) == 2
    assert "chưa có máy in" in dialog.message.text()

    # Which forms they are by the decree of the day; what is off in them, and in any other file.
    assert "Tờ trình (F01): mẫu số 01, Nghị định" in dialog.options.forms.text()
    assert "mẫu dựng lại" in dialog.options.forms.text()
    dialog.options.measure.click()
    desk.settle()
    measuring = dialog.findChild(LayoutDialog)
    desk.qtbot.waitUntil(measuring.choose.isEnabled, timeout=15_000)
    assert "đúng thể thức ở mọi chỗ đo được" in measuring.message.text()
    (folder / "khác.docx").write_bytes(b"PK\x03\x04")
    measuring.measure_files([folder / "in.pdf", folder / "khác.docx"])
    desk.settle()
    desk.qtbot.waitUntil(measuring.choose.isEnabled, timeout=15_000)
    assert "khác.docx" in measuring.message.text()
    measuring.reject()
    dialog.reject()


def test_rows_pass_qt_s_own_test(qtmodeltester) -> None:
    model = RowModel()
    model.show_rows([Row(1, "Một", "dưới", "Đạt", "ok"), Row(2, "Hai")])
    qtmodeltester.check(model)


def test_every_place_is_one_shortcut_away(desk) -> None:
    digits = iter("1234567890")
    for place in PLACES:
        key = next(digits, "") if not place.keys else ""
        if key:
            QTest.keyClick(desk.window, key, Qt.KeyboardModifier.ControlModifier)
        elif place.keys:
            QTest.keyClick(desk.window, getattr(Qt.Key, f"Key_{place.keys}"))
        else:
            continue
        desk.settle()
        if not desk.window._buttons[place.key].isHidden():
            assert desk.window._buttons[place.key].isChecked(), place.key


def test_f1_opens_the_manual_at_the_page_that_is_shown(desk) -> None:
    for place in PLACES:
        if place.for_province:
            continue
        desk.go(place.key)
        desk.window.activateWindow()  # as the desktop does when the manual closes
        desk.qtbot.waitUntil(desk.window.isActiveWindow)
        QTest.keyClick(desk.window, Qt.Key.Key_F1)
        manual = desk.window.findChild(ManualWindow)
        assert manual.browser.source().fileName() == f"{place.manual}.md"
        manual.close()


def test_f1_helps_in_a_dialog_too(desk) -> None:
    page = desk.go("checklist")
    page.show_ranks()
    (dialog,) = page.findChildren(RankDialog)
    QTest.keyClick(dialog.points, Qt.Key.Key_F1)
    (manual,) = dialog.findChildren(ManualWindow)
    assert manual.isVisible()
    assert "Phiếu tiêu chí" in manual.browser.toPlainText()
    dialog.reject()


def test_a_proposal_is_about_whom_the_picker_finds_or_about_a_new_one(desk, office_ports) -> None:
    from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker  # noqa: PLC0415

    known = open_proposal(office_ports, a_person_proposed(office_ports, "Đặng Thị Ẩn")).nominee
    page = desk.go("proposals")
    desk.session.search.begin()
    desk.settle()
    page.begin_new()
    picker = page.findChild(NomineePicker)
    type_in(picker.line, "dang thi an")
    assert picker.list.rows.index(0).data() == "Đặng Thị Ẩn"
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    desk.settle()
    rows = proposal_list(desk.ports)
    assert [row.nominee_id for row in rows] == [known.id, known.id]
    page.begin_new()
    picker = [one for one in page.findChildren(NomineePicker) if one.isVisible()][-1]
    type_in(picker.line, "Tổ dân phố số 7")
    QTest.keyClick(picker.line, Qt.Key.Key_Down)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    desk.settle()
    assert (page.panel.view.nominee.name, page.panel.head.title.text()) == ("Tổ dân phố số 7",) * 2
