"""A copy of the database to try things in: nothing that is written to it is ever kept."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Lock

from thidua_desktop.domain.errors import StoreBusyError
from thidua_desktop.storage.copying import is_copied_apart
from thidua_desktop.storage.lock import FolderLock

_PREFIX = "thu-"
_MUCH = 64 << 20  # bytes; fewer are copied sooner than a process is begun for them
_PAGES = 4_096  # copied between two looks at whether to go on
_LONGEST_COMMIT = 30.0  # seconds
_MAKING = Lock()  # a folder that is not locked yet looks like one that was left


@contextmanager
def private_folder(place: Path) -> Iterator[Path]:
    """Open a folder that only this user reads, removed at the end; so are those that a killed
    program left.
    """
    with ExitStack() as stack:
        with _MAKING:
            place.mkdir(mode=0o700, exist_ok=True)
            _remove_all_left(place)
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
            stack.callback(_remove, folder)
            stack.enter_context(FolderLock(folder).held())
        inner = folder / "data"  # a store has a lock of its own
        inner.mkdir()
        yield inner


def sweep(place: Path) -> None:
    """Remove what killed programs left here, as the next program does when it begins to write."""
    if place.is_dir():
        with _MAKING:
            _remove_all_left(place)
            with suppress(OSError):  # a copy is open
                place.rmdir()


def copy_database(live: Path, copy: Path, pause: Callable[[], None]) -> None:
    """Copy the database as it stands between two transactions; nobody is held up meanwhile but a
    commit, for the moment of the copying. What `pause` raises ends it.
    """
    address = f"{live.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_LONGEST_COMMIT)) as source:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from now on no commit is made
        if live.stat().st_size >= _MUCH and is_copied_apart(live, copy, pause):
            return
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(copy)) as target:
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target, pages=_PAGES, progress=lambda *_: pause())


def _remove(folder: Path) -> None:
    with _MAKING:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # another copy is open
            folder.parent.rmdir()


def _remove_all_left(place: Path) -> None:
    for old in place.glob(f"{_PREFIX}*"):
        _remove_left(old)


def _remove_left(folder: Path) -> None:
    try:
        with FolderLock(folder).held():
            pass
    except (StoreBusyError, OSError):
        return  # another program is at work in it
    shutil.rmtree(folder, ignore_errors=True)
