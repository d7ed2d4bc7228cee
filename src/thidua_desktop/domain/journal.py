"""What was done on this PC, step by step, so that it can be taken back and done again.

Nothing of it travels: a bundle carries what stands, not how a clerk came to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from thidua_desktop.domain.field_values import Stored

# Changes of the same fields are one step while they follow each other within this time.
TOGETHER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Change:
    """What a step made of one record: the fields that differ, or all that are filled of a record
    that came or went. None: there was, or is, no such record.
    """

    kind: str
    id: UUID
    before: Mapping[str, Stored] | None
    after: Mapping[str, Stored] | None

    @property
    def is_edit(self) -> bool:
        """Tell whether the record was there before and after."""
        return self.before is not None and self.after is not None

    def turned(self) -> Change:
        """Return what takes this change back."""
        return Change(self.kind, self.id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at once, and is taken back at once."""

    number: int
    at: datetime
    changes: tuple[Change, ...]

    def continues(self, other: Step) -> bool:
        """Tell whether this goes on with what the other one edited: a text typed in pieces."""
        return (
            self.at - other.at <= TOGETHER
            and all(one.is_edit for one in (*self.changes, *other.changes))
            and self._fields() == other._fields()
        )

    def _fields(self) -> set[tuple[str, UUID, frozenset[str]]]:
        return {(one.kind, one.id, frozenset(one.after or ())) for one in self.changes}


def joined(first: Step, second: Step) -> Step:
    """Return two steps of the same fields as one; what came to nothing is not in it."""
    afters = {(one.kind, one.id): one.after for one in second.changes}
    changes = (
        Change(one.kind, one.id, one.before, afters[one.kind, one.id]) for one in first.changes
    )
    kept = tuple(one for one in changes if one.before != one.after)
    return Step(first.number, second.at, kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binned:
    """A record in the bin. Those of one `deletion` went together; 0: it went elsewhere."""

    kind: str
    id: UUID
    deletion: int
    at: datetime | None
    said: Mapping[str, Stored]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A text beside a field: what was typed there and is not kept yet, or an own note."""

    kind: str
    id: UUID
    field: str
    text: str
    at: datetime | None = None
