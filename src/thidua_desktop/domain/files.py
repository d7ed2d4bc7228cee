"""Files in a folder, as they are found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file: where it lies, how large it is, when it was written last (nanoseconds since 1970)."""

    path: Path
    size: int
    modified_ns: int
