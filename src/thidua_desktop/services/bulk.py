"""One value for one field of many records: counted first, written and taken back as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.errors import LockedError
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import FieldSpec, FieldType, Record, replace_values
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import keep, refuse
from thidua_desktop.services.titles import finder, title_by


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPlan:
    """What a value would do: pairs of what is and what would be, and how many stay as they are."""

    changes: tuple[tuple[Record, Record], ...]
    same: int
    locked: int
    unfit: int
    gone: int


def plan_bulk(
    ports: Ports, kind: type[Record], ids: Sequence[UUID], field: str, value: object
) -> BulkPlan:
    """Say what writing this value into these records would do; nothing is written."""
    with ports.store.read() as work:
        changes: list[tuple[Record, Record]] = []
        same = locked = unfit = gone = 0
        for record_id in dict.fromkeys(ids):
            record = work.records.find(kind, record_id)
            if record is None:
                gone += 1
                continue
            after = replace_values(record, {field: value})
            if after == record:
                same += 1
            elif _is_locked(work, record):
                locked += 1
            elif set(checked(after)) - set(checked(record)):
                unfit += 1
            else:
                changes.append((record, after))
        return BulkPlan(changes=tuple(changes), same=same, locked=locked, unfit=unfit, gone=gone)


def write_bulk(ports: Ports, plan: BulkPlan) -> Changes:
    """Write what was planned.

    Raises StaleEditError, LockedError: something changed since, and nothing is written.
    """
    with ports.store.write() as work:
        for shown, record in plan.changes:
            keep(work, record, shown=shown)
        return work.commit()


def choices_for(ports: Ports, spec: FieldSpec) -> tuple[tuple[str, object], ...]:
    """Return what a field can be, by its words."""
    if spec.type is not FieldType.REF or spec.refers_to is None:
        return tuple((word(choice), choice) for choice in spec.choices)
    with ports.store.read() as work:
        kind, find = spec.refers_to, finder(work)
        found = [
            (title_by(find, kind, one.id), one.id)
            for one in work.records.having(KIND_BY_NAME[kind])
        ]
    return tuple(sorted(found, key=lambda pair: sort_key(pair[0])))


def _is_locked(work: Work, record: Record) -> bool:
    try:
        refuse(work, record)
    except LockedError:
        return True
    return False
