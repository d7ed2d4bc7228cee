"""An office and the province at work, for tests: what is proposed, sent, returned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Gender, Household, Person
from thidua_desktop.domain.proposals import Outcome, Subject, may_receive
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import new_proposal, open_proposal, save_proposal
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.submissions import draft_submission, submit

OFFICE = "ubnd-343"


class Clock:
    """A clock that moves a second each time it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass(frozen=True)
class Pair:
    """A province and the office of the district of Kiến Xương, with what goes between them."""

    province: Ports
    office: Ports
    folder: Path

    def up(self) -> None:
        """Carry the office's bundle to the province."""
        number = len(list(self.folder.glob("lên-*")))
        path = self.folder / f"lên-{number}.tdkt"
        export_bundle(self.office, path=path)
        merge_bundles(self.province, [path])
        with self.province.store.read() as work:
            waits = bool(work.book.parked())
        if waits:
            accept(self.province, None)

    def down(self) -> None:
        """Carry the province's answers to the office."""
        number = len(list(self.folder.glob("về-*")))
        path = self.folder / f"về-{number}.tdkt"
        export_bundle(self.province, path=path, packing=Packing(for_unit=OFFICE))
        merge_bundles(self.office, [path])

    def submit(self, *proposals: UUID) -> UUID:
        """Put these into a letter of the office and submit it."""
        letter, _ = draft_submission(self.office, proposals)
        submit(self.office, letter.id)
        return letter.id

    def send_back(self, proposal_id: UUID, reason: str = "Thiếu xác nhận của xã.") -> None:
        """Let the province return a proposal, and the office hear of it."""
        self.up()
        review_proposal(self.province, proposal_id, Outcome.RETURNED, reason=reason)
        self.down()


def an_award(ports: Ports, subject: Subject, place: int = 0) -> AwardForm:
    with ports.store.read() as work:
        awards = work.records.having(AwardForm)
    return [one for one in awards if may_receive(subject, one)][place]


def a_person_proposed(ports: Ports, name: str = "Đặng Thị Ngọc Ẩn", **changes: Any) -> UUID:
    """Propose a person with everything that a submission needs."""
    proposal_id, _ = new_proposal(ports, Subject.PERSON, year=2024)
    view = open_proposal(ports, proposal_id)
    assert isinstance(view.nominee, Person)
    person = replace(
        view.nominee, full_name=name, gender=Gender.FEMALE, birth_date=PartialDate(1984)
    )
    proposal = replace(
        view.proposal,
        award_form_id=an_award(ports, Subject.PERSON).id,
        summary="Vận động 412 hộ hiến đất làm đường.",
    )
    save_proposal(ports, replace(proposal, **changes), person, shown=(view.proposal, view.nominee))
    return proposal_id


def a_household_proposed(ports: Ports, head: str = "Bùi Đình Chuyên") -> UUID:
    proposal_id, _ = new_proposal(ports, Subject.HOUSEHOLD, year=2024)
    view = open_proposal(ports, proposal_id)
    assert isinstance(view.nominee, Household)
    household = replace(view.nominee, head=head, address="Thôn Đông Hòa, xã Bình Thanh")
    proposal = replace(
        view.proposal,
        award_form_id=an_award(ports, Subject.HOUSEHOLD).id,
        summary="Tự nguyện hiến đất mở rộng đường trục thôn.",
    )
    save_proposal(ports, proposal, household, shown=(view.proposal, view.nominee))
    return proposal_id
