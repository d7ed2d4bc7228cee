"""What pages do with the lines under a form: each is stored by itself, and comes back when
taken out.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import Page

Store = Callable[[Ports, Record, Record], Changes]


def _save(ports: Ports, record: Record, shown: Record) -> Changes:
    return save_record(ports, record, shown=shown).changes


class LineSaving(QObject):
    """Serves lists of lines. `done` is told what was touched, `again` reads anew when refused."""

    def __init__(
        self,
        page: Page,
        done: Callable[[Changes], None],
        again: Callable[[], None],
        store: Store = _save,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._done = done
        self._again = again
        self._store = store

    def serve(self, lines: RecordLines, add: Callable[[], None]) -> None:  # type: ignore[type-arg] # of any
        """Do what these lines say is wanted; `add` begins a new one."""
        lines.wanted.connect(add)
        lines.changed_record.connect(self._save)
        lines.removed.connect(self._remove)

    def write(self, job: Callable[[Ports], Changes]) -> None:
        """Write a line."""
        self._page.write(job, self._done, self._refused)

    def _save(self, change: tuple[Record, Record]) -> None:
        shown, record = change
        self.write(lambda ports: self._store(ports, record, shown))

    def _remove(self, record: Record) -> None:
        def done(changes: Changes) -> None:
            self._done(changes)
            kind = kind_name(type(record))
            words = f"Đã bỏ một mục “{kind_label(kind)}”."
            self._page.context.deleted(words, kind, record.id)

        self._page.write(lambda ports: delete_record(ports, record), done, self._refused)

    def _refused(self, error: ThiduaError) -> None:
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        self._again()
