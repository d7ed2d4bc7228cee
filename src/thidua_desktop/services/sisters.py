"""Máy khác của tỉnh: what each of the province's PCs must hear of what another one did.

Any of them takes in what offices send, so each is told whom the others enrolled, accepted and
revoked, and what they received, answered and decided.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from thidua_desktop.domain.bundle_limits import MOST_CERTIFICATES, MOST_RANGES
from thidua_desktop.domain.bundles import Certificate, Manifest
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import Enrolment, Office
from thidua_desktop.services.acknowledging import acknowledged_by, readers_of
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.trust import all_numbers


def is_for_sisters(me: Office, to: int | None) -> bool:
    """Tell whether a bundle goes from a PC of the province to its others."""
    return me.is_province and to == me.number


def sisters(ports: Ports) -> int:
    """Return how many other PCs of the province a bundle can be sealed for; an office has none."""
    with ports.store.read() as work:
        return len(sisters_of(work))


def is_own_code(ports: Ports, unit_code: str | None) -> bool:
    """Tell whether a code is the province's own, and this is one of its PCs."""
    with ports.store.read() as work:
        me = work.book.me()
    return me.is_province and (unit_code or "").strip().lower() == me.unit_code


def sisters_of(work: Work) -> tuple[Certificate, ...]:
    """Return the other PCs of the province that a bundle can be sealed for."""
    me = work.book.me()
    if not me.is_province:
        return ()
    return tuple(one for one in readers_of(work, me, me.number) if one.receiving_key)


def shares(work: Work, *, full: bool) -> tuple[frozenset[int], ...]:
    """Return of which offices each bundle to the other PCs tells: of as many as it has room for.

    The province itself, number 0, stands for what it gave to all.
    """
    me, held = work.book.me(), work.exchange.origins()
    made: list[frozenset[int]] = []
    here: set[int] = set()
    ranges = vouched = 0
    said_always = _vouched(work, {PROVINCE_NUMBER})
    for office in sorted(all_numbers(work) | {PROVINCE_NUMBER}):
        origins = origins_about(work, {office}) & held.keys()
        news = sum(
            held[oid].number > (0 if full else acknowledged_by(work, me, me.number, oid))
            for oid in origins
        )
        signed = _vouched(work, {office}) if office else 0
        is_full = ranges + news > MOST_RANGES or said_always + vouched + signed > MOST_CERTIFICATES
        if here and is_full:
            made.append(frozenset(here))
            here, ranges, vouched = set(), 0, 0
        here.add(office)
        ranges, vouched = ranges + news, vouched + signed
    return (*made, frozenset(here))


def origins_about(work: Work, offices: Collection[int]) -> set[bytes]:
    """Return what offices wrote, and the province's channels to them, of whichever of its PCs."""
    found: set[bytes] = set()
    for author in work.book.certificates():
        common = work.exchange.origins_of(author, ())
        if author.office in offices:
            found |= common
        if author.office == PROVINCE_NUMBER:
            found |= work.exchange.origins_of(author, offices) - common
    return found


def enrolments_about(work: Work, offices: Collection[int]) -> tuple[Enrolment, ...]:
    """Return by what the PCs of these offices ask to be accepted."""
    return tuple(one for one in work.book.enrolments() if one.office.number in offices)


def note_relayed(work: Work, manifest: Manifest, now: datetime) -> None:
    """Keep that what offices wrote came by another PC of the province: they are not silent."""
    if not is_for_sisters(work.book.me(), manifest.sender.office):
        return
    for author in work.book.certificates():
        if author.office and work.exchange.origins_of(author, ()) & manifest.ranges.keys():
            work.book.set_setting(_relayed(author.office), now.isoformat())


def relayed_at(work: Work, office: int) -> datetime | None:
    """Return when another PC of the province last brought something that an office wrote."""
    said = work.book.setting(_relayed(office))
    return datetime.fromisoformat(said) if said else None


def _relayed(office: int) -> str:
    return f"relayed.{office}"


def _vouched(work: Work, offices: Collection[int]) -> int:
    """Return of how many certificates, inheritances and enrolments a bundle would speak."""
    return (
        sum(one.certificate.office in offices for one in work.book.warrants())
        + sum(bool({one.predecessor, one.heir} & set(offices)) for one in work.book.inheritances())
        + len(enrolments_about(work, offices))
    )
