"""Files by the SHA-256 of their bytes, beside the database: written before the transaction that
names them ends, so that what a row names is there.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sqlalchemy import Connection, insert, select

from thidua_desktop.storage.rows.book import blob


class BlobFolder:
    """The folder of blobs, as one transaction sees it."""

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder = folder
        self._connection = connection

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256."""
        sha = hashlib.sha256(content).hexdigest()
        path = self._folder / sha
        if not path.exists():
            self._folder.mkdir(exist_ok=True)
            draft = path.with_suffix(".tmp")
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        if self._size(sha) is None:
            self._connection.execute(insert(blob).values(sha=sha, size=len(content)))
        return sha

    def get(self, sha: str) -> bytes | None:
        """Return the bytes, or None when they are not here, or not what they were."""
        if self._size(sha) is None:
            return None
        try:
            content = (self._folder / sha).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha else None

    def _size(self, sha: str) -> int | None:
        found: int | None = self._connection.scalar(select(blob.c.size).where(blob.c.sha == sha))
        return found
