"""Files by the SHA-256 of their bytes, beside the database: written before the transaction that
names them ends, so that what a row names is there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, delete, insert, select

from thidua_desktop.domain.attachments import FileState
from thidua_desktop.storage.files import put_in_place, sync_folder
from thidua_desktop.storage.rows.book import blob

_DRAFT = ".tmp"
_SHA_DIGITS = 64


class BlobFolder:
    """The folder of blobs, as one transaction sees it. Nothing is held in memory whole but by
    `get`.
    """

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder = folder
        self._connection = connection
        self._forgotten: list[str] = []
        self._fresh: list[str] = []

    def put(self, content: bytes | Iterable[bytes]) -> str:
        """Keep the bytes, or what the chunks yield, and return their SHA-256."""
        chunks = (content,) if isinstance(content, bytes) else content
        self._folder.mkdir(exist_ok=True)
        draft = self._folder / f"{os.urandom(8).hex()}{_DRAFT}"
        try:
            sha, size = _written(draft, chunks)
            if self._is_sound(sha):  # equal content is kept once
                draft.unlink()
            else:  # not here, or no longer what it was
                if not (self._folder / sha).exists():
                    self._fresh.append(sha)
                put_in_place(draft, self._folder / sha)
                sync_folder(self._folder)
        finally:
            draft.unlink(missing_ok=True)
        if self.size(sha) is None:
            self._connection.execute(insert(blob).values(sha=sha, size=size))
        return sha

    def get(self, sha: str) -> bytes | None:
        """Return the bytes, or None when they are not here, or not what they were."""
        file = self.open(sha)
        if file is None:
            return None
        with file:
            content = file.read()
        return content if hashlib.sha256(content).hexdigest() == sha else None

    def open(self, sha: str) -> IO[bytes] | None:
        """Open the file as it lies there, or return None when it is not here."""
        if self.size(sha) is None:
            return None
        try:
            return (self._folder / sha).open("rb")
        except FileNotFoundError:
            return None

    def state(self, sha: str) -> FileState:
        """Tell at a glance whether a file is here and as long as it was."""
        size = self.size(sha)
        try:
            found = (self._folder / sha).stat().st_size
        except FileNotFoundError:
            return FileState.MISSING
        if size is None:
            return FileState.MISSING
        return FileState.HERE if found == size else FileState.CHANGED

    def is_sound(self, sha: str) -> bool:
        """Read a file through and tell whether it is what it was."""
        return self.size(sha) is not None and self._is_sound(sha)

    def set_aside(self, sha: str) -> None:
        """Take a file that is no longer what it was for one that is not here; its bytes stay."""
        put_in_place(self._folder / sha, self._folder / f"{sha}.hong")
        self._connection.execute(delete(blob).where(blob.c.sha == sha))

    def drop_fresh(self, kept: int) -> None:
        """Remove the files that were not here before, but the first so many of them."""
        for sha in self._fresh[kept:]:
            (self._folder / sha).unlink(missing_ok=True)
        del self._fresh[kept:]

    def count_fresh(self) -> int:
        """Return how many files have come that were not here before."""
        return len(self._fresh)

    def sweep(self, named: Collection[str]) -> int:
        """Drop what no op names any more, and what a broken write left; return how many went.

        Only inside a writing transaction that has put nothing: it keeps every import out.
        """
        gone = 0
        for path in self._files():
            if path.name not in named:
                path.unlink(missing_ok=True)
                gone += 1
        kept = {row.sha for row in self._connection.execute(select(blob.c.sha))}
        for sha in kept - set(named):
            self._connection.execute(delete(blob).where(blob.c.sha == sha))
        return gone

    def forget(self, shas: Collection[str]) -> None:
        """Forget these files; `remove_forgotten` removes them once that is permanent."""
        self._forgotten = [sha for sha in shas if self.size(sha) is not None]
        for sha in self._forgotten:
            self._connection.execute(delete(blob).where(blob.c.sha == sha))

    def remove_forgotten(self) -> None:
        """Remove the files that were forgotten."""
        for sha in self._forgotten:
            (self._folder / sha).unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        """Yield what this folder itself wrote; another file is not ours to drop."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                is_blob = len(path.name) == _SHA_DIGITS and not path.suffix
                if is_blob or path.suffix == _DRAFT:
                    yield path

    def _is_sound(self, sha: str) -> bool:
        try:
            with (self._folder / sha).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha
        except FileNotFoundError:
            return False

    def size(self, sha: str) -> int | None:
        """Return how long a file was when it was kept; None when it never was."""
        found: int | None = self._connection.scalar(select(blob.c.size).where(blob.c.sha == sha))
        return found


def _written(draft: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    with draft.open("xb") as file:
        for chunk in chunks:
            hasher.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return hasher.hexdigest(), size
