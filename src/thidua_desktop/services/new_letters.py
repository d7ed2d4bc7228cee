"""New letters (tờ trình): the usual place, addressee, legal bases and signer of the own office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.catalogue import LegalBasis
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.signers import signers_on
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.units import own_signers


def legal_basis_on(bases: Iterable[LegalBasis], day: PartialDate) -> LegalBasis | None:
    """Return the legal bases that hold on a day."""
    iso = day.iso()
    holding = [b for b in bases if b.valid_from <= iso and (not b.valid_to or iso <= b.valid_to)]
    return holding[-1] if holding else None


def new_letter(
    ports: Ports, work: Work, award: AwardForm | None, proposals: Sequence[Proposal]
) -> Submission:
    """Return a letter of the own office with what is usual; nothing is stored."""
    me = work.book.me()
    today = PartialDate.of(ports.now().date())
    basis = legal_basis_on(ports.plan().legal_bases, today)
    signers = signers_on(own_signers(work), today)
    before = [one for one in work.records.having(Submission, unit_id=me.unit_id) if one.place]
    return Submission(
        id=ports.new_id(me.number),
        unit_id=me.unit_id,
        award_form_id=award.id if award else None,
        movement_id=proposals[0].movement_id,
        place=before[-1].place if before else _place_of(work.records.find(Unit, me.unit_id)),
        recipient=_recipient(award),
        legal_basis="\n".join(basis.lines) if basis else "",
        signer_id=signers[0].id if signers else None,
        copies_to="Như trên\nHội đồng Thi đua - Khen thưởng tỉnh\nSở Nội vụ\nLưu: VT",
    )


def _recipient(award: AwardForm | None) -> str:
    if award is not None and award.authority is Authority.UNIT_HEAD:
        return "Hội đồng Thi đua - Khen thưởng cơ quan"
    return "Chủ tịch Ủy ban nhân dân tỉnh\nHội đồng Thi đua - Khen thưởng tỉnh\nSở Nội vụ"


def _place_of(unit: Unit | None) -> str:
    """Return the name that a unit's papers are dated at: its district, commune or province."""
    if unit is None:
        return ""
    name = unit.name
    for word in (" huyện ", " thành phố ", " xã ", " phường ", " thị trấn "):
        if word in f" {name} ":
            return f" {name} ".partition(word)[2].strip()
    return "Thái Bình" if unit.level is UnitLevel.DEPARTMENT else ""
