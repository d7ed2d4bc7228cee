"""How long to go on trying where another program holds a file for a moment.

On Windows a virus scanner, an indexer or a copier to a cloud opens what was just written, and for
that moment it cannot be given its name. Elsewhere nothing of the kind is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

MOMENTARY = frozenset({5, 32, 33})  # Windows: access denied, sharing violation, lock violation
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)  # seconds; an end after two and a half


def patiently(job: Callable[[], T], sleep: Callable[[float], object]) -> T:
    """Do a job on a file, and again after a pause while another program holds the file.

    Raises OSError, the last one where the file is not let go.
    """
    for pause in PAUSES:
        try:
            return job()
        except OSError as error:
            if getattr(error, "winerror", None) not in MOMENTARY:
                raise
        sleep(pause)
    return job()
