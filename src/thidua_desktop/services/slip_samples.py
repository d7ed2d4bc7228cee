"""Slips and the recovery paper with made-up data: how the texts of F27 and KHOA look once printed.

Their words are no key: a real one has words drawn at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.bundles import Certificate, MergeCounts
from thidua_desktop.domain.offices import Office as OwnOffice
from thidua_desktop.domain.offices import ReceivedBundle, SentBundle
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.candidates import Candidate
from thidua_desktop.services.own_office import bare_letterhead
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.pages.recovery import recovery_page
from thidua_desktop.services.pages.slip import slip_page
from thidua_desktop.services.recovery_paper import FORM as RECOVERY
from thidua_desktop.services.recovery_paper import recovery_paper_of
from thidua_desktop.services.sending import bundle_name
from thidua_desktop.services.slips import FORM as SLIP
from thidua_desktop.services.slips import slip_of

_ID, _NUMBER, _PROVINCE = UUID(int=52), 52, "Tỉnh Ví Dụ"
_DIGEST = "0123456789abcdef" * 4
_CODE = "ban bang banh · bay bien bong"
_WORDS = ("ba", "bac", "bach", "ban", "bang", "bao", "bat", "bau", "bay", "be", "ben", "bep")


def slip_sample(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    """Return F27 of a made-up bundle: the giver's copy and the taker's."""
    texts = office.texts.of(SLIP)
    sent_at, come_at = (
        datetime.combine(office.day.first_day(), time(hour)).astimezone() for hour in (8, 14)
    )
    file_name = bundle_name(_NUMBER, 3, sent_at)
    giver, taker = _own(office.unit.name), _own(_PROVINCE, UnitRole.PROVINCE)
    sender = Certificate(
        replica=b"", office=_NUMBER, unit_id=_ID, role=UnitRole.OFFICE, public_key=b""
    )
    sent = SentBundle(
        bundle=_ID, number=3, to=0, at=sent_at, file_name=file_name, ops=128, digest=_DIGEST
    )
    received = ReceivedBundle(
        id=_ID,
        bundle=_ID,
        number=3,
        sender=sender,
        at=come_at,
        file_name=file_name,
        counts=MergeCounts(new=40, changed=12, differences=2),
        digest=_DIGEST,
    )
    given = bare_letterhead(office.unit.name, office.place, office.day)
    taken = bare_letterhead(_PROVINCE, office.place, office.day)
    return (
        slip_page(slip_of(giver, sent, _PROVINCE, texts, code=_CODE, head=given)),
        slip_page(slip_of(taker, received, office.unit.name, texts, code=_CODE, head=taken)),
    )


def recovery_sample(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    """Return the recovery paper of a made-up province."""
    texts = office.texts.of(RECOVERY)
    head = bare_letterhead(_PROVINCE, office.place, office.day)
    said = recovery_paper_of(head, (*_WORDS, *_WORDS), _CODE, texts)
    return (recovery_page(said),)


def _own(name: str, role: UnitRole = UnitRole.OFFICE) -> OwnOffice:
    return OwnOffice(unit_id=_ID, unit_code="", unit_name=name, number=_NUMBER, role=role)
