"""Walk through all pages and the dialogs their buttons open, and find what has too little room.

.venv/bin/python installer/walk.py DATA [--out FOLDER] [--quick]

DATA is the folder of an office (of the demo: `.demo/may/kien-xuong`), with `data` and `identity` in
it; it is copied, never written to. Every page is measured at 1366×768 with 100 and 125 %, letters
of 10 to 14 pt, light and dark; its picture goes to the folder. Ends with 1 when anything is cut.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not in the outer process
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from thidua_desktop.services.ports import Ports
    from thidua_desktop.ui.theme import Look

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "src"), str(ROOT / "tests")]

SCHEMES = ("light", "dark")
BASES = ("10", "11", "12.5", "14")
SCALES = ("1", "1.25")
QUICK = (("light", "10", "1"), ("dark", "14", "1.25"))
WIDTH, HEIGHT = 1366, 768
DAY = date(2024, 11, 25)


def main() -> int:
    """Walk once for each look, each in a process of its own: the scale is fixed at the start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("walk"))
    parser.add_argument("--quick", action="store_true", help="two looks instead of sixteen")
    parser.add_argument("--one", nargs=3, metavar=("SCHEME", "BASE", "SCALE"), help="one look")
    given = parser.parse_args()
    if given.one:
        return walk_once(given.data, given.out, *given.one)
    looks = QUICK if given.quick else product(SCHEMES, BASES, SCALES)
    failed = 0
    for scheme, base, scale in looks:
        done = subprocess.run(  # noqa: S603 - ourselves
            [
                sys.executable,
                __file__,
                given.data,
                "--out",
                given.out,
                "--one",
                scheme,
                base,
                scale,
            ],
            env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
        failed |= done.returncode
    return failed


def walk_once(data: Path, out: Path, scheme: str, base: str, scale: str) -> int:
    """Walk with one look, and print what is cut, page by page."""
    from thidua_desktop.app.paths import resources  # noqa: PLC0415 - not in the outer process
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415
    from thidua_desktop.ui.theme import Look, Scheme  # noqa: PLC0415

    size = (int(WIDTH / float(scale)), int(HEIGHT / float(scale)))
    look = Look(resources(), Scheme(scheme), float(base))
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        shutil.copytree(data, office)
        ports = make_ports(office / "data", office / "identity")
        found = walk(ports, look, size, out / f"{scheme}-{base}-{scale}")
    for name, cut in found.items():
        for fault in cut:
            print(f"{scheme} {base} pt {scale}: {name}: {fault}")
    print(f"{scheme} {base} pt {scale}: {len(found)} seen, {sum(map(bool, found.values()))} cut")
    return int(any(found.values()))


def walk(ports: Ports, look: Look, size: tuple[int, int], out: Path) -> dict[str, list[str]]:
    """Return what is cut on every page, tab and dialog, and leave their pictures in a folder."""
    from PySide6.QtWidgets import QApplication, QPushButton, QTabBar  # noqa: PLC0415

    from fitting import faults, too_large  # noqa: PLC0415
    from thidua_desktop.app.pictures import save_picture, settle  # noqa: PLC0415
    from thidua_desktop.app.start import Session, prepare  # noqa: PLC0415
    from thidua_desktop.ui.main_window import MainWindow  # noqa: PLC0415
    from thidua_desktop.ui.places import PLACES  # noqa: PLC0415

    application = QApplication(sys.argv[:1])
    prepare(application, look)
    silence_file_dialogs()
    session = Session(lambda: ports, look)
    context = replace(session.context(), today=lambda: DAY)
    window = MainWindow(context, PLACES, "…")
    window.resize(*size)
    window.show()
    office = session.open_office()
    window.show_office(office)
    found: dict[str, list[str]] = {}

    def see(widget: QWidget, name: str) -> None:
        settle(session)
        save_picture(widget, out / f"{name}.png")
        found[name] = faults(widget) + too_large(widget, size)

    def see_dialog(name: str) -> None:
        settle(session)
        dialog = QApplication.activeModalWidget()
        while dialog is not None:
            see(dialog, name)
            dialog.close()
            settle(session)
            name, dialog = f"{name}-2", QApplication.activeModalWidget()

    for place in PLACES:
        if place.for_province and not office.is_province:
            continue
        window.go(place.key)
        see(window, place.key)
        for bar in window.page.findChildren(QTabBar):
            for tab in range(1, bar.count() if bar.isVisible() else 0):
                bar.setCurrentIndex(tab)
                see(window, f"{place.key}-{tab}-{bar.tabText(tab).split(' (')[0]}")
            bar.setCurrentIndex(0)
        settle(session)
        for button in window.page.findChildren(QPushButton):
            if button.isVisible() and button.isEnabled() and button.text().endswith("…"):
                name = f"{place.key}-{button.text().replace('&', '').rstrip('…')}"
                button.click()
                see_menu(name.replace("/", "-"), see_dialog)
                see_dialog(name.replace("/", "-"))
    window.open_palette()
    see_dialog("palette")
    window.close()
    session.close()
    return found


def see_menu(name: str, see_dialog: Callable[[str], None]) -> None:
    """Close the menu that a button opened, and see what in it opens a dialog."""
    from PySide6.QtWidgets import QApplication, QMenu  # noqa: PLC0415

    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        menu.close()
        for action in menu.actions():
            if action.isEnabled() and action.text().endswith("…"):
                action.trigger()
                see_dialog(f"{name}-{action.text().rstrip('…')}")


def silence_file_dialogs() -> None:
    """Let the dialogs of the system answer that nobody chose anything."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        setattr(QFileDialog, name, staticmethod(lambda *_args, **_named: ("", "")))
    QFileDialog.getExistingDirectory = staticmethod(lambda *_args, **_named: "")  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
