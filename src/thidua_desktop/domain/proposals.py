"""Proposals (đề nghị khen thưởng), the letters they travel in, and the answers that come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.merit import AwardBasis
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.records import Owner, Record, Sha256, UnknownChoice, record_kind, said
from thidua_desktop.domain.units import period_issues

Nominee = Person | Collective | Household


class Subject(StrEnum):
    """What kind of nominee a proposal is for (đối tượng)."""

    PERSON = "person"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


class ContributionKind(StrEnum):
    """What was given to the movement (đóng góp)."""

    LAND = "land"
    MONEY = "money"
    WORKDAYS = "workdays"
    MATERIALS = "materials"
    CLEARANCE = "clearance"


class Outcome(StrEnum):
    """What the province says of a submitted proposal."""

    RECEIVED = "received"
    ELIGIBLE = "eligible"
    RETURNED = "returned"


class ProposalState(StrEnum):
    """Where a proposal stands. Derived, never stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ELIGIBLE = "eligible"
    RETURNED = "returned"


_NOT_FOR: dict[object, tuple[Subject, ...]] = {
    AwardBasis.DEVOTION: (Subject.COLLECTIVE, Subject.HOUSEHOLD),
    AwardBasis.TENURE: (Subject.COLLECTIVE, Subject.HOUSEHOLD),
    AwardBasis.FOREIGN: (Subject.HOUSEHOLD,),
}


@record_kind("Tờ trình")
@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Record):
    """One letter (tờ trình) to one authority, with many proposals.

    `snapshot` is the SHA-256 of what was submitted: the digest that answers name. A submission
    without one is still being put together.
    """

    unit_id: UUID | None = said("Đơn vị trình", blank=None, required=True, refers_to="unit")
    award_form_id: UUID | None = said(
        "Hình thức đề nghị", blank=None, required=True, refers_to="award_form"
    )
    movement_id: UUID | None = said("Phong trào", blank=None, refers_to="movement")
    number: str = said("Số, ký hiệu", longest=60)
    date: PartialDate | None = said("Ngày", blank=None)
    place: str = said("Địa danh", required=True, longest=60)
    recipient: str = said("Kính gửi", required=True, lines=True, longest=1_000)
    legal_basis: str = said("Căn cứ", lines=True, longest=8_000)
    signer_id: UUID | None = said("Người ký", blank=None, refers_to="signer")
    copies_to: str = said("Nơi nhận", lines=True, longest=1_000)
    submitted_on: PartialDate | None = said("Ngày trình", blank=None)
    snapshot: Sha256 | None = said("Bản chụp hồ sơ", blank=None)
    urgency: Urgency | UnknownChoice | None = said("Độ khẩn", blank=None)
    circulation: str = said("Phạm vi lưu hành", longest=40)
    drafter: str = said("Ký hiệu người soạn thảo", longest=20)
    copies: int | None = said("Số bản phát hành", blank=None, least=1, most=9_999)


@record_kind("Đề nghị khen thưởng")
@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Record):
    """That one nominee be given one award."""

    subject: Subject | UnknownChoice | None = said("Đối tượng", blank=None, required=True)
    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    household_id: UUID | None = said("Hộ gia đình", blank=None, refers_to="household")
    unit_id: UUID | None = said("Đơn vị đề nghị", blank=None, required=True, refers_to="unit")
    award_form_id: UUID | None = said(
        "Hình thức đề nghị", blank=None, required=True, refers_to="award_form", sticky=True
    )
    movement_id: UUID | None = said("Phong trào", blank=None, refers_to="movement")
    year: int | None = said(
        "Năm xét", blank=None, required=True, least=1945, most=2200, sticky=True
    )
    achieved_from: PartialDate | None = said("Thành tích từ", blank=None, sticky=True)
    achieved_to: PartialDate | None = said("Thành tích đến", blank=None, sticky=True)
    summary: str = said("Tóm tắt thành tích", required=True, lines=True, longest=8_000)
    citation: str = said("Căn cứ điểm, khoản, điều", longest=300)
    submission_id: UUID | None = said("Tờ trình", blank=None, refers_to="submission")
    note: str = said("Ghi chú", lines=True)
    basis: AwardBasis | UnknownChoice | None = said("Loại hình khen thưởng", blank=None)

    @property
    def nominee_id(self) -> UUID | None:
        """Return the id of the nominee that the subject points at."""
        match self.subject:
            case Subject.PERSON:
                return self.person_id
            case Subject.COLLECTIVE:
                return self.collective_id
            case Subject.HOUSEHOLD:
                return self.household_id
            case _:
                return None


@record_kind("Đóng góp")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Record):
    """What a nominee gave: land in m², money in đồng, workdays, materials.

    It belongs to a proposal, or to a nominee whatever he is proposed for.
    """

    proposal_id: UUID | None = said("Đề nghị", blank=None, refers_to="proposal")
    sort: ContributionKind | UnknownChoice | None = said(
        "Loại", blank=None, required=True, sticky=True
    )
    quantity: Decimal | None = said("Số lượng", blank=None, least=0)
    measure: str = said("Đơn vị tính", longest=60, sticky=True)
    wording: str = said("Nội dung", lines=True, longest=1_000)
    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    household_id: UUID | None = said("Hộ gia đình", blank=None, refers_to="household")
    date: PartialDate | None = said("Ngày đóng góp", blank=None, past=True, sticky=True)


@record_kind("Ý kiến thẩm định", owner=Owner.PROVINCE)
@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """The province's answer on one proposal: received, eligible, or returned with the reason."""

    proposal_id: UUID | None = said(
        "Đề nghị", blank=None, required=True, refers_to="proposal", addresses=True
    )
    submission_id: UUID | None = said("Tờ trình", blank=None, refers_to="submission")
    digest: str = said("Mã bản chụp", longest=64)
    outcome: Outcome | UnknownChoice | None = said("Kết quả", blank=None, required=True)
    reason: str = said("Lý do", lines=True, longest=4_000)
    date: PartialDate | None = said("Ngày", blank=None)
    reviewer: str = said("Người thẩm định", longest=100)


def review_issues(review: Review) -> tuple[FieldIssue, ...]:
    """Return the complaint about a return that does not say why."""
    wants_reason = review.outcome is Outcome.RETURNED and not review.reason.strip()
    return (FieldIssue("reason", Issue.MISSING),) if wants_reason else ()


NOMINEE_KINDS: dict[Subject, type[Nominee]] = {
    Subject.PERSON: Person,
    Subject.COLLECTIVE: Collective,
    Subject.HOUSEHOLD: Household,
}


def nominee_name(nominee: Nominee) -> str:
    """Return the name a nominee goes by."""
    match nominee:
        case Person():
            return nominee.full_name
        case Collective():
            return nominee.name
        case Household():
            return nominee.head


def citation_for(award: AwardForm, subject: Subject | UnknownChoice | None) -> str:
    """Return the clause and article that an award rests on for a kind of nominee."""
    match subject:
        case Subject.PERSON:
            return award.citation_person
        case Subject.COLLECTIVE:
            return award.citation_collective
        case Subject.HOUSEHOLD:
            return award.citation_household
        case _:
            return ""


def may_receive(subject: Subject | UnknownChoice | None, award: AwardForm) -> bool:
    """Tell whether the catalogue lets this kind of nominee have the award."""
    match subject:
        case Subject.PERSON:
            return award.for_persons
        case Subject.COLLECTIVE:
            return award.for_collectives
        case Subject.HOUSEHOLD:
            return award.for_households
        case _:
            return False


def proposal_issues(proposal: Proposal) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a proposal as a whole."""
    issues = period_issues(proposal.achieved_from, proposal.achieved_to, field="achieved_to")
    if proposal.subject in _NOT_FOR.get(proposal.basis, ()):
        return (*issues, FieldIssue("basis", Issue.NOT_FOR_SUBJECT))
    return issues


def state_of(submission: Submission | None, reviews: Iterable[Review]) -> ProposalState:
    """Return where a proposal stands, from the letter it is in and the answers to it.

    Only answers that name the snapshot last submitted count: after a return the file is open
    again, and with the next snapshot the old answer is history.
    """
    if submission is None or submission.snapshot is None:
        return ProposalState.DRAFT
    named = [review for review in reviews if review.digest == submission.snapshot]
    outcomes = {review.outcome for review in named}
    for outcome in (Outcome.RETURNED, Outcome.ELIGIBLE, Outcome.RECEIVED):
        if outcome in outcomes:
            return ProposalState(outcome.value)
    return ProposalState.SUBMITTED


def is_locked(state: ProposalState) -> bool:
    """Tell whether the office may not change the proposal: what lies at the province is fixed."""
    return state in {ProposalState.SUBMITTED, ProposalState.RECEIVED, ProposalState.ELIGIBLE}
