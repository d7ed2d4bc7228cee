"""What this PC keeps of how somebody works with the window; nothing of it travels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QSplitter


class Settings(Protocol):
    """Where texts are kept under names: QSettings fits."""

    def value(self, key: str, default: object = None, /) -> object:
        """Return what is kept under a name."""

    def setValue(self, key: str, value: str, /) -> object:
        """Keep a text."""


class Habits:
    """Values by names. Without settings they are kept as long as the window is open."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._kept: dict[str, Any] = {}

    def kept(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return what was kept, None where nothing was or nobody can read it."""
        if name not in self._kept and self._settings is not None:
            try:
                self._kept[name] = json.loads(str(self._settings.value(f"habits/{name}", "null")))
            except ValueError:
                self._kept[name] = None
        return self._kept.get(name)

    def keep(self, name: str, value: object) -> None:
        """Keep a value that JSON can hold."""
        self._kept[name] = value
        if self._settings is not None:
            self._settings.setValue(f"habits/{name}", json.dumps(value, ensure_ascii=False))


def keep_panes(habits: Habits, name: str, splitter: QSplitter) -> QSplitter:
    """Give panes the widths they were left with, and keep those they are given."""
    key = f"{name}/panes"
    kept = habits.kept(key)
    if _are_widths(kept, splitter.count()):
        splitter.setSizes(kept)
    splitter.splitterMoved.connect(lambda _at, _which: habits.keep(key, splitter.sizes()))
    return splitter


def _are_widths(kept: object, count: int) -> bool:
    return (
        isinstance(kept, Sequence)
        and len(kept) == count
        and all(isinstance(one, int) and one >= 0 for one in kept)
    )
