"""Forms and lines: what cannot be kept stays where it was typed, what can is told."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from typing_in import type_in


def retype(editor, text: str) -> None:
    editor.inner.selectAll()
    type_in(editor.inner, text)


def complaint(form, name: str) -> str:
    return form.findChild(QLabel, f"{name}_issue").text()


@pytest.fixture
def form(qtbot) -> RecordForm[Person]:
    form = RecordForm(Person, (("full_name", "birth_date"), ("position",)))
    qtbot.addWidget(form)
    form.show_record(Person(id=uuid4(), full_name="Hà Thị Mỵ"))
    return form


def test_a_form_gives_back_what_can_be_kept_and_names_the_rest(form) -> None:
    retype(form.editors["position"], "Kỹ sư")
    retype(form.editors["birth_date"], "31/2/1988")
    person, issues = form.record()
    assert (person.position, person.birth_date) == ("Kỹ sư", None)
    assert issues == (FieldIssue("birth_date", Issue.NOT_A_DATE),)


def test_what_was_stored_does_not_wipe_out_what_could_not_be(form) -> None:
    retype(form.editors["birth_date"], "31/2/1988")
    person, issues = form.record()
    form.show_issues(issues)
    form.refresh_record(replace(person, position="Kỹ sư"))
    assert form.editors["birth_date"].typed() == "31/2/1988"
    assert complaint(form, "birth_date")
    assert form.editors["position"].typed() == "Kỹ sư"


def test_wrong_words_come_back_with_their_record(form) -> None:
    person, _ = form.record()
    retype(form.editors["birth_date"], "31/2/1988")
    form.show_issues(form.record()[1])

    form.show_record(Person(id=uuid4(), full_name="Lê Ánh", birth_date=PartialDate(1990)))
    assert form.editors["birth_date"].typed() == "1990"
    assert not complaint(form, "birth_date")

    form.show_record(person)
    assert form.editors["birth_date"].typed() == "31/2/1988"
    assert "Không đọc được ngày" in complaint(form, "birth_date")
    retype(form.editors["birth_date"], "28/2/1988")
    person, issues = form.record()
    assert person.birth_date == PartialDate(1988, 2, 28)
    assert issues == ()


@pytest.fixture
def period(qtbot) -> RecordForm[Proposal]:
    form = RecordForm(Proposal, (("achieved_from", "achieved_to"), ("summary",)))
    qtbot.addWidget(form)
    form.show_record(Proposal(id=uuid4(), achieved_from=PartialDate(2023)))
    return form


def test_fields_that_do_not_go_together_keep_the_others_not_back(period) -> None:
    retype(period.editors["achieved_to"], "2022")
    retype(period.editors["summary"], "Vận động hiến đất.")
    proposal, issues = period.record()
    assert proposal.summary == "Vận động hiến đất."
    assert (proposal.achieved_from, proposal.achieved_to) == (PartialDate(2023), None)
    assert issues == (FieldIssue("achieved_to", Issue.ENDS_BEFORE_START),)


def test_fields_that_go_together_only_as_a_pair_are_kept_as_a_pair(period) -> None:
    period.show_record(
        Proposal(id=uuid4(), achieved_from=PartialDate(2023), achieved_to=PartialDate(2024))
    )
    retype(period.editors["achieved_from"], "2025")
    retype(period.editors["achieved_to"], "2026")
    proposal, issues = period.record()
    assert (proposal.achieved_from, proposal.achieved_to) == (
        PartialDate(2025),
        PartialDate(2026),
    )
    assert issues == ()


@pytest.fixture
def lines(qtbot) -> RecordLines[Evidence]:
    lines = RecordLines(Evidence, ("wording", "quantity", "measure"), "Minh chứng", "Thêm")
    qtbot.addWidget(lines)
    lines.resize(600, 300)
    lines.show()
    return lines


def told(lines) -> list[tuple[Evidence, Evidence]]:
    changes: list[tuple[Evidence, Evidence]] = []
    lines.changed_record.connect(changes.append)
    return changes


def test_a_line_tells_its_good_fields_though_another_is_wrong(lines) -> None:
    changes = told(lines)
    lines.show_records([Evidence(id=uuid4())])
    line = lines.lines[0]
    retype(line.editors["wording"], "Hiến đất.")
    retype(line.editors["quantity"], "khoảng 400")
    lines.flush()
    ((_, edited),) = changes
    assert (edited.wording, edited.quantity) == ("Hiến đất.", None)

    lines.show_records([edited])
    assert line.editors["quantity"].typed() == "khoảng 400"
    assert line.editors["quantity"].inner.property("invalid")


def test_lines_that_stay_keep_what_is_being_typed(lines) -> None:
    first, second = Evidence(id=uuid4(), wording="Một"), Evidence(id=uuid4(), wording="Hai")
    lines.show_records([first])
    line = lines.lines[0]
    retype(line.editors["wording"], "Một, đang gõ")
    lines.show_records([second, first])
    assert lines.lines[1] is line
    assert line.editors["wording"].typed() == "Một, đang gõ"


def test_a_line_taken_away_tells_nothing_more(lines) -> None:
    changes = told(lines)
    lines.show_records([Evidence(id=uuid4())])
    retype(lines.lines[0].editors["wording"], "Bỏ đi")
    lines.show_records([])
    lines.flush()
    assert changes == []


def test_a_new_line_gets_the_cursor(lines) -> None:
    old = Evidence(id=uuid4(), wording="Một")
    lines.show_records([old])
    lines.findChild(QPushButton, "add_evidence").click()
    lines.show_records([old, Evidence(id=uuid4())])
    assert lines.lines[1].editors["wording"].inner.hasFocus()


def test_a_line_is_as_high_as_its_text(lines, qtbot) -> None:
    lines.show_records([Evidence(id=uuid4(), wording="Ngắn")])
    inner = lines.lines[0].editors["wording"].inner
    low = inner.height()
    retype(lines.lines[0].editors["wording"], "Vận động Nhân dân hiến đất. " * 12)
    qtbot.waitUntil(lambda: inner.height() > 2 * low)
