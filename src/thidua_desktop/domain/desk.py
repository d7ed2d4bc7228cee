"""The merge desk (bàn hợp nhất): bundles laid out, and what a person chose for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFile:
    """A bundle on the desk: a copy of our own, so that the stick may be pulled.

    `sha` is the SHA-256 of the file, `path` where the copy lies, under the name it came by.
    """

    sha: str
    path: Path
    size: int
    at: datetime


class Choosing(StrEnum):
    """How a cell was decided: one of its values, another one, or later."""

    TAKE = "take"
    VALUE = "value"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskChoice:
    """What was chosen for one cell. `said` is the op taken, or the value as it was typed."""

    kind: str
    id: UUID
    field: str
    how: Choosing
    said: str = ""

    @property
    def cell(self) -> str:
        """Return the name of the cell: `ID.field`."""
        return f"{self.id}.{self.field}"
