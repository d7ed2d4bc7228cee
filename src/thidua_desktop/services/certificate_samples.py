"""A certificate with made-up data: how the texts of F16 look once printed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.stocks import Offset, Stock
from thidua_desktop.services.candidates import Candidate, movement_name
from thidua_desktop.services.certificate_names import about, name_on_paper
from thidua_desktop.services.pages.certificate import FORM, certificate_page
from thidua_desktop.services.pages.office import Office

_ID = UUID(int=52)


def certificate_sample(
    office: Office, award: AwardForm, candidates: Sequence[Candidate], stock: Stock
) -> tuple[Page, ...]:
    """Return the certificates of made-up nominees on a stock."""
    texts = office.texts.of(FORM)
    decision = Decision(
        id=_ID,
        number="123/QĐ-UBND",
        date=office.day,
        title=award.name.split(" của ")[0].upper(),
        giver=f"CHỦ TỊCH {office.agency.upper()}",
        place=office.place,
        signer_lines="CHỦ TỊCH",
        signer_name=office.signer.full_name if office.signer else "",
        merit=texts.say("usual_merit", movement=movement_name(office.movement)),
    )
    return tuple(
        certificate_page(
            decision,
            Award(id=_ID, name=name_on_paper(one.nominee), about=about(one.nominee), number=number),
            stock,
            texts,
            Offset(),
        )
        for number, one in enumerate(candidates, start=1)
        if one.nominee is not None
    )
