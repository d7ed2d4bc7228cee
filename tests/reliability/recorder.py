"""What the program says to SQLite, and what SQLite writes to the disk when it is told so.

The program works on a real connection that is listened to; its statements, the PRAGMAs too, are
then said once more to a SQLite whose files write down every write, truncation, sync and deletion.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Engine, event

_NAME = "recorder"
Script = list[list[str]]


@contextmanager
def listened() -> Iterator[Script]:
    """Return what is said from now on, one list for each connection."""
    script: Script = []

    def listen(connection: sqlite3.Connection, _record: object) -> None:
        script.append([])
        connection.set_trace_callback(script[-1].append)

    event.listen(Engine, "connect", listen)
    try:
        yield script
    finally:
        event.remove(Engine, "connect", listen)
        script[:] = [said for said in script if not any("query_only" in one for one in said)]


@dataclass(frozen=True, slots=True)
class Write:
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Delete:
    file: str


@dataclass(frozen=True, slots=True)
class Sync:
    file: str


@dataclass(frozen=True, slots=True)
class Committed:
    """The program was told that this commit is done; `content` is the whole file then."""

    number: int
    content: bytes


Event = Write | Truncate | Delete | Sync | Committed


@dataclass
class Recording:
    """What a disk saw, from a beginning that is safe on it."""

    beginning: bytes
    events: list[Event] = field(default_factory=list)


def recorded(script: Script, database: Path, *, instead: Sequence[str] = ()) -> Recording:
    """Say a script to the database there; `instead` are PRAGMAs that overrule the script's."""
    recording = Recording(database.read_bytes())
    vfs = _Recorder(recording.events)
    commits = 0
    try:
        for said in script:
            connection = apsw.Connection(str(database), vfs=_NAME)
            for statement in said:
                connection.execute(statement)
                if not connection.in_transaction:
                    for pragma in instead:
                        connection.execute(f"PRAGMA {pragma}")
                if statement == "COMMIT":
                    commits += 1
                    recording.events.append(Committed(commits, database.read_bytes()))
            connection.close()
    finally:
        vfs.unregister()
    return recording


class _Recorder(apsw.VFS):
    """The files of the system, and a list of what is done to them."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__(_NAME, "")
        self._events = events

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's names
        return _File(name, flags, self._events)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self._events.append(Delete(Path(filename).name))


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], events: list[Event]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._file = Path(path or "temporary").name
        self._events = events

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._events.append(Write(self._file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._events.append(Truncate(self._file, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._events.append(Sync(self._file))
