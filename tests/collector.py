"""Python's collector of cycles, in a run of many tests."""

from __future__ import annotations

import gc


def keep_what_is_there() -> None:
    """Let it not look through all that was imported, round after round: nothing of it goes."""
    if gc.get_freeze_count() == 0:
        gc.collect()
        gc.freeze()
