"""What one transaction asked and the next need not ask again: as long as nobody else writes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any


class Memory:
    """Answers of the database, by who asked. Whoever writes there keeps his own ones right."""

    def __init__(self) -> None:
        self._parts: defaultdict[str, dict[Any, Any]] = defaultdict(dict)
        self._version: int | None = None

    def part(self, name: str) -> dict[Any, Any]:
        """Return the answers of one who asks."""
        return self._parts[name]

    def forget(self) -> None:
        """Ask everything anew: a step was taken back, or somebody else wrote."""
        for part in self._parts.values():
            part.clear()

    def see(self, version: int) -> None:
        """Forget where the database says by its version that another connection wrote in it."""
        if version != self._version:
            self.forget()
            self._version = version
