"""Plain files that a person named: read whole, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

from thidua_desktop.domain.errors import UnreadableFileError, UnwritableFileError
from thidua_desktop.domain.files import FoundFile
from thidua_desktop.domain.patience import patiently

_PIECE = 1024 * 1024


class PlainFiles:
    """Fits the Files of services.ports."""

    def read(self, path: Path) -> bytes:
        """Return the bytes. Raises UnreadableFileError."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnreadableFileError(path.name) from error

    def pieces(self, path: Path) -> Iterator[bytes]:
        """Read the file piece by piece. Raises UnreadableFileError."""
        try:
            with path.open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        except OSError as error:
            raise UnreadableFileError(path.name) from error

    def write(self, path: Path, content: bytes | Iterable[bytes]) -> None:
        """Write the file by way of a draft beside it. Raises UnwritableFileError."""
        draft = self.draft(path, content)
        try:
            self.settle(draft, path)
        finally:
            self.drop(draft)

    def draft(self, path: Path, content: bytes | Iterable[bytes]) -> Path:
        """Write a draft beside the file, and read it back: a stick that lies is found while it is
        still in. Raises UnwritableFileError.
        """
        draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _see_that_it_is_there(draft, _write_through(draft, content))
            _sync_folder(path.parent)
        except OSError as error:
            self.drop(draft)
            raise UnwritableFileError.of(path.name, error) from error
        except BaseException:
            self.drop(draft)
            raise
        return draft

    def settle(self, draft: Path, path: Path) -> None:
        """Give a draft its name. Raises UnwritableFileError."""
        try:
            patiently(lambda: draft.replace(path), sleep)
            _sync_folder(path.parent)
        except OSError as error:
            raise UnwritableFileError.of(path.name, error) from error

    def listed(self, folder: Path) -> tuple[FoundFile, ...]:
        """Return the files of a folder that are not hidden. Raises UnreadableFileError."""
        found = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False) and entry.name[0] not in ".~":
                        state = entry.stat()
                        path = folder / entry.name
                        found.append(FoundFile(path, state.st_size, state.st_mtime_ns))
        except OSError as error:
            raise UnreadableFileError(str(folder)) from error
        return tuple(found)

    def size(self, path: Path) -> int:
        """Return how long the file is. Raises UnreadableFileError."""
        try:
            return path.stat().st_size
        except OSError as error:
            raise UnreadableFileError(path.name) from error

    def has(self, path: Path) -> bool:
        """Tell whether a file is there."""
        return path.is_file()

    def drop(self, draft: Path) -> None:
        """Remove a draft, if it is there and can be removed."""
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _write_through(draft: Path, content: bytes | Iterable[bytes]) -> str:
    hasher = hashlib.sha256()
    with draft.open("wb") as file:
        for chunk in (content,) if isinstance(content, bytes) else content:
            file.write(chunk)
            hasher.update(chunk)
        file.flush()
        os.fsync(file.fileno())
    return hasher.hexdigest()


def _see_that_it_is_there(draft: Path, sha: str) -> None:
    if _read_back(draft) != sha:
        raise OSError(errno.EIO, "not what was written", str(draft))


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
