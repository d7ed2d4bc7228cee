"""Peers score each other (chấm chéo): each in its own records, the province takes them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.domain.criteria import Checklist, CriteriaSet, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.peer_scores import PeerScore, PeerSheet, mean_points
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.scoring import Tier, is_by_points
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.totals import weighted
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import CriterionRow, criteria_rows
from thidua_desktop.services.peers import UnitChoice, group_of
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, bear, keep, share_drafts
from thidua_desktop.services.scoring_rules import blank_score, is_closed


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A criterion, and what this office gives a peer for it. A score not written is blank."""

    row: CriterionRow
    score: PeerScore
    is_new: bool


@dataclass(frozen=True, slots=True)
class PeerSheetView:
    """A peer as this office scores it; `total` is what the scores come to, of `most`."""

    sheet: PeerSheet
    criteria_set: CriteriaSet
    unit_name: str
    rows: tuple[PeerRow, ...]
    total: Decimal
    most: Decimal

    @property
    def given(self) -> int:
        """Return how many criteria are scored."""
        return sum(row.score.points is not None for row in self.rows)

    @property
    def is_closed(self) -> bool:
        """Tell whether it is closed, so that the province counts it."""
        return self.sheet.closed_on is not None


@dataclass(frozen=True, slots=True)
class PeerMark:
    """What a peer gave for a criterion, as the province reads it.

    `counts`: the peer is of the same cụm or khối as the unit.
    """

    name: str
    points: Decimal
    reason: str
    counts: bool


def peers_to_score(ports: Ports, *, set_id: UUID, year: int) -> tuple[UnitChoice, ...]:
    """Return the units that this office competes with, by their names."""
    with ports.store.read() as work:
        me = work.book.me()
        sheets = _own_sheets(work, set_id, year)
        others = group_of(work, me.unit_id, year).unit_ids - {me.unit_id}
        units = [unit for one in others if (unit := work.records.find(Unit, one)) is not None]
        units.sort(key=lambda unit: (sort_key(unit.name), unit.id))
        return tuple(UnitChoice(unit.id, unit.name, unit.id in sheets) for unit in units)


def open_peer_sheet(ports: Ports, *, set_id: UUID, year: int, unit_id: UUID) -> PeerSheetView:
    """Return this office's scores of a peer. Nothing is written until one is given."""
    with ports.store.read() as work:
        criteria_set = work.records.get(CriteriaSet, set_id)
        sheet = _own_sheets(work, set_id, year).get(unit_id) or _blank_sheet(
            work, set_id, year, unit_id
        )
        unit = work.records.find(Unit, unit_id)
        written = {one.id: one for one in work.records.having(PeerScore, sheet_id=sheet.id)}
        rows = tuple(
            PeerRow(row, written.get(blank.id, blank), is_new=blank.id not in written)
            for row in criteria_rows(work, set_id)
            if is_by_points(row.criterion)
            for blank in [_blank_peer_score(sheet, row.criterion.id)]
        )
    name = unit.name if unit else ""
    return PeerSheetView(sheet, criteria_set, name, rows, *_sums(rows))


def save_peer_score(
    ports: Ports, sheet: PeerSheet, score: PeerScore, *, shown: PeerScore | None
) -> RecordSaved[PeerScore]:
    """Store what is given for a criterion; the sheet is born with its first score.

    Raises:
        InvalidInputError: more points than the criterion has, or the sheet is closed.
        StaleEditError: a field to be written was changed meanwhile.
    """
    with ports.store.write() as work:
        bear(work, sheet)
        before = work.records.find(PeerScore, score.id)
        stored = keep(work, score, shown=before if shown is None else shown)
        return RecordSaved(stored, work.commit())


def close_peer_sheet(ports: Ports, sheet: PeerSheet, *, closed: bool) -> RecordSaved[PeerSheet]:
    """Close a sheet, which the next bundle then carries to the province, or open it again.

    Raises InvalidInputError: a criterion has no score yet.
    """
    with ports.store.write() as work:
        now = work.records.find(PeerSheet, sheet.id)
        day = PartialDate.of(ports.now().date()) if closed else None
        stored = keep(work, replace(now or sheet, closed_on=day), shown=now)
        share_drafts(work, (stored, *work.records.having(PeerScore, sheet_id=stored.id)))
        return RecordSaved(stored, work.commit())


def marks_by_peers(work: Work, checklist: Checklist) -> Mapping[UUID, tuple[PeerMark, ...]]:
    """Return what peers gave for the criteria of a checklist, by criterion: of closed sheets."""
    sheets = [
        one
        for one in work.records.having(
            PeerSheet,
            set_id=checklist.set_id,
            unit_id=checklist.unit_id,
            period=checklist.period,
        )
        if one.closed_on is not None
    ]
    if not sheets:
        return {}
    group = group_of(work, checklist.unit_id, checklist.period).unit_ids
    offices = {one.office: one.unit_id for one in work.book.certificates()}
    found: defaultdict[UUID, list[PeerMark]] = defaultdict(list)
    for sheet in sheets:
        unit = work.records.find(Unit, offices.get(office_number(sheet.id)))
        for score in work.records.having(PeerScore, sheet_id=sheet.id):
            if score.points is not None and score.criterion_id is not None:
                name, counts = (unit.name, unit.id in group) if unit else ("", False)
                mark = PeerMark(name, score.points, score.reason, counts=counts)
                found[score.criterion_id].append(mark)
    return {
        criterion: tuple(sorted(marks, key=lambda mark: sort_key(mark.name)))
        for criterion, marks in found.items()
    }


def take_peer_scores(ports: Ports, checklist: Checklist) -> tuple[int, Changes]:
    """Give the peers' mean where the province gave no cross score; return to how many criteria.

    Their reasons come along where the province has none.

    Raises:
        NotForRoleError: only the province gives cross scores.
        InvalidInputError: the step is closed.
    """
    with ports.store.write() as work:
        if not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        if is_closed(checklist, Tier.CROSS):
            raise InvalidInputError((FieldIssue("cross_score", Issue.STEP_CLOSED),))
        taken = 0
        for criterion_id, marks in marks_by_peers(work, checklist).items():
            counted = [mark for mark in marks if mark.counts]
            points = mean_points([mark.points for mark in counted])
            blank = blank_score(checklist, criterion_id)
            score = work.records.find(Score, blank.id)
            if points is None or (score or blank).cross_score is not None:
                continue
            bear(work, checklist)
            note = (score or blank).cross_note or _reasons(counted)
            keep(work, replace(score or blank, cross_score=points, cross_note=note), shown=score)
            taken += 1
        return taken, work.commit()


def _reasons(marks: Sequence[PeerMark]) -> str:
    return "\n".join(f"{mark.name}: {mark.reason}" for mark in marks if mark.reason)


def _own_sheets(work: Work, set_id: UUID, year: int) -> dict[UUID | None, PeerSheet]:
    me = work.book.me()
    return {
        one.unit_id: one
        for one in work.records.having(PeerSheet, set_id=set_id, period=year)
        if office_number(one.id) == me.number
    }


def _blank_sheet(work: Work, set_id: UUID, year: int, unit_id: UUID) -> PeerSheet:
    key: dict[str, Any] = {"set_id": set_id, "unit_id": unit_id, "period": year}
    return PeerSheet(id=keyed_id(PeerSheet, work.book.me().number, **key), **key)


def _blank_peer_score(sheet: PeerSheet, criterion_id: UUID) -> PeerScore:
    pair: dict[str, Any] = {"sheet_id": sheet.id, "criterion_id": criterion_id}
    return PeerScore(id=keyed_id(PeerScore, office_number(sheet.id), **pair), **pair)


def _sums(rows: Sequence[PeerRow]) -> tuple[Decimal, Decimal]:
    total, most = Decimal(), Decimal()
    for one in rows:
        total += weighted(one.row.criterion, one.score.points or Decimal())
        most += weighted(one.row.criterion, one.row.criterion.points or Decimal())
    return total, most
