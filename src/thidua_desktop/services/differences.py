"""Cells that wait for a person: what differs, and the choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import from_typed
from thidua_desktop.domain.desk import Choosing, DeskChoice
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError, NotFoundError
from thidua_desktop.domain.field_values import NotKeptError, Stored, from_json, to_stored
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.numbers import read_decimal
from thidua_desktop.domain.records import DELETED, FieldSpec, FieldType, kind_spec
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.titles import title_of

# A cell that an owner's word was chosen for may still carry a stranger's wish.
_DONE = {None, CellState.SUGGESTION}


@dataclass(frozen=True, slots=True)
class DifferenceSettled:
    """The cell that was settled, and what the choice touched."""

    cell: str
    changes: Changes


def list_differences(ports: Ports) -> tuple[CellDifference, ...]:
    """Return the cells that wait for a person, in order of kind, id and field."""
    with ports.store.read() as work:
        return work.records.differences()


@dataclass(frozen=True, slots=True)
class WaitingCell:
    """A cell that waits, what its record is called, and whether this office has the word."""

    difference: CellDifference
    title: str
    is_ours: bool


def list_waiting(ports: Ports) -> tuple[WaitingCell, ...]:
    """Return the cells that wait for a person; those of this office first."""
    with ports.store.read() as work:
        titles: dict[tuple[str, UUID], str] = {}
        found = []
        for one in work.records.differences():
            place = one.kind, one.id
            if place not in titles:
                titles[place] = title_of(work, one.kind, one.id)
            found.append(WaitingCell(one, titles[place], is_ours(work, one)))
        return tuple(sorted(found, key=lambda one: not one.is_ours))


def settle(
    ports: Ports, cell: str, *, take: str | None = None, value: str | None = None
) -> DifferenceSettled:
    """Choose for a cell (`ID.field`): the value of one of its ops, or another value.

    The choice is an op of its own. Where the record was shared the choice is shared at once, so
    that the next bundle carries it; a draft that never left stays one.

    Raises:
        NotFoundError: the cell does not wait, or has no such op.
        InvalidInputError: the value cannot be kept.
        NotForRoleError: the choice is not this office's to make.
    """
    with ports.store.write() as work:
        difference = _find(work, cell.strip().lower())
        if take is not None:
            chosen = _taken(difference, take)
        else:
            chosen = typed_value(difference.kind, difference.field, value)
        _settle(work, difference, chosen)
        _refuse_undecided(work, difference)
        return DifferenceSettled(difference.cell, work.commit())


def settle_many(
    work: Work, choices: Mapping[str, DeskChoice]
) -> tuple[frozenset[str], frozenset[str]]:
    """Choose for many cells at once; return the cells settled, and those whose choice is not this
    office's to make. A cell that waits no more, or has other values now, is neither.
    """
    settled, strange = set(), set()
    for difference in work.records.differences():
        cell = difference.cell
        if cell not in choices:
            continue
        if not is_ours(work, difference):
            strange.add(cell)
            continue
        with suppress(NotFoundError, InvalidInputError):
            _settle(work, difference, _chosen(difference, choices[cell]))
            settled.add(cell)
    return frozenset(settled), frozenset(strange)


def is_ours(work: Work, difference: CellDifference) -> bool:
    """Tell whether the choice is this office's to make: its word weighs as much as any there."""
    own = work.exchange.own_level(difference.kind, difference.id, difference.field)
    return own >= max(head.level for head in difference.heads)


def _chosen(difference: CellDifference, choice: DeskChoice) -> Stored:
    if choice.how is Choosing.TAKE:
        return _taken(difference, choice.said)
    return typed_value(difference.kind, difference.field, choice.said)


def _settle(work: Work, difference: CellDifference, value: Stored) -> None:
    """Write the choice; where the record was shared it is shared at once."""
    is_shared = _is_shared(work, difference)
    work.records.settle(difference.kind, difference.id, difference.field, value)
    if is_shared:
        work.records.share([(difference.kind, difference.id)])


def _find(work: Work, cell: str) -> CellDifference:
    for difference in work.records.differences():
        if difference.cell == cell:
            return difference
    raise NotFoundError("", UUID(int=0))


def _taken(difference: CellDifference, op: str) -> Stored:
    for head in difference.heads:
        if head.op == op:
            return head.value
    raise NotFoundError(difference.kind, difference.id)


def _is_shared(work: Work, difference: CellDifference) -> bool:
    """Tell whether others know what this PC says of the record, or it says nothing yet."""
    if not any(head.is_draft for head in difference.heads):
        return True
    own = {origin.hex() for origin in work.exchange.own_origins()}
    versions = work.records.history(difference.id)
    return any(version.op.partition(":")[0] in own for version in versions)


def _refuse_undecided(work: Work, difference: CellDifference) -> None:
    """Raise NotForRoleError when the cell waits on: the word of an office weighs in its cells."""
    left = {one.cell: one.state for one in work.records.differences()}
    if left.get(difference.cell) not in _DONE:
        needed = UnitRole.OFFICE if work.book.me().is_province else UnitRole.PROVINCE
        raise NotForRoleError(needed.value)


def typed_value(kind: str, field: str, text: str | None) -> Stored:
    """Return typed words as a value of a field. Raises InvalidInputError."""
    if field == DELETED or kind not in KIND_BY_NAME:
        raise InvalidInputError((FieldIssue(field, Issue.NOT_ALLOWED),))
    spec = kind_spec(KIND_BY_NAME[kind]).field(field)
    try:
        return to_stored(spec, from_json(spec, _as_json(spec, text)))
    except NotKeptError as error:
        raise InvalidInputError((FieldIssue(spec.name, error.issue),)) from error


def _as_json(spec: FieldSpec, text: str | None) -> object:
    """Return typed words in the dress of JSON: numbers and yes or no are no texts there.

    Dates and decimals may be typed as people write them.
    """
    match spec.type:
        case _ if not text:
            return None
        case FieldType.INTEGER if re.fullmatch("-?[0-9]{1,16}", text.strip()):
            return int(text)
        case FieldType.BOOL | FieldType.ENUM:
            words: dict[str, object] = {word(one).lower(): one.value for one in spec.choices}
            said = {"true": True, "false": False, "có": True, "không": False} | words
            return said.get(text.strip().lower(), text)
        case FieldType.DATE if "/" in text:
            return _read(lambda: from_typed(text).iso(), text)
        case FieldType.DECIMAL if "," in text:
            return _read(lambda: str(read_decimal(text)), text)
        case _:
            return text


def _read(read: Callable[[], str], text: str) -> str:
    try:
        return read()
    except ValueError:
        return text  # what is wrong with it is said where values are checked
