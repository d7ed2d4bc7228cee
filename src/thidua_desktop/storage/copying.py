"""A database file copied by a process of its own, as the system copies: in large pieces, or not at
all where two files can have the same blocks until one is written to.

A process that closes a file loses every lock that it has on it, SQLite's too. So it is read
elsewhere, while a transaction here keeps commits away from it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from thidua_desktop.aside import Answering, Aside, GoneError, Tell

_HEADER = 100  # bytes; among them a number that every commit changes
_PAGE_SIZE = slice(16, 18)
# The page where SQLite locks holds nothing, and on Windows nobody reads what another has locked.
_LOCK_PAGE = 1 << 30
_PIECE = 256 << 10  # so many bytes stay in the processor's cache
_FICLONE = 0x40049409  # of Linux; btrfs and XFS know it
_WHOLE = b"whole"

Wish = tuple[str, str]


def is_copied_apart(live: Path, copy: Path, pause: Callable[[], None]) -> bool:
    """Copy the file, and tell whether that was done; if not, something of it may lie there.

    The caller keeps others from writing to it meanwhile. What `pause` raises ends it.
    """
    try:
        aside = Aside("copying", begin)
    except GoneError:
        return False
    try:
        aside.send((str(live), str(copy)))
        is_done = aside.receive(pause) == _WHOLE
    except GoneError:
        return False
    finally:
        aside.end()
    return is_done and copy.stat().st_size == live.stat().st_size


def begin() -> Answering[Wish]:
    """Return what copies, in the process of its own."""
    return _answer


def _answer(wish: Wish, tell: Tell) -> None:
    source, target = wish
    try:
        with (
            Path(source).open("rb", buffering=0) as live,
            Path(target).open("wb", buffering=0) as copy,
        ):
            is_whole = _copy(live, copy)
    except (OSError, EOFError):  # told where it is copied in the other way
        is_whole = False
    tell(_WHOLE if is_whole else b"")


def _copy(live: FileIO, copy: FileIO) -> bool:
    """Copy all but the page of the locks, and tell whether nobody wrote meanwhile."""
    header = live.read(_HEADER)
    if not _share_blocks(live, copy):
        size = os.fstat(live.fileno()).st_size
        copy.truncate(size)
        _copy_part(live, copy, 0, min(size, _LOCK_PAGE))
        _copy_part(live, copy, _LOCK_PAGE + int.from_bytes(header[_PAGE_SIZE]), size)
    live.seek(0)
    return live.read(_HEADER) == header


def _share_blocks(live: FileIO, copy: FileIO) -> bool:
    """Let the copy have the blocks of the other file, and tell whether the file system can."""
    if sys.platform != "linux":
        return False
    import fcntl  # noqa: PLC0415

    try:
        fcntl.ioctl(copy, _FICLONE, live.fileno())
    except OSError:
        return False
    return True


def _copy_part(live: FileIO, copy: FileIO, start: int, end: int) -> None:
    live.seek(start)
    copy.seek(start)
    piece = memoryview(bytearray(_PIECE))
    while start < end:
        read = live.readinto(piece[: end - start])
        if not read:
            raise EOFError
        written = 0
        while written < read:
            written += copy.write(piece[written:read])
        start += read
