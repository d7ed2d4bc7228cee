"""Saving by itself, one way for every form: stored soon, and what is refused stays typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject

from thidua_desktop.domain.errors import StoreBusyError, ThiduaError
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.saving import AutoSave

S = TypeVar("S")
T = TypeVar("T")
Typed: TypeAlias = Callable[[], tuple[S, bool] | None]


class SelfSaving(QObject, Generic[S, T]):
    """Stores what stands in a form: a record, or several that are stored together.

    `typed` gives it as far as it can be kept, and whether all of it can; None: nothing may be
    stored. `store` is the use case, `stored` is told its answer, `refused` why there is none.
    From the first letter to the answer the page shows no reading of the same over it.
    """

    def __init__(
        self,
        page: Page,
        typed: Typed[S],
        store: Callable[[Ports, S, S], T],
        stored: Callable[[T], None],
        refused: Callable[[ThiduaError], None],
    ) -> None:
        super().__init__(page)
        self.shown: S | None = None  # as it was read last, or sent to be stored
        self._page = page
        self._typed = typed
        self._store = store
        self._tell_stored = stored
        self._tell_refused = refused
        self._autosave = AutoSave(self._save, self)
        self._is_touched = False
        self._under_way = 0  # saves that were sent and not yet answered
        self._turn = 0  # grows when another thing is shown

    def show(self, value: S, *, same: bool) -> None:
        """Note what is shown: the same thing as read anew, or another one."""
        self.shown = value
        self._turn += not same

    @property
    def waits(self) -> bool:
        """Tell whether something is not saved yet: what was read meanwhile does not know of it."""
        return self._is_touched or self._under_way > 0

    def touch(self) -> None:
        """Save soon."""
        if not self._is_touched:
            self._is_touched = True
            self._page.fresh.save_begins()
        self._autosave.touch()
        self._page.context.saved("Đang lưu…")

    def flush(self) -> None:
        """Save now what waits."""
        self._autosave.flush()

    def forget(self) -> None:
        """Drop what is shown: it is gone, or nothing is shown any more."""
        self._autosave.forget()
        self.shown = None
        self._turn += 1
        self._settle()

    def _settle(self) -> None:
        """Note that there is nothing more to save."""
        if self._is_touched:
            self._is_touched = False
            self._page.fresh.save_ends()

    def _save(self) -> None:
        typed, shown = self._typed(), self.shown
        if typed is None or shown is None:
            self._settle()
            return
        value, is_whole = typed
        self._page.context.saved("" if is_whole else "⚠ Có ô chưa lưu được")
        if value == shown:
            self._settle()
            return
        self.shown = value
        self._is_touched = False  # it is under way now
        self._under_way += 1
        self._page.write(
            lambda ports: self._store(ports, value, shown),
            partial(self._stored, is_whole),
            partial(self._refused, self._turn, shown),
        )

    def _stored(self, is_whole: bool, answer: T) -> None:
        self._end()
        if is_whole:
            self._page.context.saved("✓ Đã lưu")
        self._tell_stored(answer)

    def _refused(self, turn: int, shown: S, error: ThiduaError) -> None:
        """Say why; what was typed stays, and is tried again, at the latest with the next change."""
        self._end()
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        if turn != self._turn:
            return  # another one is shown by now
        self.shown = shown
        self._tell_refused(error)
        if isinstance(error, StoreBusyError):
            self.touch()

    def _end(self) -> None:
        self._under_way -= 1
        self._page.fresh.save_ends()
