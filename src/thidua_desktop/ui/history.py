"""Undo and redo by key, in every page: what was done is told in words, and the page reads anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.page import Page, PageContext

if TYPE_CHECKING:  # first paint needs neither
    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.services.journal import Replayed
    from thidua_desktop.services.ports import Ports

_NOTHING = {
    "Đã hoàn tác": "Không còn thay đổi nào trên máy này để hoàn tác.",
    "Đã làm lại": "Không có gì để làm lại.",
}


class History(QObject):
    """Takes the last change back, or does it again, wherever the cursor stands."""

    def __init__(
        self,
        window: QWidget,
        context: PageContext,
        page: Callable[[], Page],
        saved: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._page = page
        self._saved = saved
        self.undo_action = self._action(window, "Hoàn tác thay đổi cuối", "Ctrl+Z", self.undo)
        self.redo_action = self._action(window, "Làm lại thay đổi", "Ctrl+Y", self.redo)

    def undo(self) -> None:
        """Take the last change back."""
        if not self._page().take_back():
            self._run(_undone, "Đã hoàn tác")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._run(_redone, "Đã làm lại")

    def _run(self, job: Callable[[Ports], Replayed | None], words: str) -> None:
        self._page().flush()
        self._saved()
        context = self._context

        def done(replayed: Replayed | None) -> None:
            self._tell(replayed, words)

        context.writer.run(
            lambda: job(context.ports()), owner=self, done=done, failed=self._refused
        )

    def _tell(self, replayed: Replayed | None, words: str) -> None:
        if replayed is None:
            self._context.news(_NOTHING[words])
            return
        if replayed.is_done:
            self._context.news(f"{words}: {replayed.words}.")
        else:
            self._context.news(
                f"Không thể: {replayed.words}. Sau đó đã có thay đổi khác, hoặc hồ sơ đã trình. "
                "Bước này được bỏ qua, không có gì bị thay đổi."
            )
        from thidua_desktop.ui.widgets.editors import Editor  # noqa: PLC0415 - after first paint

        focus = self._window.focusWidget()
        editor = focus.parentWidget() if focus else None
        if isinstance(editor, Editor):
            editor.give_way()
        page = self._page()
        page.changed.emit(replayed.changes)
        page.refresh()

    def _refused(self, error: ThiduaError) -> None:
        self._page().refused(error)

    @staticmethod
    def _action(window: QObject, words: str, keys: str, job: Callable[[], None]) -> QAction:
        action = QAction(words, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(job)
        return action


def _undone(ports: Ports) -> Replayed | None:
    from thidua_desktop.services.journal import undo  # noqa: PLC0415 - on the worker

    return undo(ports)


def _redone(ports: Ports) -> Replayed | None:
    from thidua_desktop.services.journal import redo  # noqa: PLC0415 - on the worker

    return redo(ports)
