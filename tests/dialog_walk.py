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

from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.places import PLACES

_MORE = "…"
_DEEPEST = 2  # a dialog that a dialog opens


def silence_file_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dialogs of the system answer that nobody chose anything."""
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_a, **_n: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_n: ""))


def walk(desk) -> Iterator[tuple[str, QWidget]]:
    """Yield each page with its tabs open in turn, and each dialog while it is open."""
    for place in PLACES:
        if place.for_province and not desk.session.office().is_province:
            continue
        page = desk.go(place.key)
        yield place.key, page
        for bar in page.findChildren(QTabBar):
            for tab in range(bar.count()):
                bar.setCurrentIndex(tab)
                desk.settle()
                yield f"{place.key}/{bar.tabText(tab)}", page
                yield from _opened_from(desk, page, f"{place.key}/{bar.tabText(tab)}")
            bar.setCurrentIndex(0)
        desk.settle()
        yield from _opened_from(desk, page, place.key)
        page.begin_new()
        yield from _dialogs(desk, f"{place.key}/Ctrl+N", 0)
    for action in desk.window.actions():
        yield from _triggered(desk, action, "window")
    desk.window.open_palette()
    yield from _dialogs(desk, "palette", 0)


def _opened_from(desk, root: QWidget, name: str, depth: int = 0) -> Iterator[tuple[str, QWidget]]:
    for button in root.findChildren(QPushButton):
        if not (button.isVisible() and button.isEnabled() and button.text().endswith(_MORE)):
            continue
        button.click()
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            actions = [one for one in menu.actions() if one.isEnabled() and one.menu() is None]
            menu.close()
            for action in actions:
                if action.text().endswith(_MORE):
                    yield from _triggered(desk, action, name)
        yield from _dialogs(desk, f"{name}/{button.text()}", depth)


def _triggered(desk, action: QAction, name: str) -> Iterator[tuple[str, QWidget]]:
    focus = next((one for one in desk.window.page.findChildren(QWidget) if one.hasFocus()), None)
    action.trigger()
    yield from _dialogs(desk, f"{name}/{action.text()}", 0)
    if focus is not None:
        focus.setFocus()


def _dialogs(desk, name: str, depth: int) -> Iterator[tuple[str, QWidget]]:
    desk.settle()
    while (dialog := _open_dialog()) is not None:
        if not isinstance(dialog, QMessageBox):
            yield f"{name}: {type(dialog).__name__}", dialog
            if depth < _DEEPEST and isinstance(dialog, Dialog):
                yield from _opened_from(desk, dialog, name, depth + 1)
        dialog.leave() if isinstance(dialog, Dialog) else dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk.settle()


def _open_dialog() -> QDialog | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QDialog) else None
