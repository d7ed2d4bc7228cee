"""A bundle's lines set down in a file of their own, before any transaction and without its lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thidua_desktop.domain.bundles import BundleContents, Manifest
from thidua_desktop.storage.ledger.staging import Staged, Staging

if TYPE_CHECKING:  # the process that only sets down does without
    from sqlalchemy import Connection

SCHEMA = "staged"
_ATTACH = f"ATTACH DATABASE ? AS {SCHEMA}"
# Half a file is thrown away, and nobody else reads it. It is read and written from end to end, a
# page at a time: larger ones are fewer.
_PRAGMAS = (
    "page_size = 16384",
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """The lines of this manifest, all checked."""

    manifest: Manifest
    path: Path
    staged: Staged

    def attach(self, connection: Connection) -> None:
        """Let a connection read the lines; it may not be in a transaction."""
        driver: Any = connection.connection.driver_connection
        driver.execute(_ATTACH, (str(self.path),))
        # With a journal of its own a commit would be one of two files, and a kill in the middle of
        # it leave behind what binds them together.
        driver.execute(f"PRAGMA {SCHEMA}.journal_mode = OFF")

    def detach(self, connection: Connection) -> None:
        """Let go of the file, after the transaction."""
        driver: Any = connection.connection.driver_connection
        driver.execute(f"DETACH DATABASE {SCHEMA}")


def set_down(
    contents: BundleContents, path: Path, *, file_name: str, pause: Callable[[int], None]
) -> StagedFile:
    """Check a bundle's lines and set them down. Raises BundleRejectedError."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as driver:
        driver.execute(_ATTACH, (str(path),))
        for pragma in _PRAGMAS:
            driver.execute(f"PRAGMA {SCHEMA}.{pragma}")
        driver.execute("BEGIN")
        staging = Staging(driver, schema=SCHEMA, file_name=file_name, pause=pause)
        staged = staging.stage(contents)
        driver.execute("COMMIT")
    return StagedFile(contents.manifest, path, staged)
