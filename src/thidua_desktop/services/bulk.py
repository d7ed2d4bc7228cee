"""One value for one field of many records: counted first, written and taken back as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import FieldSpec, FieldType, Record, kind_name, replace_values
from thidua_desktop.domain.text import SortKey, sort_key
from thidua_desktop.domain.unit_tree import unit_labels
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import keep, may_not_change
from thidua_desktop.services.scoring_rules import scoring_issues
from thidua_desktop.services.titles import finder, title_by

MOST_AT_ONCE = 5_000  # what a person looks through before it is written


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
            elif may_not_change(work, record):
                locked += 1
            elif _is_unfit(work, record, after):
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


def _is_unfit(work: Work, before: Record, after: Record) -> bool:
    """Tell whether something is wrong with a record that was not before."""
    return bool(
        set(checked(after)) - set(checked(before))
        or scoring_issues(work.records, work.records, after)
    )


def choices_for(ports: Ports, spec: FieldSpec) -> tuple[tuple[str, object], ...]:
    """Return what a field can be, by its words."""
    if spec.type is not FieldType.REF or spec.refers_to is None:
        return tuple((word(choice), choice) for choice in spec.choices)
    with ports.store.read() as work:
        if spec.refers_to == kind_name(Unit):
            return _standing_units(work)
        kind, find = spec.refers_to, finder(work)
        found = [
            (title_by(find, kind, one.id), one.id)
            for one in work.records.having(KIND_BY_NAME[kind])
        ]
    return tuple(sorted(found, key=_by_words))


def _standing_units(work: Work) -> tuple[tuple[str, object], ...]:
    """Return the units of today; namesakes are told apart by the unit above them."""
    day = PartialDate.of(work.today())
    units = {one.id: one for one in work.records.having(Unit)}
    labels = unit_labels([one for one in units.values() if one.stands_on(day)], units)
    return tuple(sorted(((name, one) for one, name in labels.items()), key=_by_words))


def _by_words(pair: tuple[str, object]) -> SortKey:
    return sort_key(pair[0])
