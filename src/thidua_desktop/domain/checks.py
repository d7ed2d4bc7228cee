"""What is wrong with a record: the declared limits of its fields, then the rules of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from thidua_desktop.domain.attachments import Attachment, attachment_issues
from thidua_desktop.domain.criteria import CriteriaSet, criteria_set_issues
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award
from thidua_desktop.domain.field_values import tidy, value_issue
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    Position,
    PriorAward,
    YearlyRating,
    decided_issues,
    holder_issues,
    position_issues,
)
from thidua_desktop.domain.movements import Registration, registration_issues
from thidua_desktop.domain.peer_groups import (
    PeerGroup,
    PeerGroupMember,
    period_of_group_issues,
)
from thidua_desktop.domain.people import Collective, collective_issues
from thidua_desktop.domain.proposals import (
    Contribution,
    Proposal,
    Review,
    proposal_issues,
    review_issues,
)
from thidua_desktop.domain.questions import (
    Question,
    ResendRequest,
    addressed_issues,
    question_issues,
)
from thidua_desktop.domain.records import FieldSpec, R, Record, replace_values, specs
from thidua_desktop.domain.redactions import Redaction
from thidua_desktop.domain.units import (
    Signer,
    Succession,
    Unit,
    signer_issues,
    succession_issues,
    unit_issues,
)
from thidua_desktop.domain.waivers import Waiver


def reason_issues(record: Waiver | Redaction) -> tuple[FieldIssue, ...]:
    """Return the complaint about a decision that does not say why: it holds as soon as written."""
    return () if record.reason.strip() else (FieldIssue("reason", Issue.MISSING),)


_RULES: dict[type[Record], Callable[[Any], tuple[FieldIssue, ...]]] = {
    Unit: unit_issues,
    Succession: succession_issues,
    Signer: signer_issues,
    PeerGroup: period_of_group_issues,
    PeerGroupMember: period_of_group_issues,
    CriteriaSet: criteria_set_issues,
    Proposal: proposal_issues,
    Question: question_issues,
    ResendRequest: addressed_issues,
    Attachment: attachment_issues,
    Collective: collective_issues,
    Contribution: holder_issues,
    Position: position_issues,
    Achievement: holder_issues,
    Initiative: decided_issues,
    YearlyRating: decided_issues,
    PriorAward: decided_issues,
    Award: holder_issues,
    Registration: registration_issues,
    Review: review_issues,
    Waiver: reason_issues,
    Redaction: reason_issues,
}


def tidied(record: R) -> R:
    """Return the record with every text composed and squeezed, as it is stored."""
    tidy_values: dict[str, Any] = {
        spec.name: tidy(spec, getattr(record, spec.name)) for spec in specs(type(record))
    }
    return replace(record, **tidy_values)


def checked(record: Record, today: date | None = None) -> tuple[FieldIssue, ...]:
    """Return every field whose value cannot be kept; an empty one is only missing.

    What says when something was cannot lie after today, where the day is known.
    """
    rule = _RULES.get(type(record))
    return (*_field_issues(record, today), *(rule(record) if rule else ()))


def keepable(
    record: R, changed: dict[str, Any], today: date | None = None
) -> tuple[R, tuple[FieldIssue, ...]]:
    """Return the record with as many of the changes as go together, and what is wrong with all."""
    whole = replace_values(record, changed)
    issues = checked(whole, today)
    if not issues:
        return whole, ()
    waiting = dict(changed)
    while taken := [
        name
        for name, value in waiting.items()
        if set(checked(replace_values(record, {name: value}), today)) <= set(checked(record, today))
    ]:
        record = replace_values(record, {taken[0]: waiting.pop(taken[0])})
    return record, issues


def _field_issues(record: Record, today: date | None) -> Iterator[FieldIssue]:
    for spec in specs(type(record)):
        value = getattr(record, spec.name)
        if issue := value_issue(spec, value):
            yield FieldIssue(spec.name, issue)
        elif today is not None and lies_ahead(spec, value, today):
            yield FieldIssue(spec.name, Issue.IN_FUTURE)


def lies_ahead(spec: FieldSpec, value: object, today: date) -> bool:
    """Tell whether a value says that something was after today, which cannot be."""
    if not spec.past:
        return False
    match value:
        case PartialDate():
            return value.first_day() > today
        case int():
            return value > today.year
        case _:
            return False
