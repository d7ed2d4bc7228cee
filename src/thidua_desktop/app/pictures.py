"""Pictures of the pages, made from the real window: for the demo, the manual, the README."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.app.paths import resources
from thidua_desktop.app.start import Session, prepare
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.theme import SIZES, Look, Scheme, application_of

NAMES = {
    "overview": "tong-quan",
    "units": "don-vi",
    "movement": "phong-trao",
    "criteria": "tieu-chi",
    "checklist": "phieu-tieu-chi",
    "nominees": "doi-tuong",
    "proposals": "de-nghi",
    "bundles": "goi-du-lieu",
    "questions": "hoi-dap",
    "texts": "mau-van-ban",
    "certificates": "in-bang",
}
_SIZE = (1366, 768)
_LONGEST_WAIT = 30.0
_TURNS = 12  # a result, what it reads in turn, texts that grow, and the layout after them
_NO_SIZES = "This plugin does not support propagateSizeHints()"
_DEMO_DAY = date(2024, 11, 25)


def take_pictures(ports: Ports, folder: Path, name: str) -> int:
    """Write a picture of every page of an office; return how many."""
    return len(picture_pages(ports, lambda key: folder / f"{name}-{NAMES[key]}.png"))


def picture_pages(
    ports: Ports,
    where: Callable[[str], Path],
    *,
    scheme: Scheme = Scheme.LIGHT,
    base: float = SIZES[0],
    size: tuple[int, int] = _SIZE,
) -> list[Path]:
    """Open the window of an office, visit every page and write its picture."""
    written = []
    with open_window(ports, scheme=scheme, base=base, size=size) as (window, session):
        for key in NAMES:
            window.go(key)
            settle(session)
            path = where(key)
            save_picture(window, path)
            written.append(path)
    return written


@contextmanager
def open_window(
    ports: Ports,
    *,
    scheme: Scheme = Scheme.LIGHT,
    base: float = SIZES[0],
    size: tuple[int, int] = _SIZE,
) -> Iterator[tuple[MainWindow, Session]]:
    """Open the window of an office on the day of the demo; it goes at the end."""
    application = _application()
    told = qInstallMessageHandler(None)
    qInstallMessageHandler(partial(_pass_on, told))
    look = Look(resources(), scheme, base)
    prepare(application, look)
    session = Session(lambda: ports, look)
    window = MainWindow(
        replace(session.context(), today=lambda: _DEMO_DAY), PLACES, "Đang mở dữ liệu…"
    )
    window.resize(*size)
    window.show()
    session.open_office()
    window.show_office(session.office())
    try:
        yield window, session
    finally:
        window.close()
        session.close()
        window.deleteLater()
        QCoreApplication.processEvents()
        qInstallMessageHandler(told)


def settle(session: Session) -> None:
    """Wait until no worker has anything left and everything was shown."""
    end = time.monotonic() + _LONGEST_WAIT
    for _ in range(_TURNS):
        session.writer.wait()
        session.reader.wait()
        session.planner.wait()
        session.drawer.wait()
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            break


def save_picture(widget: QWidget, path: Path) -> None:
    """Write what a widget shows as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))


def _pass_on(
    told: Callable[[QtMsgType, QMessageLogContext, str], None] | None,
    sort: QtMsgType,
    place: QMessageLogContext,
    words: str,
) -> None:
    """Pass on what Qt says, but for what it says of every window where there is no screen."""
    if words == _NO_SIZES:
        return
    if told is not None:
        told(sort, place, words)
    else:
        sys.stderr.write(f"{words}\n")


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return application_of(sys.argv[:1])
