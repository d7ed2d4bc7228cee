"""Where a value comes from: the versions of a field, and the differences that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ledger import CellState


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldVersion:
    """One value of one field. `op` is `origin:number`, the origin in hexadecimal digits.

    `at` is shown, never compared. `bundle` is the bundle that brought it, None for an own op.
    `replaced_by` are the ops written in its place, as far as they may replace it.
    """

    kind: str
    id: UUID
    field: str
    op: str
    value: Stored
    office: int
    who: str
    at: datetime
    bundle: UUID | None
    level: int
    is_draft: bool
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDifference:
    """A cell with several heads; the first is the one shown."""

    kind: str
    id: UUID
    field: str
    state: CellState
    heads: tuple[FieldVersion, ...]

    @property
    def cell(self) -> str:
        """Return the name of the cell on the command line: `ID.field`."""
        return f"{self.id}.{self.field}"
