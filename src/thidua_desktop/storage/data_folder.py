"""The data folder as it lies on the disk: what its database says of itself, what forbids work."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

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
from thidua_desktop.storage.troubles import code_of

T = TypeVar("T")

DATABASE = "thidua.db"
SCRATCH = "ban-thu"  # what is tried or made here, and never kept
_STORE = "SELECT store FROM office"
_ANYONE_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


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
        return self._answer(lambda connection: str(self._one(connection, _STORE)))

    def revision_and_store(self, wanted: str) -> tuple[object, str]:
        """Return the revision of the database and, where it is the wanted one, its id."""

        def ask(connection: sqlite3.Connection) -> tuple[object, str]:
            revision = self._one(connection, "SELECT version_num FROM alembic_version")
            is_wanted = revision == wanted
            return revision, str(self._one(connection, _STORE)) if is_wanted else ""

        return self._answer(ask)

    def setting(self, name: str) -> str | None:
        """Return a setting of the database."""

        def ask(connection: sqlite3.Connection) -> str | None:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,))
            return next((str(value) for (value,) in found), None)

        return self._answer(ask)

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
