"""Nominees in the window: entered without a mouse, found, proposed, looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from thidua_desktop.domain.errors import DiskFullError
from thidua_desktop.domain.merit import (
    Initiative,
    InitiativeClaim,
    PriorAward,
    RatingLevel,
    YearlyRating,
)
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Proposal, Subject
from thidua_desktop.services.people import add_merit, new_nominee, open_nominee
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.pages import nominee_page
from typing_in import type_in

MOST_STEPS = 80


def records(desk, kind):
    with desk.ports.store.read() as work:
        return work.records.having(kind)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focus(), key, held)


def enter(desk, *texts: str) -> None:
    """Type into one field after another, Enter after each; a choice gets its first letters."""
    for text in texts:
        widget = focus()
        if isinstance(widget, QComboBox):
            place = widget.findText(text, Qt.MatchFlag.MatchStartsWith) if text else 0
            while widget.currentIndex() < place:
                press(Qt.Key.Key_Down)
        elif text:
            widget.selectAll()
            type_in(widget, text)
        press(Qt.Key.Key_Return)
        desk.settle()


def tab_to(name: str) -> None:
    for _ in range(MOST_STEPS):
        if focus().objectName() == name:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def a_person(desk, name: str, **changes) -> UUID:
    nominee_id, _ = new_nominee(desk.ports, Subject.PERSON)
    shown = open_nominee(desk.ports, Subject.PERSON, nominee_id).nominee
    save_record(desk.ports, replace(shown, full_name=name, **changes), shown=shown)
    return nominee_id


def test_a_person_with_ratings_awards_and_an_initiative_is_entered_without_a_mouse(desk) -> None:
    desk.go("nominees")
    desk.window.page.search()
    press(Qt.Key.Key_N, control=True)
    desk.settle()
    desk.settle()

    enter(desk, "Đặng Thị Ngọc Ẩn", "1984", "Nữ")
    tab_to("add_yearlyrating")
    press(Qt.Key.Key_Space)
    desk.settle()
    first = ("2022", "Hoàn thành xuất sắc", "", "11/QĐ-UBND", "15/12/2022")
    enter(desk, *first, "UBND huyện Kiến Xương")
    # The year and who decided stand there already.
    enter(desk, "", "Hoàn thành xuất sắc", "", "12/QĐ-UBND", "15/12/2023", "")
    enter(desk, "", "Hoàn thành xuất sắc", "", "13/QĐ-UBND", "20/11/2024")
    tab_to("add_prioraward")
    press(Qt.Key.Key_Space)
    desk.settle()
    enter(desk, "Giấy khen", "", "", "2021", "5/QĐ-UBND", "3/2021", "", "", "UBND huyện")
    enter(desk, "", "Lao động tiên tiến", "", "2022", "9/QĐ-UBND", "2022")
    tab_to("add_initiative")
    press(Qt.Key.Key_Space)
    desk.settle()
    enter(desk, "Bẫy rác trên kênh nội đồng", "Cơ sở", "2023", "7/QĐ-UBND", "2023")
    desk.pause()

    (person,) = records(desk, Person)
    ratings = records(desk, YearlyRating)
    awards = records(desk, PriorAward)
    (initiative,) = records(desk, Initiative)
    assert (person.full_name, person.birth_date.iso()) == ("Đặng Thị Ngọc Ẩn", "1984")
    assert [(one.year, one.level, one.issuer) for one in ratings] == [
        (year, RatingLevel.EXCELLENT, "UBND huyện Kiến Xương") for year in (2022, 2023, 2024)
    ]
    assert [(one.title, one.year, one.issuer) for one in awards] == [
        ("Giấy khen", 2021, "UBND huyện"),
        ("Lao động tiên tiến", 2022, "UBND huyện"),
    ]
    assert (initiative.name, initiative.person_id) == ("Bẫy rác trên kênh nội đồng", person.id)


def test_a_day_that_lies_ahead_is_named_beside_its_field_and_kept_as_typed(desk) -> None:
    a_person(desk, "Trịnh Văn Ổn")
    page = desk.go("nominees")
    form = page.panel.forms[Subject.PERSON]
    line = form.editors["birth_date"].inner
    line.setFocus()
    type_in(line, "12/2024")
    desk.pause()
    assert "chưa tới" in form.findChild(QLabel, "birth_date_issue").text()
    assert line.text() == "12/2024"
    assert records(desk, Person)[0].birth_date is None


def test_a_rating_of_next_year_is_refused_in_its_line_and_the_rest_is_kept(desk) -> None:
    nominee_id = a_person(desk, "Trịnh Văn Ổn")
    nominee = open_nominee(desk.ports, Subject.PERSON, nominee_id).nominee
    add_merit(desk.ports, nominee, YearlyRating, today=desk.window.context.today())
    page = desk.go("nominees")
    (line,) = page.panel.lines[YearlyRating].lines
    for name, words in (("year", "2025"), ("decision_number", "12/QĐ")):
        line.editors[name].inner.setFocus()
        type_in(line.editors[name].inner, words)
    desk.pause()
    (rating,) = records(desk, YearlyRating)
    assert (rating.year, rating.decision_number) == (None, "12/QĐ")
    said = [label.text() for label in line.findChildren(QLabel)]
    assert "⚠ Năm: Ngày hoặc năm này chưa tới; hãy xem lại." in said
    assert line.editors["year"].inner.text() == "2025"


def test_the_list_is_by_given_name_and_search_needs_no_marks(desk) -> None:
    for name in ("Trần Ân", "Lê Bình", "Bùi An"):
        a_person(desk, name)
    page = desk.go("nominees")
    model = page._list.rows
    assert [model.index(n).data() for n in range(3)] == ["Bùi An", "Trần Ân", "Lê Bình"]
    desk.window.context.search.begin()  # it has not heard of what was written behind its back
    desk.settle()
    page._search.setFocus()
    type_in(page._search, "le binh")
    desk.settle()
    assert [model.index(n).data() for n in range(model.rowCount())] == ["Lê Bình"]
    assert page.panel.title.text() == "Lê Bình"


@pytest.mark.parametrize(("place", "kind"), [(0, Person), (1, Collective), (2, Household)])
def test_each_tab_has_its_own_list_and_form(desk, place: int, kind) -> None:
    page = desk.go("nominees")
    page.tabs.setCurrentIndex(place)
    desk.settle()
    page.begin_new()
    desk.settle()
    assert len(records(desk, kind)) == 1
    assert page._list.rows.rowCount() == 1
    assert isinstance(page.panel.view.nominee, kind)


def test_a_proposal_is_begun_from_here_and_found_from_here(desk) -> None:
    nominee_id = a_person(desk, "Trịnh Văn Ổn")
    page = desk.go("nominees")
    page.propose()
    desk.settle()
    (proposal,) = records(desk, Proposal)
    assert proposal.person_id == nominee_id
    assert desk.window.page.panel.view.proposal.id == proposal.id
    page = desk.go("nominees")
    assert [one.id for one in page.panel.view.proposals] == [proposal.id]


def test_a_proposal_rests_on_an_initiative_and_a_second_one_is_told_of_it(desk) -> None:
    nominee_id = a_person(desk, "Trịnh Văn Ổn")
    nominee = open_nominee(desk.ports, Subject.PERSON, nominee_id).nominee
    shown = add_merit(desk.ports, nominee, Initiative, today=desk.window.context.today()).record
    save_record(desk.ports, replace(shown, name="Bẫy rác", year=2023), shown=shown)
    for _ in range(2):
        page = desk.go("nominees")
        page.propose()
        desk.settle()
        panel = desk.window.page.panel
        panel.lines.claims.findChild(QPushButton, "add_initiativeclaim").click()
        desk.settle()
        (line,) = panel.lines.claims.lines
        line.editors["initiative_id"].inner.setCurrentIndex(1)
        desk.pause()
    assert len(records(desk, InitiativeClaim)) == 2
    assert "“Bẫy rác” được dùng cho 2 đề nghị" in panel.view.findings[0].text
    assert panel.head.used.isVisible()
    panel.head.to_nominee.click()
    desk.settle()
    assert desk.window.page.panel.view.nominee.id == nominee_id
    assert desk.window.page.panel.findings.isVisible()


def test_a_deleted_nominee_is_taken_back(desk) -> None:
    a_person(desk, "Trịnh Văn Ổn")
    page = desk.go("nominees")
    page.panel.delete.click()
    desk.settle()
    assert records(desk, Person) == ()
    page.undo.undo.click()
    desk.settle()
    assert [one.full_name for one in records(desk, Person)] == ["Trịnh Văn Ổn"]
    assert page.panel.view.nominee.full_name == "Trịnh Văn Ổn"


def test_very_many_who_came_at_once_are_put_in_order_at_the_next_visit(desk) -> None:
    desk.go("nominees")
    lines = (
        json.dumps({"kind": "person", "fields": {"full_name": f"Người {number:03}"}})
        for number in range(520)
    )
    put_lines(desk.ports, "\n".join(lines))
    desk.go("overview")
    page = desk.go("nominees")
    desk.settle()
    assert page._list.rows.rowCount() == 520
    assert page._list.rows.index(0).data() == "Người 000"


def test_a_list_that_cannot_be_put_in_order_says_so_and_is_at_the_next_visit(
    desk, monkeypatch
) -> None:
    desk.go("nominees")
    lines = (
        json.dumps({"kind": "person", "fields": {"full_name": f"Người {number:03}"}})
        for number in range(520)
    )
    put_lines(desk.ports, "\n".join(lines))

    def full(*_given: object) -> bool:
        raise DiskFullError("D:/")

    with monkeypatch.context() as patch:
        patch.setattr(nominee_page, "put_in_order", full)
        desk.go("overview")
        page = desk.go("nominees")
        assert page._count.text() == "Chưa sắp xếp được danh sách"
        assert "đã đầy" in desk.window._news.text()
    desk.go("overview")
    page = desk.go("nominees")
    desk.settle()
    assert page._count.text() == "520 cá nhân"


def test_rows_far_down_are_read_when_they_are_looked_at(desk) -> None:
    for number in range(130):
        a_person(desk, f"Người {number:03}")
    page = desk.go("nominees")
    model = page._list.rows
    assert model.rowCount() == 130
    page._list.step(129)
    desk.settle()
    page._list.scrollToBottom()
    page._list.grab()
    desk.settle()
    assert model.index(129).data() == "Người 129"
    assert page.panel.title.text() == "Người 129"
