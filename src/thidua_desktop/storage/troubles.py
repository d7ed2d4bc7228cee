"""What the database and the disk complain of, said in the program's own errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from thidua_desktop.domain.errors import (
    DiskFullError,
    StoreBusyError,
    StoreDamagedError,
    StoreGoneError,
    StoreReadOnlyError,
    ThiduaError,
)

Said = Callable[[str], ThiduaError]

_PRIMARY_CODE = 0xFF
_BY_DATABASE: dict[int, Said] = {
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_PERM: StoreReadOnlyError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnlyError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_CORRUPT: StoreDamagedError,
    sqlite3.SQLITE_NOTADB: StoreDamagedError,
}
_BY_DISK: dict[int, Said] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EACCES: StoreReadOnlyError,
    errno.EPERM: StoreReadOnlyError,
    errno.EROFS: StoreReadOnlyError,
    errno.ENOTDIR: StoreReadOnlyError,
    errno.EEXIST: StoreReadOnlyError,
}


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with the data folder into an error that has words."""
    try:
        yield
    except ThiduaError:
        raise
    except Exception as error:
        said = _said(error, folder)
        if said is None:
            raise
        raise said(str(folder)) from error


def code_of(error: sqlite3.Error) -> int:
    """Return the extended code of the database, or 0 when the driver itself complains."""
    return getattr(error, "sqlite_errorcode", 0)


def _said(error: Exception, folder: Path) -> Said | None:
    cause = getattr(error, "orig", None) or error
    if _is_gone(cause, folder):
        return StoreGoneError
    match cause:
        case OSError():
            return _BY_DISK.get(cause.errno or 0)
        case sqlite3.Error() if "no such table" in str(cause):
            return StoreDamagedError  # a database, and none of ours
        case sqlite3.Error():
            return _BY_DATABASE.get(code_of(cause) & _PRIMARY_CODE)
        case _:
            return None


def _is_gone(cause: object, folder: Path) -> bool:
    """Tell whether the folder went away in the middle of it, be it back by now or not."""
    match cause:
        case FileNotFoundError(filename=str(name)) if folder in {Path(name), Path(name).parent}:
            return True
        case FileNotFoundError():
            return not folder.exists()
        case sqlite3.Error() if code_of(cause) & _PRIMARY_CODE == sqlite3.SQLITE_CANTOPEN:
            return not folder.exists()
        case _:
            return False
