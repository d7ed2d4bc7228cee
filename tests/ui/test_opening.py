"""What happens once after the window of an office was opened."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel

from thidua_desktop.app.start import Session, main_window
from thidua_desktop.domain.movements import Obligation
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.theme import Look

SECONDS_60 = 60_000


def said(window: MainWindow, words: str) -> bool:
    return any(words in label.text() for label in window.findChildren(QLabel))


def test_a_newer_program_brings_what_it_ships_to_the_province(
    look: Look, qtbot, province: Ports
) -> None:
    plan = province.plan()
    first = next(one for one in plan.records if isinstance(one, Obligation))
    new = replace(
        first, id=keyed_id(Obligation, 0, movement_id=first.movement_id, code="d-99"), code="d-99"
    )
    newer = replace(province, plan=lambda: replace(plan, records=(*plan.records, new)))
    session = Session(lambda: newer, look)
    window = main_window(session)
    qtbot.addWidget(window)
    window.show()
    try:
        qtbot.waitUntil(lambda: said(window, "đã bổ sung 1 mục"), timeout=SECONDS_60)
    finally:
        session.writer.wait()
        window.close()
        session.close()
    with province.store.read() as work:
        assert work.records.get(Obligation, new.id).code == "d-99"


def test_a_page_asked_for_before_the_data_are_open_is_read_as_soon_as_they_are(
    look: Look, qapp, qtbot, office_ports: Ports
) -> None:
    may_open = Event()
    made: list[Ports] = []

    def make() -> Ports:
        may_open.wait()
        made.append(office_ports)
        return office_ports

    session = Session(make, look)
    window = main_window(session)
    qtbot.addWidget(window)
    window.show()
    try:
        window.go("nominees")
        session.reader.run(session.ports, owner=window, done=lambda _: None, failed=pytest.fail)
        may_open.set()
        qtbot.waitUntil(lambda: said(window, "Chưa có cá nhân nào"), timeout=SECONDS_60)
        session.reader.wait()
        assert len(made) == 1  # one store, whoever asked first
    finally:
        may_open.set()
        session.writer.wait()
        window.close()
        session.close()
    session.writer.run(pytest.fail, owner=qapp, done=pytest.fail, failed=pytest.fail)
    assert session.writer.wait()  # nothing begins any more
