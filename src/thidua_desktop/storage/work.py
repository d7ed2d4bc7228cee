"""The unit of work: one transaction, and what is read and written in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import DBAPIError

from thidua_desktop.services.changes import Changes
from thidua_desktop.storage.blobs import BlobFolder
from thidua_desktop.storage.database import PATIENT
from thidua_desktop.storage.faces import rebuild_faces
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.log import Writer
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.ledger.touched import TouchedRecords
from thidua_desktop.storage.memory import Memory
from thidua_desktop.storage.parked import ParkedFolder
from thidua_desktop.storage.repositories.book import BookRepository
from thidua_desktop.storage.repositories.desk import DeskRepository
from thidua_desktop.storage.repositories.journal import JournalRepository, Recorder
from thidua_desktop.storage.repositories.parts import PartRepository
from thidua_desktop.storage.repositories.records import RecordRepository
from thidua_desktop.storage.repositories.sent import SentRepository
from thidua_desktop.storage.search.lists import ListRepository

# The setting of a database whose free pages may still hold what was taken out by law.
_UNCLEAN = "unclean"


class UnitOfWork:
    """Leave it without commit() and nothing has happened."""

    def __init__(
        self,
        connection: Connection,
        writer: Writer,
        data: Path,
        files: Path,
        staged: StagedFile | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._staged = staged
        self._memory = memory or Memory()
        self._written = self._count_written()
        self._has_committed = False
        self._day = writer.now().astimezone().date()
        self._has_redacted = False
        self._is_copy = data != files  # a scratch copy: the files are the original's
        self._touched = TouchedRecords()
        if self._is_copy:  # no page is told of what becomes of it
            self._touched.most_named = 0
        self.exchange = self._ledger()
        self._recorder = Recorder()
        self.records = RecordRepository(connection, self.exchange, self._recorder)
        self.journal = JournalRepository(connection, writer.now)
        self.lists = ListRepository(connection)
        self.book = BookRepository(connection, data, files, self._memory)
        self.desk = DeskRepository(connection, data, writer.now)
        self.blobs = BlobFolder(files / "blobs", connection)
        self.parts = PartRepository(connection, ParkedFolder(data, files, "parts"))
        self.sent = SentRepository(connection, ParkedFolder(data, files, "sent"), self._memory)

    def today(self) -> date:
        """Return the day on this PC."""
        return self._day

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo a step alone when an error leaves it."""
        # What is done first needs no mark to go back to: SQLite would copy every page for it.
        step = self._connection.begin_nested() if self._has_written() else None
        noted = len(self._recorder.before)
        fresh = self.blobs.count_fresh()
        try:
            yield
        except BaseException:
            if self._is_open():
                self._take_back(step)
            self._recorder.back_to(noted)
            self._memory.forget()
            self.blobs.drop_fresh(fresh)
            self._renew()  # what the ledger remembers of the step never happened
            raise
        if step is not None:
            step.commit()

    def commit(self) -> Changes:
        """Make everything permanent."""
        # Who holds us up now is not another program, which never got so far: it is a reader of our
        # own in the middle of a long list.
        self._driver().execute(PATIENT)
        self.journal.enter(self._recorder, self.records.find)
        touched = self._touched
        rebuild_faces(self._connection, touched.kinds)
        if not self._is_copy:  # nobody looks through the lists of a copy
            self.lists.renew(touched)
        self.blobs.forget(self.exchange.redacted_files())
        has_redacted = self._has_redacted or self.exchange.has_redacted
        if has_redacted:
            self.journal.forget(touched.told(touched.most_named))
            self.book.set_setting(_UNCLEAN, "1")
        is_unclean = self.book.setting(_UNCLEAN) is not None
        self._connection.commit()
        self._has_committed = True
        if not self._is_copy:  # a copy is thrown away as it is
            self.blobs.remove_forgotten()
            if is_unclean:
                self._write_anew()
        return Changes(touched.told(touched.most_told))

    def _write_anew(self) -> None:
        """Leave nothing in the file of what was taken out, not even in pages that are free now."""
        # No room: the next commit tries again. What was asked for is committed, and does not fail.
        try:
            self._driver().execute("VACUUM")
            self.book.set_setting(_UNCLEAN, None)
            self._connection.commit()
        except (sqlite3.Error, DBAPIError):
            self._memory.forget()

    def close(self) -> None:
        """Take back what was not committed, and drop the files that no row names then."""
        if self._is_open() or not self._has_committed:
            self._memory.forget()
        self._connection.rollback()
        self.book.sweep_parked_files()
        self.parts.sweep_files()
        self.sent.sweep_files()

    def _is_open(self) -> bool:
        """Tell whether the transaction still is: SQLite takes it back when the disk is full."""
        return bool(self._driver().in_transaction)

    def _count_written(self) -> int:
        """Return how many rows were ever written over this connection."""
        return int(self._driver().total_changes)

    def _has_written(self) -> bool:
        return self._count_written() != self._written

    def _take_back(self, step: NestedTransaction | None) -> None:
        """Take a step back; one that began before anything was written is all there is."""
        if step is not None:
            step.rollback()
            return
        self._connection.rollback()
        self._connection.begin()
        self._written = self._count_written()

    def _driver(self) -> Any:  # noqa: ANN401 - whatever SQLAlchemy holds
        return self._connection.connection.driver_connection

    def _ledger(self) -> Ledger:
        return Ledger(
            self._connection, self._writer, self._staged, self._touched, memory=self._memory
        )

    def _renew(self) -> None:
        self._has_redacted |= self.exchange.has_redacted
        self.exchange = self._ledger()
        self.records = RecordRepository(self._connection, self.exchange, self._recorder)
