"""Files by the SHA-256 of their bytes, beside the database: written before the transaction that
names them ends, so that what a row names is there.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, insert, select

from thidua_desktop.storage.files import write_whole
from thidua_desktop.storage.rows.book import blob


class BlobFolder:
    """The folder of blobs, as one transaction sees it."""

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder = folder
        self._connection = connection

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256."""
        sha = hashlib.sha256(content).hexdigest()
        if self._sound(sha) is None:  # not here, or no longer what it was
            self._folder.mkdir(exist_ok=True)
            write_whole(self._folder / sha, content)
        if not self._is_named(sha):
            self._connection.execute(insert(blob).values(sha=sha, size=len(content)))
        return sha

    def get(self, sha: str) -> bytes | None:
        """Return the bytes, or None when they are not here, or not what they were."""
        return self._sound(sha) if self._is_named(sha) else None

    def _sound(self, sha: str) -> bytes | None:
        try:
            content = (self._folder / sha).read_bytes()
        except FileNotFoundError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha else None

    def _is_named(self, sha: str) -> bool:
        return self._connection.scalar(select(blob.c.size).where(blob.c.sha == sha)) is not None
