"""PRAGMAs said to every connection that the program opens, besides its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

SPILLING = "cache_size = 5"  # pages: what is written reaches the file long before the commit


@contextmanager
def said_to_all(pragma: str) -> Iterator[None]:
    """Say this to every connection that is opened from now on."""

    def say(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(Engine, "connect", say)
    try:
        yield
    finally:
        event.remove(Engine, "connect", say)
