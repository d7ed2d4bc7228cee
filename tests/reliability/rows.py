"""A database as its rows, whatever wrote them and wherever they lie in the file."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path


def digest(path: Path) -> str | None:
    """Return the digest of every row, after the journal was played back; None: it is corrupt."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            return digest_of(connection)
    except sqlite3.DatabaseError:
        return None


def digest_of(connection: sqlite3.Connection) -> str:
    """Return the digest of every row that a connection sees."""
    hasher = hashlib.sha256()
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    for (table,) in connection.execute(query).fetchall():
        for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - ours
            hasher.update(repr((table, row)).encode())
    return hasher.hexdigest()
