"""Private keys as files that only their user can read; on Windows sealed for the account."""

from __future__ import annotations

import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from thidua_desktop.domain.errors import UnwritableFileError
from thidua_desktop.domain.key_state import KeyGuard
from thidua_desktop.storage.files import write_whole

_ONLY_ME, _ONLY_MY_FOLDER = 0o600, 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_GUARDED = b"TDKT-KHOA1\n"  # what follows is the guard's


class Guard(Protocol):
    """What protects a secret for the account of this user."""

    def protect(self, content: bytes) -> bytes:
        """Return the content protected. Raises OSError."""

    def unprotect(self, content: bytes) -> bytes:
        """Return what was protected. Raises OSError."""


class KeyFolder:
    """Fits the KeyStore of services.ports: a file for every key."""

    def __init__(self, folder: Path, guard: Guard | None = None) -> None:
        self._folder = folder
        self._guard = guard
        self._mended: list[str] = []

    @property
    def guard(self) -> KeyGuard:
        """Say what keeps others from the keys."""
        return KeyGuard.FILE if self._guard is None else KeyGuard.ACCOUNT

    @property
    def place(self) -> str:
        """Say where the keys lie."""
        return str(self._folder)

    def has(self, name: str) -> bool:
        """Tell whether there is a key of this name, readable or not."""
        return (self._folder / name).exists()

    def load(self, name: str) -> bytes | None:
        """Return a key; None where there is none that this user can read.

        One that others could read is closed to them, and one that an older program left without
        the guard is given to it.
        """
        path = self._folder / name
        try:
            self._mend(path)
            kept = path.read_bytes()
            if kept.startswith(_GUARDED):
                return self._guard.unprotect(kept[len(_GUARDED) :]) if self._guard else None
        except OSError:
            return None
        if self._guard is not None:
            with suppress(UnwritableFileError):  # it can be used as it is
                self.save(name, kept)
        return kept

    def save(self, name: str, content: bytes) -> None:
        """Keep a key, whole or not at all. Raises UnwritableFileError."""
        try:
            self._folder.mkdir(mode=_ONLY_MY_FOLDER, parents=True, exist_ok=True)
            kept = _GUARDED + self._guard.protect(content) if self._guard else content
            write_whole(self._folder / name, kept, mode=_ONLY_ME)
        except OSError as error:
            raise UnwritableFileError.of(name, error) from error

    def mended(self) -> tuple[str, ...]:
        """Return the keys that others on this PC could read until they were opened now."""
        return tuple(self._mended)

    def _mend(self, path: Path) -> None:
        """Close a file to others; what Windows allows whom does not show in its mode."""
        if sys.platform != "win32" and path.stat().st_mode & _OTHERS:
            path.chmod(_ONLY_ME)
            self._mended.append(path.name)
