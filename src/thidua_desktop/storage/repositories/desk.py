"""The merge desk: copies of the bundles in a private folder, rows for what was chosen."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, count, groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select

from thidua_desktop.domain.desk import Choosing, DeskChoice, DeskFile
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.storage.files import sync_folder
from thidua_desktop.storage.rows.desk import desk_choice, desk_file

FOLDER = "ban-hop-nhat"
_CHUNK = 1 << 20
_MOST_STEM = 60  # of a name that is given a number: a long one must still be one
_PRIVATE = 0o600


class DeskRepository:
    """Fits the DeskShelf of services.ports. A copy lies in a folder named by its SHA-256."""

    def __init__(self, connection: Connection, data: Path, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._folder = data / FOLDER
        self._now = now

    def files(self) -> tuple[DeskFile, ...]:
        rows = self._connection.execute(select(desk_file).order_by(desk_file.c.place))
        found = (
            DeskFile(
                sha=row.sha,
                path=self._folder / row.sha / row.name,
                size=row.size,
                at=row.at.replace(tzinfo=UTC),
            )
            for row in rows
        )
        # Without its copy a row is what a crash left between the removal of one and the other.
        return tuple(one for one in found if one.path.exists())

    def add(self, path: Path, *, instead_of: str = "") -> DeskFile:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        draft = self._folder / "dang-chep"
        draft.unlink(missing_ok=True)
        try:
            sha, size = _copied(path, draft)
            known = {one.sha: one for one in self.files()}
            if sha in known:
                return known[sha]
            self.remove([sha])
            taken = {one.path.name for one in known.values() if one.sha != instead_of}
            target = self._folder / sha / _own_name(path, taken)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        for folder in (target.parent, self._folder):
            sync_folder(folder)
        last = self._connection.scalar(select(func.max(desk_file.c.place))) or 0
        at = self._now().astimezone(UTC)
        row = {"sha": sha, "place": last + 1, "name": target.name, "size": size}
        self._connection.execute(insert(desk_file).values(row | {"at": at.replace(tzinfo=None)}))
        return DeskFile(sha=sha, path=target, size=size, at=at)

    def remove(self, shas: Collection[str]) -> None:
        for sha in shas:
            self._connection.execute(delete(desk_file).where(desk_file.c.sha == sha))
            shutil.rmtree(self._folder / sha, ignore_errors=True)
        with suppress(OSError):  # others are left in it
            self._folder.rmdir()

    def steps(self) -> tuple[tuple[DeskChoice, ...], ...]:
        table = desk_choice
        wanted = select(table).order_by(table.c.step, table.c.record, table.c.field)
        rows = self._connection.execute(wanted).all()
        return tuple(
            tuple(
                DeskChoice(
                    kind=row.kind,
                    id=UUID(bytes=row.record),
                    field=row.field,
                    how=Choosing(row.how),
                    said=row.said,
                )
                for row in of
            )
            for _, of in groupby(rows, key=lambda row: row.step)
        )

    def add_step(self, choices: Collection[DeskChoice]) -> None:
        if not choices:
            return
        step = (self._last_step() or 0) + 1
        rows = [
            {
                "step": step,
                "record": one.id.bytes,
                "field": one.field,
                "kind": one.kind,
                "how": one.how.value,
                "said": one.said,
            }
            for one in choices
        ]
        self._connection.execute(insert(desk_choice), rows)

    def drop_last(self) -> tuple[DeskChoice, ...]:
        steps = self.steps()
        gone = delete(desk_choice).where(desk_choice.c.step == self._last_step())
        self._connection.execute(gone)
        return steps[-1] if steps else ()

    def forget(self, cells: Collection[str] | None) -> None:
        if cells is None:
            self._connection.execute(delete(desk_choice))
            return
        for cell in cells:
            record, _, field = cell.partition(".")
            table = desk_choice
            ours = (table.c.record == UUID(record).bytes) & (table.c.field == field)
            self._connection.execute(delete(table).where(ours))

    def _last_step(self) -> int | None:
        found: int | None = self._connection.scalar(select(func.max(desk_choice.c.step)))
        return found


def _own_name(path: Path, taken: Collection[str]) -> str:
    """Return a name that no other bundle on the desk bears: people tell them by it."""
    names = (f"{path.stem[:_MOST_STEM]} ({n}){path.suffix}" for n in count(2))
    return next(name for name in chain([path.name], names) if name not in taken)


def _copied(path: Path, target: Path) -> tuple[str, int]:
    """Copy a file, and return its SHA-256 and size. Raises UnreadableFileError."""
    digest, size = hashlib.sha256(), 0
    try:
        source = path.open("rb")
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with source, os.fdopen(handle, "wb") as copy:
        while chunk := _read(source.read, path):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _read(read: Callable[[int], bytes], path: Path) -> bytes:
    try:
        return read(_CHUNK)
    except OSError as error:  # the stick was pulled
        raise UnreadableFileError(path.name) from error
