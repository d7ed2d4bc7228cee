"""What an office must know when it opens the program: what is due, what waits, what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua_desktop.domain.deadlines import Due, due_items
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.movements import Assignment, Obligation
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.proposals import ProposalState
from thidua_desktop.domain.units import Succession, Unit
from thidua_desktop.services.debts import Debts, in_order
from thidua_desktop.services.movements_below import awaited
from thidua_desktop.services.notes import Waiting, what_waits
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.proposals import ProposalRow, proposal_list
from thidua_desktop.services.same_as import nominee_faces
from thidua_desktop.services.standing import Standing, standing_of
from thidua_desktop.services.unfinished import Unfinished, unfinished
from thidua_desktop.services.warnings import warnings


@dataclass(frozen=True, slots=True)
class Overview:
    """The start page as one value.

    `awaited` says of what others owe to the province, by its id and year, how many did it and how
    many owe it. `unacknowledged` are changes that were shared and that the other side has not said
    to hold.
    """

    office: Office
    states: Mapping[ProposalState, int]
    differences: int
    suggestions: int
    parked: int
    due: tuple[Due, ...]
    awaited: Mapping[tuple[UUID, int], tuple[int, int]]
    waiting: tuple[Waiting, ...]
    nominees: int
    leads: tuple[str, ...]
    unacknowledged: int
    warnings: tuple[str, ...]
    unfinished: tuple[Unfinished, ...]
    standing: Standing


def overview(ports: Ports, *, today: date) -> Overview:
    """Return what the start page shows."""
    rows = proposal_list(ports)
    dangers = warnings(ports)
    with ports.store.read() as work:
        me = work.book.me()
        due = _due(work, me, today)
        cells = work.records.differences()
        waiting = Counter(one.state for one in cells)
        leads = work.records.having(Assignment, unit_id=me.unit_id, is_lead=True)
        return Overview(
            office=me,
            states=Counter(row.state for row in rows),
            differences=waiting[CellState.DIFFERENCE] + waiting[CellState.DELETED_EDITED],
            suggestions=waiting[CellState.SUGGESTION],
            parked=len(work.book.parked()),
            due=due,
            awaited=awaited(work, me, due, today) if me.is_province else {},
            waiting=what_waits(work, cells),
            nominees=_nominees(work, rows),
            leads=tuple(one.lead_fields for one in leads if one.lead_fields),
            unacknowledged=_unacknowledged(work, me),
            warnings=dangers,
            unfinished=unfinished(work, rows, me.unit_id, today),
            standing=standing_of(work, ports.store.identity().replica, ports.now()),
        )


def _due(work: Work, me: Office, today: date) -> tuple[Due, ...]:
    """Return what concerns this office on days that it stands, and what those left undone that it
    followed; with what it did of it.
    """
    unit = work.records.find(Unit, me.unit_id)
    obligations = work.records.having(Obligation)
    items = due_items(obligations, role=me.role, level=unit.level if unit else None, today=today)
    if unit is None:
        return items
    units, successions = work.records.having(Unit), work.records.having(Succession)
    debts = Debts(work.records, unit, units, successions, today)
    own = [one.done_by(debts.papers) for one in items if debts.stands(one.due_on)]
    return in_order((*own, *debts.taken_over(obligations, today.year)))


def _nominees(work: Work, rows: Iterable[ProposalRow]) -> int:
    """Count who is proposed; who was entered twice and is one counts once."""
    faces = nominee_faces(work)
    return len({faces.get(row.nominee_id, row.nominee_id) for row in rows if row.nominee_id})


def _unacknowledged(work: Work, me: Office) -> int:
    others = [one for one in work.book.certificates() if one.office != me.number]
    said = [work.book.acknowledged(one.replica) for one in others]
    own = work.exchange.own_origins()
    held = work.exchange.origins()
    return sum(
        held[oid].number - max((one.get(oid, 0) for one in said), default=0)
        for oid in own
        if oid in held
    )
