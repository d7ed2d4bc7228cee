"""The data folder as it lies on the disk: what its database says of itself, what forbids work."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from thidua_desktop.domain.bundles import Held
from thidua_desktop.domain.errors import (
    NoStoreError,
    StoreDamagedError,
    StoreExistsError,
    StoreGoneError,
    StoreOnNetworkError,
    StoreReadOnlyError,
)
from thidua_desktop.domain.offices import DriveKind
from thidua_desktop.storage.drives import drive_kind
from thidua_desktop.storage.marks import STAMP
from thidua_desktop.storage.troubles import code_of

T = TypeVar("T")

DATABASE = "thidua.db"
SCRATCH = "ban-thu"  # what is tried or made here, and never kept
STORE = "SELECT store FROM office"
_ANYONE_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Said:
    """What a database says of itself, asked in one go: each opening reads the whole schema."""

    revision: object
    store: str = ""
    stamp: str | None = None
    held: Mapping[bytes, Held] = field(default_factory=dict)  # of its own channels


class DataFolder:
    """Looks at the folder, and reads a word or two of its database without SQLAlchemy.

    Those that read raise StoreDamagedError where what every database says is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE

    def exists(self) -> bool:
        """Tell whether the folder holds a database."""
        return self.database.exists()

    def drive(self) -> DriveKind:
        """Tell on what kind of drive it lies."""
        return drive_kind(self.path)

    def store_id(self) -> str:
        """Return the random id of the database."""
        return self._answer(lambda connection: str(self._one(connection, STORE)))

    def said(self, wanted: str) -> Said:
        """Return what the database says of itself; of another revision than wanted, only that."""

        def ask(connection: sqlite3.Connection) -> Said:
            revision = self._one(connection, "SELECT version_num FROM alembic_version")
            if revision != wanted:
                return Said(revision)
            store = str(self._one(connection, STORE))
            own = connection.execute("SELECT oid, have, hash FROM origin WHERE is_own = 1")
            held = {oid: Held(have, chain) for oid, have, chain in own}
            return Said(revision, store, _setting(connection, STAMP), held)

        return self._answer(ask)

    def setting(self, name: str) -> str | None:
        """Return a setting of the database."""
        return self._answer(lambda connection: _setting(connection, name))

    def refuse_existing(self) -> None:
        """Raise StoreExistsError when it holds a database."""
        if self.exists():
            raise StoreExistsError(str(self.path))

    def refuse_missing(self, *, was_here: bool) -> None:
        """Raise StoreGoneError or NoStoreError when it holds none."""
        if not self.exists():
            raise StoreGoneError(str(self.path)) if was_here else NoStoreError(str(self.path))

    def refuse_network(self) -> None:
        """Raise StoreOnNetworkError when it lies on another computer."""
        if self.drive() is DriveKind.NETWORK:
            raise StoreOnNetworkError(str(self.path))

    def refuse_read_only(self) -> None:
        """Raise StoreReadOnlyError when nobody is meant to write in it."""
        # An administrator may write anywhere; a folder that nobody may write to is still meant so.
        for path in (self.path, self.database):
            may_write = os.access(path, os.W_OK)  # of what is gone by now nobody may
            if path.exists() and not (may_write and path.stat().st_mode & _ANYONE_MAY_WRITE):
                raise StoreReadOnlyError(str(self.path))

    def _answer(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        address = self.database.resolve().as_uri()
        try:
            with closing(sqlite3.connect(f"{address}?mode=ro", uri=True)) as connection:
                return ask(connection)
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        # The power went in the middle of a write. What it left half done is taken back by the
        # next connection that may write; until then nobody can read.
        with closing(sqlite3.connect(f"{address}?mode=rw", uri=True)) as connection:
            return ask(connection)

    def _one(self, connection: sqlite3.Connection, sql: str) -> object:
        found = connection.execute(sql).fetchone()
        if found is None:
            raise StoreDamagedError(str(self.path))
        return found[0]


def _setting(connection: sqlite3.Connection, name: str) -> str | None:
    found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,))
    return next((str(value) for (value,) in found), None)
