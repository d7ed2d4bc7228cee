"""What was read before a save ended is never shown over what was typed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from office_work import a_person_proposed
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import ProposalView, open_proposal
from thidua_desktop.ui.pages import proposal_panel
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


def test_what_waits_for_saves_goes_on_after_the_last_of_them() -> None:
    fresh, done = Freshness(), []
    fresh.after_saves(lambda: done.append("at once"))
    fresh.save_begins()
    fresh.save_begins()
    fresh.after_saves(lambda: done.append("after"))
    fresh.save_ends()
    assert done == ["at once"]
    fresh.save_ends()
    assert done == ["at once", "after"]


def test_a_reading_that_was_overtaken_by_a_save_is_read_again(desk) -> None:
    page, may_end, told = desk.go("proposals"), Event(), []
    values = ["trước", "sau"]

    def slow(_: Ports) -> str:
        value = values.pop(0)
        may_end.wait(30)
        return value

    page.read_shown(slow, told.append)
    page.fresh.save_begins()
    page.fresh.save_ends()
    may_end.set()
    desk.settle()
    assert told == ["sau"]


def test_another_record_is_shown_whatever_is_being_saved(desk) -> None:
    page, told = desk.go("proposals"), []
    page.fresh.save_begins()
    page.read_shown(lambda _: "hồ sơ khác", told.append, same=lambda: False)
    desk.settle()
    assert told == ["hồ sơ khác"]
    page.fresh.save_ends()


@pytest.fixture
def slow_reader(monkeypatch) -> Callable[[], Event]:
    """Let the next reading of a proposal stop after it was read, until the event is set."""

    def slow() -> Event:
        may_end = Event()

        def read_slowly(ports: Ports, proposal_id) -> ProposalView:
            view = open_proposal(ports, proposal_id)
            may_end.wait(30)
            return view

        monkeypatch.setattr(proposal_panel, "open_proposal", read_slowly)
        return may_end

    return slow


@pytest.mark.parametrize("is_left", [True, False])
def test_a_slow_reading_takes_nothing_back(desk, office_ports, slow_reader, is_left: bool) -> None:
    proposal_id = a_person_proposed(office_ports)
    page = desk.go("proposals")
    page.open_at(proposal_id)
    desk.settle()
    form = page.panel.nominees[Subject.PERSON]
    field = form.editors["position"].inner
    may_end = slow_reader()
    page.panel.open(proposal_id)
    field.setFocus()
    type_in(field, "Kỹ sư")
    if is_left:
        form.editors["address"].inner.setFocus()
        desk.session.writer.wait()  # stored, while the reader still holds what was before
    may_end.set()
    desk.settle()
    assert field.text() == "Kỹ sư"
    form.editors["address"].inner.setFocus()
    type_in(form.editors["address"].inner, "Xã Vũ Lễ")
    desk.pause()
    assert field.text() == "Kỹ sư"
    stored = open_proposal(office_ports, proposal_id).nominee
    assert (stored.position, stored.address) == ("Kỹ sư", "Xã Vũ Lễ")
