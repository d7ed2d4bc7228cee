"""What a person has to look at in the movement of a unit: dates, programs, what is there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.deadlines import DebtState, Due
from thidua_desktop.domain.movements import (
    DocumentSort,
    Movement,
    PlanDocument,
    Registration,
    SavingsTarget,
)
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.words import word

T = TypeVar("T", PlanDocument, Registration)


class MovementFlaw(StrEnum):
    """What may be wrong with what was entered for the movement."""

    BEFORE_PLAN = "before_plan"
    LATE = "late"
    NO_PROGRAM = "no_program"
    TWICE = "twice"
    REGISTERED_TWICE = "registered_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFinding:
    """A finding: which records it is about, and what it says."""

    flaw: MovementFlaw
    records: tuple[UUID, ...]
    text: str


def movement_findings(
    movement: Movement | None,
    owed: Iterable[Due],
    documents: Iterable[PlanDocument],
    targets: Iterable[SavingsTarget],
    registrations: Iterable[Registration],
) -> tuple[MovementFinding, ...]:
    """Return what is to be looked at in what one unit entered for one year."""
    documents = tuple(documents)
    return (
        *_before_plan(documents, movement.plan_date if movement else None),
        *_late(owed),
        *_no_program(documents, tuple(targets)),
        *_twice(documents),
        *_registered_twice(registrations),
    )


def document_name(document: PlanDocument) -> str:
    """Return a document as one names it: its sort, number and day."""
    words = word(document.sort) or "Văn bản"
    number = f" số {document.number}" if document.number else " (chưa có số)"
    day = f" ngày {shown(document.issued_on)}" if document.issued_on else ""
    return f"{words}{number}{day}"


def _before_plan(
    documents: Iterable[PlanDocument], day: PartialDate | None
) -> Iterator[MovementFinding]:
    for one in documents:
        # A thrift program follows from the law on thrift, and may be older than the plan.
        if one.sort is DocumentSort.PROGRAM or one.issued_on is None or day is None:
            continue
        if one.issued_on.last_day() < day.first_day():
            yield MovementFinding(
                flaw=MovementFlaw.BEFORE_PLAN,
                records=(one.id,),
                text=(
                    f"{document_name(one)} có trước kế hoạch của phong trào ({shown(day)}); hãy "
                    "xem lại ngày."
                ),
            )


def _late(owed: Iterable[Due]) -> Iterator[MovementFinding]:
    for due in owed:
        if due.state is DebtState.LATE:
            yield MovementFinding(
                flaw=MovementFlaw.LATE,
                records=tuple(one.id for one in due.documents),
                text=(
                    f"{document_name(due.documents[0])} trễ {due.days_late} ngày so với hạn "
                    f"{shown(PartialDate.of(due.due_on))}."
                ),
            )


def _no_program(
    documents: Iterable[PlanDocument], targets: tuple[SavingsTarget, ...]
) -> Iterator[MovementFinding]:
    if targets and not any(one.sort is DocumentSort.PROGRAM for one in documents):
        yield MovementFinding(
            flaw=MovementFlaw.NO_PROGRAM,
            records=tuple(one.id for one in targets),
            text=(
                f"Có {len(targets)} chỉ tiêu tiết kiệm mà chưa có văn bản “"
                f"{word(DocumentSort.PROGRAM)}” của năm; hãy ghi ở thẻ Văn bản."
            ),
        )


def _twice(documents: Iterable[PlanDocument]) -> Iterator[MovementFinding]:
    numbered = (one for one in documents if one.number)
    for several in _alike(numbered, lambda one: (fold(one.number), one.issued_on)):
        yield MovementFinding(
            flaw=MovementFlaw.TWICE,
            records=tuple(one.id for one in several),
            text=f"{document_name(several[0])} được ghi {len(several)} lần.",
        )


def _registered_twice(registrations: Iterable[Registration]) -> Iterator[MovementFinding]:
    for several in _alike((one for one in registrations if one.name and one.title), _pledge):
        first = several[0]
        yield MovementFinding(
            flaw=MovementFlaw.REGISTERED_TWICE,
            records=tuple(one.id for one in several),
            text=f"{first.name} đăng ký “{first.title}” {len(several)} lần trong một năm.",
        )


def _pledge(one: Registration) -> tuple[Hashable, ...]:
    """Return what makes two registrations one: who, where, what for; the position tells apart
    people of one name.
    """
    who = one.person_id or one.collective_id or (fold(one.name), fold(one.position))
    return one.year, who, fold(one.title)


def _alike(records: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[list[T]]:
    same: defaultdict[Hashable, list[T]] = defaultdict(list)
    for one in records:
        same[key(one)].append(one)
    return (several for several in same.values() if len(several) > 1)
