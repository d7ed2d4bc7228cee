"""A certificate with made-up data: how the texts of F16 look once printed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.pages import Align, Page
from thidua_desktop.domain.stocks import Offset, Stock, StockText
from thidua_desktop.services.candidates import Candidate, movement_name
from thidua_desktop.services.decisions import about, name_on_paper
from thidua_desktop.services.pages.certificate import FORM, certificate_page
from thidua_desktop.services.pages.office import Office

_ID = UUID(int=52)
# place, upper edge, height, size; in the middle of the sheet
_MIDDLE = (
    *(("state", 30, 8, 16), ("motto", 39, 8, 15), ("giver", 52, 9, 18), ("give", 63, 8, 15)),
    *(("title", 72, 18, 44), ("name", 92, 14, 22), ("about", 107, 10, 14), ("merit", 119, 18, 14)),
)
# the same and the left edge, in columns below
_BELOW = (
    *(("decision", 162, 7, 12, 25), ("golden", 171, 7, 12, 25), ("dated", 146, 7, 13, 160)),
    *(("signer_lines", 154, 12, 13, 160), ("signer_name", 182, 8, 14, 160)),
)


def certificate_sample(
    office: Office, award: AwardForm, candidates: Sequence[Candidate]
) -> tuple[Page, ...]:
    """Return the certificates of made-up nominees."""
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
            _stock(),
            texts,
            Offset(),
        )
        for number, one in enumerate(candidates, start=1)
        if one.nominee is not None
    )


def _stock() -> Stock:
    middle = (_text(place, 30, y, 237, height, size) for place, y, height, size in _MIDDLE)
    below = (_text(place, x, y, 112, height, size) for place, y, height, size, x in _BELOW)
    return Stock(code="", name="", width=297, height=210, texts=(*middle, *below), has_frame=True)


def _text(place: str, x: float, y: float, width: float, height: float, size: float) -> StockText:
    return StockText(
        place=place,
        x=x,
        y=y,
        width=width,
        height=height,
        size=size,
        least=9,
        lines=2,
        align=Align.LEFT if place in {"decision", "golden"} else Align.CENTRE,
        is_bold=place not in {"about", "merit"},
        is_italic=place in {"decision", "golden", "dated"},
        is_red=place in {"giver", "title"},
        is_ruled=place == "motto",
    )
