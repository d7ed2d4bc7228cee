"""What the province asks of an office: about one field (câu hỏi), and for bundles that are missing.

Such a record carries the office's number in its id: it travels in the province's channel to that
office alone, and the office owns the fields that answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Owner, Record, record_kind, said


class QuestionState(StrEnum):
    """Where a question stands. Derived, never stored."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@record_kind("Câu hỏi trên ô", owner=Owner.PROVINCE)
@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """The province asks an office about one field of one record."""

    about_kind: str = said("Loại bản ghi", required=True, longest=60)
    about_id: UUID | None = said("Bản ghi", blank=None, required=True)
    about_field: str = said("Ô được hỏi", required=True, longest=60)
    wording: str = said("Nội dung hỏi", required=True, lines=True)
    asked_by: str = said("Người hỏi", longest=100)
    asked_on: PartialDate | None = said("Ngày hỏi", blank=None)
    is_closed: bool = said("Đã khép", blank=False)
    answer: str = said("Trả lời", owner=Owner.OFFICE, lines=True, longest=4_000)
    answered_by: str = said("Người trả lời", owner=Owner.OFFICE, longest=100)
    answered_on: PartialDate | None = said("Ngày trả lời", owner=Owner.OFFICE, blank=None)

    @property
    def state(self) -> QuestionState:
        """Return where the question stands."""
        if self.is_closed:
            return QuestionState.CLOSED
        return QuestionState.ANSWERED if self.answer else QuestionState.OPEN


@record_kind("Yêu cầu gửi lại gói", owner=Owner.PROVINCE)
@dataclass(frozen=True, slots=True, kw_only=True)
class ResendRequest(Record):
    """The province asks a PC of an office for the bundles from a number of its register on.

    `seen` is the last number that the province had from that PC when it asked: with a bundle of a
    higher number the PC has answered.
    """

    replica: str = said("Mã máy", required=True, longest=64)
    number: int | None = said("Từ gói số", blank=None, least=1, most=1_000_000_000)
    seen: int | None = said("Đã nhận gói số", blank=None, least=0, most=1_000_000_000)
    asked_on: PartialDate | None = said("Ngày yêu cầu", blank=None)


def addressed_issues(record: Record) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a record that must be addressed to an office by its id."""
    if office_number(record.id) == PROVINCE_NUMBER:
        return (FieldIssue("id", Issue.NOT_ALLOWED),)
    return ()


def question_issues(question: Question) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a question as a whole: it is asked as soon as it is written."""
    asked = () if question.wording.strip() else (FieldIssue("wording", Issue.MISSING),)
    return (*addressed_issues(question), *asked)
