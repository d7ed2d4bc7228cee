"""Writing transactions one after the other, over one connection: opening one costs more than most
bundles bring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from thidua_desktop.storage.database import IMPATIENT
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.memory import Memory
from thidua_desktop.storage.work import UnitOfWork


class Writing:
    """Fits the Writing of services.ports. The caller holds the folder."""

    def __init__(
        self,
        engine: Engine,
        open_work: Callable[[Connection, StagedFile | None, Memory], UnitOfWork],
    ) -> None:
        self._engine = engine
        self._open_work = open_work
        self._connection: Connection | None = None
        self._memory = Memory()

    @contextmanager
    def write(self, staged: StagedFile | None = None) -> Iterator[UnitOfWork]:
        """Open a writing transaction, which can apply without delay what was set down."""
        connection = self._opened()
        try:
            if staged is not None:
                staged.attach(connection)
            connection.begin()
            self._memory.see(_version_of(connection))
            work = self._open_work(connection, staged, self._memory)
            try:
                yield work
            finally:
                work.close()
            connection.rollback()  # what was read to close it
            if staged is not None:
                staged.detach(connection)
        except BaseException:  # what it is good for after an error is not looked into
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        else:
            driver = self._connection.connection.driver_connection
            driver.execute(IMPATIENT)  # type: ignore[union-attr] # the commit before was patient
        return self._connection


def _version_of(connection: Connection) -> int:
    """Return what is another number once any other connection wrote."""
    driver: Any = connection.connection.driver_connection
    return int(driver.execute("PRAGMA data_version").fetchone()[0])
