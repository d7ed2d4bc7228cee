"""A process of our own beside the program: values go in, bytes come out.

What it read may have broken it, so what it says is read as carefully as a file. It is begun anew
each time, never copied: so it works on Windows too, and holds nothing of the program's. It ends
when the program does, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

_A_MOMENT = 0.05  # seconds between two looks at what the program wants meanwhile

Wish = TypeVar("Wish")
Tell = Callable[[bytes], None]
# It answers a wish, by one answer or several.
Answering = Callable[[Wish, Tell], None]


class GoneError(Exception):
    """The process is not there any more: it was killed, broke, or had no memory to begin with."""


class Aside(Generic[Wish]):
    """The process, as the program sees it.

    `begin` is called in there, once, and returns what answers. After `idle` seconds without a
    wish the process ends.
    """

    def __init__(
        self, name: str, begin: Callable[[], Answering[Wish]], *, idle: float | None = None
    ) -> None:
        """Begin it, without waiting for it. Raises GoneError."""
        context = multiprocessing.get_context("spawn")
        self._is_ready = False
        try:
            self._connection, theirs = context.Pipe()
        except OSError as error:
            raise GoneError from error
        self._process = context.Process(
            target=_serve, args=(theirs, begin, idle), name=name, daemon=True
        )
        try:
            self._process.start()
        except OSError as error:
            self._connection.close()
            raise GoneError from error
        finally:
            theirs.close()

    def is_alive(self) -> bool:
        """Tell whether it can be asked."""
        return self._process.is_alive()

    def is_ready(self, seconds: float = 0) -> bool:
        """Tell whether it has begun to listen, or does so within this time. Raises GoneError."""
        if not self._is_ready and self._has_answered(seconds):
            self._receive()
            self._is_ready = True
        return self._is_ready

    def has_answered(self) -> bool:
        """Tell whether an answer can be received at once. Raises GoneError."""
        return self.is_ready() and self._has_answered(0)

    def send(self, wish: Wish) -> None:
        """Ask something; it waits until a process that is busy listens. Raises GoneError."""
        try:
            self._connection.send(wish)
        except OSError as error:
            raise GoneError from error

    def receive(self, meanwhile: Callable[[], None]) -> bytes:
        """Return the next answer; while there is none `meanwhile` is called, and may raise.

        Raises GoneError.
        """
        while not (self.is_ready(_A_MOMENT) and self._has_answered(_A_MOMENT)):
            meanwhile()
        return self._receive()

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        with suppress(OSError):
            self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()

    def _has_answered(self, seconds: float) -> bool:
        try:
            return self._connection.poll(seconds)
        except OSError as error:
            raise GoneError from error

    def _receive(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise GoneError from error


def are_cores_free() -> bool:
    """Tell whether another process can work beside this one."""
    return (os.cpu_count() or 1) > 1


def _serve(asked: Connection, begin: Callable[[], Answering[Wish]], idle: float | None) -> None:
    """Answer until the program that asks has gone, or asks no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program ends us
    answer = begin()
    gc.freeze()  # what was made so far stays: it is never to be looked through again
    with suppress(EOFError, OSError):
        asked.send_bytes(b"")
        while asked.poll(idle):
            answer(asked.recv(), asked.send_bytes)
