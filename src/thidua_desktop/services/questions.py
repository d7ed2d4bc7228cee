"""Questions of the province on fields of an office: asked, answered, closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidInputError,
    NobodyToAskError,
    NotForRoleError,
    NotFoundError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME, KINDS
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.questions import Question, QuestionState
from thidua_desktop.domain.records import Record, kind_name, kind_spec, specs
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.domain.words import field_label
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep, proposals_of
from thidua_desktop.services.titles import title_of

_UNIT = kind_name(Unit)
_MOST_STEPS = 20  # a register whose units are their own parents must not hold us


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question for a list: what it is about, in words, and where that is."""

    question: Question
    label: str
    about: str
    office: str
    place: FieldPlace
    is_ours: bool

    @property
    def state(self) -> QuestionState:
        """Return where the question stands."""
        return self.question.state


def ask(
    ports: Ports, kind: str, record_id: UUID, field: str, *, wording: str, asked_by: str = ""
) -> RecordSaved[Question]:
    """Ask the office that a record belongs to about one of its fields; the next bundle asks.

    Raises:
        NotForRoleError: only the province asks.
        NotFoundError: there is no such record.
        NobodyToAskError: the record is the province's own.
        InvalidInputError: nothing is asked, or the record has no such field.
    """
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        if kind not in KIND_BY_NAME or field not in _fields(kind):
            raise InvalidInputError((FieldIssue("about_field", Issue.NOT_ALLOWED),))
        question = Question(
            id=ports.new_id(office_asked(work, kind, record_id)),
            about_kind=kind,
            about_id=record_id,
            about_field=field,
            wording=wording,
            asked_by=asked_by,
            asked_on=PartialDate.of(ports.now().date()),
        )
        stored = keep(work, question, shown=None)
        # Said although it is blank: else an office's word would be the only one there.
        work.records.write(Question, stored.id, {"is_closed": False})
        work.records.share([(kind_name(Question), stored.id)])
        return RecordSaved(stored, work.commit())


def answer(
    ports: Ports, question_id: UUID, words: str, *, answered_by: str = ""
) -> RecordSaved[Question]:
    """Answer a question that was asked of this office; the next bundle carries the answer.

    Raises:
        NotFoundError: there is no such question.
        NotForRoleError: another office was asked.
        InvalidInputError: nothing is said.
    """
    with ports.store.write() as work:
        question = work.records.get(Question, question_id)
        if office_number(question.id) != work.book.me().number:
            raise NotForRoleError(UnitRole.OFFICE.value)
        if not words.strip():
            raise InvalidInputError((FieldIssue("answer", Issue.MISSING),))
        said = replace(
            question,
            answer=words,
            answered_by=answered_by,
            answered_on=PartialDate.of(ports.now().date()),
        )
        stored = keep(work, said, shown=question)
        work.records.share([(kind_name(Question), stored.id)])
        return RecordSaved(stored, work.commit())


def close(ports: Ports, question_id: UUID, *, is_closed: bool = True) -> RecordSaved[Question]:
    """Close a question, answered or not, or open it again. Raises NotForRoleError."""
    with ports.store.write() as work:
        if not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        question = work.records.get(Question, question_id)
        stored = keep(work, replace(question, is_closed=is_closed), shown=question)
        work.records.share([(kind_name(Question), stored.id)])
        return RecordSaved(stored, work.commit())


def list_questions(ports: Ports) -> tuple[QuestionRow, ...]:
    """Return the questions: the open ones first, then the answered, each newest first."""
    with ports.store.read() as work:
        me = work.book.me()
        offices = {one.number: one.short_name or one.name for one in work.records.having(Unit)}
        rows = [
            QuestionRow(
                question=one,
                label=field_label(one.about_kind, one.about_field),
                about=title_of(work, one.about_kind, one.about_id),
                office=offices.get(office_number(one.id), f"cơ quan số {office_number(one.id)}"),
                place=place_of(work, one.about_kind, one.about_id, one.about_field),
                is_ours=office_number(one.id) == me.number,
            )
            for one in work.records.having(Question)
        ]
    order = list(QuestionState)
    rows.reverse()
    return tuple(sorted(rows, key=lambda row: order.index(row.state)))


def office_asked(work: Work, kind: str, record_id: UUID | None) -> int:
    """Return the number of the office that answers for a record.

    A unit of the register answers itself where it is an office, else the one it belongs to, else
    the office that holds most of its records: so a commune is asked through its district.

    Raises:
        NotFoundError: there is no such record.
        NobodyToAskError: it is the province's own.
    """
    record = work.records.find(KIND_BY_NAME[kind], record_id) if kind in KIND_BY_NAME else None
    if record is None or record_id is None:
        raise NotFoundError(kind, record_id or UUID(int=0))
    number = office_number(record_id)
    unit = record if isinstance(record, Unit) else None
    for _ in range(_MOST_STEPS):
        if unit is None or number != PROVINCE_NUMBER:
            break
        number = unit.number or PROVINCE_NUMBER
        unit = work.records.find(Unit, unit.parent_id)
    if number == PROVINCE_NUMBER and isinstance(record, Unit):
        number = _holder_of(work, record)
    if number == PROVINCE_NUMBER:
        raise NobodyToAskError(kind, record_id)
    return number


def _holder_of(work: Work, unit: Unit) -> int:
    """Return which enrolled office holds most records of a unit; the province where none does."""
    enrolled = {one.office.number for one in work.book.enrolments()}
    held = Counter(
        number
        for kind in KINDS
        if any(spec.name == "unit_id" and spec.refers_to == _UNIT for spec in specs(kind))
        for one in work.records.having(kind, unit_id=unit.id)
        if (number := office_number(one.id)) in enrolled
    )
    return min(held, key=lambda number: (-held[number], number), default=PROVINCE_NUMBER)


def place_of(work: Work, kind: str, record_id: UUID | None, field: str) -> FieldPlace:
    """Return where a field is seen: a nominee's or a proof's in its proposal."""
    record = _found(work, kind, record_id)
    proposal = next(iter(proposals_of(work, record)), None) if record else None
    return FieldPlace(
        kind=kind,
        id=record_id or UUID(int=0),
        field=field,
        proposal_id=proposal.id if proposal else None,
    )


def _found(work: Work, kind: str, record_id: UUID | None) -> Record | None:
    return work.records.find(KIND_BY_NAME[kind], record_id) if kind in KIND_BY_NAME else None


def _fields(kind: str) -> set[str]:
    return {spec.name for spec in kind_spec(KIND_BY_NAME[kind]).fields}
