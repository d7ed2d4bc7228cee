"""Plain files that a person named: read whole, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from thidua_desktop.domain.errors import UnreadableFileError, UnwritableFileError


class PlainFiles:
    """Fits the Files of services.ports."""

    def read(self, path: Path) -> bytes:
        """Return the bytes. Raises UnreadableFileError."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnreadableFileError(path.name) from error

    def write(self, path: Path, content: bytes | Iterable[bytes]) -> None:
        """Write the file by way of a draft beside it, and read it back before it gets its name: a
        stick that lies is found while it is still in. Raises UnwritableFileError.
        """
        draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                written = _write_through(draft, content)
                if _read_back(draft) != written:
                    raise OSError(errno.EIO, "not what was written", str(draft))
                draft.replace(path)
                _sync_folder(path.parent)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            raise UnwritableFileError(path.name) from error


def _write_through(draft: Path, content: bytes | Iterable[bytes]) -> str:
    hasher = hashlib.sha256()
    with draft.open("wb") as file:
        for chunk in (content,) if isinstance(content, bytes) else content:
            file.write(chunk)
            hasher.update(chunk)
        file.flush()
        os.fsync(file.fileno())
    return hasher.hexdigest()


def _read_back(draft: Path) -> str:
    with draft.open("rb") as file:
        if sys.platform == "linux":  # from the disk, and not from what memory still holds of it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the name outlast a stick pulled out; Windows does so by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
