"""The files of bundles that wait, beside the database: a row says which, memory holds none.

A file bears the SHA-256 of its bytes as its name, so that a transaction that comes to nothing
leaves at most a file that no row names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from thidua_desktop.storage.files import sync_folder, write_pieces

_PIECE = 1024 * 1024


class ParkedFolder:
    """A folder of files that wait; a scratch copy sees those of the live one besides."""

    def __init__(self, data: Path, live: Path, name: str = "parked") -> None:
        self._name, self._data, self._of_live = name, data, live

    # Each transaction has some of these folders, and hardly any looks into one.

    @cached_property
    def _folder(self) -> Path:
        return self._data / self._name

    @cached_property
    def _live(self) -> Path:
        return self._of_live / self._name

    def keep(self, source: Path | BinaryIO) -> str:
        """Copy a file, unless it is here, and return the SHA-256 of its bytes."""
        hasher = hashlib.sha256()
        for piece in _pieces(source):
            hasher.update(piece)
        sha = hasher.hexdigest()
        if not self.place(sha).exists():
            self._folder.mkdir(exist_ok=True)
            write_pieces(self._folder / sha, _pieces(source))
        return sha

    def take(self, file: Path) -> str:
        """Move a file here from beside the database, and return the SHA-256 of its bytes."""
        with file.open("r+b") as whole:
            sha = hashlib.file_digest(whole, "sha256").hexdigest()
            os.fsync(whole.fileno())
        self._folder.mkdir(exist_ok=True)
        file.replace(self._folder / sha)
        sync_folder(self._folder)
        return sha

    def place(self, sha: str) -> Path:
        """Return where a file lies."""
        own = self._folder / sha
        return own if own.exists() else self._live / sha

    def sweep(self, named: Collection[str]) -> None:
        """Drop the files that nobody names. One that is being read stays until the next time."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in named:
                    with suppress(PermissionError):
                        path.unlink(missing_ok=True)


def _pieces(source: Path | BinaryIO) -> Iterator[bytes]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield from iter(lambda: file.read(_PIECE), b"")
        return
    source.seek(0)
    yield from iter(lambda: source.read(_PIECE), b"")
