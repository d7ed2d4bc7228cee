"""Nominees (người, tập thể, hộ được đề nghị): which record a proposal is about."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from thidua_desktop.domain.merit import holder_of
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Nominee, Proposal, Subject
from thidua_desktop.domain.records import Record
from thidua_desktop.services.ports import Work

NOMINEE_FIELD = {
    Subject.PERSON: "person_id",
    Subject.COLLECTIVE: "collective_id",
    Subject.HOUSEHOLD: "household_id",
}
NAME_FIELD = {
    Subject.PERSON: "full_name",
    Subject.COLLECTIVE: "name",
    Subject.HOUSEHOLD: "head",
}


def subject_of(nominee: Nominee) -> Subject:
    """Return what kind of nominee one is."""
    match nominee:
        case Person():
            return Subject.PERSON
        case Collective():
            return Subject.COLLECTIVE
        case _:
            return Subject.HOUSEHOLD


def nominee_field(proposal: Proposal) -> str | None:
    """Return the field that names the nominee of a proposal."""
    return NOMINEE_FIELD[proposal.subject] if isinstance(proposal.subject, Subject) else None


def find_nominee(work: Work, proposal: Proposal) -> Nominee | None:
    """Return the nominee of a proposal, or None when it is not here (yet)."""
    if not isinstance(proposal.subject, Subject):
        return None
    return work.records.find(NOMINEE_KINDS[proposal.subject], proposal.nominee_id)


def holders_of(work: Work, records: Iterable[Record]) -> dict[UUID, Nominee]:
    """Return those whom records of merit or awards are about, by their ids."""
    ids = {holder for one in records if (holder := holder_of(one)) is not None}
    kinds = NOMINEE_KINDS.values()
    return {one.id: one for kind in kinds for one in work.records.among(kind, ids)}
