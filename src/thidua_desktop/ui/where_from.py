"""“Từ đâu ra?” of the field where the cursor stands, in every window that has forms."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.page import PageContext

_NAME = "where_from"


def ask_where(inside: QWidget) -> None:
    """Ask for the field where the cursor stands, as the keys do."""
    for action in inside.window().actions():
        if action.objectName() == _NAME:
            action.trigger()


def where_action(window: QWidget, context: PageContext) -> QAction:
    """Return the action, with its keys; the menu of a field shows it too."""
    action = QAction("Từ đâu ra?", window)
    action.setObjectName(_NAME)
    action.setShortcuts([QKeySequence("Ctrl+I"), QKeySequence("Alt+Return")])

    def ask() -> None:
        from thidua_desktop.ui.forms.asked_field import (  # noqa: PLC0415 - after first paint
            field_at,
        )

        asked = field_at(window.focusWidget())
        if asked is None:
            context.news("Hãy đặt con trỏ vào một trường rồi hỏi lại.")
            return
        from thidua_desktop.ui.dialogs.provenance import (  # noqa: PLC0415 - after first paint
            ProvenanceDialog,
        )

        ProvenanceDialog(context, asked, window).open()

    action.triggered.connect(ask)
    return action
