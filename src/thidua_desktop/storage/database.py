"""The SQLite file: how it is opened, and the rules every connection obeys."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlalchemy.util import LRUCache

PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
    "busy_timeout = 2000",
)
IMPATIENT = f"PRAGMA {PRAGMAS[-1]}"
# What is tried need not outlast anything.
SCRATCH = ("foreign_keys = ON", "journal_mode = TRUNCATE", "synchronous = OFF")
PATIENT = "PRAGMA busy_timeout = 30000"
_DRIVER = "sqlite+thidua"
_STATEMENTS = 1_500  # so many are remembered
# So many the driver keeps ready in a connection: a bundle of many kinds needs some 300.
_READY = 500
WRITING, READING = "BEGIN IMMEDIATE", "BEGIN"


class Dialect(SQLiteDialect_pysqlite):
    """One is as good as another: what an engine has compiled serves all of them."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect)

    def __hash__(self) -> int:
        return hash(Dialect)


class ReadingConnection(sqlite3.Connection):
    """Knows what is read over it: a list that was left in the middle keeps its lock, even where its
    transaction has ended.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the driver's
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the driver's
        """Open a cursor, and know it."""
        made = super().cursor(*args, **kwargs)
        self._cursors.add(made)
        return made

    def execute(self, *args: Any) -> Any:  # noqa: ANN401 - the driver's
        """Ask over a cursor that is known; the driver's own way would make another."""
        return self.cursor().execute(*args)

    def close_cursors(self) -> None:
        """Let go of everything that is not read to its end."""
        for cursor in tuple(self._cursors):
            cursor.close()
        self._cursors.clear()


registry.register(_DRIVER.replace("+", "."), __name__, Dialect.__name__)
_compiled: LRUCache[Any, Any] = LRUCache(_STATEMENTS)


def writing_engine(path: Path, pragmas: tuple[str, ...] = PRAGMAS) -> Engine:
    """Open the database for one writer at a time."""
    url = URL.create(_DRIVER, database=str(path))
    return _engine(url, WRITING, pragmas, sqlite3.Connection)


def reading_engine(path: Path) -> Engine:
    """Open the database to read only; it waits for no writer but the moment of its commit."""
    query = {"mode": "ro", "uri": "true"}
    url = URL.create(_DRIVER, database=path.resolve().as_uri(), query=query)
    return _engine(url, READING, ("query_only = ON", "busy_timeout = 5000"), ReadingConnection)


def _engine(
    url: URL, begin: str, pragmas: tuple[str, ...], factory: type[sqlite3.Connection]
) -> Engine:
    options = {"compiled_cache": _compiled}
    engine = create_engine(
        url,
        poolclass=NullPool,
        execution_options=options,
        connect_args={"cached_statements": _READY, "factory": factory},
    )

    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # Left alone, the driver begins a transaction only before INSERT, UPDATE and DELETE:
        # reads would not be repeatable, and a migration that fails would stay half done.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine
