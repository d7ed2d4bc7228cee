"""Lets a page paste blocks into its lists of records, and write one value into many of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.domain.blocks import is_block
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.records import Record
from thidua_desktop.services.bulk import MOST_AT_ONCE
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import many_fields
from thidua_desktop.services.pasting import Pasted, Target
from thidua_desktop.ui.dialogs.bulk_dialog import BulkDialog
from thidua_desktop.ui.dialogs.paste_dialog import PasteDialog
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import Page

if TYPE_CHECKING:  # it is served, and so imports this
    from thidua_desktop.ui.dialogs.letter_papers import LetterPapers

_NOTHING = "Chưa có gì để dán. Hãy chọn các ô trong Excel, chép (Ctrl+C), rồi bấm lại."
_NONE_MARKED = "Chưa đánh dấu dòng nào. Shift+↓ đánh dấu nhiều dòng, Ctrl+A tất cả."
_TOO_MANY = (
    f"Một lần sửa được tối đa {decimal_text(MOST_AT_ONCE)} bản ghi. Hãy lọc bớt rồi đánh dấu lại."
)


class Pasting(QObject):
    """Serves the lists of a page, or of a part of it; `done` is told what was touched."""

    def __init__(self, page: Page | LetterPapers, done: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page = page
        self._done = done

    def serve(
        self,
        lines: RecordLines,  # type: ignore[type-arg] # of any
        target: Callable[[], Target | None],
    ) -> None:
        """Paste into this list what its button or its fields ask for; None: it is not the time."""
        lines.let_paste()
        lines.pasting.connect(partial(self._into_lines, target))

    def listen(self, where: QWidget, job: Callable[[], None]) -> None:
        """Paste with Ctrl+V where this has the focus."""
        keys = QShortcut(QKeySequence.StandardKey.Paste, where)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(job)

    def _into_lines(self, target: Callable[[], Target | None], first: str) -> None:
        wanted = target()
        if wanted is not None:
            self.paste(wanted, first)

    def paste(self, target: Target, first: str = "") -> None:
        """Show what the block on the clipboard would become; it begins in the `first` field."""
        block = QApplication.clipboard().text()
        if not is_block(block):
            self._page.context.news(_NOTHING)
            return
        self._page.flush()
        dialog = PasteDialog(self._page.context, target, block, first, self._page)
        dialog.pasted.connect(self._pasted)
        dialog.open()

    def edit_many(self, kind: type[Record], ids: Sequence[UUID]) -> None:
        """Ask for one value to be written into a field of many records."""
        if not ids or len(ids) > MOST_AT_ONCE:
            self._page.context.news(_TOO_MANY if ids else _NONE_MARKED)
            return
        self._page.flush()
        dialog = BulkDialog(self._page.context, kind, many_fields(kind), ids, self._page)
        dialog.written.connect(self._done)
        dialog.open()

    def _pasted(self, pasted: Pasted) -> None:
        self._page.context.news(f"Đã ghi {pasted.count} dòng. Ctrl+Z lấy lại cả khối.")
        self._done(pasted.changes)
