"""“Xóa dữ liệu cá nhân theo luật…” of the record where the cursor stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.page import Page, PageContext


def redact_action(
    window: QWidget, context: PageContext, page: Callable[[], Page], saved: Callable[[], None]
) -> QAction:
    """Return the action; it stands in the menu of every field."""
    action = QAction("Xóa dữ liệu cá nhân theo luật…", window)

    def ask() -> None:
        from thidua_desktop.ui.forms.asked_field import (  # noqa: PLC0415 - after first paint
            field_at,
        )

        asked = field_at(window.focusWidget())
        if asked is None or asked.copy is not None:
            context.news("Hãy đặt con trỏ vào một trường của bản ghi rồi chọn lại.")
            return
        page().flush()
        saved()  # kept as typed later, the value would come back after it was erased
        from thidua_desktop.ui.dialogs.redact_dialog import (  # noqa: PLC0415 - after first paint
            RedactDialog,
        )

        dialog = RedactDialog(context, asked, window)
        dialog.redacted.connect(done)
        dialog.open()

    def done(changes: object, told: str) -> None:
        context.news(told)
        page().changed.emit(changes)
        page().refresh()

    action.triggered.connect(ask)
    return action
