from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed, an_award
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import IncompleteError, LockedError
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Outcome,
    Proposal,
    ProposalState,
    Subject,
    Submission,
)
from thidua_desktop.domain.records import Record, Sha256
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.altered_wording import altered_words
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    new_proposal,
    open_proposal,
    proposal_list,
    save_proposal,
)
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.snapshots import altered_fields, was_changed_since
from thidua_desktop.services.submissions import (
    draft_submission,
    submit,
    submit_all,
    withdraw,
)


def records(ports: Ports, kind: type[Record]) -> tuple[Record, ...]:
    with ports.store.read() as work:
        return work.records.having(kind)


def drafts(ports: Ports) -> set[UUID]:
    with ports.store.read() as work:
        return {record_id for _, record_id in work.records.drafts()}


def add_evidence(ports: Ports, proposal_id: UUID, wording: str = "Hiến 412 m².") -> Evidence:
    evidence = Evidence(
        id=ports.new_id(view_number(ports)), proposal_id=proposal_id, wording=wording
    )
    return save_record(ports, evidence).record


def view_number(ports: Ports) -> int:
    with ports.store.read() as work:
        return work.book.me().number


def edit_summary(ports: Ports, proposal_id: UUID, summary: str) -> None:
    view = open_proposal(ports, proposal_id)
    save_proposal(
        ports,
        replace(view.proposal, summary=summary),
        view.nominee,
        shown=(view.proposal, view.nominee),
    )


def state(ports: Ports, proposal_id: UUID) -> ProposalState:
    return open_proposal(ports, proposal_id).state


# a letter is put together


def test_a_letter_has_the_usual_addressee_place_and_legal_bases(office: Ports) -> None:
    letter, _ = draft_submission(office, [a_person_proposed(office)])

    assert letter.place == "Kiến Xương"
    assert letter.recipient
    assert "ngày 15 tháng 6 năm 2022" in letter.legal_basis.splitlines()[0]
    assert letter.movement_id is not None
    assert letter.snapshot is None


def test_the_legal_bases_are_those_of_the_day(office: Ports, clock) -> None:
    clock.moment = clock.moment.replace(year=2023, month=6)
    letter, _ = draft_submission(office, [a_person_proposed(office)])

    bases = office.plan().legal_bases
    holding = [b for b in bases if b.valid_from <= "2023-06-25"]
    assert letter.legal_basis.splitlines() == list(holding[-1].lines)
    assert holding[-1] is not bases[-1]


def test_one_letter_is_for_one_award(office: Ports) -> None:
    one = a_person_proposed(office)
    another = an_award(office, Subject.PERSON, place=1)
    other = a_person_proposed(office, "Lương Hữu Ưng", award_form_id=another.id)
    with pytest.raises(IncompleteError):
        draft_submission(office, [one, other])
    assert records(office, Submission) == ()


def test_a_letter_for_nobody_is_refused(office: Ports) -> None:
    with pytest.raises(IncompleteError):
        draft_submission(office, [])


def test_a_letter_begun_before_is_taken_up_again(office: Ports) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    first, _ = draft_submission(office, [one])
    save_record(office, replace(first, number="128/TTr-UBND"), shown=first)

    again, _ = draft_submission(office, [one, other])

    assert again.id == first.id
    assert again.number == "128/TTr-UBND"
    assert {p.submission_id for p in records(office, Proposal)} == {first.id}


def test_who_is_not_chosen_any_more_leaves_the_letter(office: Ports) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    letter, _ = draft_submission(office, [one, other])
    draft_submission(office, [one])

    assert open_proposal(office, other).proposal.submission_id is None
    assert open_proposal(office, one).proposal.submission_id == letter.id


def test_a_letter_left_empty_is_gone(office: Ports) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    draft_submission(office, [one])
    draft_submission(office, [other])
    letter, _ = draft_submission(office, [one, other])

    assert [found.id for found in records(office, Submission)] == [letter.id]


# it is submitted


def test_everything_missing_is_named_at_once_with_its_record(office: Ports) -> None:
    proposal_id, _ = new_proposal(office, Subject.PERSON, year=2024)
    view = open_proposal(office, proposal_id)
    award = replace(view.proposal, award_form_id=view.awards[0].id)
    save_proposal(office, award, view.nominee, shown=(view.proposal, view.nominee))
    evidence = save_record(office, Evidence(id=uuid4(), proposal_id=proposal_id)).record
    letter, _ = draft_submission(office, [proposal_id])
    save_record(office, replace(letter, place=""), shown=letter)

    with pytest.raises(IncompleteError) as refused:
        submit(office, letter.id)

    assert set(refused.value.issues) == {
        ("submission", letter.id, "place"),
        ("proposal", proposal_id, "summary"),
        ("person", view.nominee.id, "full_name"),
        ("person", view.nominee.id, "gender"),
        ("person", view.nominee.id, "birth_date"),
        ("evidence", evidence.id, "wording"),
    }
    assert state(office, proposal_id) is ProposalState.DRAFT
    assert letter.id in drafts(office)


def test_a_letter_with_nobody_in_it_cannot_be_submitted(office: Ports) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    letter, _ = draft_submission(office, [one])
    moved = open_proposal(office, one).proposal
    save_record(office, replace(moved, submission_id=None), shown=moved)
    with pytest.raises(IncompleteError):
        submit(office, letter.id)
    assert state(office, other) is ProposalState.DRAFT


def test_a_proposal_for_nobody_cannot_be_submitted(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    letter, _ = draft_submission(office, [proposal_id])
    proposal = open_proposal(office, proposal_id).proposal
    save_record(office, replace(proposal, person_id=None), shown=proposal)

    with pytest.raises(IncompleteError) as refused:
        submit(office, letter.id)
    assert refused.value.issues == (("proposal", proposal_id, "person_id"),)


def test_submitting_freezes_what_was_said_and_when(office: Ports) -> None:
    proposal_id = a_household_proposed(office)
    evidence = add_evidence(office, proposal_id)
    gift = Contribution(id=uuid4(), proposal_id=proposal_id, sort=ContributionKind.LAND)
    save_record(office, gift)
    letter, _ = draft_submission(office, [proposal_id])
    submit(office, letter.id)

    with office.store.read() as work:
        stored = work.records.get(Submission, letter.id)
        snapshot = json.loads(work.blobs.get(stored.snapshot))
    assert stored.submitted_on == PartialDate(2024, 11, 25)
    view = open_proposal(office, proposal_id)
    said = {entry["id"]: entry for entry in snapshot}
    assert said.keys() == {
        str(one) for one in (letter.id, proposal_id, view.nominee.id, evidence.id, gift.id)
    }
    assert said[str(view.nominee.id)]["fields"]["head"] == "Bùi Đình Chuyên"
    assert said[str(evidence.id)]["fields"]["wording"] == "Hiến 412 m²."


def test_submitting_shares_all_that_the_letter_names_and_nothing_else(office: Ports) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    evidence = add_evidence(office, one)
    letter, _ = draft_submission(office, [one])
    signer = Signer(id=uuid4(), unit_id=letter.unit_id, full_name="Đỗ Quang Vịnh")
    save_record(office, signer)
    save_record(office, replace(letter, signer_id=signer.id), shown=letter)
    submit(office, letter.id)

    left = drafts(office)
    nominee = open_proposal(office, one).nominee
    assert not left & {one, evidence.id, letter.id, signer.id, nominee.id}
    assert {other, open_proposal(office, other).nominee.id} <= left


def test_submitted_is_locked_down_to_the_last_proof(office: Ports, pair: Pair) -> None:
    proposal_id = a_person_proposed(office)
    evidence = add_evidence(office, proposal_id)
    letter_id = pair.submit(proposal_id)
    view = open_proposal(office, proposal_id)
    letter = view.submission
    assert letter is not None

    for shown, edited in (
        (view.proposal, replace(view.proposal, summary="Khác.")),
        (view.nominee, replace(view.nominee, position="Khác")),
        (evidence, replace(evidence, wording="Khác.")),
        (letter, replace(letter, place="Khác")),
    ):
        with pytest.raises(LockedError):
            save_record(office, edited, shown=shown)
    with pytest.raises(LockedError):
        add_evidence(office, proposal_id)
    with pytest.raises(LockedError):
        delete_record(office, evidence)
    with pytest.raises(LockedError):
        submit(office, letter_id)
    assert not view.may_edit


def test_nothing_is_slipped_into_a_letter_that_lies_at_the_province(
    office: Ports, pair: Pair
) -> None:
    sent, draft = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    evidence = add_evidence(office, draft)
    letter_id = pair.submit(sent)
    proposal = open_proposal(office, draft).proposal

    with pytest.raises(LockedError):
        save_record(office, replace(proposal, submission_id=letter_id), shown=proposal)
    with pytest.raises(LockedError):
        save_record(office, replace(evidence, proposal_id=sent), shown=evidence)


# it comes back


def test_returned_it_is_open_again_and_submitted_anew_with_another_snapshot(
    office: Ports, pair: Pair
) -> None:
    proposal_id = a_person_proposed(office)
    letter_id = pair.submit(proposal_id)
    first = open_proposal(office, proposal_id).submission.snapshot
    pair.send_back(proposal_id)
    assert open_proposal(office, proposal_id).may_edit

    edit_summary(office, proposal_id, "Vận động 412 hộ hiến đất; xã đã xác nhận.")
    assert state(office, proposal_id) is ProposalState.RETURNED
    assert pair.submit(proposal_id) == letter_id
    pair.up()

    for ports in (office, pair.province):
        view = open_proposal(ports, proposal_id)
        assert view.state is ProposalState.SUBMITTED
        assert view.submission.snapshot != first
    assert open_proposal(pair.province, proposal_id).proposal.summary.endswith("xác nhận.")


def test_what_was_taken_out_after_a_return_is_gone_at_the_province_too(
    office: Ports, pair: Pair
) -> None:
    proposal_id = a_person_proposed(office)
    wrong = add_evidence(office, proposal_id, "Số liệu sai.")
    add_evidence(office, proposal_id, "Số liệu đúng.")
    pair.submit(proposal_id)
    pair.send_back(proposal_id)

    delete_record(office, wrong)
    pair.submit(proposal_id)
    pair.up()

    view = open_proposal(pair.province, proposal_id)
    assert [one.wording for one in view.evidence] == ["Số liệu đúng."]
    with pair.province.store.read() as work:
        assert not was_changed_since(work, view.submission)


def test_nothing_changed_is_nothing_submitted(office: Ports, pair: Pair) -> None:
    proposal_id = a_person_proposed(office)
    letter_id = pair.submit(proposal_id)
    pair.send_back(proposal_id)

    assert submit(office, letter_id).shared == 0
    assert submit_all(office).submissions == ()
    assert state(office, proposal_id) is ProposalState.RETURNED


def test_one_of_two_that_came_back_goes_into_a_letter_of_its_own(office: Ports, pair: Pair) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    letter_id = pair.submit(one, other)
    pair.send_back(one, "Thiếu ngày sinh.")

    second, _ = draft_submission(office, [one])
    assert second.id != letter_id
    assert open_proposal(office, one).returned_because == "Thiếu ngày sinh."
    edit_summary(office, one, "Đã bổ sung.")
    submit(office, second.id)
    pair.up()

    assert state(pair.province, one) is ProposalState.SUBMITTED
    assert open_proposal(office, one).returned_because == ""
    with pair.province.store.read() as work:
        first = work.records.get(Submission, letter_id)
        assert not was_changed_since(work, first)


def test_the_province_sees_what_was_changed_after_submission(office: Ports, pair: Pair) -> None:
    one, other = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    pair.submit(one, other)
    pair.send_back(one)
    edit_summary(office, one, "Sửa, chưa trình lại.")
    with office.store.write() as work:  # as another PC of the office would have shared it
        work.records.share([("proposal", one)])
        work.commit()
    pair.up()

    with pair.province.store.read() as work:
        proposals = {p.id: p for p in work.records.having(Proposal)}
        letter = work.records.get(Submission, proposals[one].submission_id)
        assert was_changed_since(work, letter)
        (altered,) = altered_fields(work, letter, proposals[one])
        assert (altered.kind, altered.id, altered.field) == ("proposal", one, "summary")
        assert altered.now == "Sửa, chưa trình lại."
        assert altered.submitted == "Vận động 412 hộ hiến đất làm đường."
        assert altered_fields(work, letter, proposals[other]) == ()
    assert "nay “Sửa, chưa trình lại.”" in altered_words(open_proposal(pair.province, one).altered)


def test_what_came_in_after_submission_is_told_as_a_whole(office: Ports, pair: Pair) -> None:
    proposal_id = a_person_proposed(office)
    pair.submit(proposal_id)
    evidence = Evidence(id=office.new_id(343), proposal_id=proposal_id, wording="Thêm.")
    with office.store.write() as work:  # around the lock, as a program that was changed could
        work.records.put(evidence, shown=None)
        work.records.share([("evidence", evidence.id)])
        work.commit()
    pair.up()

    (altered,) = open_proposal(pair.province, proposal_id).altered
    assert (altered.kind, altered.field, altered.submitted, altered.now) == (
        *("evidence", ""),
        *(None, True),
    )
    assert "Minh chứng: thêm sau khi nộp." in altered_words((altered,))


SNAPSHOTS = {
    "no JSON": b"\xff",
    "a number": b"5",
    "not canonical": b"[ ]",
    "no list of records": b'[{"id":5}]',
    "of nothing": b"[]",
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_snapshot_that_is_none_submitted_nothing(office: Ports, pair: Pair, name: str) -> None:
    proposal_id = a_person_proposed(office)
    letter_id = pair.submit(proposal_id)
    with office.store.write() as work:  # as a program that was changed could
        sha = work.blobs.put(SNAPSHOTS[name])
        work.records.write(Submission, letter_id, {"snapshot": Sha256(sha)})
        work.records.share([("submission", letter_id)])
        work.commit()
    pair.up()

    altered = open_proposal(pair.province, proposal_id).altered
    assert {one.kind for one in altered} == {"proposal", "person"}
    assert {one.submitted for one in altered} == {None}


# it is taken back


def test_a_letter_is_taken_back_before_the_province_answers(office: Ports, pair: Pair) -> None:
    proposal_id = a_person_proposed(office)
    letter_id = pair.submit(proposal_id)
    pair.up()
    withdraw(office, letter_id)
    pair.up()

    for ports in (office, pair.province):
        assert state(ports, proposal_id) is ProposalState.DRAFT
    assert open_proposal(office, proposal_id).may_edit


def test_an_answered_letter_is_not_taken_back(office: Ports, pair: Pair) -> None:
    proposal_id = a_person_proposed(office)
    letter_id = pair.submit(proposal_id)
    pair.up()
    review_proposal(pair.province, proposal_id, Outcome.RECEIVED)
    pair.down()
    with pytest.raises(LockedError):
        withdraw(office, letter_id)
    assert state(office, proposal_id) is ProposalState.RECEIVED


def test_taking_back_what_was_never_submitted_changes_nothing(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    letter, _ = draft_submission(office, [proposal_id])
    assert not withdraw(office, letter.id).touched
    assert letter.id in drafts(office)


# all at once


def test_submitting_all_sends_every_open_letter_and_shares_what_none_names(
    office: Ports,
) -> None:
    one, unready = a_person_proposed(office), a_person_proposed(office, "Trịnh Văn Ổn")
    letter, _ = draft_submission(office, [one])
    stranger = Person(id=uuid4(), full_name="Khúc Thừa Ảnh")
    save_record(office, stranger)

    done = submit_all(office)

    assert done.submissions == (letter.id,)
    left = drafts(office)
    assert stranger.id not in left
    assert unready in left
    assert state(office, unready) is ProposalState.DRAFT
    assert {row.state for row in proposal_list(office)} == {
        ProposalState.SUBMITTED,
        ProposalState.DRAFT,
    }


def test_one_letter_that_is_not_complete_stops_all_of_it(office: Ports) -> None:
    complete = a_person_proposed(office)
    draft_submission(office, [complete])
    household = a_household_proposed(office)
    view = open_proposal(office, household)
    unsaid = replace(view.proposal, summary="")
    save_record(office, unsaid, shown=view.proposal)
    draft_submission(office, [household])

    with pytest.raises(IncompleteError):
        submit_all(office)
    assert state(office, complete) is ProposalState.DRAFT
