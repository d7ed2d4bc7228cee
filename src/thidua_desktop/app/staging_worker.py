"""The process that checks bundles' lines aside: only here formats and storage meet."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from thidua_desktop.aside import Answering, Tell
from thidua_desktop.domain.bundles import fingerprint
from thidua_desktop.domain.errors import BundleRejectedError, UnreadableFileError
from thidua_desktop.formats.bundle.container import BundleFiles
from thidua_desktop.storage.ledger.staged_file import StagedFile, set_down
from thidua_desktop.storage.staging_pool import (
    Answer,
    Failed,
    Finished,
    SetDown,
    Told,
    encode,
)

_GARBAGE = 100_000  # objects; as many are made of 30,000 lines


def begin() -> Answering[SetDown]:
    """Return what sets down what is asked for."""
    # Lines are very many tuples and none refers back: looking for cycles among them finds nothing.
    gc.set_threshold(_GARBAGE)
    return lambda wish, tell: tell(encode(_answer(wish, tell)))


def _answer(wish: SetDown, tell: Tell) -> Answer:
    try:
        staged = _staged(wish, lambda done: tell(encode(Told(done))))
    except (BundleRejectedError, UnreadableFileError, MemoryError):
        return Failed()
    return Finished(fingerprint(staged.manifest), staged.staged)


def _staged(wish: SetDown, pause: Callable[[int], None]) -> StagedFile:
    source = Path(wish.source)
    with BundleFiles().open(source, file_name=source.name) as contents:
        return set_down(contents, Path(wish.target), file_name=source.name, pause=pause)
