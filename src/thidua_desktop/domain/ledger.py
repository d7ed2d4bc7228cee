"""The merge law (bundle.md 4 and 5): what a set of ops says of each cell. Pure and small.

A database is a set of ops, merging is their union, and what is shown is a function of the set. This
module is that function, written from the law and not from the SQL: it is the oracle of every merge
test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.records import DELETED, Owner


@dataclass(frozen=True, slots=True, order=True)
class OpId:
    """Which origin wrote the op, and its place in that origin's register."""

    origin: bytes
    number: int


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """A record. One id used in two kinds is two records."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Op:
    """One write of some fields of one record, and the ops it was written in place of.

    `level` is 1 for the word of an owner of every field written, else 0 (`level_of`).
    """

    id: OpId
    record: RecordKey
    values: Mapping[str, Stored]
    lamport: int
    level: int
    replaces: frozenset[OpId]

    def rank(self) -> tuple[int, int, OpId]:
        """Return what decides which of several heads is shown. No clock takes part."""
        return self.level, self.lamport, self.id

    def may_replace(self, older: Op) -> bool:
        """Tell whether this op, where it names the older one, is later and of no lesser word."""
        same = self.record == older.record
        return same and self.lamport > older.lamport and self.level >= older.level


class Said(Protocol):
    """What a head of a cell says, and its level: all that tells whether a person has to choose."""

    @property
    def level(self) -> int:
        """Return 1 for the word of an owner, else 0."""

    @property
    def values(self) -> Mapping[str, Stored]:
        """Return the values by their fields."""


class CellState(StrEnum):
    """What a person has to do about a cell."""

    DIFFERENCE = "difference"
    SUGGESTION = "suggestion"
    DELETED_EDITED = "deleted_edited"


Cells: TypeAlias = dict[RecordKey, dict[str, tuple[Op, ...]]]


def level_of(
    owners: Iterable[Owner],
    *,
    record_id: UUID,
    office: int,
    is_province: bool,
    inherited: Collection[int] = (),
) -> int:
    """Return 1 when the author owns every field written, else 0.

    `office` fields belong to the office whose number the record carries, whatever its role, and to
    those that inherited it; the others to the role they name (architecture.md 8.1). Fields of a
    newer program have no owner here; a stranger has no word in them.
    """
    own_record = office_number(record_id) in {office, *inherited}
    owned = all(own_record if owner is Owner.OFFICE else is_province for owner in owners)
    return int(owned and (own_record or is_province))


def heads(ops: Iterable[Op]) -> Cells:
    """Return for each cell the ops that nothing replaces there; the first is the one shown."""
    held = {op.id: op for op in ops}
    replacers: dict[OpId, list[Op]] = defaultdict(list)
    for op in held.values():
        for old in op.replaces & held.keys():
            if op.may_replace(held[old]):
                replacers[old].append(op)
    cells: dict[RecordKey, dict[str, list[Op]]] = defaultdict(lambda: defaultdict(list))
    for op in held.values():
        gone = {name for newer in replacers[op.id] for name in newer.values}
        for name in op.values.keys() - gone:
            cells[op.record][name].append(op)
    return {
        record: {
            name: tuple(sorted(found, key=Op.rank, reverse=True)) for name, found in of.items()
        }
        for record, of in cells.items()
    }


def shown_values(cells: Mapping[str, tuple[Op, ...]]) -> dict[str, Stored]:
    """Return the value shown in each written field of a record."""
    return {name: found[0].values[name] for name, found in cells.items() if name != DELETED}


def needs_choice(name: str, found: Sequence[Said]) -> bool:
    """Tell whether owners left different values; equal values are no difference."""
    top = [op for op in found if op.level == found[0].level]
    return len({op.values[name] for op in top}) > 1


def is_hidden(cells: Mapping[str, tuple[Op, ...]]) -> bool:
    """Tell whether a record is deleted, with nothing written to it that the deleter had not seen.

    Only marks of at least the level of the record's other heads count, and only heads of that
    highest level can bring a record back.
    """
    others = [op for name, found in cells.items() if name != DELETED for op in found]
    level = max((op.level for op in others), default=0)
    marks = [op for op in cells.get(DELETED, ()) if op.level >= level]
    if not marks or marks[0].values[DELETED] is None:
        return False
    seen: dict[bytes, int] = defaultdict(int)
    for mark in marks:
        for origin, number in seen_of(mark.values[DELETED]).items():
            seen[origin] = max(seen[origin], number)
    return all(op.id.number <= seen[op.id.origin] for op in others if op.level == level)


def seen_of(mark: Stored) -> dict[bytes, int]:
    """Read the value of a mark of deletion: the last number seen of each origin.

    >>> seen_of(seen_text({b"a" * 16: 3})) == {b"a" * 16: 3}
    True
    """
    pairs = (part.split(":") for part in str(mark or "").split())
    return {bytes.fromhex(origin): int(number) for origin, number in pairs}


def seen_text(seen: Mapping[bytes, int]) -> str:
    """Write the value of a mark of deletion: `origin:number` in order of origin."""
    return " ".join(f"{origin.hex()}:{number}" for origin, number in sorted(seen.items()))
