"""Is a database file that comes from outside what it should be: asked before anything reads it.

A backup is the only database that is ever taken from outside, and it may be anything (reliability
1.1). It is opened so that nothing in it acts, its pages are checked, and its schema must be, word
for word, the one that the migrations make.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

from thidua_desktop.domain.errors import BackupDamagedError, StoreNewerError
from thidua_desktop.storage.schema import REVISION

_GUARDS = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON")
# Backups in one file hold the files beside the database in this table.
FILES_TABLE = "backup_file"
FILES_SCHEMA = f"CREATE TABLE {FILES_TABLE}(name TEXT PRIMARY KEY, content BLOB NOT NULL)"
_Objects = frozenset[tuple[str, str, str]]


@contextmanager
def guarded(path: Path, name: str | None = None) -> Iterator[sqlite3.Connection]:
    """Open a file to read only, so that nothing in it acts. Raises BackupDamagedError."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            for guard in _GUARDS:
                connection.execute(f"PRAGMA {guard}")
            yield connection
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise BackupDamagedError(name or path.name) from error


def refuse_unsound(path: Path, name: str | None = None) -> None:
    """Raise BackupDamagedError, or StoreNewerError, for what is no sound database of ours.

    `name`: what a person calls it, where that is not the name of the file.
    """
    from thidua_desktop.storage.creating import is_earlier  # noqa: PLC0415 - heavy

    if not path.is_file():
        raise BackupDamagedError(name or path.name)
    with guarded(path, name) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise BackupDamagedError(name or path.name)
        revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if len(revisions) != 1:
            raise BackupDamagedError(name or path.name)
        ((revision,),) = revisions
        if revision != REVISION and not is_earlier(revision):
            raise StoreNewerError(name or path.name, "")
        if _objects(connection) - {_files_object()} != _expected(revision):
            raise BackupDamagedError(name or path.name)


def row_digest(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of every row of every table that the migrations make."""
    hasher = hashlib.sha256()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> ? ORDER BY name"
    for (name,) in connection.execute(names, (FILES_TABLE,)).fetchall():
        hasher.update(name.encode())
        for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a name of ours
            hasher.update(repr(row).encode())
    return hasher.hexdigest()


@lru_cache
def _expected(revision: str) -> _Objects:
    from sqlalchemy import create_engine  # noqa: PLC0415 - heavy
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - heavy

    from thidua_desktop.storage.creating import migrate  # noqa: PLC0415 - heavy

    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        migrate(connection, revision)
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - for the type
        return _objects(raw)


def _objects(connection: sqlite3.Connection) -> _Objects:
    """Return what a schema holds; what SQLite keeps for itself has no words of its own."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in found)


def _files_object() -> tuple[str, str, str]:
    return ("table", FILES_TABLE, FILES_SCHEMA)
