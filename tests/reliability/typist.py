"""A clerk in a process of its own: types into the real window, says each key, until killed."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from reliability.children import READY

FIELDS = ("full_name", "position", "workplace", "address", "qualification", "ethnicity")
_PACE = (5, 60)
BREATH = 12
_WORDS = ("Nguyễn", "Thị", "Đặng", "Hường", "xã", "Vũ Lễ", "kỹ sư", "trưởng ban", "hiến đất")


def type_away(
    acknowledged: Connection, folder: Path, proposal_id: UUID, seed: int, is_careless: bool
) -> None:
    """Type field after field without an end. Careless: nothing keeps what is typed in the first."""
    from PySide6.QtTest import QTest  # noqa: PLC0415 - in the child only
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from thidua_desktop.app.paths import resources  # noqa: PLC0415
    from thidua_desktop.app.start import Session, main_window, prepare  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415
    from thidua_desktop.domain.proposals import Subject  # noqa: PLC0415
    from thidua_desktop.ui.theme import Look  # noqa: PLC0415
    from typing_in import type_in  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    look = Look(resources())
    prepare(application, look)
    session = Session(partial(make_ports, folder / "data", folder / "identity"), look)
    window = main_window(session)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    session.open_office()
    window.show_office(session.office())
    window.go("proposals", proposal_id)
    page = window.page
    while page.panel.view is None:
        QTest.qWait(20)
    if is_careless:
        window.keeper.typed = lambda *_typed: None
    chance = random.Random(seed)
    form = page.panel.nominees[Subject.PERSON]
    acknowledged.send(READY)

    def rest(has_work: Callable[[], bool]) -> None:
        """Let the machine catch up, as it does with a clerk whom it outruns."""
        while has_work():
            QTest.qWait(5)

    while True:
        for name in FIELDS:
            field = form.editors[name].inner
            field.setFocus()
            assert field.hasFocus(), "nobody types where the cursor is not"
            rest(lambda: bool(session.writer._jobs))
            field.selectAll()
            text = " ".join(chance.choices(_WORDS, k=400 if is_careless else chance.randint(2, 9)))
            for count, letter in enumerate(text, start=1):
                type_in(field, letter)
                acknowledged.send((name, text[:count]))
                QTest.qWait(chance.randint(*_PACE))
                if count % BREATH == 0:
                    rest(lambda: window.keeper._soon.isActive() or window.keeper._is_writing)
