"""The province puts the plan, the register and the catalogue into its database, for all offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.criteria import CriteriaSet, Criterion, Marking, SubjectGroup
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import NotForRoleError
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.records import (
    Record,
    keyed_id,
    kind_name,
    replace_values,
    specs,
    values,
)
from thidua_desktop.domain.units import Unit, UnitRole, overlap
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria_copies import links
from thidua_desktop.services.ports import Ports, Records
from thidua_desktop.services.saving import add_new
from thidua_desktop.services.scoring_rules import plan_set_id

_SETTING = "plan"  # which shipped plan this province has


@dataclass(frozen=True, slots=True)
class Published:
    """How many records of each kind were added, and the province's criteria set."""

    counts: Mapping[str, int]
    criteria_set_id: UUID
    changes: Changes


@dataclass(frozen=True, slots=True)
class Brought:
    """What a newer program added to the data of a province: records, and fields of older ones."""

    records: int
    fields: int
    changes: Changes


def publish_plan(ports: Ports) -> Published:
    """Write what is shipped and was never written here, and share it with all offices.

    What the province changed or deleted since stays as it is; a second time adds nothing.

    Raises:
        NotForRoleError: this data folder is not the province's.
    """
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        wanted = _wanted(ports.plan(), me)
        work.journal.skip()
        added = _never_written(work.records, wanted)
        _add(work.records, added)
        work.book.set_setting(_SETTING, _digest(wanted))
        counts = Counter(kind_name(type(record)) for record in added)
        criteria_set = next(one for one in wanted if isinstance(one, CriteriaSet))
        return Published(dict(counts), criteria_set.id, work.commit())


def bring_plan(ports: Ports) -> Brought | None:
    """Add what a newer program ships and this province never had; None where there is nothing.

    A field is filled only where nobody ever wrote in it. Of the register comes only what fits:
    a code that stands already under another record was entered here, and that stays.
    """
    with ports.store.read() as work:
        me = work.book.me()
        if not me.is_province:
            return None
        wanted = _wanted(ports.plan(), me)
        if work.book.setting(_SETTING) == _digest(wanted):
            return None
    with ports.store.write() as work:
        work.journal.skip()
        filled = _filled(work.records, wanted)
        added = _that_fit(work.records, _never_written(work.records, wanted))
        drafts = set(work.records.drafts())
        _add(work.records, added)
        for shown, record in filled:
            work.records.put(record, shown=shown)
        places = {(kind_name(type(record)), record.id) for _, record in filled}
        work.records.share(sorted(places - drafts))  # an own draft in it stays one
        work.book.set_setting(_SETTING, _digest(wanted))
        changes = work.commit()
    return Brought(len(added), len(filled), changes) if added or filled else None


def _wanted(plan: PlanCatalogue, me: Office) -> tuple[Record, ...]:
    return (*plan.records, *_plan_criteria(plan, me))


def _digest(wanted: Iterable[Record]) -> str:
    """Return what tells one shipped plan from another."""
    return sha256(repr(tuple(wanted)).encode()).hexdigest()


def _add(records: Records, added: Sequence[Record]) -> None:
    for record in added:
        add_new(records, record)
    records.share([(kind_name(type(record)), record.id) for record in added])


def _never_written(records: Records, wanted: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records not written yet. A deleted one was, and is not brought back."""
    kinds = {type(record) for record in wanted}
    visible = {record.id for kind in kinds for record in records.having(kind)}
    return tuple(
        r for r in wanted if r.id not in visible and records.deleted(type(r), r.id) is None
    )


def _that_fit(records: Records, wanted: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records whose units stand under no other record, and that refer to such only."""
    standing = records.having(Unit)
    strange = {
        one.id
        for one in wanted
        if isinstance(one, Unit)
        and any(other.code == one.code and overlap(other, one) for other in standing)
    }
    return tuple(
        one for one in wanted if one.id not in strange and strange.isdisjoint(values(one).values())
    )


def _filled(records: Records, wanted: Sequence[Record]) -> tuple[tuple[Record, Record], ...]:
    """Return what is here with blank fields in which nobody ever wrote, and the same filled."""
    found = []
    for kind in {type(record): None for record in wanted}:
        here = {record.id: record for record in records.having(kind)}
        for shipped in (one for one in wanted if type(one) is kind and one.id in here):
            shown = here[shipped.id]
            missing = {
                spec.name: getattr(shipped, spec.name)
                for spec in specs(kind)
                if getattr(shown, spec.name) == spec.blank
                and getattr(shipped, spec.name) != spec.blank
            }
            said = {one.field for one in records.history(shown.id)} if missing else set()
            if fresh := {name: value for name, value in missing.items() if name not in said}:
                found.append((shown, replace_values(shown, fresh)))
    return tuple(found)


def _plan_criteria(plan: PlanCatalogue, me: Office) -> Iterator[Record]:
    """Return the province's set of the plan's criteria: the set, then what is in it."""
    movement = next(record for record in plan.records if isinstance(record, Movement))
    groups = {r.code: r.id for r in plan.records if isinstance(r, SubjectGroup)}
    criteria_set = CriteriaSet(
        id=plan_set_id(movement),
        name=f"Bộ tiêu chí phong trào thi đua theo Kế hoạch {movement.plan_number}",
        unit_id=me.unit_id,
        movement_id=movement.id,
        valid_from=movement.plan_date,
        valid_to=PartialDate(movement.last_year) if movement.last_year else None,
    )
    yield criteria_set
    for place, criterion in enumerate(plan.criteria, start=1):
        record = Criterion(
            id=keyed_id(Criterion, me.number, set_id=criteria_set.id, code=criterion.code),
            set_id=criteria_set.id,
            code=criterion.code,
            place=place,
            wording=criterion.wording,
            field=criterion.field,
            section=criterion.section,
            marking=Marking.MET,
        )
        yield record
        yield from links(record.id, (groups[code] for code in criterion.groups))
