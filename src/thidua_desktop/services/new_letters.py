"""New letters (tờ trình): the usual place, addressee, legal bases and signer of the own office."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.signers import signers_on
from thidua_desktop.services.paper_texts import LETTER, paper_texts, usual_bases
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.units import own_signers, seat_on, unit_on


def new_letter(
    ports: Ports, work: Work, award: AwardForm | None, proposals: Sequence[Proposal]
) -> Submission:
    """Return a letter of the own office with what is usual; nothing is stored."""
    me = work.book.me()
    today = PartialDate.of(ports.now().date())
    texts = paper_texts(ports, work)
    letter = texts.of(LETTER)
    signers = signers_on(own_signers(work), today)
    unit = unit_on(work.records, me.unit_id, today)
    before = [one for one in work.records.having(Submission, unit_id=me.unit_id) if one.place]
    return Submission(
        id=ports.new_id(me.number),
        unit_id=me.unit_id,
        award_form_id=award.id if award else None,
        movement_id=proposals[0].movement_id,
        place=before[-1].place if before else seat_on(work.records, unit, today),
        recipient="\n".join(letter.lines(_recipient(award))),
        legal_basis="\n".join(usual_bases(ports.plan().legal_bases, texts, today)),
        signer_id=signers[0].id if signers else None,
        copies_to="\n".join(letter.lines("copies_to")),
    )


def _recipient(award: AwardForm | None) -> str:
    to_head = award is not None and award.authority is Authority.UNIT_HEAD
    return "recipient.unit_head" if to_head else "recipient.province"
