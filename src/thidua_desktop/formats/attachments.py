"""Files that prove something: what they really are, and copies of them to be looked at.

A file is known by its bytes, never by its name. What comes from others is looked at in its first
bytes and its list of parts only; no picture or document of theirs is read by this program.
"""

from __future__ import annotations

import atexit
import hashlib
import io
import os
import shutil
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO

from thidua_desktop.domain.attachments import (
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    ZIP_START,
    PreparedFile,
    Unfit,
    file_name,
    is_path,
    kind_of_package,
    kind_of_start,
)
from thidua_desktop.domain.errors import (
    UnfitFileError,
    UnreadableFileError,
    UnwritableFileError,
)

_CHUNK = 256 * 1024
_START, _END = 1_024, 2_048
_MOST_PARTS = 5_000
_CONTENT_TYPES, _MOST_TYPES = "[Content_Types].xml", 1024**2
_READ_ONLY = 0o400
_FROM_ELSEWHERE = b"[ZoneTransfer]\r\nZoneId=3\r\n"
_PREFIX = "thidua-desktop-"
_A_DAY = 86_400


class AttachmentFiles:
    """Fits the AttachmentFiles of services.ports."""

    def prepare(self, name: str, source: Path | bytes) -> PreparedFile:
        """Judge a file, and shrink a photograph.

        Raises UnfitFileError and UnreadableFileError.
        """
        if is_path(name):
            raise UnfitFileError(name, Unfit.NAME)
        try:
            with _opened(source) as file:
                return self._prepared(name, source, file)
        except OSError as error:
            raise UnreadableFileError(name) from error

    def kind_of(self, file: IO[bytes]) -> str | Unfit:
        """Return which kind a file is, or why it is not to be opened."""
        start = file.read(_START)
        if start.startswith(ZIP_START):
            return _package_kind(file)
        mime = kind_of_start(start)
        if mime == PDF:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END))
            return PDF if b"%%EOF" in file.read(_END) else Unfit.DAMAGED
        return mime or Unfit.TYPE

    def kind_at(self, path: Path) -> str | Unfit:
        """Return which kind a file is that somebody else wrote. Raises UnreadableFileError."""
        try:
            with path.open("rb") as file:
                return self.kind_of(file)
        except OSError as error:
            raise UnreadableFileError(path.name) from error

    def open_copy(self, name: str, chunks: Iterable[bytes]) -> Path:
        """Write a copy that nobody else can read and nobody takes for the original."""
        try:
            path = Path(tempfile.mkdtemp(dir=self._folder)) / name
            with path.open("xb") as file:
                for chunk in chunks:
                    file.write(chunk)
            if sys.platform == "win32":  # Office then opens it in Protected View
                Path(f"{path}:Zone.Identifier").write_bytes(_FROM_ELSEWHERE)
            path.chmod(_READ_ONLY)
        except OSError as error:
            raise UnwritableFileError.of(name, error) from error
        return path

    def _prepared(self, name: str, source: Path | bytes, file: IO[bytes]) -> PreparedFile:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if size > MOST_BYTES:
            raise UnfitFileError(name, Unfit.SIZE)
        kind = self.kind_of(file)
        if isinstance(kind, Unfit):
            raise UnfitFileError(name, kind)
        if kind in {JPEG, PNG}:
            file.seek(0)
            return _photograph(name, file.read(MOST_BYTES + 1))
        return PreparedFile(
            name=file_name(name, kind), mime=kind, size=size, chunks=lambda: _chunks(source)
        )

    @cached_property
    def _folder(self) -> Path:
        """Return the folder of this run; what earlier runs left there goes."""
        parent = Path(tempfile.gettempdir())
        for left in parent.glob(f"{_PREFIX}{_user()}-*"):
            if _is_old(left):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{_user()}-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder


def _photograph(name: str, content: bytes) -> PreparedFile:
    from thidua_desktop.formats.photographs import shrink  # noqa: PLC0415 - only photographs need it

    shrunk = shrink(content)
    if isinstance(shrunk, Unfit):
        raise UnfitFileError(name, shrunk)
    return PreparedFile(
        name=file_name(name, shrunk.mime),
        mime=shrunk.mime,
        size=len(shrunk.content),
        chunks=lambda: iter((shrunk.content,)),
        original_sha=hashlib.sha256(content).hexdigest(),
    )


def _package_kind(file: IO[bytes]) -> str | Unfit:
    """Return which document an archive is, from its list of parts; nothing of it is unpacked but
    the part that names the types of the others.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or any(part.flag_bits & 1 for part in parts):
                return Unfit.TYPE
            with package.open(_CONTENT_TYPES) as types:
                said = types.read(_MOST_TYPES + 1)
    except KeyError:  # an archive, and no document of Office
        return Unfit.TYPE
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        return Unfit.DAMAGED
    if len(said) > _MOST_TYPES:
        return Unfit.TYPE
    return kind_of_package([part.filename for part in parts], said.decode("utf-8", "replace"))


def _opened(source: Path | bytes) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    with _opened(source) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _is_old(folder: Path) -> bool:
    """Tell whether a folder is of an earlier run that broke; another window may be open now."""
    try:
        return time.time() - folder.stat().st_mtime > _A_DAY
    except OSError:
        return False


def _user() -> str:
    return str(os.getuid()) if sys.platform != "win32" else "rieng"
