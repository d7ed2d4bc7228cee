"""The province puts the plan, the register and the catalogue into its database, for all offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.criteria import CriteriaSet, Criterion, Marking, SubjectGroup
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import NotForRoleError
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.records import Record, keyed_id, kind_name
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria_copies import links
from thidua_desktop.services.ports import Ports, Records
from thidua_desktop.services.saving import add_new
from thidua_desktop.services.scoring_rules import plan_set_id


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
            add_new(work.records, record)
        work.records.share([(kind_name(type(record)), record.id) for record in added])
        counts = Counter(kind_name(type(record)) for record in added)
        return Published(dict(counts), criteria[0].id, work.commit())


def _never_written(records: Records, wanted: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records not written yet. A deleted one was, and is not brought back."""
    kinds = {type(record) for record in wanted}
    visible = {record.id for kind in kinds for record in records.having(kind)}
    return tuple(r for r in wanted if r.id not in visible and not records.history(r.id))


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
