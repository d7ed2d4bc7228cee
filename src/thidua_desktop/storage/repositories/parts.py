"""Parts of bundles that wait for the others: a row for each, its file beside the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from thidua_desktop.domain.parts import PartHead, WaitingParts
from thidua_desktop.storage.parked import ParkedFolder
from thidua_desktop.storage.rows.parts import joined as joined_table
from thidua_desktop.storage.rows.parts import part as table


class PartRepository:
    """Fits the Parts of services.ports."""

    def __init__(self, connection: Connection, files: ParkedFolder) -> None:
        self._connection = connection
        self._files = files
        self._has_moved_files = False

    def keep(self, head: PartHead, source: Path, *, file_name: str, at: datetime) -> None:
        self._has_moved_files = True
        row = {
            "whole": head.whole,
            "piece": head.piece,
            "total": head.total,
            "number": head.index,
            "sha": head.sha,
            "file": self._files.keep(source),
            "file_name": file_name,
            "at": at.replace(tzinfo=None),
        }
        self._connection.execute(insert(table).values(row))

    def sha_of(self, head: PartHead) -> str | None:
        wanted = select(table.c.sha).where(
            table.c.whole == head.whole, table.c.piece == head.piece, table.c.number == head.index
        )
        found: str | None = self._connection.scalar(wanted)
        return found

    def waiting(self) -> tuple[WaitingParts, ...]:
        sets: dict[tuple[str, int], list[Row[Any]]] = {}
        for row in self._connection.execute(select(table).order_by(table.c.place)):
            sets.setdefault((row.whole, row.piece), []).append(row)
        return tuple(
            WaitingParts(
                whole=whole,
                piece=piece,
                total=rows[0].total,
                received=tuple(sorted(row.number for row in rows)),
                file_name=rows[0].file_name,
            )
            for (whole, piece), rows in sets.items()
        )

    def files(self, whole: str, piece: int) -> tuple[Path, ...]:
        wanted = (
            select(table.c.file)
            .where(table.c.whole == whole, table.c.piece == piece)
            .order_by(table.c.number)
        )
        return tuple(self._files.place(sha) for sha in self._connection.scalars(wanted))

    def drop(self, whole: str) -> None:
        gone = self._connection.execute(delete(table).where(table.c.whole == whole))
        self._has_moved_files |= gone.rowcount > 0

    def joined(self, whole: str) -> UUID | None:
        wanted = select(joined_table.c.bundle).where(joined_table.c.whole == whole)
        found: bytes | None = self._connection.scalar(wanted)
        return UUID(bytes=found) if found else None

    def enter_joined(self, whole: str, bundle: UUID) -> None:
        row = {"whole": whole, "bundle": bundle.bytes}
        statement = upsert(joined_table).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["whole"], set_=row)
        )

    def sweep_files(self) -> None:
        """Drop the files that no row names, when the transaction is over, however it ended."""
        if self._has_moved_files:
            self._files.sweep(set(self._connection.scalars(select(table.c.file)).all()))
