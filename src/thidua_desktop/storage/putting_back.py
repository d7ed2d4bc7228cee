"""A backup takes the place of a database that cannot be read any more, which is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from thidua_desktop.storage.data_folder import DATABASE, SCRATCH
from thidua_desktop.storage.files import free_path, put_in_place, sync_folder
from thidua_desktop.storage.lock import FolderLock
from thidua_desktop.storage.scratch import private_folder
from thidua_desktop.storage.troubles import translated

_JOURNAL = "-journal"


def put_back(data: Path, restore: Callable[[Path], None], now: datetime) -> Path | None:
    """Let what `restore` makes in a new folder be the data from now on.

    Return the file that keeps what could not be read, None where there was none. The database
    changes by one renaming: a program that is killed here leaves the old one or the new one.
    Raises what `restore` raises, StoreBusyError, StoreReadOnlyError and DiskFullError.
    """
    database = data / DATABASE
    with translated(data), FolderLock(data).held(), private_folder(data / SCRATCH) as room:
        made = room / "moi"
        restore(made)
        for path in (one for one in made.rglob("*") if one.is_file() and one.name != DATABASE):
            place = data / path.relative_to(made)
            place.parent.mkdir(exist_ok=True)
            put_in_place(path, place)
        kept = _kept(database, free_path(data, f"thidua-hong-{now:%Y%m%d-%H%M%S}", ".db"))
        put_in_place(made / DATABASE, database)
        sync_folder(data)
    return kept


def _kept(database: Path, kept: Path) -> Path | None:
    """Give the old database a second name; its journal must not meet the new one."""
    if not database.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as old:
        old.execute("BEGIN IMMEDIATE")  # what a killed program left half done is taken back first
    try:
        kept.hardlink_to(database)
    except OSError:  # a drive without links
        shutil.copyfile(database, kept)
    with suppress(FileNotFoundError):
        os.replace(f"{database}{_JOURNAL}", f"{kept}{_JOURNAL}")  # noqa: PTH105 - neither is a Path
    return kept
