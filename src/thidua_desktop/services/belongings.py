"""What belongs to what: the parts of a proposal, the merit of a nominee, the files of a proof."""

from __future__ import annotations

from typing import TypeVar

from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    InitiativeClaim,
    Position,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.domain.proposals import Contribution, Nominee, Proposal, Subject, Submission
from thidua_desktop.domain.records import Record, kind_spec
from thidua_desktop.services.nominees import NOMINEE_FIELD, find_nominee, subject_of
from thidua_desktop.services.ports import Work

M = TypeVar("M", bound=Record)
MERIT_KINDS: tuple[type[Record], ...] = (
    Position,
    YearlyRating,
    PriorAward,
    Initiative,
    Achievement,
    Contribution,
)


def parts_of(work: Work, proposal: Proposal) -> list[Record]:
    """Return a proposal with its nominee and what was entered for it alone."""
    nominee = find_nominee(work, proposal)
    evidence = work.records.having(Evidence, proposal_id=proposal.id)
    return [
        proposal,
        *([nominee] if nominee else []),
        *evidence,
        *(attached for proof in evidence for attached in attached_to(work, proof)),
        *work.records.having(Contribution, proposal_id=proposal.id),
        *work.records.having(InitiativeClaim, proposal_id=proposal.id),
    ]


def papers_of(work: Work, letter: Submission) -> list[Record]:
    """Return the papers that are noted once for a letter, with their files."""
    papers = work.records.having(Evidence, submission_id=letter.id)
    return [*papers, *(attached for paper in papers for attached in attached_to(work, paper))]


def merit_of(work: Work, nominee: Nominee) -> list[Record]:
    """Return what is known of a nominee's years; what belongs to one of its proposals is not."""
    return [record for kind in MERIT_KINDS for record in merit_in(work, nominee, kind)]


def merit_in(work: Work, nominee: Nominee, kind: type[M]) -> tuple[M, ...]:
    """Return the merit of a nominee that is of one kind."""
    field = NOMINEE_FIELD[subject_of(nominee)]
    if not may_hold(subject_of(nominee), kind):
        return ()
    found = work.records.having(kind, **{field: nominee.id})
    return tuple(record for record in found if is_merit(record))


def claimed_by(work: Work, proposal: Proposal) -> tuple[Initiative, ...]:
    """Return the initiatives that a proposal rests on, and that are here."""
    claims = work.records.having(InitiativeClaim, proposal_id=proposal.id)
    found = (work.records.find(Initiative, claim.initiative_id) for claim in claims)
    return tuple(one for one in found if one is not None)


def may_hold(subject: Subject, kind: type[Record]) -> bool:
    """Tell whether such a nominee can have merit of a kind."""
    return any(spec.name == NOMINEE_FIELD[subject] for spec in kind_spec(kind).fields)


def is_merit(record: Record) -> bool:
    """Tell whether a record is about a nominee, whatever he is proposed for."""
    return isinstance(record, MERIT_KINDS) and getattr(record, "proposal_id", None) is None


def attached_to(work: Work, record: Record) -> tuple[Attachment, ...]:
    """Return the attachments of a proof, or of a document."""
    match record:
        case Evidence():
            return work.records.having(Attachment, evidence_id=record.id)
        case PlanDocument():
            return work.records.having(Attachment, document_id=record.id)
        case _:
            return ()
