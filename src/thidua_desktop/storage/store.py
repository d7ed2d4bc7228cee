"""The data folder of one office: made whole or not at all, opened by one writer at a time."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.domain.errors import (
    DiskFullError,
    NoStoreError,
    StoreBusyError,
    StoreDamagedError,
    StoreExistsError,
    StoreNewerError,
    StoreReadOnlyError,
    ThiduaError,
)
from thidua_desktop.domain.offices import Identity, Office
from thidua_desktop.storage.identity import load_identity, save_identity
from thidua_desktop.storage.lock import FolderLock

if TYPE_CHECKING:  # SQLAlchemy is imported when a transaction is opened, not before
    from thidua_desktop.storage.work import UnitOfWork

DATABASE = "thidua.db"
_ANYONE_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_STORE_ID_BYTES = 16


class OfficeStore:
    """Fits the Store of services.ports."""

    def __init__(
        self,
        data: Path,
        identity: Path,
        *,
        who: str,
        now: Callable[[], datetime],
        noise: Callable[[int], bytes],
    ) -> None:
        self._data = data
        self._identity_folder = identity
        self._who = who
        self._now = now
        self._noise = noise
        self._lock = FolderLock(data)
        self._identity: tuple[str, Identity] | None = None

    @property
    def _database(self) -> Path:
        return self._data / DATABASE

    def exists(self) -> bool:
        """Tell whether the folder holds a database."""
        return self._database.exists()

    def create(self, office: Office, identity: Identity) -> None:
        """Make the database and keep the identity outside it. Raises StoreExistsError."""
        from thidua_desktop.storage.creating import create_database  # noqa: PLC0415

        if self.exists():
            raise StoreExistsError(str(self._data))
        store = self._noise(_STORE_ID_BYTES).hex()
        with self._translated():
            self._data.mkdir(parents=True, exist_ok=True)
            self._refuse_read_only()
            draft = self._database.with_suffix(".new")
            draft.unlink(missing_ok=True)
            create_database(draft, office, store)
            save_identity(self._identity_folder, store, identity)
            draft.replace(self._database)

    def identity(self) -> Identity:
        """Return who this replica is. Raises NoStoreError and IdentityMissingError."""
        with self._translated():
            store = self._store_id()
            if self._identity is None or self._identity[0] != store:
                self._identity = store, load_identity(self._identity_folder, store)
            return self._identity[1]

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other programs from writing here. Raises StoreBusyError."""
        with self._translated():
            self._refuse_missing()
            self._refuse_read_only()
        with self._lock.held():
            yield

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Open a writing transaction."""
        from thidua_desktop.storage.database import writing_engine  # noqa: PLC0415

        with self._translated():
            self._refuse_missing()
            self._refuse_read_only()
            self._refuse_newer()
            with self._lock.held(), writing_engine(self._database).connect() as connection:
                connection.begin()
                yield self._work(connection)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open a reading transaction."""
        from thidua_desktop.storage.database import reading_engine  # noqa: PLC0415

        with self._translated():
            self._refuse_missing()
            self._refuse_newer()
            with reading_engine(self._database).connect() as connection:
                connection.begin()
                yield self._work(connection)

    def _work(self, connection: object) -> UnitOfWork:
        from thidua_desktop.storage.ledger import Writer  # noqa: PLC0415
        from thidua_desktop.storage.repositories.book import BookRepository  # noqa: PLC0415
        from thidua_desktop.storage.work import UnitOfWork  # noqa: PLC0415

        me = BookRepository(connection).me()  # type: ignore[arg-type] # imported late
        writer = Writer(
            replica=self.identity().replica,
            office=me.number,
            is_province=me.is_province,
            who=self._who,
            now=self._now,
            noise=self._noise,
        )
        return UnitOfWork(connection, writer, self._data)  # type: ignore[arg-type] # imported late

    def _store_id(self) -> str:
        self._refuse_missing()
        return str(self._scalar("SELECT store FROM office"))

    def _refuse_missing(self) -> None:
        if not self.exists():
            raise NoStoreError(str(self._data))

    def _refuse_read_only(self) -> None:
        # An administrator may write anywhere; a folder that nobody may write to is still meant so.
        for path in (self._data, self._database):
            if path.exists() and not (
                path.stat().st_mode & _ANYONE_MAY_WRITE and os.access(path, os.W_OK)
            ):
                raise StoreReadOnlyError(str(self._data))

    def _refuse_newer(self) -> None:
        from thidua_desktop.storage.schema import REVISION  # noqa: PLC0415

        if self._scalar("SELECT version_num FROM alembic_version") != REVISION:
            raise StoreNewerError(str(self._data))

    def _scalar(self, sql: str) -> object:
        connection = sqlite3.connect(f"{self._database.resolve().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute(sql).fetchone()
        finally:
            connection.close()
        if found is None:
            raise StoreDamagedError(str(self._data))
        return found[0]

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say what the database or the disk complains of in the program's own errors."""
        try:
            yield
        except ThiduaError:
            raise
        except Exception as error:
            said = _said(error, str(self._data))
            if said is None:
                raise
            raise said from error


_DATABASE_WORDS: dict[tuple[str, ...], Callable[[str], ThiduaError]] = {
    ("locked", "busy"): StoreBusyError,
    ("readonly", "unable to open"): StoreReadOnlyError,
    ("full",): DiskFullError,
    ("not a database", "malformed", "no such table"): StoreDamagedError,
}


def _said(error: Exception, folder: str) -> ThiduaError | None:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return _said_by_disk(cause, folder)
    if not isinstance(cause, sqlite3.Error):
        return None
    text = str(cause)
    for words, said in _DATABASE_WORDS.items():
        if any(word in text for word in words):
            return said(folder)
    return None


def _said_by_disk(error: OSError, folder: str) -> ThiduaError | None:
    import errno  # noqa: PLC0415 - only when something went wrong

    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError(folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}:
        return StoreReadOnlyError(folder)
    return None
