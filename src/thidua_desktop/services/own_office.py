"""The own office as its papers speak for it on a day."""

from __future__ import annotations

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Letterhead
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.signers import signers_on
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.ports import Work
from thidua_desktop.services.units import above_on, own_signers, seat_on, unit_on


def own_letterhead(work: Work, day: PartialDate) -> Letterhead:
    """Return the head of a paper of the own office that has no number and no agency above."""
    me = work.book.me()
    place = seat_on(work.records, unit_on(work.records, me.unit_id, day), day)
    return bare_letterhead(me.unit_name, place, day)


def bare_letterhead(agency: str, place: str, day: PartialDate) -> Letterhead:
    """Return the head of a paper of this agency that has no number and no agency above."""
    return Letterhead(parent="", agency=agency.upper(), number="", symbol="", place=place, date=day)


def own_office(work: Work, day: PartialDate, texts: PaperTexts) -> Office:
    """Return the own office on a day, with who signs for it and where its letters are written."""
    records, me = work.records, work.book.me()
    unit = unit_on(records, me.unit_id, day) or records.get(Unit, me.unit_id)
    signers = signers_on(own_signers(work), day)
    letters = [one for one in records.having(Submission, unit_id=me.unit_id) if one.place]
    return Office(
        unit=unit,
        parent=above_on(records, unit, day),
        place=letters[-1].place if letters else seat_on(records, unit, day),
        day=day,
        signer=signers[0] if signers else None,
        movement=next(iter(records.having(Movement)), None),
        texts=texts,
    )
