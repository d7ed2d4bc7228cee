"""What may be written in sets and checklists, asked of forms and of lines of a file alike.

A set that was issued stays as it is; a closed step of marking too; a step closes only when every
score that differs says why; no score is above the points of its criterion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Evidence,
    PointEntry,
    PointRule,
    Score,
)
from thidua_desktop.domain.decisions import Award
from thidua_desktop.domain.errors import ClosedStepError, IssuedSetError, UsedSetError
from thidua_desktop.domain.ids import PROVINCE_NUMBER, derived_id, office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.peer_scores import PeerScore, PeerSheet, peer_score_issues
from thidua_desktop.domain.records import Owner, Record, keyed_id, kind_name, specs, values
from thidua_desktop.domain.scoring import (
    Tier,
    computed_score,
    is_by_points,
    lacking_reasons,
    score_issues,
)
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.book_rules import number_issues

R = TypeVar("R", bound=Record)
CLOSED_ON = {
    Tier.SELF: "closed_on",
    Tier.CROSS: "cross_closed_on",
    Tier.VERIFIED: "verified_closed_on",
}
_TIERS = tuple(Tier)
_CROSS_FIELDS = frozenset({"cross_score", "cross_note"})
_STAYS_OPEN = frozenset({"valid_to", "note", "document"})  # of a set that was issued


class Look(Protocol):
    """The records as they stand, or as they will after a file."""

    def find(self, kind: type[R], record_id: UUID | None) -> R | None:
        """Return a record, if it is there."""

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        """Return the records whose fields have these values."""


class Ahead:
    """The records as they will be once these are written and those are gone."""

    def __init__(
        self,
        stored: Look,
        written: Mapping[tuple[type[Record], UUID], Record],
        gone: Collection[tuple[type[Record], UUID]],
    ) -> None:
        self._stored, self._written, self._gone = stored, written, gone

    def find(self, kind: type[R], record_id: UUID | None) -> R | None:
        """Return a record, if it will be there."""
        if record_id is None or (kind, record_id) in self._gone:
            return None
        found: Any = self._written.get((kind, record_id))
        return found or self._stored.find(kind, record_id)

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        """Return the records whose fields will have these values."""
        changed = self._written.keys() | set(self._gone)
        kept = (one for one in self._stored.having(kind, **wanted) if (kind, one.id) not in changed)
        written: list[Any] = [
            one
            for place, one in self._written.items()
            if place[0] is kind
            and place not in self._gone
            and all(getattr(one, name) == value for name, value in wanted.items())
        ]
        return (*kept, *written)


def scoring_issues(  # noqa: PLR0911 - one for each kind
    stored: Look, ahead: Look, after: Record
) -> tuple[FieldIssue, ...]:
    """Return what forbids that a record be stored as it will be.

    `stored` is what stands now, `ahead` what will stand with everything written together.
    """
    before = stored.find(type(after), after.id)
    changed = _changed(before, after)
    match after:
        case Award():
            return number_issues(stored, ahead, after)
        case Score():
            return (*_too_much(ahead, after), *_closed(stored, after.checklist_id, after, changed))
        case PointEntry():
            return tuple(_closed(stored, after.checklist_id, after, changed))
        case PeerScore():
            return tuple(_of_peer(stored, ahead, after, changed))
        case PeerSheet():
            return tuple(_of_peer_sheet(ahead, before, after))
        case Checklist():
            was = before if isinstance(before, Checklist) else Checklist(id=after.id)
            return tuple(_steps(ahead, was, after))
        case CriteriaSet():
            was_set = before if isinstance(before, CriteriaSet) else CriteriaSet(id=after.id)
            return tuple(_set_issues(ahead, was_set, after, changed))
        case Criterion() | PointRule() | CriterionSubject():
            wheres = {_set_of(ahead, after), _set_of(stored, before) if before else None}
            fixed = changed and any(is_fixed(stored, where) for where in wheres)
            return tuple(FieldIssue(name, Issue.SET_ISSUED) for name in sorted(changed) if fixed)
        case _:
            return ()


def refuse_gone(stored: Look, record: Record) -> None:
    """Refuse to delete what an issued set, a closed step or a used set needs.

    Raises IssuedSetError, ClosedStepError and UsedSetError.
    """
    match record:
        case CriteriaSet():
            if is_fixed(stored, record.id):
                raise IssuedSetError(record.id)
            if used := len(stored.having(Checklist, set_id=record.id)):
                raise UsedSetError(record.id, used)
        case Criterion() | PointRule() | CriterionSubject():
            where = _set_of(stored, record)
            if where is not None and is_fixed(stored, where):
                raise IssuedSetError(where)
        case PeerScore():
            sheet = stored.find(PeerSheet, record.sheet_id)
            if sheet is not None and sheet.closed_on is not None:
                raise ClosedStepError(sheet.id)
        case Checklist() | Score() | PointEntry():
            place = record.id if isinstance(record, Checklist) else record.checklist_id
            checklist = stored.find(Checklist, place)
            if checklist is not None and is_closed(checklist, Tier.SELF):
                raise ClosedStepError(checklist.id)
        case _:
            return


def refuse_closed(stored: Look, record: Record) -> None:
    """Raise ClosedStepError when a proof belongs to a checklist whose own step is closed."""
    if isinstance(record, Attachment):
        proof = stored.find(Evidence, record.evidence_id)
        score_id = proof.score_id if proof else None
    elif isinstance(record, Evidence):
        score_id = record.score_id
    else:
        return
    score = stored.find(Score, score_id)
    checklist = stored.find(Checklist, score.checklist_id) if score else None
    if checklist is not None and is_closed(checklist, Tier.SELF):
        raise ClosedStepError(checklist.id)


def is_closed(checklist: Checklist, tier: Tier) -> bool:
    """Tell whether a step is closed: by itself, or because a later one is."""
    later = _TIERS[_TIERS.index(tier) :]
    return any(getattr(checklist, CLOSED_ON[one]) is not None for one in later)


def is_fixed(records: Look, set_id: UUID | None) -> bool:
    """Tell whether a set was issued, or holds the plan's own words."""
    found = records.find(CriteriaSet, set_id)
    return found is not None and (found.issued_on is not None or is_of_plan(records, found))


def is_of_plan(records: Look, criteria_set: CriteriaSet) -> bool:
    """Tell whether a set is the one that the province published from the plan."""
    movement = records.find(Movement, criteria_set.movement_id)
    return movement is not None and criteria_set.id == plan_set_id(movement)


def plan_set_id(movement: Movement) -> UUID:
    """Return the id of the set of a movement's plan."""
    return derived_id(kind_name(CriteriaSet), (movement.code,), PROVINCE_NUMBER)


def is_issuable(records: Look, set_id: UUID) -> bool:
    """Tell whether a set has criteria, and each of them says something."""
    criteria = records.having(Criterion, set_id=set_id)
    return bool(criteria) and all(one.wording for one in criteria)


def scores_of(
    records: Look, checklist: Checklist, criteria: Collection[Criterion] | None = None
) -> Iterator[tuple[Criterion, Score]]:
    """Return each criterion of a checklist's set with its score, which may be blank."""
    if criteria is None:
        criteria = records.having(Criterion, set_id=checklist.set_id)
    written = {score.id: score for score in records.having(Score, checklist_id=checklist.id)}
    for criterion in criteria:
        blank = blank_score(checklist, criterion.id)
        yield criterion, written.get(blank.id, blank)


def blank_score(checklist: Checklist, criterion_id: UUID) -> Score:
    """Return the score of a criterion before anybody said anything of it."""
    pair: dict[str, Any] = {"checklist_id": checklist.id, "criterion_id": criterion_id}
    return Score(id=keyed_id(Score, office_number(checklist.id), **pair), **pair)


def _too_much(ahead: Look, score: Score) -> tuple[FieldIssue, ...]:
    criterion = ahead.find(Criterion, score.criterion_id)
    return score_issues(score, criterion) if criterion else ()


def _closed(
    stored: Look, checklist_id: UUID | None, after: Record, changed: Collection[str]
) -> Iterator[FieldIssue]:
    checklist = stored.find(Checklist, checklist_id)
    if checklist is None:
        return
    owners = {spec.name: spec.owner for spec in specs(type(after)) if spec.refers_to is None}
    for name in sorted(changed & owners.keys()):
        if owners[name] is Owner.OFFICE:
            tier = Tier.SELF
        else:
            tier = Tier.CROSS if name in _CROSS_FIELDS else Tier.VERIFIED
        if is_closed(checklist, tier):
            yield FieldIssue(name, Issue.STEP_CLOSED)


def _of_peer(
    stored: Look, ahead: Look, score: PeerScore, changed: Collection[str]
) -> Iterator[FieldIssue]:
    criterion = ahead.find(Criterion, score.criterion_id)
    if criterion is not None:
        yield from peer_score_issues(score, criterion)
    sheet = stored.find(PeerSheet, score.sheet_id)
    if sheet is not None and sheet.closed_on is not None:
        yield from (FieldIssue(name, Issue.STEP_CLOSED) for name in sorted(changed))


def _of_peer_sheet(ahead: Look, before: Record | None, sheet: PeerSheet) -> Iterator[FieldIssue]:
    unit = ahead.find(Unit, sheet.unit_id)
    if unit is not None and unit.number == office_number(sheet.id):
        yield FieldIssue("unit_id", Issue.OWN_UNIT)
    was_closed = isinstance(before, PeerSheet) and before.closed_on is not None
    if sheet.closed_on is not None and not was_closed:
        scores = ahead.having(PeerScore, sheet_id=sheet.id)
        given = {one.criterion_id for one in scores if one.points is not None}
        criteria = ahead.having(Criterion, set_id=sheet.set_id)
        if any(is_by_points(one) and one.id not in given for one in criteria):
            yield FieldIssue("closed_on", Issue.SCORES_MISSING)


def _steps(ahead: Look, before: Checklist, after: Checklist) -> Iterator[FieldIssue]:
    for tier, name in CLOSED_ON.items():
        was, now = getattr(before, name), getattr(after, name)
        later = _TIERS[_TIERS.index(tier) + 1 :]
        if was is not None and now is None and any(getattr(after, CLOSED_ON[t]) for t in later):
            yield FieldIssue(name, Issue.STEP_CLOSED)
        if was is None and now is not None and tier in _lacking(ahead, after):
            yield FieldIssue(name, Issue.REASONS_MISSING)


def _lacking(ahead: Look, checklist: Checklist) -> set[Tier]:
    criteria_set = ahead.find(CriteriaSet, checklist.set_id)
    if criteria_set is None:
        return set()
    return {
        tier
        for criterion, score in scores_of(ahead, checklist)
        for tier in lacking_reasons(score, computed_score(criteria_set, criterion, score))
    }


def _set_issues(
    ahead: Look, before: CriteriaSet, after: CriteriaSet, changed: Collection[str]
) -> Iterator[FieldIssue]:
    if before.issued_on is not None:
        yield from (
            FieldIssue(name, Issue.SET_ISSUED) for name in sorted(set(changed) - _STAYS_OPEN)
        )
    elif after.issued_on is not None and not is_issuable(ahead, after.id):
        yield FieldIssue("issued_on", Issue.SET_EMPTY)


def _set_of(records: Look, record: Record) -> UUID | None:
    match record:
        case Criterion() | PointRule():
            return record.set_id
        case CriterionSubject():
            criterion = records.find(Criterion, record.criterion_id)
            return criterion.set_id if criterion else None
        case _:
            return None


def _changed(before: Record | None, after: Record) -> set[str]:
    was = values(before or type(after)(id=after.id))
    return {name for name, value in values(after).items() if value != was[name]}
