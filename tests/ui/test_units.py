"""The register in the window: who is where on a day, what became of whom, all without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTreeWidgetItemIterator

from office_work import a_person_proposed
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupMember, PeerGroupRole, members_on
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Succession, Unit
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.units import find_unit
from thidua_desktop.ui.dialogs.change_units import ChangeUnits
from thidua_desktop.ui.dialogs.group_dialog import GroupDialog
from thidua_desktop.ui.dialogs.new_unit import NewUnit
from thidua_desktop.ui.dialogs.undo_change import UndoChange
from typing_in import type_in

DAY = PartialDate(2026, 1, 1)


class NoMouse(QObject):
    """Counts what a mouse would do."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            self.events += 1
        return False


@pytest.fixture
def no_mouse(qapp):
    watch = NoMouse()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)
    assert watch.events == 0


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    window = QApplication.activeWindow()
    focus = QApplication.focusWidget() or window
    assert focus is not None
    QTest.keyClick(focus, code, modifier)


def typed(text: str) -> None:
    """Type over what stands in the field that has the cursor."""
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit), line
    line.selectAll()
    type_in(line, text)


def enter() -> None:
    key(Qt.Key.Key_Return)


def go_to(name: str) -> None:
    """Press Enter until the field of this name has the cursor."""
    for _ in range(20):
        focus = QApplication.focusWidget()
        if focus is not None and name in {focus.accessibleName(), focus.objectName()}:
            return
        if isinstance(focus, QPushButton) and focus.text() == name:
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by keys")


def on(desk, day: PartialDate, code: str) -> Unit | None:
    with desk.ports.store.read() as work:
        return next((u for u in work.records.having(Unit, code=code) if u.stands_on(day)), None)


def texts(view) -> list[str]:
    found = []
    walk = QTreeWidgetItemIterator(view)
    while walk.value():
        found.append(walk.value().text(0))
        walk += 1
    return found


@pytest.fixture
def province_page(province_desk):
    page = province_desk.go("units")
    page._day.setText("1/1/2026")
    page.refresh()
    province_desk.settle()
    return page


def test_a_clerk_merges_three_communes_without_a_mouse(
    province_desk, province_page, no_mouse
) -> None:
    desk, page = province_desk, province_page
    desk.window.activateWindow()
    codes = ("12577", "12826", "12862")
    names = [on(desk, DAY, code).name for code in codes]
    page._view.setFocus()
    page._view.clearSelection()
    page._view.setCurrentItem(page._view.topLevelItem(0))
    desk.settle()
    key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    dialog = desk.window.findChild(ChangeUnits)
    dialog.old.choose(())
    dialog.activateWindow()
    dialog.task.setFocus()

    enter()  # the task: merged into a new one
    typed("1/1/2026")
    enter()
    desk.settle()
    typed("12/NQ-UBTVQH16")
    enter()
    typed("1/12/2025")
    enter()
    for code in codes:
        typed(code)
        enter()
    assert [node.unit.name for node in dialog.old.nodes] == names
    go_to("new_name_0")
    typed("Xã Quỳnh Vạn")
    enter()
    typed("19001")
    go_to("Xem trước")
    enter()
    desk.settle()
    lines = texts(dialog.preview)
    assert any(line.startswith("Xã Quỳnh Vạn (mã 19001), từ ngày 01/01/2026") for line in lines)
    assert on(desk, DAY, "19001") is None
    enter()
    desk.settle()

    born = on(desk, DAY, "19001")
    assert born is not None
    assert [on(desk, DAY, code) for code in codes] == [None] * 3
    assert on(desk, PartialDate(2025, 12, 31), codes[0]).name == names[0]
    assert page.form.editors["name"].inner.text() == "Xã Quỳnh Vạn"
    assert not page.arranging.undo.isHidden()
    assert "19001" in page.form.editors["code"].inner.text()


def open_dialog(desk, page) -> ChangeUnits:
    page.begin_new()
    desk.settle()
    return desk.window.findChild(ChangeUnits)


def filled(desk, page, *codes: str) -> ChangeUnits:
    """Fill in a merger of these units up to its preview."""
    dialog = open_dialog(desk, page)
    dialog.day.line.setText("1/1/2026")
    dialog.resolution.line.setText("12/NQ-UBTVQH16")
    dialog.issued.line.setText("1/12/2025")
    dialog.old.choose([on(desk, DAY, code).id for code in codes])
    name, code = dialog.new.rows[0]
    name.line.setText("Xã Quỳnh Vạn")
    code.line.setText("19001")
    dialog.look.click()
    desk.settle()
    return dialog


def test_what_was_done_can_be_taken_back_at_once_and_later(province_desk, province_page) -> None:
    desk, page = province_desk, province_page
    filled(desk, page, "12577", "12826").write.click()
    desk.settle()
    page.arranging.undo.undo.click()
    desk.settle()
    assert on(desk, DAY, "19001") is None
    assert on(desk, DAY, "12577") is not None

    filled(desk, page, "12577", "12826").write.click()
    desk.settle()
    page.life.steps.setCurrentItem(
        page.life.steps.topLevelItem(page.life.steps.topLevelItemCount() - 1)
    )
    assert page.life.undo.isEnabled()
    page.life.undo.click()
    desk.settle()
    dialog = desk.window.findChild(UndoChange)
    assert any("Xã Quỳnh Vạn" in line for line in texts(dialog.preview))
    dialog.agree.click()
    desk.settle()
    assert on(desk, DAY, "19001") is None


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    province_desk, province_page
) -> None:
    desk, page = province_desk, province_page
    dialog = open_dialog(desk, page)
    dialog.old.choose(())
    dialog.day.line.setText("31/2/2026")
    dialog.look.click()
    desk.settle()

    assert dialog.stack.currentIndex() == 0
    said = {
        name: dialog.findChild(QObject, f"{name}_issue").text()
        for name in ("day", "resolution", "resolution_date")
    }
    assert "Không đọc được ngày" in said["day"]
    assert "Không được để trống" in said["resolution"]
    assert "Chưa ghi gì" in dialog.message.text()
    with desk.ports.store.read() as work:
        assert not work.records.having(Succession, date=DAY)


def test_the_steps_that_came_with_the_register_are_not_offered_for_undo(
    province_desk, province_page
) -> None:
    desk, page = province_desk, province_page
    page._go_to(on(desk, DAY, "12577").id)
    desk.settle()
    page.life.steps.setCurrentItem(page.life.steps.topLevelItem(0))

    assert not page.life.undo.isEnabled()


def test_what_became_of_a_commune_is_answered(desk) -> None:
    page = desk.go("units")
    with desk.ports.store.read() as work:
        an_khe = next(u for u in work.records.having(Unit) if u.name == "Xã An Khê")
        heir = work.records.get(Unit, work.records.having(Succession, from_id=an_khe.id)[0].to_id)
    page._day.setText("1/7/2025")
    page._dissolved.setChecked(True)
    desk.settle()
    page._search.setText("xa an khe")
    desk.settle()

    assert page.life.answer._words.text() == f"Nay là {heir.name}, tỉnh Hưng Yên."
    assert any("An Khê" in line for line in texts(page.life.steps))


def test_an_office_may_look_but_not_change(desk) -> None:
    page = desk.go("units")

    assert page.arrange.isHidden()
    assert page.life.undo.isHidden()
    page.begin_new()
    assert desk.window.findChild(ChangeUnits) is None


def test_a_foot_without_words_is_told_beside_its_tick(province_desk, province_page) -> None:
    card = province_page.card
    tick, phone = (card.form.editors[name].inner for name in ("shows_contact", "phone"))
    assert card._no_contact.isHidden()
    tick.click()
    assert not card._no_contact.isHidden()
    type_in(phone, "0227 3821 000")
    assert card._no_contact.isHidden()
    phone.clear()
    assert not card._no_contact.isHidden()
    tick.click()
    assert card._no_contact.isHidden()


def test_a_cluster_is_set_up_and_shown_with_its_units(province_desk, province_page) -> None:
    desk, page = province_desk, province_page
    page.add_group.click()
    desk.settle()
    dialog = desk.window.findChild(GroupDialog)
    dialog.form.editors["name"].inner.setText("Cụm thi đua số 1")
    dialog.form.editors["form"].inner.setCurrentIndex(1)
    dialog.members.choose([on(desk, DAY, code).id for code in ("12577", "12826")])
    dialog.leaders[0].setCurrentIndex(2)
    dialog.keep.click()
    desk.settle()

    with desk.ports.store.read() as work:
        (group,) = work.records.having(PeerGroup)
        members = work.records.having(PeerGroupMember)
    roles = {one.unit_id: one.role for one in members_on(members, group.id, DAY)}
    assert list(roles.values()).count(PeerGroupRole.HEAD) == 1
    assert page.by.currentIndex() == 1
    shown = texts(page._view)
    assert shown[0] == "Cụm thi đua số 1 (2)"
    assert shown[1].endswith("– Trưởng cụm, khối")

    page.group.edit.click()
    desk.settle()
    again = desk.window.findChildren(GroupDialog)[-1]
    assert again.leaders[0].currentIndex() > 0
    again.members.list.choose(again.members.ids[0])
    again.members.out.click()
    again.keep.click()
    desk.settle()
    assert texts(page._view)[0] == "Cụm thi đua số 1 (1)"


def test_signers_are_kept_with_their_terms_and_a_gap_is_told(desk) -> None:
    page = desk.go("units")
    view = page.signers
    for name, start, end in (("Cù Huy Vọng", "2021", "6/2024"), ("Lại Thị Ước", "9/2024", "")):
        view.add.click()
        desk.settle()
        for field, words in (
            ("full_name", name),
            ("position", "Chủ tịch"),
            ("valid_from", start),
            ("valid_to", end),
        ):
            view.form.editors[field].inner.setText(words)
        view.form.editors["prefix"].inner.setCurrentIndex(1)
        desk.pause()

    with desk.ports.store.read() as work:
        signers = work.records.having(Signer)
    assert [(one.full_name, one.prefix) for one in signers] == [
        ("Cù Huy Vọng", AuthorityPrefix.ON_BEHALF),
        ("Lại Thị Ước", AuthorityPrefix.ON_BEHALF),
    ]
    assert "Chưa có người đứng đầu ký từ 01/07/2024 đến 31/08/2024" in view.warning._words.text()
    rows, role = view.list.rows, Qt.ItemDataRole.ToolTipRole
    statuses = [rows.data(rows.index(place), role) for place in (0, 1)]
    assert statuses[0].endswith("Ngoài nhiệm kỳ")
    assert statuses[1].endswith("Đứng đầu")


def test_the_day_of_a_letter_chooses_who_signs_it(desk) -> None:
    me = desk.session.office()
    terms = ((PartialDate(2021), PartialDate(2024, 6)), (PartialDate(2024, 7), None))
    old, new = (
        Signer(
            id=desk.ports.new_id(me.number),
            unit_id=me.unit_id,
            full_name=name,
            position="Chủ tịch",
            valid_from=start,
            valid_to=end,
        )
        for name, (start, end) in zip(("Cù Huy Vọng", "Lại Thị Ước"), terms, strict=True)
    )
    for one in (old, new):
        save_record(desk.ports, one)
    a_person_proposed(desk.ports)
    page = desk.go("proposals")
    dialog = desk.letter_begun(page)
    assert dialog.signer.signer == new
    assert "ngoài nhiệm kỳ" in dialog.signer.who.itemText(0)

    day = dialog.form.editors["date"].inner
    day.setFocus()
    type_in(day, "1/5/2024")
    enter()
    assert dialog.signer.signer == old
    assert "Đã chọn Cù Huy Vọng" in dialog.signer.note.text()

    dialog.signer.who.setCurrentIndex(1)
    assert "ở ngoài nhiệm kỳ" in dialog.signer.note.text()
    dialog.reject()
    desk.settle()
    with desk.ports.store.read() as work:
        (letter,) = work.records.having(Submission)
        assert work.records.having(Signer) == (old, new)
    assert (letter.signer_id, letter.date) == (new.id, PartialDate(2024, 5, 1))


def test_namesakes_are_told_apart_where_a_unit_is_chosen(province_desk, province_page) -> None:
    desk, page = province_desk, province_page
    page._day.setText("4/4/2023")
    page.refresh()
    desk.settle()
    dialog = open_dialog(desk, page)
    desk.settle()
    dialog.old.search.setText("xa hoa binh")

    rows = dialog.old.hits.rows
    titles = [rows.data(rows.index(n)) for n in range(rows.rowCount())]
    assert titles[:3] == [
        "Xã Hòa Bình, huyện Hưng Hà",
        "Xã Hòa Bình, huyện Kiến Xương",
        "Xã Hòa Bình, huyện Vũ Thư",
    ]


def test_the_unit_of_the_office_is_found(desk) -> None:
    page = desk.go("units")
    with desk.ports.store.read() as work:
        own = find_unit(work.records, "ubnd-343")
    assert page.form.editors["name"].inner.text() == own.name


def test_a_renamed_office_finds_itself_under_its_new_name(province_desk) -> None:
    page = province_desk.go("units")
    page.look_at(DAY)
    page._shown = None
    province_desk.settle()

    assert page.form.editors["name"].inner.text() == "Tỉnh Hưng Yên"


def test_a_unit_is_set_up_by_hand_without_a_mouse(province_desk, province_page, no_mouse) -> None:
    desk, page = province_desk, province_page
    page._go_to(on(desk, DAY, "hy-snv").id)
    desk.settle()
    page.add_unit.setFocus()
    key(Qt.Key.Key_Space)
    desk.settle()
    dialog = desk.window.findChild(NewUnit)
    assert [node.unit.code for node in dialog.above.nodes] == ["hy-snv"]
    dialog.activateWindow()
    dialog.form.focus_field("name")

    typed("Phòng Thi đua - Khen thưởng")
    enter()
    typed("phong-tdkt")
    enter()
    key(Qt.Key.Key_End)  # the last level: grassroots
    go_to("Thêm vào danh mục")
    enter()
    desk.settle()

    added = on(desk, DAY, "phong-tdkt")
    assert (added.name, added.parent_id) == (
        "Phòng Thi đua - Khen thưởng",
        on(desk, DAY, "hy-snv").id,
    )
    assert page.form.editors["name"].inner.text() == added.name


def test_a_unit_is_put_under_another_and_never_under_itself(province_desk) -> None:
    page, ports = province_desk.go("units"), province_desk.ports
    with ports.store.read() as work:
        board = find_unit(work.records, "ubnd-343")
        district = work.records.get(Unit, board.parent_id)
        other = next(one for one in work.records.having(Unit) if one.name == "Huyện Vũ Thư")

    def put_under(unit: Unit, above: Unit) -> None:
        page.open_at(FieldPlace(kind="unit", id=unit.id, field="parent_id"))
        province_desk.settle()
        combo = page.form.editors["parent_id"].inner
        combo.setCurrentIndex(combo.findText(above.name))
        assert combo.currentText() == above.name
        province_desk.pause()

    put_under(board, other)
    with ports.store.read() as work:
        assert work.records.get(Unit, board.id).parent_id == other.id
    assert page._view.currentItem().parent().text(0) == other.name
    put_under(board, district)
    put_under(district, board)  # which stands under it
    assert page.form.findChild(QLabel, "parent_id_issue").text()
    with ports.store.read() as work:
        assert work.records.get(Unit, district.id).parent_id == district.parent_id
