"""What a page is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.pages.fresh import Freshness
from thidua_desktop.ui.searching import Searching
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.frames import PageHead

if TYPE_CHECKING:  # first paint needs none
    from datetime import date
    from uuid import UUID

    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.domain.offices import Office
    from thidua_desktop.services.ports import Ports

T = TypeVar("T")
_MARGINS = (24, 20, 24, 12)


def _always() -> bool:
    """Take everything that is read for what is shown."""
    return True


def _nobody_hears(_words: str, _kind: str, _record_id: UUID) -> None:
    """Stand where there is no window."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """The window as a page sees it.

    `ports` builds the ports on the worker that first asks for them: what it imports is heavy.
    `planner` runs what takes long and writes nothing, `drawer` draws papers and pictures. `news`
    says a line to the user, `go` opens another page at a record, `saved` tells the status bar what
    became of the last change, `search` finds whatever is typed, `deleted` says that a record was
    deleted, by its kind and id, and offers to take it back. `habits` are what this PC keeps of how
    somebody works.
    """

    ports: Callable[[], Ports]
    writer: TaskRunner
    reader: TaskRunner
    planner: TaskRunner
    drawer: TaskRunner
    office: Callable[[], Office]
    look: Look
    today: Callable[[], date]
    news: Callable[[str], None]
    go: Callable[[str, object], None]
    saved: Callable[[str], None]
    search: Searching
    deleted: Callable[[str, str, UUID], None] = _nobody_hears
    habits: Habits = field(default_factory=Habits)


@runtime_checkable
class Lines(Protocol):
    """A part of a page that holds several records of its own."""

    def add_another(self) -> bool:
        """Begin another one; tell whether it can be."""


class Page(QWidget):
    """One place of the program. `refresh` reads it anew; `open_at` shows one of its records."""

    changed = Signal(object)
    look_chosen = Signal(object, float)  # a scheme and a size of font
    practice_wanted = Signal(str)  # the office, the province, or all of it afresh

    def __init__(self, title: str, context: PageContext) -> None:
        super().__init__()
        self.setProperty("page", "1")
        self.context = context
        self.fresh = Freshness()
        self.head = PageHead(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*_MARGINS)
        self.body.setSpacing(12)
        self.body.addWidget(self.head)

    def refresh(self) -> None:
        """Read anew what the page shows."""

    def open_at(self, key: object) -> None:
        """Show the record of this key."""

    def flush(self) -> None:
        """Save what waits to be saved."""

    def close_down(self) -> None:
        """Let go of what is held; the window goes."""

    def step(self, by: int) -> None:
        """Go to the next record, or the one before: in the list in sight."""
        from thidua_desktop.ui.widgets.stepping import step_in  # noqa: PLC0415 - after first paint

        step_in(self, by)

    def search(self) -> None:
        """Put the cursor where one searches: into the filter of the list in sight."""
        from thidua_desktop.ui.widgets.list_filter import filter_in  # noqa: PLC0415

        found = filter_in(self)
        if found is not None:
            found.begin()

    def arrange_list(self) -> None:
        """Open the filters that have a name and the columns of the list in sight."""
        from thidua_desktop.ui.pages.list_tools import tools_in  # noqa: PLC0415 - after first paint

        found = tools_in(self)
        if found is not None:
            found.begin()

    def begin_new(self) -> None:
        """Begin a new record."""

    def begin_another(self) -> None:
        """Add a line to the list that the cursor stands in; outside of lists begin a new record."""
        part: QWidget | None = self.focusWidget()
        while part is not None and part is not self:
            if isinstance(part, Lines) and part.add_another():
                return
            part = part.parentWidget()
        self.begin_like()

    def begin_like(self) -> None:
        """Begin a new record that has what stays from the one that is open."""
        self.begin_new()

    def take_back(self) -> bool:
        """Take back what only this page knows of; tell whether there is such a thing."""
        return False

    def preview(self) -> None:
        """Show what would be printed."""

    def read(self, job: Callable[[Ports], T], done: Callable[[T], None]) -> None:
        """Read off the UI thread."""
        context = self.context
        context.reader.run(lambda: job(context.ports()), owner=self, done=done, failed=self.refused)

    def read_shown(
        self,
        job: Callable[[Ports], T],
        done: Callable[[T], None],
        *,
        same: Callable[[], bool] = _always,
    ) -> None:
        """Read what forms show. What a save overtook is read again after it, and never shown over
        the `same` that was typed in.
        """
        asked = self.fresh.ask()

        def arrived(answer: T) -> None:
            if same() and not self.fresh.holds(asked):
                self.fresh.after_saves(lambda: self.read_shown(job, done, same=same))
            else:
                done(answer)

        self.read(job, arrived)

    def write(
        self,
        job: Callable[[Ports], T],
        done: Callable[[T], None],
        failed: Callable[[ThiduaError], None] | None = None,
    ) -> None:
        """Write off the UI thread, one job after another."""
        context = self.context
        context.writer.run(
            lambda: job(context.ports()), owner=self, done=done, failed=failed or self.refused
        )

    def refused(self, error: ThiduaError) -> None:
        """Say why a job was refused."""
        from thidua_desktop.domain.error_text import error_text  # noqa: PLC0415 - after first paint

        self.context.news(error_text(error))
