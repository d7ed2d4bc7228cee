"""Blocks from a spreadsheet that become criteria or rules of a set, or figures of a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar
from uuid import UUID

from thidua_desktop.domain.criteria import (
    Checklist,
    Criterion,
    Marking,
    PointRule,
    PointSort,
    Score,
)
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.records import keyed_id, replace_values
from thidua_desktop.services.checklists import key_again_after
from thidua_desktop.services.criteria import criteria_rows, free_codes, point_rules
from thidua_desktop.services.pasting import Finder, Target, spelled
from thidua_desktop.services.ports import Work
from thidua_desktop.services.scoring_rules import blank_score

P = TypeVar("P", bound=Criterion | PointRule)
_OF_CRITERION = (
    *("place", "wording", "measure", "points", "part", "marking", "field", "weight", "section"),
    *("evidence_required", "gives_bonus"),
)
_OF_RULE = ("place", "sort", "wording", "points", "bars")
_FIGURES = ("plan", "actual", "grade", "assessment", "self_score", "self_reason", "note")


def criteria_target(set_id: UUID) -> Target:
    """Return how a block becomes criteria of an own set: one of the same words is changed."""

    def finder(work: Work) -> Finder:
        there = [row.criterion for row in criteria_rows(work, set_id)]
        marking = there[-1].marking if there else Marking.FORWARD
        return _InSet(work, Criterion, set_id, there, {"marking": marking}).find

    return Target(kind=Criterion, offered=_OF_CRITERION, finder=finder)


def rules_target(set_id: UUID) -> Target:
    """Return how a block becomes rules of an own set, in the same way; a new one takes points."""

    def finder(work: Work) -> Finder:
        there = point_rules(work, set_id)
        return _InSet(work, PointRule, set_id, there, {"sort": PointSort.PENALTY}).find

    return Target(kind=PointRule, offered=_OF_RULE, finder=finder)


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


class _InSet(Generic[P]):
    """The criteria or rules of a set that rows mean, those of the rows above among them.

    New ones hold what is `begun`.
    """

    def __init__(
        self,
        work: Work,
        kind: type[P],
        set_id: UUID,
        there: Sequence[P],
        begun: Mapping[str, object],
    ) -> None:
        self._kind = kind
        self._set_id = set_id
        self._begun = begun
        self._known = {spelled(one.wording): one for one in there}
        self._place = max((one.place or 0 for one in there), default=0)
        self._codes = free_codes(work, kind, set_id, self._place + 1)

    def find(self, said: Mapping[str, object], _row: int) -> P:
        """Return the one of these words; one that is not there yet comes last."""
        words = spelled(said.get("wording"))
        if not words:
            raise NotKeptError(Issue.MISSING)
        return self._known.get(words) or self._known.setdefault(words, self._new())

    def _new(self) -> P:
        self._place += 1
        key = {"set_id": self._set_id, "code": next(self._codes)}
        blank = self._kind(id=keyed_id(self._kind, office_number(self._set_id), **key))
        return replace_values(blank, {**key, **self._begun, "place": self._place})


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
