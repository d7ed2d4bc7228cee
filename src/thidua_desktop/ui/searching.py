"""The index of everything, as long as the window is open: made on a worker after first paint."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from thidua_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:  # first paint needs none of them
    from uuid import UUID

    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.services.changes import Changes
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.services.search import Hit, Refreshed, SearchIndex


class Searching(QObject):
    """Answers at once what is typed. `renewed` says that other records can be found than before.

    * `find(text, kinds=("person",), limit=20)`: the best hits, best first.
    * `ids("person", text)`: every hit in the order of its list, for the filter of a list.

    Until the index is there, and that is a moment after the window, both find nothing.
    """

    renewed = Signal()

    def __init__(
        self, ports: Callable[[], Ports], runner: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ports = ports
        self._runner = runner
        self._index: SearchIndex | None = None
        self._is_making = False
        self._is_old = False  # something was written while the index was being made

    @property
    def index(self) -> SearchIndex | None:
        """Return the index, None before it was made."""
        return self._index

    def find(
        self, text: str, *, kinds: Collection[str] = (), limit: int = 20, forgiving: bool = True
    ) -> tuple[Hit, ...]:
        """Return the best hits, best first."""
        if self._index is None:
            return ()
        return self._index.find(text, kinds=kinds, limit=limit, forgiving=forgiving).hits

    def ids(self, kind: str, text: str = "") -> Collection[UUID]:
        """Return every hit of a kind in the order of its list."""
        return self._index.ids(kind, text) if self._index else ()

    def begin(self) -> None:
        """Make the index anew on the worker."""
        if self._is_making:
            self._is_old = True
            return
        self._is_making, self._is_old = True, False
        self._runner.run(
            lambda: _made(self._ports()), owner=self, done=self._made, failed=self._failed
        )

    def heard(self, changes: object) -> None:
        """Take in what was written."""
        from thidua_desktop.services.changes import Changes  # noqa: PLC0415 - after first paint

        if not isinstance(changes, Changes) or not changes.touched:
            return
        if self._index is None or self._is_making:
            self._is_old = True
            return
        self._runner.run(
            lambda: _refreshed(self._ports(), changes),
            owner=self,
            done=self._refreshed,
            failed=self._failed,
        )

    def _made(self, index: SearchIndex) -> None:
        self._index = index
        self._is_making = False
        if self._is_old:
            self.begin()
        self.renewed.emit()

    def _refreshed(self, news: Refreshed | None) -> None:
        if news is None or self._index is None:
            self.begin()
            return
        self._index.update(news.entries, news.gone)
        self.renewed.emit()

    def _failed(self, _error: ThiduaError) -> None:
        self._is_making = False  # what is there is asked on; the page that read says why it failed


def _made(ports: Ports) -> SearchIndex:
    from thidua_desktop.services.search import make_index  # noqa: PLC0415 - on the worker

    return make_index(ports)


def _refreshed(ports: Ports, changes: Changes) -> Refreshed | None:
    from thidua_desktop.services.search import refreshed  # noqa: PLC0415 - on the worker

    return refreshed(ports, changes)
