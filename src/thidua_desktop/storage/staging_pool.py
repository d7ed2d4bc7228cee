"""Processes that check bundles' lines and set them down while this one applies those before.

Reading lines holds the interpreter, so a thread would only take the writer's time; and what a
stranger wrote is read outside the process that owns the database. Whatever goes wrong in there
is told as None: the same code does the same work here then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock

import msgspec

from thidua_desktop.aside import Answering, Aside, GoneError
from thidua_desktop.domain.bundles import Manifest, fingerprint
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.ledger.staging import Staged

_IDLE = 60.0  # seconds without a wish, after which a process ends: a merge follows its preview


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
encode = msgspec.msgpack.Encoder().encode
_read_answer = msgspec.msgpack.Decoder(Answer).decode


class StagingPool:
    """Two processes at most, begun when there is much to do; they end when nobody asks."""

    def __init__(self, begin: Callable[[], Answering[SetDown]]) -> None:
        self._begin = begin
        self._free: list[Aside[SetDown]] = []
        self._lock = Lock()

    def set_down(
        self, manifest: Manifest, source: Path, target: Path, pause: Callable[[int], None]
    ) -> StagedFile | None:
        """Set the lines of this opened bundle down, in any thread; None: it is to be done here.

        What `pause` raises ends the work.
        """
        try:
            aside = self._taken()
        except GoneError:
            return None
        try:
            answer = _asked(aside, SetDown(str(source), str(target)), pause)
        except (GoneError, msgspec.MsgspecError):  # it was killed, or had no memory
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

    def _taken(self) -> Aside[SetDown]:
        with self._lock:
            while self._free:
                aside = self._free.pop()
                if aside.is_alive():
                    return aside
                aside.end()
        return Aside("staging", self._begin, idle=_IDLE)


def _asked(aside: Aside[SetDown], wish: SetDown, pause: Callable[[int], None]) -> Finished | Failed:
    aside.send(wish)
    done = 0
    while True:
        answer: Answer = _read_answer(aside.receive(partial(pause, done)))
        if not isinstance(answer, Told):
            return answer
        done = answer.done
        pause(done)
