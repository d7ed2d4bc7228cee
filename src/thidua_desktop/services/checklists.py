"""Checklists (phiếu tiêu chí): one office's own view of a set for a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Evidence,
    PointEntry,
    PointRule,
    Score,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import NotForRoleError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.ranking import Rank, rank_if, ranks
from thidua_desktop.domain.records import Record, keyed_id
from thidua_desktop.domain.scoring import (
    TIER_FIELDS,
    Tier,
    bonus_points,
    computed_score,
    given_score,
    is_judged,
    lacking_reasons,
)
from thidua_desktop.domain.totals import Total, total_of
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.attachments import attachments_of
from thidua_desktop.services.criteria import CriterionRow, criteria_rows, point_rules
from thidua_desktop.services.notes import notes_on
from thidua_desktop.services.peer_scores import PeerMark, marks_by_peers
from thidua_desktop.services.peers import Peer, filled_for, peers_of
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, bear, keep, share_drafts
from thidua_desktop.services.scoring_rules import CLOSED_ON, blank_score, is_closed
from thidua_desktop.services.trust import own_numbers

KEYED = ("assessment", "plan", "actual", "grade", "self_score")  # what is keyed of a criterion


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A criterion, what the office says of it, and its evidence. A score not written is blank.

    `computed` are the points that follow from what was reported, `peers` what peers gave, as far
    as this is the province.
    """

    row: CriterionRow
    score: Score
    is_new: bool
    evidence: tuple[Evidence, ...]
    notes: tuple[FieldNote, ...]
    attachments: tuple[AttachmentRow, ...] = ()
    computed: Decimal | None = None
    bonus: Decimal = Decimal()
    peers: tuple[PeerMark, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Tell whether the office has judged the criterion."""
        return is_judged(self.score, self.computed)

    @property
    def lacks_evidence(self) -> bool:
        """Tell whether a judged criterion lacks the evidence it requires."""
        proven = self.attachments or any(
            one.wording or one.quantity is not None for one in self.evidence
        )
        return self.is_answered and self.row.criterion.evidence_required and not proven

    @property
    def lacking(self) -> Mapping[Tier, FieldIssue]:
        """Return the tiers that differ from the one before and do not say why."""
        return lacking_reasons(self.score, self.computed)

    def given(self, tier: Tier) -> Decimal | None:
        """Return the points that hold after a tier."""
        return given_score(self.score, tier, self.computed)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A rule that adds points or takes them, and how often it applied."""

    rule: PointRule
    entry: PointEntry
    is_new: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a checklist would come to with other points for one criterion."""

    total: Total
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist with all its rows.

    `may_fill`: it is this office's own; `may_verify`: this is the province. `followed_by` is the
    next version of the set, to which the checklist does not move. `peers` are the units that it is
    ranked among, with their totals, itself too.
    """

    checklist: Checklist
    criteria_set: CriteriaSet
    rows: tuple[ChecklistRow, ...]
    entries: tuple[EntryRow, ...] = ()
    unit_name: str = ""
    may_fill: bool = True
    may_verify: bool = False
    followed_by: CriteriaSet | None = None
    totals: Mapping[Tier, Total] = field(default_factory=dict)
    peers: tuple[Peer, ...] = ()

    @property
    def answered(self) -> int:
        """Return how many criteria are judged."""
        return sum(row.is_answered for row in self.rows)

    @property
    def complete(self) -> int:
        """Return how many criteria are judged, proven where they must be, and give their reason."""
        return sum(
            row.is_answered and not row.lacks_evidence and Tier.SELF not in row.lacking
            for row in self.rows
        )

    @property
    def points(self) -> Decimal:
        """Return the sum of the office's own scores, each times its weight."""
        return self.totals[Tier.SELF].points

    @property
    def most_points(self) -> Decimal:
        """Return the sum of all points that can be had."""
        return self.totals[Tier.SELF].most

    @property
    def rank(self) -> Rank | None:
        """Return the rank among the peers; None where there are no others."""
        return ranks(self._totals_of_peers()).get(self.checklist.id) if self._has_peers else None

    def is_closed(self, tier: Tier) -> bool:
        """Tell whether a step of marking is closed."""
        return is_closed(self.checklist, tier)

    def is_marked(self, tier: Tier) -> bool:
        """Tell whether anybody gave points in a step; the office's own are there from the start."""
        name = TIER_FIELDS[tier][0]
        by_rule = tier is Tier.VERIFIED and any(
            one.entry.verified_times is not None for one in self.entries
        )
        given = any(getattr(row.score, name) is not None for row in self.rows)
        return tier is Tier.SELF or by_rule or given

    def what_if(self, criterion_id: UUID, points: Decimal) -> WhatIf:
        """Return what the verified total and the rank would be with other points."""
        scored = [
            (
                row.row.criterion,
                replace(row.score, verified_score=points)
                if row.row.criterion.id == criterion_id
                else row.score,
            )
            for row in self.rows
        ]
        entries = [(one.rule, one.entry) for one in self.entries]
        total = total_of(self.criteria_set, scored, entries, Tier.VERIFIED)
        rank = None
        if self._has_peers:
            rank = rank_if(self._totals_of_peers(), self.checklist.id, total.total)
        return WhatIf(total, rank)

    @property
    def _has_peers(self) -> bool:
        return any(peer.checklist_id != self.checklist.id for peer in self.peers)

    def _totals_of_peers(self) -> dict[UUID, Decimal]:
        others = {peer.checklist_id: peer.total.total for peer in self.peers}
        return others | {self.checklist.id: self.totals[Tier.VERIFIED].total}


def open_checklist(
    ports: Ports, *, set_id: UUID, year: int, unit_id: UUID | None = None
) -> ChecklistView:
    """Return a unit's checklist of a set for a year, this office's own unit unless said.

    Nothing is written until it is filled.
    """
    with ports.store.read() as work:
        checklist = _checklist(work, set_id, year, unit_id or work.book.me().unit_id)
        return _view(ports, work, checklist)


def save_score(
    ports: Ports, checklist: Checklist, score: Score, *, shown: Score | None
) -> RecordSaved[Score]:
    """Store what is said of a criterion; the checklist is born with its first score.

    A checklist that was keyed twice has to be keyed again once a figure changes.

    Raises:
        InvalidInputError: more points than the criterion has, values that cannot be kept, or a
            step that is closed.
        StaleEditError: a field to be written was changed meanwhile.
    """
    with ports.store.write() as work:
        before = work.records.find(Score, score.id)
        bear(work, checklist)
        stored = keep(work, score, shown=before if shown is None else shown)
        key_again_after(work, [(before, stored)])
        return RecordSaved(stored, work.commit())


def key_again_after(work: Work, changed: Sequence[tuple[Record | None, Record]]) -> None:
    """Take the mark of a second keying from a checklist of whose scores a figure changed."""
    for before, score in changed:
        if not isinstance(score, Score):
            continue
        was = before or blank_score(Checklist(id=score.id), score.id)
        now = work.records.find(Checklist, score.checklist_id)
        same = all(getattr(was, name) == getattr(score, name) for name in KEYED)
        if now is not None and now.keyed_twice_on is not None and not same:
            work.records.put(replace(now, keyed_twice_on=None), shown=now)


def save_entry(
    ports: Ports, checklist: Checklist, entry: PointEntry, *, shown: PointEntry | None
) -> RecordSaved[PointEntry]:
    """Store how often a rule applied; raises what `save_score` raises."""
    with ports.store.write() as work:
        bear(work, checklist)
        before = work.records.find(PointEntry, entry.id)
        stored = keep(work, entry, shown=before if shown is None else shown)
        return RecordSaved(stored, work.commit())


def set_step(
    ports: Ports, checklist: Checklist, tier: Tier, *, closed: bool
) -> RecordSaved[Checklist]:
    """Close a step of marking, or open it again; what the province closes goes to the office.

    Raises:
        NotForRoleError: the step is another office's.
        InvalidInputError: scores that differ lack their reason, or a later step is closed.
    """
    with ports.store.write() as work:
        _refuse_step(work, checklist, tier)
        bear(work, checklist)
        now = work.records.get(Checklist, checklist.id)
        day = PartialDate.of(ports.now().date()) if closed else None
        wanted: dict[str, Any] = {CLOSED_ON[tier]: day}
        stored = keep(work, replace(now, **wanted), shown=now)
        if tier is not Tier.SELF:
            scores = work.records.having(Score, checklist_id=stored.id)
            entries = work.records.having(PointEntry, checklist_id=stored.id)
            share_drafts(work, (stored, *scores, *entries))
        return RecordSaved(stored, work.commit())


def add_evidence(ports: Ports, checklist: Checklist, score: Score) -> RecordSaved[Evidence]:
    """Add an empty proof to a score, which is written with it if it never was."""
    with ports.store.write() as work:
        bear(work, checklist)
        bear(work, score)
        evidence = Evidence(id=ports.new_id(office_number(checklist.id)), score_id=score.id)
        return RecordSaved(keep(work, evidence, shown=None), work.commit())


def save_evidence(
    ports: Ports, evidence: Evidence, *, shown: Evidence | None
) -> RecordSaved[Evidence]:
    """Store a proof. Raises InvalidInputError, LockedError and ClosedStepError."""
    with ports.store.write() as work:
        stored = keep(work, evidence, shown=shown)
        return RecordSaved(stored, work.commit())


def _checklist(work: Work, set_id: UUID, year: int, unit_id: UUID) -> Checklist:
    me, own = work.book.me(), own_numbers(work)
    there = filled_for(work, set_id, year).get(unit_id)
    key: dict[str, Any] = {"set_id": set_id, "unit_id": unit_id, "period": year}
    if there is not None and (me.is_province or office_number(there.id) in own):
        return there
    return Checklist(id=keyed_id(Checklist, me.number, **key), **key)


def _view(ports: Ports, work: Work, checklist: Checklist) -> ChecklistView:
    criteria_set = work.records.get(CriteriaSet, checklist.set_id or checklist.id)
    scores = {one.id: one for one in work.records.having(Score, checklist_id=checklist.id)}
    marks = marks_by_peers(work, checklist) if work.book.me().is_province else {}
    rows = tuple(
        replace(
            _row(ports, work, criteria_set, row, blank, scores.get(blank.id)),
            peers=marks.get(row.criterion.id, ()),
        )
        for row in criteria_rows(work, criteria_set.id)
        for blank in [blank_score(checklist, row.criterion.id)]
    )
    said = {one.id: one for one in work.records.having(PointEntry, checklist_id=checklist.id)}
    entries = tuple(
        EntryRow(rule, said.get(blank_one.id, blank_one), is_new=blank_one.id not in said)
        for rule in point_rules(work, criteria_set.id)
        for blank_one in [_blank_entry(checklist, rule)]
    )
    scored = [(row.row.criterion, row.score) for row in rows]
    applied = [(one.rule, one.entry) for one in entries]
    next_versions = work.records.having(CriteriaSet, replaces_id=criteria_set.id)
    unit = work.records.find(Unit, checklist.unit_id)
    return ChecklistView(
        checklist,
        criteria_set,
        rows,
        entries,
        unit_name=unit.name if unit else "",
        may_fill=office_number(checklist.id) in own_numbers(work),
        may_verify=work.book.me().is_province,
        followed_by=next((one for one in next_versions if one.issued_on is not None), None),
        totals={tier: total_of(criteria_set, scored, applied, tier) for tier in Tier},
        peers=peers_of(work, checklist),
    )


def _row(
    ports: Ports,
    work: Work,
    criteria_set: CriteriaSet,
    row: CriterionRow,
    blank: Score,
    found: Score | None,
) -> ChecklistRow:
    score = found or blank
    evidence = work.records.having(Evidence, score_id=score.id)
    computed = computed_score(criteria_set, row.criterion, score)
    given = given_score(score, Tier.SELF, computed)
    return ChecklistRow(
        row,
        score,
        is_new=found is None,
        evidence=evidence,
        notes=notes_on(work, ((found, *evidence) if found else evidence)),
        attachments=attachments_of(ports, work, evidence),
        computed=computed,
        bonus=bonus_points(criteria_set, row.criterion, score, given),
    )


def _blank_entry(checklist: Checklist, rule: PointRule) -> PointEntry:
    pair: dict[str, Any] = {"checklist_id": checklist.id, "rule_id": rule.id}
    return PointEntry(id=keyed_id(PointEntry, office_number(checklist.id), **pair), **pair)


def _refuse_step(work: Work, checklist: Checklist, tier: Tier) -> None:
    if tier is Tier.SELF:
        if office_number(checklist.id) not in own_numbers(work):
            raise NotForRoleError(UnitRole.OFFICE.value)
    elif not work.book.me().is_province:
        raise NotForRoleError(UnitRole.PROVINCE.value)
