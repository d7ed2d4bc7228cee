"""Whether what was read can still be shown: a save since, or to come, makes it old."""

from __future__ import annotations

from collections.abc import Callable

_NEVER = -1


class Freshness:
    """Reader and writer are two workers: what one read may be older than what the other wrote.

    A save begins when something is typed, and ends when it is stored, refused or was nothing.
    """

    def __init__(self) -> None:
        self._under_way = 0
        self._saves = 0
        self._late: list[Callable[[], None]] = []

    def save_begins(self) -> None:
        """Note that there is something to save."""
        self._under_way += 1

    def save_ends(self) -> None:
        """Note that a save came to its end, good or not; what waited for it goes on."""
        self._under_way -= 1
        self._saves += 1
        if not self._under_way:
            late, self._late = self._late, []
            for job in late:
                job()

    def ask(self) -> int:
        """Return what to keep of a reading that begins now."""
        return _NEVER if self._under_way else self._saves

    def holds(self, asked: int) -> bool:
        """Tell whether a reading that began so knows every save."""
        return not self._under_way and asked == self._saves

    def after_saves(self, job: Callable[[], None]) -> None:
        """Do a job once no save is under way; at once where none is."""
        if self._under_way:
            self._late.append(job)
        else:
            job()
