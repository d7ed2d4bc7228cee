from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from office_work import Pair
from thidua_desktop.app.paths import resources
from thidua_desktop.app.start import Session, prepare
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.submission_dialog import SubmissionDialog
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.theme import Look, apply
from thidua_desktop.ui.widgets import saving

TODAY = date(2024, 11, 25)
PAUSE = 60


@dataclass
class Desk:
    """A window on an office's folder, and what a test needs to wait for it."""

    window: MainWindow
    session: Session
    ports: Ports
    qtbot: object

    def go(self, key: str):
        self.window.go(key)
        self.settle()
        return self.window.page

    def letter_begun(self, page) -> SubmissionDialog:
        """The letter about what the page proposes, as it is filled in."""
        page.make_letter()
        self.settle()
        dialog = page.findChild(SubmissionDialog)
        dialog.next.click()
        self.settle()
        return dialog

    def settle(self) -> None:
        """Wait until no worker has anything left and its results are shown."""
        for _ in range(5):
            self.session.writer.wait()
            self.session.reader.wait()
            self.session.planner.wait()
            self.session.drawer.wait()
            self.qtbot.wait(5)

    def pause(self) -> None:
        """Wait until what was typed saves itself."""
        self.qtbot.wait(2 * PAUSE)
        self.settle()


@pytest.fixture
def province(pair: Pair) -> Ports:
    """The province that the office of these tests joined."""
    return pair.province


@pytest.fixture
def office_ports(pair: Pair) -> Ports:
    """An office that joined: the district of Kiến Xương."""
    return pair.office


@pytest.fixture(scope="session")
def first_look(qapp) -> Look:
    """Prepare the application, as the program does once: fonts and translators would add up."""
    look = Look(resources())
    prepare(qapp, look)
    return look


@pytest.fixture
def look(qapp, first_look: Look) -> Look:
    """The look of the program, whatever the test before had chosen."""
    apply(qapp, first_look)
    return first_look


@pytest.fixture
def open_desk(look: Look, qtbot, monkeypatch, tmp_path) -> Iterator[Callable[[Ports], Desk]]:
    """Windows close before the folder of the test goes."""
    monkeypatch.setattr(saving, "PAUSE", PAUSE)  # people are given 800 ms: test_saving
    opened: list[Desk] = []

    def open_on(ports: Ports, size: tuple[int, int] = (1366, 768)) -> Desk:
        session = Session(lambda: ports, look)
        session.writer.crashed.connect(pytest.fail)
        session.reader.crashed.connect(pytest.fail)
        session.drawer.crashed.connect(pytest.fail)
        window = MainWindow(replace(session.context(), today=lambda: TODAY), PLACES, "…")
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        session.open_office()
        window.show_office(session.office())
        desk = Desk(window, session, ports, qtbot)
        desk.settle()
        opened.append(desk)
        return desk

    yield open_on
    for desk in opened:
        desk.window.close()
        desk.session.close()


@pytest.fixture(autouse=True)
def _closed_windows_die_here(qapp) -> Iterator[None]:
    """What a test leaves goes now: a later test's thread may collect it where Qt crashes.

    Windows too: they would be dressed anew with those of the next test.
    """
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def desk(open_desk, office_ports: Ports) -> Desk:
    """The office's window."""
    return open_desk(office_ports)


@pytest.fixture
def province_desk(open_desk, province: Ports) -> Desk:
    """The province's window."""
    return open_desk(province)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ngoài"
