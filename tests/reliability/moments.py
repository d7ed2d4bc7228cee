"""Every moment at which something on the disk becomes another, and a child that dies at one.

What SQLite asks of the system is met through the hook that it has for such tests, what Python asks
through its audit events: a kill falls between any two writes, inside of a commit too.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from reliability.children import child

Work = Callable[..., None]
BEFORE, COMMIT, AFTER = "before", "commit", "after"
_WHOLE = "whole"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"}
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Moment:
    """What was about to be done, to which file, and how far its transaction was."""

    phase: str
    what: str
    file: str


@dataclass
class Moments:
    """Counts the moments of this process, and kills it at one (0: never)."""

    last: int
    met: list[Moment] = field(default_factory=list)
    phase: str = BEFORE
    kept: list[Any] = field(default_factory=list)  # what C calls must not be collected

    def meet(self, what: str, file: str) -> None:
        self.met.append(Moment(self.phase, what, file))
        if len(self.met) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.phase == COMMIT and what == "ftruncate":
            self.phase = AFTER  # the journal is empty: from here on it is kept

    def watch(self) -> None:
        """Meet them from now on, for as long as this process lives."""
        event.listen(Engine, "connect", self._listen)
        sys.addaudithook(self._audit)
        sync = os.fsync

        def fsync(handle: int) -> None:
            self.meet("fsync", _name_of(handle))
            sync(handle)

        os.fsync = fsync
        self._watch_sqlite()

    def _listen(self, connection: sqlite3.Connection, _record: object) -> None:
        def say(statement: str) -> None:
            if statement.startswith("BEGIN"):
                self.phase = BEFORE
            elif statement == "COMMIT":
                self.phase = COMMIT

        connection.set_trace_callback(say)

    def _audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        match name, arguments:
            case "open", (str() | bytes() | Path() as path, _, int(flags)) if flags & _WRITING:
                self.meet(name, os.fsdecode(path))
            case _ if name in _CHANGING:
                self.meet(name, os.fsdecode(arguments[0]))

    def _watch_sqlite(self) -> None:
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None)
        for name, kind in _CALLS.items():
            real = vfs.contents.xGetSystemCall(vfs, name.encode())
            if real:
                mine = kind(self._met_first(name, kind(real)))
                self.kept.append(mine)
                address = ctypes.cast(mine, ctypes.c_void_p)
                vfs.contents.xSetSystemCall(vfs, name.encode(), address)

    def _met_first(self, name: str, real: Any) -> Callable[..., int]:
        def call(first: Any, *others: Any) -> int:
            self.meet(name, _name_of(first) if isinstance(first, int) else os.fsdecode(first))
            return int(real(first, *others))

        return call


def _name_of(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())


_SIZE = ctypes.c_ssize_t
_ADDRESS = ctypes.c_void_p
_PWRITE = ctypes.CFUNCTYPE(_SIZE, ctypes.c_int, _ADDRESS, ctypes.c_size_t, ctypes.c_int64)
_CALLS: dict[str, Any] = {
    "write": ctypes.CFUNCTYPE(_SIZE, ctypes.c_int, _ADDRESS, ctypes.c_size_t),
    "pwrite": _PWRITE,
    "pwrite64": _PWRITE,
    "ftruncate": ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64),
    "unlink": ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p),
}


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, as far as the calls to the system."""


_NAMES = ("xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym")
_MORE = ("xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError", "xCurrentTimeInt64")
_SET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Vfs), ctypes.c_char_p, _ADDRESS)
_GET = ctypes.CFUNCTYPE(_ADDRESS, ctypes.POINTER(_Vfs), ctypes.c_char_p)
_Vfs._fields_ = [
    ("iVersion", ctypes.c_int),
    ("szOsFile", ctypes.c_int),
    ("mxPathname", ctypes.c_int),
    ("pNext", _ADDRESS),
    ("zName", ctypes.c_char_p),
    ("pAppData", _ADDRESS),
    *((name, _ADDRESS) for name in (*_NAMES, *_MORE)),
    ("xSetSystemCall", _SET),
    ("xGetSystemCall", _GET),
]


def _live(said: Connection, last: int, work: Work, *arguments: object) -> None:
    moments = Moments(last)
    moments.watch()
    work(said, *arguments)
    moments.meet("end", "")
    said.send((_WHOLE, moments.met))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: what it had said, and, when nothing killed it, all its moments."""

    said: list[Any]
    met: list[Moment] | None

    @property
    def was_killed(self) -> bool:
        return self.met is None


def lived(last: int, work: Work, *arguments: object) -> Ended:
    """Let a child do this work, and die at that moment of it (0: never)."""
    said: list[Any] = []
    with child(_live, last, work, *arguments) as (process, heard):
        while heard.poll(_PATIENCE):
            try:
                one = heard.recv()
            except EOFError:
                process.join()
                if process.exitcode != -signal.SIGKILL:
                    raise AssertionError(f"the child failed: {process.exitcode}") from None
                return Ended(said, None)
            if isinstance(one, tuple) and one[0] == _WHOLE:
                return Ended(said, one[1])
            said.append(one)
    raise AssertionError("the child hangs")


def spread(met: Iterable[Moment], kind: Callable[[Moment], str], most: int) -> list[int]:
    """Return so many numbers of moments at most, shared evenly among the kinds of them."""
    of: dict[str, list[int]] = {}
    for number, moment in enumerate(met, start=1):
        of.setdefault(kind(moment), []).append(number)
    chosen: set[int] = set()
    left = sorted(of.values(), key=len)
    for place, numbers in enumerate(left):
        share = min(len(numbers), (most - len(chosen)) // (len(left) - place))
        step = len(numbers) / max(share, 1)
        chosen |= {numbers[int((n + 0.5) * step)] for n in range(share)}
    return sorted(chosen)
