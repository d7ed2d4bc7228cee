"""The merge desk in the window: by key, left and found again, merged; undo, slips, provenance."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton

from desk_work import two_texts, two_writers
from dropping import drop
from exchange_work import an_exchange, found_exchange, person_at, put
from office_work import a_person_proposed
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import BackupFailedError
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.services.desk import decided, lay_out
from thidua_desktop.services.differences import list_differences
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing
from thidua_desktop.storage.backups import BackupFolder
from thidua_desktop.ui.dialogs.reason_dialog import ReasonDialog
from thidua_desktop.ui.pages.bundle_page import DESK, DIFFERENCES, REGISTERS
from thidua_desktop.ui.pages.desk_tree import _NODE, Node
from typing_in import type_in

MANY, MOST_KEYS = 100, 150


@pytest.fixture
def world(new_province: Path, tmp_path: Path, clock):
    shutil.copytree(new_province, tmp_path / "w" / "province")
    found_exchange(tmp_path / "w", clock)
    return an_exchange(tmp_path / "w", clock)


class Keys:
    """Presses keys where the cursor is, and counts them."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.count = 0

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(self.desk.window.focusWidget(), key, modifier)
        self.desk.settle()

    def type(self, words: str) -> None:
        self.count += len(words)
        type_in(self.desk.window.focusWidget(), words)


def open_page(open_desk, ports):
    desk = open_desk(ports)
    page = desk.go("bundles")
    desk.settle()
    return desk, page


def agree(desk) -> None:
    box = desk.window.findChild(QMessageBox)
    box.findChild(object, "agreed").click()
    desk.settle()


def news(desk) -> str:
    return "\n".join(label.text() for label in desk.window.findChildren(QLabel))


def line_chosen(tree) -> tuple[str, object] | None:
    node = tree.currentIndex().data(_NODE)
    return (node.row.kind, node.row.id) if node and node.row else None


def test_a_hundred_differences_are_decided_by_key(open_desk, world) -> None:
    persons, _, second = two_writers(world, [f"Người {n}" for n in range(MANY)])
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    keys = Keys(desk)
    assert page.desk.record.left() == MANY
    order = [cell.id for _, cell in page.desk.record.cells()]
    for n in range(MANY):
        if n == 40:
            keys.press(Qt.Key.Key_Return)
            keys.type("Phó bí thư")
            keys.press(Qt.Key.Key_Return)
        elif n == 50:
            keys.press(Qt.Key.Key_0)
        else:
            keys.press(Qt.Key.Key_2 if n % 2 else Qt.Key.Key_1)
    assert page.desk.record.left() == 0
    assert keys.count <= MOST_KEYS
    assert len(decided(world.district)) == MANY

    page.desk.merge()
    desk.settle()
    desk.settle()
    position = {person.id: person_at(world.district, person.id).position for person in persons}
    assert position[order[0]].startswith("Trưởng thôn")
    assert position[order[1]].startswith("Bí thư chi bộ")
    assert position[order[40]] == "Phó bí thư"
    assert [one.id for one in list_differences(world.district)] == [order[50]]


def test_a_key_is_taken_back_and_the_cursor_goes_there(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một", "Hai", "Ba"])
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    keys = Keys(desk)
    first = page.desk.record.record.shown
    assert line_chosen(page.desk.tree) == first
    keys.press(Qt.Key.Key_1)
    assert page.desk.record.record.shown != first
    assert line_chosen(page.desk.tree) == page.desk.record.record.shown
    assert page.desk.record.left() == 2
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.desk.record.left() == 3
    assert page.desk.record.record.shown == first
    assert decided(world.district) == {}


def test_the_desk_opens_as_it_was_left(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một", "Hai", "Ba"])
    desk, page = open_page(open_desk, world.district)
    page.lay([second])
    desk.settle()
    desk.settle()
    Keys(desk).press(Qt.Key.Key_2)
    desk.window.close()
    desk.session.close()
    again, page = open_page(open_desk, world.district)
    assert page.desk.record.left() == 2
    assert len(page.desk.record.choices) == 1
    assert not list((world.folder / "district" / "data" / "ban-thu").glob("*/data/*.tmp"))
    again.window.close()


def test_all_of_an_office_is_taken_after_a_question_with_its_count(open_desk, world) -> None:
    persons, _, second = two_writers(world, ["Một", "Hai", "Ba"])
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    Keys(desk).press(Qt.Key.Key_1)
    page.desk.record.take_office(1)
    box = desk.window.findChild(QMessageBox)
    assert "2 chỗ" in box.text()
    agree(desk)
    assert page.desk.record.left() == 0
    page.desk.merge()
    desk.settle()
    desk.settle()
    taken = {person_at(world.district, person.id).position.split()[0] for person in persons}
    assert taken == {"Trưởng", "Bí"}
    assert list_differences(world.district) == ()


def test_the_live_differences_are_decided_by_key_too(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một", "Hai"])
    merge_bundles(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    page.tabs.setCurrentIndex(DIFFERENCES)
    page.differences.record.table.setFocus()
    keys = Keys(desk)
    keys.press(Qt.Key.Key_2)
    desk.settle()
    keys.press(Qt.Key.Key_1)
    desk.settle()
    assert list_differences(world.district) == ()


def begin_another_value(open_desk, world, bundle, place):
    """Open what differs after this bundle, on the desk or merged, and begin to type."""
    if place == DESK:
        lay_out(world.district, [bundle])
    else:
        merge_bundles(world.district, [bundle])
    desk, page = open_page(open_desk, world.district)
    page.tabs.setCurrentIndex(place)
    desk.settle()
    record = (page.desk.record if place == DESK else page.differences).record
    record.table.setFocus()
    Keys(desk).press(Qt.Key.Key_Return)
    return desk, page, record


@pytest.mark.parametrize("place", [DESK, DIFFERENCES])
def test_what_is_too_long_is_told_and_stays_to_be_mended(open_desk, world, place) -> None:
    _, _, second = two_writers(world, ["Một", "Hai"])
    desk, _, record = begin_another_value(open_desk, world, second, place)
    keys = Keys(desk)
    long = "Phó bí thư " * 4_000
    record.other.box.setText(long)
    keys.press(Qt.Key.Key_Return)
    said = [label.text() for label in desk.window.findChildren(QLabel)]
    assert any("quá dài" in one.lower() or "dài quá" in one.lower() for one in said), said
    assert record.other.words() == long
    assert desk.window.focusWidget() is record.other.box
    assert len(list_differences(world.district)) == (0 if place == DESK else 2)
    assert not decided(world.district)
    record.other.box.setText("Phó bí thư")
    keys.press(Qt.Key.Key_Return)
    assert len(decided(world.district)) == (1 if place == DESK else 0)
    assert len(list_differences(world.district)) == (0 if place == DESK else 1)


@pytest.mark.parametrize("place", [DESK, DIFFERENCES])
def test_another_value_of_a_long_text_keeps_its_lines(open_desk, world, place) -> None:
    one, _, second = two_texts(world, "Khoan giếng.", "Kéo đường ống.\n412 hộ dùng.")
    desk, page, record = begin_another_value(open_desk, world, second, place)
    keys = Keys(desk)
    keys.type("Khoan giếng,")
    keys.press(Qt.Key.Key_Return)  # a line ends
    keys.type("1 và 2 đều là chữ")
    keys.press(Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is record.table
    keys.press(Qt.Key.Key_Return)  # what was typed waits there
    keys.press(Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is not record.other.box
    assert not decided(world.district)
    record.table.setFocus()
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.type("kéo đường ống.")
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = "Khoan giếng,\n1 và 2 đều là chữ\nkéo đường ống."
    if place == DESK:
        (status,) = [row.status for row in record.table.fields.rows if row.key == "summary"]
        assert "\n" not in status
        assert record.other.words() == said
        page.desk.merge()
        desk.settle()
        desk.settle()
    with world.district.store.read() as work:
        assert work.records.get(Initiative, one.id).summary == said
    assert list_differences(world.district) == ()


def test_a_long_text_is_changed_from_the_one_at_the_right(open_desk, world) -> None:
    _, _, second = two_texts(world, "Khoan giếng.", "Kéo đường ống.\n412 hộ dùng.")
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    record = page.desk.record.record
    keys = Keys(desk)
    keys.press(Qt.Key.Key_F2)
    keys.type(" Khoan cả giếng.")
    keys.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    said = "Kéo đường ống.\n412 hộ dùng. Khoan cả giếng."
    assert [choice.said for choice in decided(world.district).values()] == [said]
    record.table.setFocus()
    keys.press(Qt.Key.Key_F2)  # goes on with what was typed
    assert record.other.words() == said


def test_words_typed_for_one_cell_wait_while_another_is_looked_at(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một", "Hai"])
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    record = page.desk.record.record
    keys = Keys(desk)
    keys.press(Qt.Key.Key_F2)
    assert record.other.words().startswith("Bí thư chi bộ")
    keys.type(" kiêm trưởng thôn")
    typed = record.other.words()
    page.desk.record.step(1)
    desk.settle()
    assert record.other.words() == ""
    page.desk.record.step(-1)
    desk.settle()
    assert record.other.words() == typed


def test_an_import_is_taken_out_and_can_come_again(open_desk, world) -> None:
    put(world.district, "Một")
    path = world.made(world.district)
    merge_bundles(world.province, [path])
    desk, page = open_page(open_desk, world.province)
    page.tabs.setCurrentIndex(REGISTERS)
    register = page.registers
    register.received.choose(list_bundles(world.province).received[-1].id)
    register.undo_button.click()
    desk.settle()
    dialog = desk.window.findChild(QDialog)
    assert "Sạch" in dialog.message.text()
    dialog.agree.click()
    desk.settle()
    desk.settle()
    assert list_bundles(world.province).received[-1].undone_at is not None
    assert merge_bundles(world.province, [path]).reports[0].state is BundleState.NEW


def test_a_slip_is_written(open_desk, world, folder: Path) -> None:
    put(world.district, "Một")
    merge_bundles(world.province, [world.made(world.district)])
    desk, page = open_page(open_desk, world.province)
    page.registers.write_slip(list_bundles(world.province).received[-1].id, folder / "phiếu.pdf")
    desk.settle()
    assert (folder / "phiếu.pdf").read_bytes().startswith(b"%PDF")


def test_where_a_value_is_from_is_shown_by_key_and_by_button(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một"])
    lay_out(world.district, [second])
    desk, page = open_page(open_desk, world.district)
    keys = Keys(desk)
    keys.press(Qt.Key.Key_1)
    for ask in (
        lambda: keys.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier),
        page.desk.record.record.ask.click,
    ):
        ask()
        desk.settle()
        (dialog,) = desk.window.findChildren(QDialog)  # and nothing else was opened
        said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
        assert "Chức vụ, nghề nghiệp" in said
        assert "Trưởng thôn Một" in said
        assert "Ủy ban nhân dân huyện Kiến Xương" in said
        dialog.copy.click()
        *_, last = QApplication.clipboard().text().splitlines()
        assert last.startswith("Lần 3: Bí thư chi bộ Một | ")
        assert "Ủy ban nhân dân huyện Kiến Xương" in last
        assert len(decided(world.district)) == 1  # nor was anything taken back
        dialog.accept()
        dialog.setParent(None)


def test_the_window_leaves_no_copy(open_desk, world) -> None:
    _, _, second = two_writers(world, ["Một"])
    lay_out(world.district, [second])
    desk, _page = open_page(open_desk, world.district)
    copies = world.folder / "district" / "data" / "ban-thu"
    assert len(list(copies.iterdir())) == 1
    desk.window.close()
    desk.session.close()
    assert not copies.exists()


def test_any_field_of_a_form_says_where_it_is_from(open_desk, world) -> None:
    desk = open_desk(world.district)
    page = desk.go("units")
    desk.settle()
    editor = page.form.editors["name"]
    assert "Từ đâu ra?" in [action.text() for action in editor.menu().actions()]
    editor.inner.setFocus()
    Keys(desk).press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    said = "\n".join(label.text() for label in desk.window.findChild(QDialog).findChildren(QLabel))
    assert "Đang dùng" in said
    assert "Tỉnh Thái Bình · đến theo gói số 1" in said


def test_a_folder_is_dropped_with_all_its_bundles(open_desk, world, tmp_path) -> None:
    folder = tmp_path / "từ các huyện"
    folder.mkdir()
    for ports in (world.district, world.other):
        put(ports, "Đặng Thị Ngọc Ẩn")
        shutil.copy(world.made(ports), folder)
    desk, page = open_page(open_desk, world.province)
    drop(page, folder)
    desk.settle()
    assert [one.state for one in page.desk.plan.reports] == [BundleState.NEW] * 2
    (folder / "ghi chú.txt").write_text("không phải gói")
    drop(page, folder / "ghi chú.txt")
    desk.settle()
    assert len(page.desk.plan.files) == 2
    said = [label.text() for label in desk.window.findChildren(QLabel)]
    assert any("Không phải gói (.tdkt)" in one and "ghi chú.txt" in one for one in said)


def test_what_is_dropped_while_another_lot_is_planned_comes_after_it(open_desk, world) -> None:
    for name in ("Một", "Hai"):
        put(world.district, name)
        drop_made = world.made(world.district)
        if name == "Một":
            desk, page = open_page(open_desk, world.province)
        drop(page, drop_made)  # the second one while the first is copied
    assert "xong thì gói vừa đưa vào được chép lên bàn" in news(desk)
    desk.settle()
    desk.settle()
    assert len(page.desk.plan.files) == 2


def test_who_stops_the_copying_is_told_what_is_left(open_desk, world, tmp_path) -> None:
    desk, page = open_page(open_desk, world.province)
    put(world.district, "Một")
    folder = tmp_path / "gói"
    folder.mkdir()
    shutil.copy(world.made(world.district), folder)
    drop(page, folder)
    page.desk._running.stop()
    desk.settle()
    assert "còn 1 tệp chưa chép; thả lại lúc nào cũng được. Bàn vẫn như cũ." in news(desk)
    drop(page, folder)
    desk.settle()
    assert len(page.desk.plan.files) == 1


def test_a_stick_that_is_pulled_out_while_it_is_copied_is_told_with_how_much(
    open_desk, world, tmp_path
) -> None:
    desk, page = open_page(open_desk, world.province)
    put(world.district, "Một")
    stick = tmp_path / "usb"
    stick.mkdir()
    copied = shutil.copy(world.made(world.district), stick / "0.tdkt")
    page.lay([Path(copied), *(stick / f"{n}.tdkt" for n in range(1, 6))])  # which are gone
    desk.settle()
    assert "Không đọc được 5 tệp: 1.tdkt, 2.tdkt, 3.tdkt và 2 tệp nữa." in news(desk)
    assert "1 gói đã nằm trên bàn" in news(desk)
    assert len(page.desk.plan.files) == 1


def test_a_bundle_under_a_phrase_is_opened_on_the_desk(open_desk, world, tmp_path) -> None:
    put(world.district, "Đặng Thị Ngọc Ẩn")
    words = "ba mươi con cò bay"
    path = export_bundle(
        world.district, path=tmp_path / "khóa.tdkt", packing=Packing(phrase=words)
    ).path
    lay_out(world.province, [path])
    desk, page = open_page(open_desk, world.province)
    (report,) = page.desk.plan.reports
    assert report.code == "E-PHRASE"
    page.desk._show_node(Node(report=report))
    for typed, state in (("khác hẳn", BundleState.REFUSED), (words, BundleState.NEW)):
        type_in(page.desk.bundle.phrase, typed)
        QTest.keyClick(page.desk.bundle.phrase, Qt.Key.Key_Return)
        desk.settle()
        assert [one.state for one in page.desk.plan.reports] == [state]
    assert not page.desk.bundle.phrase.isVisible()


def test_a_letter_that_is_not_what_was_submitted_is_told_on_the_desk(open_desk, pair) -> None:
    pair.up()
    letter = pair.submit(a_person_proposed(pair.office))
    with pair.office.store.write() as work:
        work.records.write(Submission, letter, {"snapshot": work.blobs.put(b"[]")})
        work.records.share(work.records.drafts())
        work.commit()
    lay_out(pair.province, [export_bundle(pair.office, path=pair.folder / "trình.tdkt").path])
    desk, page = open_page(open_desk, pair.province)
    (report,) = page.desk.plan.reports
    page.desk.tree.picked.emit(Node(report=report))
    shown = [label.text() for label in page.desk.findChildren(QLabel) if label.isVisible()]
    assert any("bản chụp hồ sơ lúc trình không đọc được" in words for words in shown)
    page.desk.merge()
    desk.settle()
    assert len(list_bundles(pair.province).received) > 1  # nothing is locked


def test_a_full_backup_disk_is_told_and_a_person_may_merge_without(
    open_desk, world, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.district, "Đặng Thị Ngọc Ẩn")
    lay_out(world.province, [world.made(world.district)])
    before = len(list_bundles(world.province).received)

    def full(*_: object) -> None:
        raise BackupFailedError("D:/sao-luu", is_full=True)

    monkeypatch.setattr(BackupFolder, "make", full)
    desk, page = open_page(open_desk, replace(world.province, keeps_backups=True))
    page.desk.merge()
    desk.settle()
    box = desk.window.findChild(QMessageBox)
    assert "ổ đĩa đã đầy" in box.text()
    assert "chỉ khôi phục được bản sao lưu gần nhất" in box.text()
    assert len(list_bundles(world.province).received) == before

    box.reject()  # the bundle stays on the desk
    desk.settle()
    assert len(page.desk.plan.files) == 1
    page.desk.merge()
    desk.settle()
    desk.window.findChildren(QMessageBox)[-1].findChild(object, "agreed").click()
    desk.settle()
    assert len(list_bundles(world.province).received) == before + 1
    assert page.desk.plan.files == ()


def test_a_bundle_that_waits_for_ever_is_dismissed_in_the_register(
    open_desk, world, tmp_path
) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    ghost = world.copy_of("district")
    put(world.district, "Bản chính")
    put(ghost, "Bản sao")
    for ports in (world.district, ghost):
        world.carry(ports, world.province)
    desk, page = open_page(open_desk, world.province)
    page.tabs.setCurrentIndex(REGISTERS)
    registers = page.registers
    registers.tabs.setCurrentIndex(2)  # those that wait
    registers.waiting.step(1)
    desk.settle()
    assert registers.dismiss_button.isVisible()
    registers.dismiss_button.click()
    dialog = registers.findChild(ReasonDialog)
    buttons = {one.text(): one for one in dialog.findChildren(QPushButton)}
    buttons["Gác lại"].click()  # not without a reason
    assert dialog.isVisible()
    type_in(dialog.reason, "Máy chép đã hủy.")
    buttons["Gác lại"].click()
    desk.settle()
    assert list_bundles(world.province).parked == ()
    (said,) = list_bundles(world.province).dismissed
    assert said.reason == "Máy chép đã hủy."
    assert not registers.dismiss_button.isVisible()
