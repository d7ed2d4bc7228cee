"""Where a value comes from: the versions of a field, and the differences that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ledger import CellState


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldVersion:
    """One value of one field. `op` is `origin:number`, the origin in hexadecimal digits.

    `at` is shown, never compared. `bundle` is the bundle that brought it, None for an own op.
    `replaced_by` are the ops written in its place, as far as they may replace it; `replaces` are
    those that it was written in place of, whether it may or not. Of one that `is_redacted` the
    value was taken out by law.
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
    is_redacted: bool
    replaced_by: tuple[str, ...]
    replaces: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeWays:
    """One field as it was before two writers parted, as it is here, and as it was sent.

    None: nothing was written there, or nothing was sent.
    """

    field: str
    before: FieldVersion | None
    here: FieldVersion | None
    sent: FieldVersion | None

    @property
    def differs(self) -> bool:
        """Tell whether what was sent is another value than the one here."""
        return self.sent is not None and (self.here is None or self.here.value != self.sent.value)


def three_ways(
    versions: Sequence[FieldVersion], was_sent: Callable[[FieldVersion], bool]
) -> tuple[ThreeWays, ...]:
    """Return the fields of a record side by side, from its whole history, oldest first.

    What is here is what would be shown without anything that was sent.
    """
    fields: dict[str, list[FieldVersion]] = {}
    for version in versions:
        fields.setdefault(version.field, []).append(version)
    return tuple(_three_ways(name, of, was_sent) for name, of in fields.items())


def parted_at(
    versions: Sequence[FieldVersion], one: FieldVersion, other: FieldVersion
) -> FieldVersion | None:
    """Return the latest of a field's versions that both were written in place of, or were."""
    known = {version.op: version for version in versions}
    common = _origins(one, known) & _origins(other, known)
    return next((version for version in reversed(versions) if version.op in common), None)


def _three_ways(
    name: str, versions: Sequence[FieldVersion], was_sent: Callable[[FieldVersion], bool]
) -> ThreeWays:
    ours = [one for one in versions if not was_sent(one)]
    here = _shown(ours)
    sent = _shown([one for one in versions if was_sent(one)])
    before = parted_at(versions, here, sent) if here and sent else None
    return ThreeWays(field=name, before=before, here=here, sent=sent)


def _shown(versions: Sequence[FieldVersion]) -> FieldVersion | None:
    """Return which of these would be shown if there were no others."""
    ops = {one.op for one in versions}
    heads = [
        (one.level, place, one)
        for place, one in enumerate(versions)
        if not ops.intersection(one.replaced_by)
    ]
    return max(heads, key=lambda head: head[:2])[2] if heads else None


def _origins(version: FieldVersion, known: Mapping[str, FieldVersion]) -> frozenset[str]:
    """Return a version and all that it was written in place of, in turn."""
    found: set[str] = set()
    wanted: Iterable[str] = {version.op}
    while wanted := {op for op in wanted if op in known and op not in found}:
        found |= wanted
        wanted = {old for op in wanted for old in known[op].replaces}
    return frozenset(found)
