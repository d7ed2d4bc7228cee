"""Every page of a window and every dialog that a button, a menu or a key opens, one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QMessageBox,
    QPushButton,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.places import PLACES

_MORE = "…"


def silence_file_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dialogs of the system answer that nobody chose anything."""
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_a, **_n: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_n: ""))


class Walk:
    """Goes through a window once. `steps` yields each page with its tabs open in turn, and each
    dialog while it is open; a button is pressed once a page, the tools of lists once in all.
    """

    def __init__(self, desk) -> None:
        self._desk = desk
        self._pressed: set[tuple[str, str]] = set()

    def steps(self) -> Iterator[tuple[str, QWidget]]:
        desk = self._desk
        for place in PLACES:
            if place.for_province and not desk.session.office().is_province:
                continue
            page = desk.go(place.key)
            yield place.key, page
            yield from self._opened_from(page, place.key)
            for bar in page.findChildren(QTabBar):
                for tab in range(1, bar.count()):
                    bar.setCurrentIndex(tab)
                    desk.settle()
                    yield f"{place.key}/{bar.tabText(tab)}", page
                    yield from self._opened_from(page, place.key)
                bar.setCurrentIndex(0)
            desk.settle()
            page.begin_new()
            yield from self._dialogs(f"{place.key}/Ctrl+N")
        for action in desk.window.actions():
            yield from self._triggered(action, "window")
        desk.window.open_palette()
        yield from self._dialogs("palette")

    def _opened_from(self, root: QWidget, name: str) -> Iterator[tuple[str, QWidget]]:
        for button in root.findChildren(QPushButton):
            if not (
                isValid(button)
                and button.isVisible()
                and button.isEnabled()
                and button.text().endswith(_MORE)
            ):
                continue
            key = ("" if isinstance(button, ListTools) else name, button.text())
            if key in self._pressed:
                continue
            self._pressed.add(key)
            button.click()
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                actions = [one for one in menu.actions() if one.isEnabled() and one.menu() is None]
                menu.close()
                for action in actions:
                    if action.text().endswith(_MORE):
                        yield from self._triggered(action, name)
            yield from self._dialogs(f"{name}/{button.text()}")

    def _triggered(self, action: QAction, name: str) -> Iterator[tuple[str, QWidget]]:
        action.trigger()
        yield from self._dialogs(f"{name}/{action.text()}")

    def _dialogs(self, name: str) -> Iterator[tuple[str, QWidget]]:
        self._desk.settle()
        while (dialog := _open_dialog()) is not None:
            if not isinstance(dialog, QMessageBox):
                yield f"{name}: {type(dialog).__name__}", dialog
            dialog.leave() if isinstance(dialog, Dialog) else dialog.close()
            if isValid(dialog) and dialog.isVisible():
                pytest.fail(f"{name}: {type(dialog).__name__} does not close")
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._desk.settle()


def _open_dialog() -> QDialog | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QDialog) else None
