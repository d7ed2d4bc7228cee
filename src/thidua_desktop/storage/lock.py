"""One writing program per data folder, by a lock that the system drops when the program ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from thidua_desktop.domain.errors import StoreBusyError

LOCK = "thidua.lock"


class FolderLock:
    """A lock on a folder; the program that holds it may take it again, from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counting = Lock()
        self._holders = 0
        self._handle = -1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises StoreBusyError when another program does, and OSError."""
        with self._counting:
            if not self._holders:
                self._handle = self._take()
            self._holders += 1
        try:
            yield
        finally:
            with self._counting:
                self._holders -= 1
                if not self._holders:
                    os.close(self._handle)

    def _take(self) -> int:
        handle = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise StoreBusyError(str(self._folder)) from error
        return handle


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
