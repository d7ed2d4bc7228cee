"""The province's answers: received, eligible, or returned with the reason."""

from __future__ import annotations

from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import IncompleteError, NotForRoleError
from thidua_desktop.domain.proposals import Outcome, Proposal, Review, Submission
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, keep


def review_proposal(
    ports: Ports, proposal_id: UUID, outcome: Outcome, *, reason: str = "", reviewer: str = ""
) -> RecordSaved[Review]:
    """Answer a submitted proposal; the answer names the snapshot and goes out with the next bundle.

    Raises:
        NotForRoleError: only the province answers.
        IncompleteError: the proposal was not submitted.
        InvalidInputError: a return needs its reason.
    """
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        proposal = work.records.get(Proposal, proposal_id)
        letter = work.records.find(Submission, proposal.submission_id)
        if letter is None or letter.snapshot is None:
            raise IncompleteError((("proposal", proposal_id, "submission_id"),))
        review = Review(
            id=ports.new_id(me.number),
            proposal_id=proposal_id,
            submission_id=letter.id,
            digest=letter.snapshot,
            outcome=outcome,
            reason=reason,
            date=PartialDate.of(ports.now().date()),
            reviewer=reviewer,
        )
        stored = keep(work, review, shown=None)
        work.records.share([(kind_name(Review), stored.id)])
        return RecordSaved(stored, work.commit())
