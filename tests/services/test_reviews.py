from __future__ import annotations

from dataclasses import replace

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    IncompleteError,
    InvalidInputError,
    NotForRoleError,
    NotFoundError,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.proposals import Outcome, ProposalState, Review
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.submissions import withdraw


def reviews(ports) -> tuple[Review, ...]:
    with ports.store.read() as work:
        return work.records.having(Review)


@pytest.mark.parametrize("outcome", Outcome)
def test_an_answer_names_the_snapshot_and_reaches_the_office(pair: Pair, outcome: Outcome) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    said = review_proposal(pair.province, proposal_id, outcome, reason="Đã xem.", reviewer="Ban")
    pair.down()

    (review,) = reviews(pair.office)
    view = open_proposal(pair.office, proposal_id)
    assert review == said.record
    assert review.digest == view.submission.snapshot
    assert review.date == PartialDate(2024, 11, 25)
    assert view.state is ProposalState(outcome.value)
    assert view.may_edit is (outcome is Outcome.RETURNED)


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_return_needs_its_reason(pair: Pair, reason: str) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    with pytest.raises(InvalidInputError) as refused:
        review_proposal(pair.province, proposal_id, Outcome.RETURNED, reason=reason)
    assert refused.value.issues == (FieldIssue("reason", Issue.MISSING),)
    assert reviews(pair.province) == ()


def test_an_office_answers_nothing(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    with pytest.raises(NotForRoleError):
        review_proposal(pair.office, proposal_id, Outcome.ELIGIBLE)
    assert reviews(pair.office) == ()


def test_what_was_taken_back_is_not_answered(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    letter_id = pair.submit(proposal_id)
    pair.up()
    withdraw(pair.office, letter_id)
    pair.up()
    with pytest.raises(IncompleteError):
        review_proposal(pair.province, proposal_id, Outcome.RECEIVED)


def test_a_proposal_that_is_not_here_is_not_answered(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    with pytest.raises(NotFoundError):
        review_proposal(pair.province, proposal_id, Outcome.RECEIVED)


def test_an_old_answer_says_nothing_of_a_new_snapshot(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    letter_id = pair.submit(proposal_id)
    pair.up()
    withdraw(pair.office, letter_id)
    view = open_proposal(pair.office, proposal_id)
    edited = replace(view.proposal, summary="Vận động 500 hộ hiến đất.")
    save_proposal(pair.office, edited, view.nominee, shown=(view.proposal, view.nominee))
    pair.submit(proposal_id)

    # The province has not heard of it yet and answers what it holds.
    review_proposal(pair.province, proposal_id, Outcome.RETURNED, reason="Thiếu.")
    pair.down()

    (review,) = reviews(pair.office)
    view = open_proposal(pair.office, proposal_id)
    assert review.digest != view.submission.snapshot
    assert view.state is ProposalState.SUBMITTED
    assert view.returned_because == ""
