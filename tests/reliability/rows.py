"""A database as its rows, whatever wrote them and wherever they lie in the file."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

# It is new with every commit, whatever was written.
_STAMP = ("setting", "stamp")


def digest(path: Path, *, without: str = "") -> str | None:
    """Return the digest of every row, after the journal was played back; None: it is corrupt."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            return digest_of(connection, without=without)
    except sqlite3.DatabaseError:
        return None


def digest_of(connection: sqlite3.Connection, *, without: str = "") -> str:
    """Return the digest of every row that a connection sees, but those of one table."""
    hasher = hashlib.sha256()
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    for (table,) in connection.execute(query).fetchall():
        for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - ours
            if table == without or (table, row[0]) == _STAMP:
                continue
            hasher.update(repr((table, row)).encode())
    return hasher.hexdigest()
