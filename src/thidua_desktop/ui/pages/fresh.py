"""Whether what was read can still be shown: a save since, or under way, makes it old."""

from __future__ import annotations

_NEVER = -1


class Freshness:
    """Reader and writer are two workers: what one read may be older than what the other wrote."""

    def __init__(self) -> None:
        self._under_way = 0
        self._saves = 0

    def save_begins(self) -> None:
        """Note that a save was sent."""
        self._under_way += 1

    def save_ends(self) -> None:
        """Note that a save came to its end, good or not."""
        self._under_way -= 1
        self._saves += 1

    def ask(self) -> int:
        """Return what to keep of a reading that begins now."""
        return _NEVER if self._under_way else self._saves

    def holds(self, asked: int) -> bool:
        """Tell whether a reading that began so knows every save."""
        return not self._under_way and asked == self._saves
