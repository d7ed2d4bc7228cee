"""Lets a page paste blocks into its lists of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from thidua_desktop.domain.blocks import is_block
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.pasting import Pasted
from thidua_desktop.ui.dialogs.paste_dialog import PasteDialog
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import Page

Fixed = Callable[[], Mapping[str, UUID] | None]
_NOTHING = "Chưa có gì để dán. Hãy chọn các ô trong Excel, chép (Ctrl+C), rồi bấm lại."


class Pasting(QObject):
    """Serves lists. `fixed` says what every new record holds; None: there is nowhere to paste.

    `done` is told what was touched.
    """

    def __init__(self, page: Page, done: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page = page
        self._done = done

    def serve(self, lines: RecordLines, fixed: Fixed) -> None:  # type: ignore[type-arg] # of any
        """Paste into this list what its button or its fields ask for."""
        lines.let_paste()
        lines.pasting.connect(partial(self._open, lines, fixed))

    def _open(self, lines: RecordLines, fixed: Fixed, first: str) -> None:  # type: ignore[type-arg]
        block, held = QApplication.clipboard().text(), fixed()
        if held is None:
            return
        if not is_block(block):
            self._page.context.news(_NOTHING)
            return
        self._page.flush()
        dialog = PasteDialog(
            self._page.context, lines.kind, lines.columns, held, block, first, self._page
        )
        dialog.pasted.connect(self._pasted)
        dialog.open()

    def _pasted(self, pasted: Pasted) -> None:
        self._page.context.news(f"Đã thêm {pasted.count} dòng. Ctrl+Z lấy lại cả khối.")
        self._done(pasted.changes)
