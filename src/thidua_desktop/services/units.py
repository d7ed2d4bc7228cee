"""Use cases around units: the register as a tree, looking units up, keeping them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.lineage import LineageStep, heirs_on, lineage_of, named_on
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.unit_tree import UnitNode, UnitTree, search_units, tree_of
from thidua_desktop.domain.units import Succession, Unit, overlap, unit_by_code
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.loops import refuse_loops
from thidua_desktop.services.ports import Ports, Records

__all__ = [
    "LineageStep",
    "UnitNode",
    "UnitSaved",
    "UnitTree",
    "above_on",
    "find_unit",
    "lineage",
    "open_unit",
    "save_unit",
    "search_units",
    "unit_by_code",
    "unit_on",
    "unit_tree",
]


@dataclass(frozen=True, slots=True)
class UnitSaved:
    """A unit as it was stored, and what the storing touched."""

    unit: Unit
    changes: Changes


def unit_tree(ports: Ports, as_of: PartialDate, *, with_dissolved: bool = False) -> UnitTree:
    """Return the register as it stands on a day; dissolved units are in it only if wanted."""
    with ports.store.read() as work:
        units, successions = work.records.having(Unit), work.records.having(Succession)
    return tree_of(units, successions, as_of, with_dissolved=with_dissolved)


def lineage(ports: Ports, unit_id: UUID) -> tuple[LineageStep, ...]:
    """Return every step that led to a unit or on from it, oldest first."""
    with ports.store.read() as work:
        return lineage_of(unit_id, work.records.having(Unit), work.records.having(Succession))


def open_unit(ports: Ports, unit_id: UUID) -> Unit:
    """Return a unit. Raises NotFoundError."""
    with ports.store.read() as work:
        return work.records.get(Unit, unit_id)


def unit_on(records: Records, unit_id: UUID | None, day: PartialDate) -> Unit | None:
    """Return a unit as whom it signs on a day: before it was renamed, or after."""
    unit = records.find(Unit, unit_id)
    if unit is None or unit.stands_on(day):
        return unit
    return named_on(unit, records.having(Unit), records.having(Succession), day)


def above_on(records: Records, unit: Unit, day: PartialDate) -> Unit | None:
    """Return the unit above another on a day: its parent, or who followed the parent."""
    parent = records.find(Unit, unit.parent_id)
    if parent is None or parent.stands_on(day):
        return parent
    heirs = heirs_on(parent, records.having(Unit), records.having(Succession), day)
    return heirs[0] if len(heirs) == 1 else parent


def find_unit(records: Records, code: str) -> Unit:
    """Return the unit that a code means today. Raises UnknownUnitError."""
    return unit_by_code(records.having(Unit, code=code.strip().lower()), code)


def save_unit(ports: Ports, *, unit: Unit, shown: Unit | None = None) -> UnitSaved:
    """Create the unit, or store an edit of it.

    `shown` is the unit the user was looking at; only what differs from it is written. The id of a
    new unit follows from its code and its first day, whatever id it came with.

    Raises:
        InvalidInputError: a field is wrong, another unit bears the code in the same days, or the
            unit would come to stand under itself.
        StaleEditError: a field to be written was changed meanwhile.
    """
    unit = tidied(replace(unit, code=unit.code.lower()))
    if shown is None:
        key = {"code": unit.code, "valid_from": unit.valid_from}
        unit = replace(unit, id=keyed_id(Unit, PROVINCE_NUMBER, **key))
    if issues := checked(unit):
        raise InvalidInputError(issues)
    with ports.store.write() as work:
        if _is_taken(work.records, unit, shown):
            raise InvalidInputError((FieldIssue("code", Issue.TAKEN),))
        refuse_loops(work.records, (unit,))
        stored = work.records.put(unit, shown=shown)
        return UnitSaved(stored, work.commit())


def _is_taken(records: Records, unit: Unit, shown: Unit | None) -> bool:
    """Tell whether another unit bears the code at the same time; over time a code passes on."""
    namesakes = records.having(Unit, code=unit.code) if unit.code else ()
    others = [other for other in namesakes if shown is None or other.id != shown.id]
    return any(overlap(unit, other) for other in others)
