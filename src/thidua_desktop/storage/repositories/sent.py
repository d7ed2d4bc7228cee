"""Copies of bundles that were sent, and the files that their readers said they lack."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select

from thidua_desktop.domain.offices import SentCopy
from thidua_desktop.storage.memory import Memory
from thidua_desktop.storage.parked import ParkedFolder
from thidua_desktop.storage.rows.book import sent
from thidua_desktop.storage.rows.parts import sent_copy as table
from thidua_desktop.storage.rows.parts import wanted as wanted_table

# What every bundle asks, made once.
_ALL_COPIES = select(table, sent.c.to).join_from(table, sent, sent.c.bundle == table.c.bundle)
_WANTED = select(wanted_table.c.sha).where(wanted_table.c.replica == bindparam("replica"))
_NO_WANTED = delete(wanted_table).where(wanted_table.c.replica == bindparam("replica"))


# Under these names all that it answers is remembered.
BOOK, COPIES = "book", "copies"
_IS_WANTED = "wanted"


class SentRepository:
    """Fits the Sent of services.ports."""

    def __init__(self, connection: Connection, files: ParkedFolder, memory: Memory) -> None:
        self._connection = connection
        self._known = memory.part(BOOK)
        self._files = files
        self._has_moved_files = False

    def keep(self, copy: SentCopy, file: Path) -> Path:
        self._known.pop(COPIES, None)
        self._has_moved_files = True
        sha = self._files.take(file)
        ends = {oid.hex(): end for oid, end in copy.ends.items()}
        row = {
            "bundle": copy.bundle.bytes,
            "ends": json.dumps(ends),
            "is_light": copy.is_light,
            "file": sha,
        }
        self._connection.execute(insert(table).values(row))
        return self._files.place(sha)

    def copies(self) -> tuple[SentCopy, ...]:
        known: tuple[SentCopy, ...] | None = self._known.get(COPIES)
        if known is None:
            known = self._known[COPIES] = tuple(
                SentCopy(
                    bundle=UUID(bytes=row.bundle),
                    to=row.to,
                    ends={bytes.fromhex(oid): end for oid, end in json.loads(row.ends).items()},
                    is_light=row.is_light,
                )
                for row in self._connection.execute(_ALL_COPIES)
            )
        return known

    def file(self, bundle: UUID) -> Path | None:
        wanted = select(table.c.file).where(table.c.bundle == bundle.bytes)
        sha = self._connection.scalar(wanted)
        return self._files.place(sha) if sha else None

    def drop(self, bundle: UUID) -> None:
        self._known.pop(COPIES, None)
        gone = self._connection.execute(delete(table).where(table.c.bundle == bundle.bytes))
        self._has_moved_files |= gone.rowcount > 0

    def wanted(self, replica: bytes) -> frozenset[str]:
        known: frozenset[str] | None = self._known.get((_IS_WANTED, replica))
        if known is None:
            known = frozenset(self._connection.scalars(_WANTED, {"replica": replica}))
            self._known[_IS_WANTED, replica] = known
        return known

    def set_wanted(self, replica: bytes, shas: Collection[str]) -> None:
        if self.wanted(replica) == frozenset(shas):
            return
        self._known[_IS_WANTED, replica] = frozenset(shas)
        self._connection.execute(_NO_WANTED, {"replica": replica})
        if rows := [{"replica": replica, "sha": sha} for sha in sorted(set(shas))]:
            self._connection.execute(insert(wanted_table), rows)

    def sweep_files(self) -> None:
        """Drop the files that no row names, when the transaction is over, however it ended."""
        if self._has_moved_files:
            self._files.sweep(set(self._connection.scalars(select(table.c.file)).all()))
