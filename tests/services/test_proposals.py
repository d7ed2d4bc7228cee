from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed, an_award
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import InvalidInputError, LockedError, NotFoundError
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Outcome, Proposal, ProposalState, Subject
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    delete_proposal,
    new_proposal,
    open_proposal,
    proposal_list,
    restore_proposal,
    save_proposal,
    search_proposals,
)
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import save_record


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        (Subject.PERSON, Person),
        (Subject.COLLECTIVE, Collective),
        (Subject.HOUSEHOLD, Household),
    ],
)
def test_a_new_proposal_has_a_nominee_of_its_kind(
    office: Ports, subject: Subject, kind: type
) -> None:
    proposal_id, changes = new_proposal(office, subject, year=2024)
    view = open_proposal(office, proposal_id)
    assert isinstance(view.nominee, kind)
    assert (view.proposal.subject, view.proposal.year) == (subject, 2024)
    assert view.proposal.movement_id is not None
    assert view.state is ProposalState.DRAFT
    assert view.may_edit
    assert view.missing
    assert changes.concern("proposal")


@pytest.mark.parametrize("subject", Subject)
def test_only_awards_and_criteria_for_this_kind_of_nominee_are_offered(
    office: Ports, subject: Subject
) -> None:
    view = open_proposal(office, new_proposal(office, subject, year=2024)[0])
    flag = {"person": "for_persons", "collective": "for_collectives"}.get(
        subject.value, "for_households"
    )
    assert view.awards
    assert all(getattr(award, flag) for award in view.awards)
    assert 0 < len(view.criteria) < 22


def test_choosing_an_award_fills_in_its_article_and_keeps_a_typed_one(office: Ports) -> None:
    award = an_award(office, Subject.PERSON)
    filled = open_proposal(office, a_person_proposed(office)).proposal
    assert filled.citation == award.citation_person != ""
    typed = open_proposal(office, a_person_proposed(office, citation="khoản 9 Điều 9")).proposal
    assert typed.citation == "khoản 9 Điều 9"


def test_nominee_and_proposal_are_stored_together_or_not_at_all(office: Ports) -> None:
    view = open_proposal(office, a_person_proposed(office))
    wrong = replace(view.proposal, year=1066)
    with pytest.raises(InvalidInputError):
        save_proposal(
            office,
            wrong,
            replace(view.nominee, position="Kỹ sư"),
            shown=(view.proposal, view.nominee),
        )
    assert open_proposal(office, view.proposal.id).nominee == view.nominee


def test_the_list_stands_in_the_order_of_vietnamese_given_names(office: Ports) -> None:
    for name in ("Trịnh Văn Ổn", "Đặng Thị Ngọc Ẩn", "Hà Thị Mỵ", "Đào Xuân Yểng", "Lê Ánh"):
        a_person_proposed(office, name)
    assert [row.name for row in proposal_list(office)] == [
        "Lê Ánh",
        "Đặng Thị Ngọc Ẩn",
        "Hà Thị Mỵ",
        "Trịnh Văn Ổn",
        "Đào Xuân Yểng",
    ]


def test_a_row_says_what_is_missing(office: Ports) -> None:
    a_person_proposed(office)
    new_proposal(office, Subject.HOUSEHOLD, year=2024)
    missing = {row.subject: row.missing for row in proposal_list(office)}
    assert missing[Subject.PERSON] == 0
    assert missing[Subject.HOUSEHOLD] == 4  # award, summary, head, address


@pytest.mark.parametrize("text", ["", "dang ngoc", "ĐẶNG", "giay khen", "kien xuong dang"])
def test_search_needs_no_marks_and_looks_at_name_place_award_and_unit(
    office: Ports, text: str
) -> None:
    a_person_proposed(office, award_form_id=giay_khen(office))
    assert len(search_proposals(proposal_list(office), text)) == 1
    assert search_proposals(proposal_list(office), f"{text} khong-co") == ()


def giay_khen(ports: Ports) -> UUID:
    view = open_proposal(ports, new_proposal(ports, Subject.PERSON, year=2024)[0])
    delete_proposal(ports, view.proposal.id)
    return next(award.id for award in view.awards if award.name == "Giấy khen")


def test_states_filter(pair: Pair) -> None:
    sent, draft = a_person_proposed(pair.office), a_household_proposed(pair.office)
    pair.submit(sent)
    rows = proposal_list(pair.office)
    assert [r.id for r in search_proposals(rows, "", ProposalState.SUBMITTED)] == [sent]
    assert [r.id for r in search_proposals(rows, "", ProposalState.DRAFT)] == [draft]
    assert search_proposals(rows, "", ProposalState.RETURNED) == ()


# deleting


def test_a_deleted_proposal_takes_nominee_and_proofs_along(office: Ports) -> None:
    before = digest(office)
    proposal_id = a_household_proposed(office)
    save_record(office, Evidence(id=uuid4(), proposal_id=proposal_id, wording="Hiến đất."))
    delete_proposal(office, proposal_id)
    assert digest(office) == before
    with pytest.raises(NotFoundError):
        open_proposal(office, proposal_id)


def test_a_nominee_of_two_proposals_stays_for_the_other(office: Ports) -> None:
    view = open_proposal(office, a_person_proposed(office))
    second = replace(view.proposal, id=uuid4(), year=2025)
    save_record(office, second)
    delete_proposal(office, view.proposal.id)
    assert open_proposal(office, second.id).nominee == view.nominee


def test_a_deletion_is_taken_back_whole(office: Ports) -> None:
    proposal_id = a_household_proposed(office)
    save_record(office, Evidence(id=uuid4(), proposal_id=proposal_id, wording="Hiến đất."))
    before = digest(office)
    deleted = delete_proposal(office, proposal_id)
    restore_proposal(office, deleted)
    assert digest(office) == before


def test_one_that_came_back_may_be_deleted_and_the_province_hears_of_it(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    with pytest.raises(LockedError):
        delete_proposal(pair.office, proposal_id)
    pair.send_back(proposal_id)
    deleted = delete_proposal(pair.office, proposal_id)
    pair.up()
    assert proposal_list(pair.province) == ()
    restore_proposal(pair.office, deleted)
    assert open_proposal(pair.office, proposal_id).nominee == deleted.records[1]


# answers


def test_a_return_says_why_until_it_is_submitted_again(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.send_back(proposal_id, "Thiếu xác nhận.")
    view = open_proposal(pair.office, proposal_id)
    assert (view.state, view.returned_because) == (ProposalState.RETURNED, "Thiếu xác nhận.")
    assert view.may_edit

    edited = replace(view.proposal, summary="Đã bổ sung xác nhận của xã.")
    save_proposal(pair.office, edited, view.nominee, shown=(view.proposal, view.nominee))
    assert open_proposal(pair.office, proposal_id).returned_because == "Thiếu xác nhận."
    pair.submit(proposal_id)
    view = open_proposal(pair.office, proposal_id)
    assert (view.state, view.returned_because) == (ProposalState.SUBMITTED, "")


def test_the_last_of_several_returns_counts(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    for reason in ("Thiếu xác nhận.", "Vẫn thiếu số thửa."):
        view = open_proposal(pair.office, proposal_id)
        edited = replace(view.proposal, summary=f"Bản sửa sau: {reason}")
        save_proposal(pair.office, edited, view.nominee, shown=(view.proposal, view.nominee))
        pair.submit(proposal_id)
        pair.send_back(proposal_id, reason)
    assert open_proposal(pair.office, proposal_id).returned_because == "Vẫn thiếu số thửa."


def test_another_offices_proposal_is_read_and_not_changed(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    review_proposal(pair.province, proposal_id, Outcome.RETURNED, reason="Thiếu.")
    view = open_proposal(pair.province, proposal_id)
    assert not view.is_own
    assert not view.may_edit
    assert view.altered == ()


def test_a_proposal_that_was_never_there_is_not_found(office: Ports) -> None:
    with pytest.raises(NotFoundError):
        open_proposal(office, uuid4())
    with office.store.read() as work:
        assert work.records.count(Proposal) == 0
