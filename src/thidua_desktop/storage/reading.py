"""Reading transactions; while the folder is held, one connection is kept from one to the next.

Opening one and reading the schema costs more than what most pages read. Between two transactions
it holds no lock, so no commit waits for it. A reading inside a reading is the same one: a second
would wait for the commit that waits for the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # SQLAlchemy is imported when a transaction is opened, not before
    from sqlalchemy import Connection, Engine

_File = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Opened:
    """`age` is how often everything was let go before this was opened."""

    connection: Connection
    file: _File
    age: int


class Readings:
    """Gives a connection to one reader at a time; who comes meanwhile opens another."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._guard = Lock()
        self._holds = 0
        self._age = 0
        self._idle: _Opened | None = None
        self._here = local()

    def here(self) -> Connection | None:
        """Return the reading transaction that this thread is in."""
        return getattr(self._here, "connection", None)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep a connection meanwhile, for the caller holds the folder."""
        with self._guard:
            self._holds += 1
        try:
            yield
        finally:
            with self._guard:
                self._holds -= 1
                is_last = not self._holds
            if is_last:
                self.drop()

    def drop(self) -> None:
        """Let go of what is kept; of what is read from, as soon as that ends."""
        with self._guard:
            self._age += 1
            idle, self._idle = self._idle, None
        if idle is not None:
            _close(idle.connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a reading transaction, or stay in the one that this thread is in."""
        if (outer := self.here()) is not None:
            yield outer
            return
        opened = self._take()
        try:
            opened.connection.begin()
            self._here.connection = opened.connection
            yield opened.connection
            _end(opened.connection)
        except BaseException:  # what it is good for after an error is not looked into
            _close(opened.connection)
            raise
        finally:
            self._here.connection = None
        self._give_back(opened)

    @cached_property
    def _engine(self) -> Engine:
        from thidua_desktop.storage.database import reading_engine  # noqa: PLC0415 - heavy

        return reading_engine(self._database)

    def _take(self) -> _Opened:
        file = self._file()
        with self._guard:
            age = self._age
            idle, self._idle = self._idle, None
        if idle is not None:
            if idle.file == file:
                return idle
            _close(idle.connection)  # another file has taken its place
        return _Opened(self._engine.connect(), file, age)

    def _give_back(self, opened: _Opened) -> None:
        with self._guard:
            is_kept = self._holds > 0 and self._idle is None and opened.age == self._age
            if is_kept:
                self._idle = opened
        if not is_kept:
            _close(opened.connection)

    def _file(self) -> _File:
        """Return which file has the name of the database now."""
        try:
            found = self._database.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _end(connection: Connection) -> None:
    """End the transaction, and with it what was not read to its end: that keeps a lock too."""
    driver = connection.connection.driver_connection
    driver.close_cursors()  # type: ignore[union-attr] # the engine made a ReadingConnection
    connection.rollback()


def _close(connection: Connection) -> None:
    try:
        _end(connection)
    finally:
        connection.close()
