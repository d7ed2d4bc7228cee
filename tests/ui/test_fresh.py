"""What was read before a save ended is never shown over what was typed."""

from __future__ import annotations

from office_work import a_person_proposed
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.ui.pages.fresh import Freshness
from typing_in import type_in


def test_a_reading_holds_only_when_it_knows_every_save() -> None:
    fresh = Freshness()
    before = fresh.ask()
    assert fresh.holds(before)
    fresh.save_begins()
    during = fresh.ask()
    assert not fresh.holds(before)
    fresh.save_ends()
    assert not fresh.holds(before)
    assert not fresh.holds(during)
    assert fresh.holds(fresh.ask())


def test_a_reading_that_was_overtaken_by_a_save_takes_nothing_back(desk, office_ports) -> None:
    proposal_id = a_person_proposed(office_ports)
    page = desk.go("proposals")
    page.open_at(proposal_id)
    desk.settle()
    old, asked = open_proposal(office_ports, proposal_id), page.panel._fresh.ask()
    form = page.panel.nominees[Subject.PERSON]
    field = form.editors["position"].inner
    field.setFocus()
    type_in(field, "Kỹ sư")
    form.editors["address"].inner.setFocus()
    page.panel._show(asked, old)  # the reader was slow
    assert field.text() == "Kỹ sư"
    desk.settle()
    page.panel._show(asked, old)
    assert field.text() == "Kỹ sư"
    type_in(form.editors["address"].inner, "Xã Vũ Lễ")
    desk.pause()
    stored = open_proposal(office_ports, proposal_id).nominee
    assert (stored.position, stored.address) == ("Kỹ sư", "Xã Vũ Lễ")
