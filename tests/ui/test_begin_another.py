"""Ctrl+Enter goes on where one is: the next line, the next criterion, a record with what stays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from office_work import a_person_proposed
from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.domain.criteria import Assessment, Criterion, PointRule
from thidua_desktop.domain.merit import YearlyRating
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.checklists import add_evidence
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record


def go_on(desk, field: QWidget) -> None:
    """Press Ctrl+Enter in a field."""
    desk.window.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    desk.settle()


def all_of(ports: Ports, kind: type) -> tuple:
    with ports.store.read() as work:
        return work.records.having(kind)


def test_the_next_person_has_what_stays_of_the_one_before(desk, office_ports) -> None:
    a_person_proposed(office_ports, "Lê Văn Đạt")
    (person,) = all_of(office_ports, Person)
    save_record(office_ports, replace(person, workplace="Trường An Bình", phone="0912"))
    page = desk.go("nominees")
    page.open_at(person.id)
    desk.settle()
    go_on(desk, page.panel.forms[Subject.PERSON].editors["full_name"].inner)
    (other,) = [one for one in all_of(office_ports, Person) if one.id != person.id]
    assert (other.full_name, other.workplace, other.phone) == ("", "Trường An Bình", "")
    # In a line it is the next line, not the next person.
    page.panel.lines[YearlyRating].findChild(QPushButton, "add_yearlyrating").click()
    desk.settle()
    go_on(desk, page.panel.lines[YearlyRating].lines[0].editors["year"].inner)
    assert len(all_of(office_ports, YearlyRating)) == 2
    assert len(all_of(office_ports, Person)) == 2


def test_in_a_checklist_it_is_the_next_criterion_and_in_a_proof_the_next_proof(
    desk, office_ports
) -> None:
    made = a_scored_set(office_ports)
    score = mark(office_ports, view_of(office_ports, made.id), 4, assessment=Assessment.MET)
    add_evidence(office_ports, view_of(office_ports, made.id).checklist, score)
    page = desk.go("checklist")
    page.choice.sets.setCurrentIndex(page.choice.sets.place_of(made.id))
    desk.settle()
    go_on(desk, page.form.editors["actual"].inner)
    assert page._list.chosen() == page._view.rows[1].row.criterion.id
    page._list.choose(score.criterion_id)
    desk.settle()
    go_on(desk, page.evidence.lines[0].editors["wording"].inner)
    assert len(page.evidence.lines) == 2
    assert page._list.chosen() == score.criterion_id


def test_in_a_set_it_is_a_criterion_or_a_rule(desk, office_ports) -> None:
    made = a_scored_set(office_ports)
    page = desk.go("criteria")
    page._set_list.choose(made.id)
    desk.settle()
    counts = [len(all_of(office_ports, kind)) for kind in (Criterion, PointRule)]
    page._list.choose(page._rules[0].id)
    desk.settle()
    go_on(desk, page.panel.rule.form.editors["wording"].inner)
    assert [len(all_of(office_ports, kind)) for kind in (Criterion, PointRule)] == [
        counts[0],
        counts[1] + 1,
    ]
    with office_ports.store.read() as work:
        page._list.choose(work.records.having(Criterion, set_id=made.id)[0].id)
    desk.settle()
    go_on(desk, page.panel.criterion.form.editors["wording"].inner)
    assert len(all_of(office_ports, Criterion)) == counts[0] + 1


def test_the_province_goes_on_with_the_next_signer_and_not_with_a_merger(province_desk) -> None:
    desk = province_desk
    page = desk.go("units")
    page.card.tabs.setCurrentWidget(page.card.tabs.widget(2))
    page.signers.add.click()
    desk.settle()
    page.signers.form.editors["full_name"].inner.setText("Cù Huy Vọng")
    go_on(desk, page.signers.form.editors["full_name"].inner)
    assert [one.full_name for one in all_of(desk.ports, Signer)] == ["Cù Huy Vọng"]
    assert page.signers.form.editors["full_name"].inner.text() == ""
