"""Blocks from a spreadsheet that become criteria of a set, or figures of a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from thidua_desktop.domain.criteria import Checklist, Criterion, Marking, Score
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.services.checklists import key_again_after
from thidua_desktop.services.criteria import criteria_rows, free_codes
from thidua_desktop.services.pasting import Target, spelled
from thidua_desktop.services.ports import Work
from thidua_desktop.services.scoring_rules import blank_score

_OF_CRITERION = (
    *("place", "wording", "measure", "points", "part", "marking", "field", "weight", "section"),
    *("evidence_required", "gives_bonus"),
)
_FIGURES = ("plan", "actual", "grade", "assessment", "self_score", "self_reason", "note")


def criteria_target(set_id: UUID) -> Target:
    """Return how a block becomes criteria of an own set: one of the same words is changed."""
    return Target(
        kind=Criterion, offered=_OF_CRITERION, finder=lambda work: _Criteria(work, set_id).find
    )


def figures_target(checklist: Checklist, first: UUID | None) -> Target:
    """Return how a block is written into a checklist.

    A row names its criterion by number, code or words; rows that name none go from the `first` one
    on, in the order of the set.
    """
    return Target(
        kind=Score,
        offered=("criterion_id", *_FIGURES),
        finder=lambda work: partial(_score_of, work, checklist, _from(work, checklist, first)),
        among={"criterion_id": {"set_id": checklist.set_id}},
        borne=(checklist,),
        written=key_again_after,
    )


class _Criteria:
    """The criteria that rows mean, those of the rows above among them."""

    def __init__(self, work: Work, set_id: UUID) -> None:
        there = [row.criterion for row in criteria_rows(work, set_id)]
        self._set_id = set_id
        self._known = {spelled(one.wording): one for one in there}
        self._last = there[-1] if there else None
        self._place = max((one.place or 0 for one in there), default=0)
        self._codes = free_codes(work, Criterion, set_id, self._place + 1)

    def find(self, said: Mapping[str, object], _row: int) -> Criterion:
        """Return the criterion of these words; one that is not there yet comes last."""
        words = spelled(said.get("wording"))
        if not words:
            raise NotKeptError(Issue.MISSING)
        return self._known.get(words) or self._known.setdefault(words, self._new())

    def _new(self) -> Criterion:
        self._place += 1
        code, last = next(self._codes), self._last
        return Criterion(
            id=keyed_id(Criterion, office_number(self._set_id), set_id=self._set_id, code=code),
            set_id=self._set_id,
            code=code,
            place=self._place,
            marking=last.marking if last else Marking.FORWARD,
        )


def _from(work: Work, checklist: Checklist, first: UUID | None) -> tuple[UUID, ...]:
    """Return the criteria of a checklist's set in their order, from this one on."""
    rows = criteria_rows(work, checklist.set_id) if checklist.set_id else ()
    ids = [row.criterion.id for row in rows]
    return tuple(ids[ids.index(first) if first in ids else 0 :])


def _score_of(
    work: Work, checklist: Checklist, order: tuple[UUID, ...], said: Mapping[str, object], row: int
) -> Score:
    named = said.get("criterion_id") or (order[row] if row < len(order) else None)
    if not isinstance(named, UUID):
        raise NotKeptError(Issue.NO_RECORD)
    blank = blank_score(checklist, named)
    return work.records.find(Score, blank.id) or blank
