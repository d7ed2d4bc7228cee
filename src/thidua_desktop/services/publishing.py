"""The province puts the plan, the register and the catalogue into its database, for all offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.criteria import (
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Marking,
    SubjectGroup,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.ids import derived_id
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.records import Record, keyed_id, kind_name, values
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Records


@dataclass(frozen=True, slots=True)
class Published:
    """How many records of each kind were added, and the province's criteria set."""

    counts: Mapping[str, int]
    criteria_set_id: UUID
    changes: Changes


def publish_plan(ports: Ports) -> Published:
    """Write what is shipped and was never written here, and share it with all offices.

    What the province changed or deleted since stays as it is; a second time adds nothing.

    Raises:
        NotForRoleError: this data folder is not the province's.
    """
    plan = ports.plan()
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        criteria = tuple(_plan_criteria(plan, me))
        work.journal.skip()
        added = _never_written(work.records, (*plan.records, *criteria))
        for record in added:
            _add(work.records, record)
        work.records.share([(kind_name(type(record)), record.id) for record in added])
        counts = Counter(kind_name(type(record)) for record in added)
        return Published(dict(counts), criteria[0].id, work.commit())


def make_own_set(
    ports: Ports, *, based_on: UUID, name: str, valid_from: PartialDate | None
) -> CriteriaSet:
    """Copy a criteria set into a draft of this office, where points and weight may be given.

    Raises:
        NotFoundError: there is no set to copy.
        InvalidInputError: the name or the day cannot be kept.
    """
    with ports.store.write() as work:
        me, base = work.book.me(), work.records.get(CriteriaSet, based_on)
        own = tidied(
            CriteriaSet(
                id=ports.new_id(me.number),
                name=name,
                unit_id=me.unit_id,
                movement_id=base.movement_id,
                based_on_id=base.id,
                valid_from=valid_from,
                valid_to=base.valid_to,
            )
        )
        if issues := checked(own):
            raise InvalidInputError(issues)
        for record in (own, *_copies(work.records, base, own, me)):
            _add(work.records, record)
        work.commit()
        return own


def _never_written(records: Records, wanted: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records not written yet. A deleted one was, and is not brought back."""
    kinds = {type(record) for record in wanted}
    visible = {record.id for kind in kinds for record in records.having(kind)}
    return tuple(r for r in wanted if r.id not in visible and not records.history(r.id))


def _add(records: Records, record: Record) -> None:
    """Write a new record; unlike `put`, which reads it again, this is fit for a thousand."""
    kind = type(record)
    blank = values(kind(id=record.id))
    filled = {name: value for name, value in values(record).items() if value != blank[name]}
    records.write(kind, record.id, filled)


def _plan_criteria(plan: PlanCatalogue, me: Office) -> Iterator[Record]:
    """Return the province's set of the plan's criteria: the set, then what is in it."""
    movement = next(record for record in plan.records if isinstance(record, Movement))
    groups = {r.code: r.id for r in plan.records if isinstance(r, SubjectGroup)}
    criteria_set = CriteriaSet(
        id=derived_id(kind_name(CriteriaSet), (movement.code,), me.number),
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
        yield from _subjects(record.id, (groups[code] for code in criterion.groups), me)


def _subjects(
    criterion_id: UUID, groups: Iterable[UUID | None], me: Office
) -> Iterator[CriterionSubject]:
    for group_id in groups:
        key = {"criterion_id": criterion_id, "group_id": group_id}
        yield CriterionSubject(id=keyed_id(CriterionSubject, me.number, **key), **key)


def _copies(records: Records, base: CriteriaSet, own: CriteriaSet, me: Office) -> Iterator[Record]:
    for criterion in records.having(Criterion, set_id=base.id):
        copy_id = keyed_id(Criterion, me.number, set_id=own.id, code=criterion.code)
        yield replace(criterion, id=copy_id, set_id=own.id)
        spoken_to = records.having(CriterionSubject, criterion_id=criterion.id)
        yield from _subjects(copy_id, (subject.group_id for subject in spoken_to), me)
