"""Numbers in the book of certificates, asked of forms and of lines of a file alike: given once."""

from __future__ import annotations

from typing import Protocol, TypeVar
from uuid import UUID

from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


class Look(Protocol):
    """The records as they stand, or as they will after a file."""

    def find(self, kind: type[R], record_id: UUID | None) -> R | None:
        """Return a record, if it is there."""

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        """Return the records whose fields have these values."""


def in_book(look: Look, decision: Decision) -> list[Award]:
    """Return all that is entered in the book of a decision."""
    if not decision.book:
        return list(look.having(Award, decision_id=decision.id))
    shared = look.having(Decision, book=decision.book)
    return [one for of in shared for one in look.having(Award, decision_id=of.id)]


def number_issues(stored: Look, ahead: Look, after: Award) -> tuple[FieldIssue, ...]:
    """Return whether an award takes a number that another one in the book bears.

    Numbers that two PCs gave apart stay as they came: they are told, and a person changes one.
    """
    before = stored.find(Award, after.id)
    decision = ahead.find(Decision, after.decision_id)
    if after.number is None or decision is None or (before and before.number == after.number):
        return ()
    others = (one for one in in_book(ahead, decision) if one.id != after.id)
    is_taken = any(one.number == after.number for one in others)
    return (FieldIssue("number", Issue.NUMBER_TAKEN),) if is_taken else ()
