"""What several ports name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]
# A file by its place, or one that is open already and can be read from any place in it.
Source: TypeAlias = Path | BinaryIO
