"""Saving one record: the rule that every form and every file obeys, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic
from uuid import UUID

from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import InvalidInputError, LockedError, NotForRoleError
from thidua_desktop.domain.merit import InitiativeClaim
from thidua_desktop.domain.paper_forms import paper_text_issues
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    Proposal,
    ProposalState,
    Review,
    Submission,
    is_locked,
    state_of,
)
from thidua_desktop.domain.questions import Question, ResendRequest
from thidua_desktop.domain.records import R, Record, kind_name, values
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.belongings import MERIT_KINDS, attached_to, is_merit
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.loops import refuse_loops
from thidua_desktop.services.nominees import NOMINEE_FIELD, subject_of
from thidua_desktop.services.ports import Ports, Records, Work
from thidua_desktop.services.scoring_rules import refuse_closed, refuse_gone, scoring_issues
from thidua_desktop.services.snapshots import submitted_with

_ASKED = (Question, ResendRequest)  # an office answers, it does not ask


@dataclass(frozen=True, slots=True)
class RecordSaved(Generic[R]):
    """A record as it was stored, and what the storing touched."""

    record: R
    changes: Changes


def save_record(ports: Ports, record: R, *, shown: R | None = None) -> RecordSaved[R]:
    """Create a record, or store an edit of the one that was shown.

    Raises:
        InvalidInputError: values cannot be kept.
        LockedError: the record belongs to what lies submitted at the province.
        StaleEditError: a field to be written was changed meanwhile.
    """
    if issues := paper_text_issues(ports.plan().papers, record):
        raise InvalidInputError((*checked(tidied(record)), *issues))
    with ports.store.write() as work:
        stored = keep(work, record, shown=shown)
        return RecordSaved(stored, work.commit())


def delete_record(ports: Ports, record: Record) -> Changes:
    """Delete a record, a proof or a document with its attachments.

    Raises LockedError, and what `refuse_gone` raises.
    """
    with ports.store.write() as work:
        refuse(work, record)
        refuse_gone(work.records, record)
        for part in (record, *attached_to(work, record)):
            work.records.delete(type(part), part.id)
        return work.commit()


def keep(work: Work, record: R, *, shown: R | None) -> R:
    """Store a record in an open transaction, tidied and checked."""
    record = tidied(record)
    if issues := checked(record, work.today()):
        raise InvalidInputError(issues)
    if shown is not None:
        refuse(work, shown)
    refuse(work, record)
    refuse_loops(work.records, (record,))
    if found := scoring_issues(work.records, work.records, record):
        raise InvalidInputError(found)
    return work.records.put(record, shown=shown)


def bear(work: Work, record: R) -> None:
    """Store a record of a derived id in an open transaction, when it is not there yet."""
    if work.records.find(type(record), record.id) is None:
        keep(work, record, shown=None)


def share_drafts(work: Work, records: Iterable[Record]) -> None:
    """Let the next bundle carry these records, those that are drafts; in an open transaction."""
    drafts = set(work.records.drafts())
    places = ((kind_name(type(one)), one.id) for one in records)
    work.records.share([place for place in places if place in drafts])


def add_new(records: Records, record: Record) -> None:
    """Write a new record; unlike `put`, which reads it again, this is fit for a thousand."""
    kind = type(record)
    blank = values(kind(id=record.id))
    filled = {name: value for name, value in values(record).items() if value != blank[name]}
    records.write(kind, record.id, filled)


def refuse(work: Work, record: Record) -> None:
    """Raise LockedError when the record belongs to a proposal that lies at the province.

    It belongs where it says, so an edit is asked about as it was and as it will be. Merit is fixed
    where a letter spoke of it; what comes later is not. Raises ClosedStepError for a proof in a
    checklist that is closed, NotForRoleError for what only the province says or asks.
    """
    refuse_closed(work.records, record)
    if work.book.me().is_province:
        return
    is_asked = isinstance(record, _ASKED) and work.records.find(type(record), record.id) is None
    if is_asked or isinstance(record, Review):
        raise NotForRoleError(UnitRole.PROVINCE.value)
    locked = (one for one in proposals_of(work, record) if is_locked(proposal_state(work, one)))
    if any(not is_merit(record) or record.id in submitted_with(work, one) for one in locked):
        raise LockedError(kind_name(type(record)), record.id)


def may_not_change(work: Work, record: Record | None) -> bool:
    """Tell whether there is a record and it belongs to what lies submitted at the province."""
    try:
        if record is not None:
            refuse(work, record)
    except (LockedError, NotForRoleError):
        return True
    return False


def proposal_state(work: Work, proposal: Proposal) -> ProposalState:
    """Return where a proposal stands."""
    submission = work.records.find(Submission, proposal.submission_id)
    if submission is None or submission.snapshot is None:
        return ProposalState.DRAFT
    return state_of(submission, work.records.having(Review, proposal_id=proposal.id))


def proposals_of(work: Work, record: Record) -> Iterator[Proposal]:
    """Return the proposals that a record belongs to, as stored, a proposal also as given."""
    match record:
        case Proposal():
            yield from _named(work, record.id)
            yield record
        case Evidence() | InitiativeClaim():
            yield from _named(work, record.proposal_id)
            yield from _in_letter(work, getattr(record, "submission_id", None))
        case Contribution() if record.proposal_id is not None:
            yield from _named(work, record.proposal_id)
        case Attachment():
            evidence = work.records.find(Evidence, record.evidence_id)
            yield from proposals_of(work, evidence) if evidence else ()
        case Submission():
            yield from work.records.having(Proposal, submission_id=record.id)
        case Person() | Collective() | Household():
            yield from work.records.having(
                Proposal, **{NOMINEE_FIELD[subject_of(record)]: record.id}
            )
        case one if isinstance(one, MERIT_KINDS):
            held = {name: getattr(one, name, None) for name in NOMINEE_FIELD.values()}
            for name, nominee_id in held.items():
                if nominee_id is not None:
                    yield from work.records.having(Proposal, **{name: nominee_id})
        case _:
            return


def _in_letter(work: Work, letter_id: UUID | None) -> tuple[Proposal, ...]:
    return work.records.having(Proposal, submission_id=letter_id) if letter_id else ()


def _named(work: Work, proposal_id: UUID | None) -> Iterator[Proposal]:
    found = work.records.find(Proposal, proposal_id)
    if found is not None:
        yield found
