"""Files written whole or not at all, and still there after a power cut."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path
from time import sleep

from thidua_desktop.domain.patience import patiently

_ANYONE_READS = 0o644


def write_whole(path: Path, content: bytes, *, mode: int = _ANYONE_READS) -> None:
    """Write the file by way of a draft beside it. Raises OSError."""
    write_pieces(path, (content,), mode=mode)


def write_pieces(path: Path, content: Iterable[bytes], *, mode: int = _ANYONE_READS) -> None:
    """Write the file piece by piece, by way of a draft beside it. Raises OSError."""
    draft = path.with_name(f"{path.name}.tmp")
    draft.unlink(missing_ok=True)  # one that was left behind would keep its own mode
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """Return the first path of this name, numbered where need be, at which nothing lies."""
    names = chain([stem], (f"{stem}-{number}" for number in count(1)))
    return next(path for name in names if not (path := folder / f"{name}{ending}").exists())


def put_in_place(draft: Path, path: Path) -> None:
    """Give a file or folder its name, as soon as no other program holds it. Raises OSError."""
    patiently(lambda: draft.replace(path), sleep)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut; Windows does so by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
