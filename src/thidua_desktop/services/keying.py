"""Verify mode (nhập kiểm lần hai): a second person keys the figures again, without the first ones.

What was keyed again lies on this PC only, until both agree: a paper against what was typed from it
is nobody's business elsewhere. It is kept at every figure, so a power cut costs none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from thidua_desktop.domain.criteria import Checklist, Criterion, Marking, Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.field_values import NotKeptError, from_json, to_json
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import kind_spec, replace_values
from thidua_desktop.domain.scoring import NUMBERED
from thidua_desktop.services.checklists import ChecklistRow, ChecklistView, save_score
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep


@dataclass(frozen=True, slots=True)
class KeyedAgain:
    """A criterion as it was keyed the second time; `fields` are those that its kind asks for."""

    row: ChecklistRow
    fields: tuple[str, ...]
    score: Score
    is_keyed: bool

    @property
    def differing(self) -> tuple[str, ...]:
        """Return the fields whose two values differ, once it was keyed again."""
        first = self.row.score
        differ = (n for n in self.fields if getattr(first, n) != getattr(self.score, n))
        return tuple(differ) if self.is_keyed else ()


def keyed_fields(criterion: Criterion) -> tuple[str, ...]:
    """Return what is keyed of a criterion."""
    if criterion.marking in NUMBERED:
        return ("plan", "actual", "self_score")
    if criterion.marking is Marking.GRADED:
        return ("grade", "self_score")
    if criterion.marking is Marking.POINTS:
        return ("self_score",)
    return ("assessment",) if criterion.points is None else ("assessment", "self_score")


def keyed_again(ports: Ports, view: ChecklistView) -> tuple[KeyedAgain, ...]:
    """Return how far the second keying of a checklist has come."""
    with ports.store.read() as work:
        held = _held(work, view.checklist.id)
    return tuple(_one(row, held.get(str(row.row.criterion.id))) for row in view.rows)


def key_again(ports: Ports, checklist: Checklist, score: Score) -> None:
    """Keep what was keyed of a criterion the second time; nothing else is touched."""
    said = {
        name: to_json(kind_spec(Score).field(name), getattr(score, name))
        for name in ("assessment", "plan", "actual", "grade", "self_score")
    }
    with ports.store.write() as work:
        _hold(work, checklist.id, {**_held(work, checklist.id), str(score.criterion_id): said})
        work.commit()


def take_second(ports: Ports, checklist: Checklist, one: KeyedAgain) -> RecordSaved[Score]:
    """Let the second keying of a criterion stand. Raises what `save_score` raises."""
    first = one.row.score
    changes: dict[str, Any] = {name: getattr(one.score, name) for name in one.differing}
    shown = None if one.row.is_new else first
    return save_score(ports, checklist, replace_values(first, changes), shown=shown)


def take_first(ports: Ports, checklist: Checklist, one: KeyedAgain) -> None:
    """Let the first keying of a criterion stand."""
    key_again(ports, checklist, one.row.score)


def finish_keying(ports: Ports, view: ChecklistView) -> RecordSaved[Checklist]:
    """Note that both keyings agree, and drop the second.

    Raises InvalidInputError: a criterion was not keyed again, or differs.
    """
    again = keyed_again(ports, view)
    if any(not one.is_keyed or one.differing for one in again):
        raise InvalidInputError((FieldIssue("keyed_twice_on", Issue.KEYED_OTHERWISE),))
    with ports.store.write() as work:
        now = work.records.find(Checklist, view.checklist.id)
        day = PartialDate.of(ports.now().date())
        stored = keep(work, replace(now or view.checklist, keyed_twice_on=day), shown=now)
        work.book.set_setting(_name(view.checklist.id), None)
        return RecordSaved(stored, work.commit())


def forget_keying(ports: Ports, checklist: Checklist) -> None:
    """Begin the second keying anew."""
    with ports.store.write() as work:
        work.book.set_setting(_name(checklist.id), None)
        work.commit()


def _one(row: ChecklistRow, held: Mapping[str, object] | None) -> KeyedAgain:
    fields, spec = keyed_fields(row.row.criterion), kind_spec(Score)
    blank = replace_values(row.score, {name: spec.field(name).blank for name in fields})
    if held is None:
        return KeyedAgain(row, fields, blank, is_keyed=False)
    try:
        said = {name: from_json(spec.field(name), held.get(name)) for name in fields}
    except NotKeptError:  # a program of another version wrote it
        return KeyedAgain(row, fields, blank, is_keyed=False)
    return KeyedAgain(row, fields, replace_values(blank, said), is_keyed=True)


def _held(work: Work, checklist_id: UUID) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(work.book.setting(_name(checklist_id)) or "{}")
    return found


def _hold(work: Work, checklist_id: UUID, held: Mapping[str, object]) -> None:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True)
    work.book.set_setting(_name(checklist_id), text)


def _name(checklist_id: UUID) -> str:
    return f"second_keying_{checklist_id}"
