"""Checklists (phiếu tiêu chí): one office's own view of a set for a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Criterion,
    Evidence,
    Marking,
    Score,
    score_issue,
)
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.notes import FieldNote
from thidua_desktop.domain.records import R, keyed_id
from thidua_desktop.services.attachments import attachments_of
from thidua_desktop.services.criteria import CriterionRow, criteria_rows
from thidua_desktop.services.notes import notes_on
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A criterion, what the office says of it, and its evidence. A score not written is blank."""

    row: CriterionRow
    score: Score
    is_new: bool
    evidence: tuple[Evidence, ...]
    notes: tuple[FieldNote, ...]
    attachments: tuple[AttachmentRow, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Tell whether the office has judged the criterion."""
        return self.score.assessment is not None or self.score.self_score is not None

    @property
    def lacks_evidence(self) -> bool:
        """Tell whether a judged criterion lacks the evidence it requires."""
        proven = self.attachments or any(
            one.wording or one.quantity is not None for one in self.evidence
        )
        return self.is_answered and self.row.criterion.evidence_required and not proven


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist with all its rows."""

    checklist: Checklist
    criteria_set: CriteriaSet
    rows: tuple[ChecklistRow, ...]

    @property
    def answered(self) -> int:
        """Return how many criteria are judged."""
        return sum(row.is_answered for row in self.rows)

    @property
    def points(self) -> Decimal:
        """Return the sum of the office's own scores, each times its weight."""
        return sum((_weighted(row) for row in self.rows), Decimal())

    @property
    def most_points(self) -> Decimal:
        """Return the sum of all points that can be had."""
        criteria = (row.row.criterion for row in self.rows)
        return sum(((c.points or Decimal()) * (c.weight or 1) for c in criteria), Decimal())


def open_checklist(ports: Ports, *, set_id: UUID, year: int) -> ChecklistView:
    """Return the office's checklist of a set for a year; nothing is written until it is filled."""
    with ports.store.read() as work:
        me = work.book.me()
        key: dict[str, Any] = {"set_id": set_id, "unit_id": me.unit_id, "period": year}
        blank = Checklist(id=keyed_id(Checklist, me.number, **key), **key)
        checklist = work.records.find(Checklist, blank.id) or blank
        rows = []
        for row in criteria_rows(work, set_id):
            pair: dict[str, Any] = {"checklist_id": checklist.id, "criterion_id": row.criterion.id}
            empty = Score(id=keyed_id(Score, me.number, **pair), **pair)
            score = work.records.find(Score, empty.id)
            evidence = work.records.having(Evidence, score_id=empty.id)
            notes = notes_on(work, ((score, *evidence) if score else evidence))
            files = attachments_of(ports, work, evidence)
            rows.append(ChecklistRow(row, score or empty, score is None, evidence, notes, files))
        return ChecklistView(checklist, work.records.get(CriteriaSet, set_id), tuple(rows))


def save_score(
    ports: Ports, checklist: Checklist, score: Score, *, shown: Score | None
) -> RecordSaved[Score]:
    """Store what the office says of a criterion; the checklist is born with its first score.

    Raises:
        InvalidInputError: more points than the criterion has, or values that cannot be kept.
        StaleEditError: a field to be written was changed meanwhile.
    """
    with ports.store.write() as work:
        criterion = work.records.find(Criterion, score.criterion_id)
        if criterion and (issue := score_issue(score, criterion)):
            raise InvalidInputError((issue,))
        _bear(work, checklist)
        if shown is None:
            shown = work.records.find(Score, score.id)
        stored = keep(work, score, shown=shown)
        return RecordSaved(stored, work.commit())


def add_evidence(ports: Ports, checklist: Checklist, score: Score) -> RecordSaved[Evidence]:
    """Add an empty proof to a score, which is written with it if it never was."""
    with ports.store.write() as work:
        _bear(work, checklist)
        _bear(work, score)
        evidence = Evidence(id=ports.new_id(work.book.me().number), score_id=score.id)
        return RecordSaved(work.records.put(evidence, shown=None), work.commit())


def save_evidence(
    ports: Ports, evidence: Evidence, *, shown: Evidence | None
) -> RecordSaved[Evidence]:
    """Store a proof. Raises InvalidInputError and LockedError."""
    with ports.store.write() as work:
        stored = keep(work, evidence, shown=shown)
        return RecordSaved(stored, work.commit())


def is_by_points(criterion: Criterion) -> bool:
    """Tell whether a criterion is scored, or said to be met or not."""
    return criterion.marking is Marking.POINTS or criterion.points is not None


def _bear(work: Work, record: R) -> None:
    """Write a record of a derived id when it is not there yet."""
    if work.records.find(type(record), record.id) is None:
        work.records.put(record, shown=None)


def _weighted(row: ChecklistRow) -> Decimal:
    return (row.score.self_score or Decimal()) * (row.row.criterion.weight or 1)
