"""What happens once after the window of an office was opened."""

from __future__ import annotations

from dataclasses import replace

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
