"""Plain files that a person named: read whole, written whole or not at all."""

from __future__ import annotations

import os
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
        """Write the file by way of a draft beside it. Raises UnwritableFileError."""
        draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with draft.open("wb") as file:
                    for chunk in (content,) if isinstance(content, bytes) else content:
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            raise UnwritableFileError(path.name) from error
