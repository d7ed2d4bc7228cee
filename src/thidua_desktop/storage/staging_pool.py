"""Processes that check bundles' lines and set them down while this one applies those before.

Reading lines holds the interpreter, so a thread would only take the writer's time; and what a
stranger wrote is read outside the process that owns the database. Whatever goes wrong in there
is told as None: the same code does the same work here then.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

import msgspec

from thidua_desktop.domain.bundles import Manifest, fingerprint
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.ledger.staging import Staged

IDLE = 10.0  # seconds without a wish, after which a process ends
_A_MOMENT = 0.05


class SetDown(msgspec.Struct):
    """Set the lines of an opened bundle down in a file."""

    source: str
    target: str


class Told(msgspec.Struct, tag=True):
    """So many lines are set down."""

    done: int


class Finished(msgspec.Struct, tag=True):
    """All of them are, of the bundle that is known by this."""

    fingerprint: str
    staged: Staged


class Failed(msgspec.Struct, tag=True):
    """They cannot be."""


Answer = Told | Finished | Failed
Serve = Callable[[Connection], None]
encode = msgspec.msgpack.Encoder().encode
read_wish = msgspec.msgpack.Decoder(SetDown).decode
_read_answer = msgspec.msgpack.Decoder(Answer).decode


class StagingPool:
    """Two processes at most, begun when there is much to do; they end when nobody asks."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._free: list[_Aside] = []
        self._lock = Lock()

    def set_down(
        self, manifest: Manifest, source: Path, target: Path, pause: Callable[[int], None]
    ) -> StagedFile | None:
        """Set the lines of this opened bundle down, in any thread; None: it is to be done here.

        What `pause` raises ends the work.
        """
        aside = self._taken()
        try:
            answer = aside.ask(SetDown(str(source), str(target)), pause)
        except (EOFError, OSError, msgspec.MsgspecError):  # it was killed, or had no memory
            aside.end()
            return None
        except BaseException:
            aside.end()
            raise
        with self._lock:
            self._free.append(aside)
        if isinstance(answer, Finished) and answer.fingerprint == fingerprint(manifest):
            return StagedFile(manifest, target, answer.staged)
        return None

    def _taken(self) -> _Aside:
        with self._lock:
            while self._free:
                aside = self._free.pop()
                if aside.is_alive():
                    return aside
                aside.end()
        return _Aside(self._serve)


class _Aside:
    """One of the processes."""

    def __init__(self, serve: Serve) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=serve, args=(theirs,), name="staging", daemon=True
        )
        self._process.start()
        theirs.close()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, wish: SetDown, pause: Callable[[int], None]) -> Finished | Failed:
        self._connection.send_bytes(encode(wish))
        done = 0
        while True:
            while not self._connection.poll(_A_MOMENT):
                pause(done)
            answer: Answer = _read_answer(self._connection.recv_bytes())
            if not isinstance(answer, Told):
                return answer
            done = answer.done
            pause(done)

    def end(self) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()


def are_cores_free() -> bool:
    """Tell whether another process can work beside this one."""
    return (os.cpu_count() or 1) > 1
