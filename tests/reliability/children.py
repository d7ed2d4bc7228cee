"""A child process that works until it is killed, and says through a pipe what it committed."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import pytest

Job = Callable[..., None]
READY = -1
_PATIENCE = 60


def _context() -> Any:
    """Return how children start: by a fork of a server that has imported everything once."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reliability.warm"])
    return context


_CONTEXT = _context()


@contextmanager
def child(job: Job, *arguments: object) -> Iterator[tuple[Any, Connection]]:
    """Start a job whose first argument is where it acknowledges."""
    near, far = _CONTEXT.Pipe(duplex=False)
    with pytest.MonkeyPatch.context() as patch:
        # The server is started with the first child and keeps what it finds now.
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        process = _CONTEXT.Process(target=job, args=(far, *arguments), daemon=True)
        process.start()
    far.close()
    try:
        yield process, near
    finally:
        process.kill()
        process.join()
        near.close()


def killed(chance: random.Random, job: Job, *arguments: object) -> list[int]:
    """Let a job work and kill it at a moment of chance; return what it acknowledged before.

    The moment lies within a commit and a half of the last one seen, wherever a commit is then.
    """
    with child(job, *arguments) as (process, acknowledged):
        if not acknowledged.poll(_PATIENCE) or acknowledged.recv() != READY:
            raise AssertionError("the job did not start")
        said, began = [], time.perf_counter()
        for _ in range(chance.randint(0, 2)):
            said += _heard(acknowledged, _PATIENCE)[:1]
        gap = (time.perf_counter() - began) / len(said) if said else 0.05
        moment = time.perf_counter() + gap * chance.uniform(0, 1.5)
        while (left := moment - time.perf_counter()) > 0:
            said += _heard(acknowledged, left)
        process.kill()
        process.join()
        while acknowledged.poll(0) and (last := _heard(acknowledged, 0)):
            said += last
        return said


def _heard(acknowledged: Connection, seconds: float) -> list[int]:
    """Return what was acknowledged meanwhile, if anything; nothing more comes from the dead."""
    try:
        return [acknowledged.recv()] if acknowledged.poll(seconds) else []
    except EOFError:
        return []
