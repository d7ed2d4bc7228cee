"""Sets and checklists in the window: by keyboard alone, three scores, versions, second keying."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from office_work import Pair
from scoring_work import a_scored_set, an_issued_set, mark, view_of
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Grade, Marking
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.services.checklists import set_step
from thidua_desktop.services.criteria import add_criterion, criteria_of, criteria_sets, issue_set
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import submit_all
from typing_in import type_in


class MouseWatch(QObject):
    """Counts the mouse events that reach these widgets."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.seen = 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(  # noqa: N802 - the library's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease}:
            self.seen += 1
        return super().eventFilter(watched, event)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def typed(text: str) -> None:
    type_in(QApplication.focusWidget(), text)


def fifteen_criteria(ports: Ports) -> CriteriaSet:
    """Return a set of fifteen: five forward, four inverse, three grades, two points, one met."""
    made = new_set(ports, name="Bộ 15 tiêu chí", valid_from=PartialDate(2024))
    shares = replace(made, share_b=Decimal(80), share_c=Decimal(60), share_d=Decimal(40))
    made = save_record(ports, shares, shown=made).record
    kinds = (
        *[Marking.FORWARD] * 5,
        *[Marking.INVERSE] * 4,
        *[Marking.GRADED] * 3,
        *[Marking.POINTS] * 2,
        Marking.MET,
    )
    for number, kind in enumerate(kinds, start=1):
        blank = add_criterion(ports, made.id).record
        wanted = replace(blank, wording=f"Tiêu chí {number}", marking=kind, points=Decimal(10))
        save_record(ports, wanted, shown=blank)
    return made


def choose_set(page, made: CriteriaSet) -> None:
    page.choice.sets.setCurrentIndex(page.choice.sets.place_of(made.id))


def test_fifteen_criteria_are_filled_in_without_the_mouse(open_desk, office_ports: Ports) -> None:
    made = fifteen_criteria(office_ports)
    desk = open_desk(office_ports)
    watch = MouseWatch(desk.window, *desk.window.findChildren(QWidget))
    press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    page = desk.window.page
    for widget in page.findChildren(QWidget):
        widget.installEventFilter(watch)
    page.choice.sets.setFocus()
    press(Qt.Key.Key_End)
    desk.settle()
    assert page.choice.sets.currentData() == made.id
    page._list.setFocus()
    press(Qt.Key.Key_Return)
    for number in range(1, 16):
        desk.settle()
        row = next(r for r in page._view.rows if r.row.criterion.place == number)
        match row.row.criterion.marking:
            case Marking.FORWARD:
                typed("60")
                press(Qt.Key.Key_Return)
                typed("48")
            case Marking.INVERSE:
                typed("5")
                press(Qt.Key.Key_Return)
                typed("8")
            case Marking.GRADED:
                press(Qt.Key.Key_B)
                press(Qt.Key.Key_Return)
            case Marking.POINTS:
                typed("7,5")
            case _:
                press(Qt.Key.Key_Left)
                press(Qt.Key.Key_Left)
        press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.pause()
    view = view_of(office_ports, made.id)
    assert view.answered == 15
    assert [str(row.given(Tier.SELF)) for row in view.rows] == (
        ["8.00"] * 5 + ["6.25"] * 4 + ["8.00"] * 3 + ["7.50"] * 2 + ["10.00"]
    )
    assert view.rows[-1].score.assessment is Assessment.MET
    assert view.rows[9].score.grade is Grade.B
    assert "15/15" in page._bar.format()
    assert watch.seen == 0


def test_the_watch_sees_a_mouse(qtbot) -> None:
    button = QPushButton("Bấm")
    watch = MouseWatch(button)
    qtbot.addWidget(button)
    button.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert watch.seen > 0


def test_the_formula_stands_there_and_a_difference_wants_its_reason(
    open_desk, office_ports: Ports
) -> None:
    made = a_scored_set(office_ports)
    desk = open_desk(office_ports)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    for name, text in (("plan", "12"), ("actual", "9"), ("self_score", "25")):
        type_in(page.form.editors[name].inner, text)
    desk.pause()
    assert "Đạt 75% kế hoạch. 9 ÷ 12 × 30 = 22,5 điểm" in page.panel._formula.text()
    assert "Tự chấm" in page.panel._lacking.text()
    page.tiers.boxes[Tier.SELF].button.click()
    desk.settle()
    assert not page._view.is_closed(Tier.SELF)
    type_in(page.form.editors["self_reason"].inner, "Thêm 1 km do Nhân dân tự làm.")
    desk.pause()
    assert page.panel._lacking.isHidden()
    page.tiers.boxes[Tier.SELF].button.click()
    desk.settle()
    assert page._view.is_closed(Tier.SELF)
    assert page.form.editors["plan"].inner.isReadOnly()
    assert page.tiers.boxes[Tier.SELF].button.text() == "Mở khóa"


def test_the_province_marks_beside_what_the_office_said(
    pair: Pair, open_desk, province: Ports
) -> None:
    made = a_scored_set(province)
    issue_set(
        province,
        next(
            s.criteria_set
            for s in criteria_sets(province)
            if s.is_own and s.criteria_set.id == made.id
        ),
    )
    pair.up()
    pair.down()
    mark(pair.office, view_of(pair.office, made.id), 0, plan=12, actual=9)
    mine = view_of(pair.office, made.id)
    set_step(pair.office, mine.checklist, Tier.SELF, closed=True)
    submit_all(pair.office)
    pair.up()
    desk = open_desk(province)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    page.choice.units.setCurrentIndex(page.choice.units.place_of(mine.checklist.unit_id))
    desk.settle()
    editors = page.form.editors
    assert editors["plan"].inner.isReadOnly()
    assert not editors["verified_score"].inner.isReadOnly()
    assert "Phiếu của Ủy ban nhân dân huyện Kiến Xương" in page.banner._heading.text()
    type_in(editors["verified_score"].inner, "20")
    type_in(editors["verified_note"].inner, "Hai đoạn chưa nghiệm thu.")
    desk.pause()
    page.tiers.boxes[Tier.VERIFIED].button.click()
    desk.settle()
    pair.down()
    score = view_of(pair.office, made.id).rows[0].score
    assert (score.verified_score, score.verified_note) == (20, "Hai đoạn chưa nghiệm thu.")


def test_a_peer_is_scored_with_the_keyboard_and_the_province_takes_the_scores(
    pair: Pair, open_desk
) -> None:
    from thidua_desktop.ui.dialogs.peer_dialog import PeerDialog  # noqa: PLC0415

    made = an_issued_set(pair)
    desk = open_desk(pair.office)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    next(one for one in desk.window.commands.all(page) if one.words.startswith("Chấm chéo")).job()
    desk.settle()
    dialog = page.findChild(PeerDialog)
    other = dialog.units.currentData()
    for points in ("28", "16", "24", "99", "5"):
        typed(points)
        press(Qt.Key.Key_Return)
        typed("Xem tại chỗ." if points == "28" else "")
        press(Qt.Key.Key_Return)
        desk.settle()
    assert "4/5" in dialog.bar.format()  # 99 points are more than there are
    assert "chưa chấm" not in dialog.units.currentText()
    dialog.close_sheet.click()
    desk.settle()
    assert "Còn tiêu chí chưa có điểm" in dialog.message.text()
    dialog.list.setFocus()
    dialog.list.choose_row(3)
    press(Qt.Key.Key_Return)
    typed("12")
    desk.pause()
    dialog.close_sheet.click()
    desk.settle()
    assert "85/100 điểm · ✓ Khóa ngày" in dialog.total.text()
    assert dialog.form.editors["points"].inner.isReadOnly()
    dialog.reject()
    pair.up()
    mark(pair.province, view_of(pair.province, made.id, unit=other), 0, plan=12, actual=9)
    desk = open_desk(pair.province)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    page.choice.units.setCurrentIndex(page.choice.units.place_of(other))
    desk.settle()
    assert page.panel._peers.text().endswith(" chấm 28: Xem tại chỗ.")
    page._take_peers.trigger()
    desk.settle()
    assert page.form.editors["cross_score"].typed() == "28"
    assert page._view.totals[Tier.CROSS].points == 85


def test_a_set_is_made_renamed_issued_versioned_in_the_window(desk) -> None:
    page = desk.go("criteria")
    page._new.click()
    desk.settle()
    page.begin_new()
    desk.settle()
    type_in(page.form.editors["wording"].inner, "Đường thôn được bê tông hóa")
    type_in(page.form.editors["points"].inner, "30")
    page._usual.click()
    desk.settle()
    assert "11 quy tắc" in page._count.text()
    name = page.panel.whole.form.editors["name"].inner
    name.selectAll()
    type_in(name, "Bộ tiêu chí Cụm số 2")
    desk.pause()
    page.sets.issue()
    desk.settle()
    (row,) = [one for one in criteria_sets(desk.ports) if one.is_own]
    assert row.criteria_set.name == "Bộ tiêu chí Cụm số 2"
    assert row.is_fixed
    assert page.form.editors["points"].inner.isReadOnly()
    assert not page._add.isVisible()
    page.sets.make_version()
    desk.settle()
    assert page._row.criteria_set.version == 2
    assert len(criteria_of(desk.ports, page._row.criteria_set.id)) == 1
    page.sets.delete()
    desk.settle()
    assert len([one for one in criteria_sets(desk.ports) if one.is_own]) == 1


def test_an_old_checklist_says_that_it_stays_on_its_version(open_desk, office_ports) -> None:
    from thidua_desktop.services.criteria_copies import new_version  # noqa: PLC0415

    made = a_scored_set(office_ports)
    shown = next(one.criteria_set for one in criteria_sets(office_ports) if one.is_own)
    first = issue_set(office_ports, shown).record
    mark(office_ports, view_of(office_ports, made.id), 0, plan=12, actual=9)
    issue_set(office_ports, new_version(office_ports, first.id))
    desk = open_desk(office_ports)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    assert page.banner.isVisible()
    assert page.banner._heading.text() == "Phiếu này lập theo phiên bản 1"


def test_figures_are_keyed_again_and_what_differs_is_put_side_by_side(
    open_desk, office_ports: Ports
) -> None:
    from thidua_desktop.ui.dialogs.keying_dialog import KeyingDialog  # noqa: PLC0415

    made = a_scored_set(office_ports)
    first = {"plan": 12, "actual": 9}
    mark(office_ports, view_of(office_ports, made.id), 0, **first)
    desk = open_desk(office_ports)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    page.key_twice()
    desk.settle()
    dialog = page.findChild(KeyingDialog)
    assert dialog.form.editors["plan"].typed() == ""
    dialog.form.focus_field("plan")
    typed("12")
    press(Qt.Key.Key_Return)
    typed("8")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    desk.settle()
    for _ in range(4):
        dialog.keep()
        desk.settle()
    assert dialog._again[0].differing == ("actual",)
    assert not dialog.agreed.isEnabled()
    dialog.take_second(dialog._again[0])
    desk.settle()
    assert dialog.agreed.isEnabled()
    dialog.agreed.click()
    desk.settle()
    view = view_of(office_ports, made.id)
    assert view.rows[0].score.actual == 8
    assert view.checklist.keyed_twice_on is not None


def test_another_score_is_tried_without_storing_it(open_desk, office_ports: Ports) -> None:
    from thidua_desktop.services.peers import unit_choices  # noqa: PLC0415
    from thidua_desktop.ui.dialogs.print_preview import PrintPreview  # noqa: PLC0415
    from thidua_desktop.ui.dialogs.rank_dialog import RankDialog  # noqa: PLC0415

    made = a_scored_set(office_ports)
    one, two = (c.unit_id for c in unit_choices(office_ports, set_id=made.id, year=2024)[1:3])
    mark(office_ports, view_of(office_ports, made.id, unit=one), 3, self_score=9)
    mark(office_ports, view_of(office_ports, made.id, unit=two), 3, self_score=12)
    desk = open_desk(office_ports)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    page.choice.units.setCurrentIndex(page.choice.units.place_of(one))
    desk.settle()
    assert "Hạng 2/2" in page._sum.text()
    page._list.choose(page._view.rows[3].row.criterion.id)
    page.show_ranks()
    dialog = page.findChild(RankDialog)
    assert dialog.table.rowCount() == 2
    dialog.points.setText("15")
    assert "Nếu vậy: 15 điểm" in dialog.outcome.text()
    assert "hạng 1/2" in dialog.outcome.text()
    dialog.points.setText("15,5")
    assert "từ 0 đến 15" in dialog.outcome.text()
    dialog.print_wanted.emit()
    preview = page.findChild(PrintPreview)
    assert preview._printables[0].words == "Bảng tổng hợp điểm cụm, khối"
    preview.reject()
    assert view_of(office_ports, made.id, unit=one).totals[Tier.VERIFIED].total == 9


def test_one_alone_has_no_rank(open_desk, office_ports: Ports) -> None:
    from thidua_desktop.ui.dialogs.rank_dialog import RankDialog  # noqa: PLC0415

    made = a_scored_set(office_ports)
    mark(office_ports, view_of(office_ports, made.id), 3, self_score=9)
    desk = open_desk(office_ports)
    page = desk.go("checklist")
    choose_set(page, made)
    desk.settle()
    page.show_ranks()
    table = page.findChild(RankDialog).table
    assert [table.item(0, column).text() for column in (0, 2)] == ["", "9"]


@pytest.mark.parametrize("scored", [True, False])
def test_the_filled_sheet_is_printed(office_ports: Ports, scored: bool) -> None:
    from printed import whole_text  # noqa: PLC0415
    from thidua_desktop.services.checklist_sheets import checklist_dossier  # noqa: PLC0415

    set_id = (
        a_scored_set(office_ports).id if scored else criteria_sets(office_ports)[0].criteria_set.id
    )
    said = {"plan": 12, "actual": 9} if scored else {"assessment": Assessment.MET}
    mark(office_ports, view_of(office_ports, set_id), 0, note="Bàn giao tháng 9.", **said)
    sheet = checklist_dossier(office_ports, set_id=set_id, year=2024)
    words = whole_text(office_ports.papers.pdf(sheet))
    assert "PHIẾU TIÊU CHÍ NĂM 2024" in words
    assert "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG" in words
    assert "Bàn giao tháng 9." in words
    assert ("22,5" in words) is scored
