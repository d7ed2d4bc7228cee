"""What this office began and left incomplete (đang làm dở), and where to go on with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua_desktop.domain.criteria import Checklist, CriteriaSet, Criterion, Score
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.movements import PlanDocument, Registration, SavingsTarget
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import ProposalState
from thidua_desktop.domain.records import kind_name, missing
from thidua_desktop.domain.scoring import computed_score, is_judged
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.ports import Work
from thidua_desktop.services.proposals import ProposalRow
from thidua_desktop.services.trust import own_numbers

_OF_YEARS = (PlanDocument, SavingsTarget, Registration)
_NAMED = 3  # of several proposals


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What lacks something, in words, what it lacks below them, and a place to go on."""

    words: str
    below: str
    place: FieldPlace


def unfinished(
    work: Work, rows: Iterable[ProposalRow], unit_id: UUID | None, today: date
) -> tuple[Unfinished, ...]:
    """Return the drafts that lack fields, the own checklists of this year and the last one that
    are half filled in, and what was noted of the movement without all it needs.
    """
    own = own_numbers(work)
    return (
        *_proposals([one for one in rows if one.missing and one.state is ProposalState.DRAFT]),
        *_checklists(work, unit_id, own, {today.year - 1, today.year}),
        *(found for kind in _OF_YEARS for found in _records(work, kind, unit_id, own)),
    )


def _proposals(rows: list[ProposalRow]) -> Iterator[Unfinished]:
    if rows:
        names = [row.name or "(chưa có tên)" for row in rows[:_NAMED]]
        more = ["…"] if len(rows) > _NAMED else []
        place = FieldPlace(kind="proposal", id=rows[0].id, field="", proposal_id=rows[0].id)
        yield Unfinished(f"{len(rows)} đề nghị còn thiếu mục", ", ".join([*names, *more]), place)


def _checklists(
    work: Work, unit_id: UUID | None, own: frozenset[int], years: set[int]
) -> Iterator[Unfinished]:
    for one in work.records.having(Checklist, unit_id=unit_id):
        criteria_set = work.records.find(CriteriaSet, one.set_id)
        is_open = one.closed_on is None and one.period in years and office_number(one.id) in own
        if criteria_set is None or not is_open:
            continue
        criteria: dict[UUID | None, Criterion] = {
            each.id: each for each in work.records.having(Criterion, set_id=one.set_id)
        }
        judged = sum(
            is_judged(score, computed_score(criteria_set, criterion, score))
            for score in work.records.having(Score, checklist_id=one.id)
            if (criterion := criteria.get(score.criterion_id)) is not None
        )
        if judged < len(criteria):
            words = (
                f"Phiếu tiêu chí năm {one.period}: đã đánh giá {judged}/{len(criteria)} tiêu chí"
            )
            place = FieldPlace(kind="checklist", id=one.id, field="")
            yield Unfinished(words, criteria_set.name, place)


def _records(
    work: Work,
    kind: type[PlanDocument | SavingsTarget | Registration],
    unit_id: UUID | None,
    own: frozenset[int],
) -> Iterator[Unfinished]:
    records = work.records.having(kind, unit_id=unit_id)
    lacks = [(one, missing(one)) for one in records if office_number(one.id) in own]
    lacking = [(one, names) for one, names in lacks if names]
    if lacking:
        name = kind_name(kind)
        every = dict.fromkeys(field for _, names in lacking for field in names)
        below = ", ".join(field_label(name, field) for field in every)
        what = kind_label(name)
        words = f"{what}: {len(lacking)} bản ghi chưa đủ"
        place = FieldPlace(kind=name, id=lacking[0][0].id, field=lacking[0][1][0])
        yield Unfinished(words, f"Thiếu {below}", place)
