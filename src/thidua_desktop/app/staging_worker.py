"""The process that checks bundles' lines aside: only here formats and storage meet."""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from pathlib import Path

from thidua_desktop.domain.bundles import fingerprint
from thidua_desktop.domain.errors import BundleRejectedError, UnreadableFileError
from thidua_desktop.formats.bundle.container import BundleFiles
from thidua_desktop.storage.ledger.staged_file import StagedFile, set_down
from thidua_desktop.storage.staging_pool import (
    IDLE,
    Answer,
    Failed,
    Finished,
    SetDown,
    Told,
    encode,
    read_wish,
)


def serve(asked: Connection) -> None:
    """Set down what is asked for until the program that asks has gone, or asks no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program ends us
    try:
        while asked.poll(IDLE):
            asked.send_bytes(encode(_answer(read_wish(asked.recv_bytes()), asked)))
    except (EOFError, OSError):
        return


def _answer(wish: SetDown, asked: Connection) -> Answer:
    try:
        staged = _staged(wish, asked)
    except (BundleRejectedError, UnreadableFileError, MemoryError):
        return Failed()
    return Finished(fingerprint(staged.manifest), staged.staged)


def _staged(wish: SetDown, asked: Connection) -> StagedFile:
    def tell(done: int) -> None:
        asked.send_bytes(encode(Told(done)))

    source = Path(wish.source)
    with BundleFiles().open(source, file_name=source.name) as contents:
        return set_down(contents, Path(wish.target), file_name=source.name, pause=tell)
