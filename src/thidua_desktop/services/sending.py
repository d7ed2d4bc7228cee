"""One bundle to be sent: which ops go to whom, and what is said along with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from thidua_desktop.domain.attachments import MOST_FILES_BYTES, MOST_PER_BUNDLE, Attachment
from thidua_desktop.domain.bundles import (
    BundleKind,
    Certificate,
    Held,
    Manifest,
    OpRange,
    OpStream,
    OutgoingBundle,
    Request,
)
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import Enrolment, Office
from thidua_desktop.services.acknowledging import acknowledged_by, asked_for, lacking
from thidua_desktop.services.enrolment_proofs import proof_of
from thidua_desktop.services.opening import own_certificate
from thidua_desktop.services.ports import Blobs, Ports, Work
from thidua_desktop.services.renewal import own_renewal
from thidua_desktop.services.sisters import enrolments_about, is_for_sisters, origins_about
from thidua_desktop.services.trust import own_numbers, predecessors


def bundle_name(office: int, number: int, day: datetime, *, is_sisterly: bool = False) -> str:
    """Return the name of a bundle's file: numbers only, no personal data.

    What goes to another PC of the province is told from what goes to all: each has its register.
    """
    place = "00" if is_sisterly else str(office)
    return f"TDKT_{place}_{number}_{day:%d%m%Y}.tdkt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """What a person chooses about a bundle.

    `for_unit` None: the province's common channel, for all. `full`: everything, not only what the
    recipient has not said to hold. `light`: attachments stay out. `restore`: the province brings
    back all that the office ever sent. A file longer than `part_size` is written in parts. A
    `phrase` seals it in place of the keys: for a recipient who lost his.
    """

    for_unit: str | None = None
    full: bool = False
    light: bool = False
    restore: bool = False
    part_size: int | None = None
    phrase: str | None = None


def make_bundle(
    ports: Ports,
    work: Work,
    *,
    to: int | None,
    packing: Packing,
    about: Collection[int] = (),
) -> OutgoingBundle:
    """Return the next bundle for a recipient (a province's None is all).

    With the ops go the files that they name, and those that the recipient said it lacks; a light
    bundle leaves attachments out. Its ops are read while the transaction is open. `about` says of
    which offices another PC of the province is told.
    """
    light, restore = packing.light, packing.restore
    full = packing.full or restore
    me = work.book.me()
    enrolled = _enrolled(work, me)
    # Which role an office has is the province's to say, not its own.
    own = own_certificate(ports, enrolled.office if enrolled else me)
    held = work.exchange.origins()
    ranges: dict[bytes, OpRange] = {}
    streams: list[OpStream] = []
    is_sisterly = is_for_sisters(me, to)
    origins = origins_about(work, about) if is_sisterly else _outgoing(work, me, own, to)
    if restore:
        origins |= _origins_of_office(work, to)
    for oid in sorted(origins & held.keys()):
        above = 0 if full else min(acknowledged_by(work, me, to, oid), held[oid].number)
        if held[oid].number > above:
            streams.append(work.exchange.read(oid, above))
            ranges[oid] = streams[-1].span
    ours = work.exchange.own_origins()
    ports.store.mark({oid: held[oid] for oid in ranges if oid in ours})
    named = work.exchange.named_blobs(ranges)
    if light:
        named -= work.exchange.named_blobs(ranges, (Attachment,))
    else:
        named |= asked_for(work, me, to, origins)
    blobs = _KeptBlobs(work.blobs, _as_fit(work, named))
    manifest = Manifest(
        bundle=ports.new_id(me.number),
        number=1 + max((b.number for b in work.book.sent() if b.to == to), default=0),
        kind=BundleKind.RESTORE if restore else _kind(me, to, full=full),
        sender=own,
        to=to,
        at=ports.now(),
        program=ports.program,
        ranges=ranges,
        have=_held_of(work, me, to, held),
        certificates=_warrants_for(work, me, to, about),
        inheritances=_inheritances_for(work, me, to, about),
        enrolments=enrolments_about(work, about) if is_sisterly else (),
        request=Request(certificate=own, proof=proof_of(enrolled.secret, own))
        if enrolled
        else None,
        blobs=tuple(blobs),
        wants=lacking(work, me, to),
        sums=_sums(streams),
        renewal=own_renewal(work),
    )
    pieces = chain.from_iterable(one.pieces for one in streams)
    return OutgoingBundle(manifest=manifest, sections=pieces, blobs=blobs)


class _KeptBlobs(Mapping[str, bytes]):
    """Files that go along, each read only when it is written."""

    def __init__(self, blobs: Blobs, shas: tuple[str, ...]) -> None:
        self._blobs = blobs
        self._shas = shas

    def __getitem__(self, sha: str) -> bytes:
        content = self._blobs.get(sha) if sha in self._shas else None
        if content is None:
            raise KeyError(sha)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._shas)

    def __len__(self) -> int:
        return len(self._shas)


def _as_fit(work: Work, named: Collection[str]) -> tuple[str, ...]:
    """Return the sound files among these, as many as one bundle takes; the recipient will ask for
    the others.
    """
    fit: list[str] = []
    room = MOST_FILES_BYTES
    for sha in sorted(named):
        size = work.blobs.size(sha) if len(fit) < MOST_PER_BUNDLE else None
        if size is not None and size <= room and work.blobs.is_sound(sha):
            fit.append(sha)
            room -= size
    return tuple(fit)


def _outgoing(work: Work, me: Office, own: Certificate, to: int | None) -> set[bytes]:
    known = [one.certificate for one in work.book.warrants() if not one.is_revoked]
    if me.is_province:
        return _outgoing_of_the_province(work, own, to)
    siblings = {
        oid for one in known if one.office == me.number for oid in work.exchange.origins_of(one, ())
    }
    # Another PC's ops go along only when the province has said to hold some of them: before that
    # it may not have accepted that PC, and would refuse the whole bundle.
    accepted = {
        oid
        for one in known
        if one.office == PROVINCE_NUMBER
        for oid in work.book.acknowledged(one.replica)
    }
    return set(work.exchange.origins_of(own, ())) | (siblings & accepted)


def _origins_of_office(work: Work, office: int | None) -> set[bytes]:
    authors = [one for one in work.book.certificates() if one.office == office]
    return {oid for one in authors for oid in work.exchange.origins_of(one, ())}


def _outgoing_of_the_province(work: Work, own: Certificate, to: int | None) -> set[bytes]:
    """Return the province's channels to all and to an office; and for an heir the channels to its
    predecessors, with all that those wrote.
    """
    before = frozenset() if to is None else predecessors(work, to)
    offices = before if to is None else before | {to}
    told = {PROVINCE_NUMBER} | before
    authors = [one for one in (own, *work.book.certificates()) if one.office in told]
    return {oid for author in authors for oid in work.exchange.origins_of(author, offices)}


def _held_of(
    work: Work, me: Office, to: int | None, held: Mapping[bytes, Held]
) -> dict[bytes, Held]:
    if to is None:
        return {}
    if is_for_sisters(me, to):
        return dict(held)
    mine = own_numbers(work)
    theirs = {to} if me.is_province else {to} | mine - {me.number}
    senders = [one for one in work.book.certificates() if one.office in theirs]
    origins = {oid for one in senders for oid in work.exchange.origins_of(one, mine)}
    return {oid: held[oid] for oid in origins & held.keys()}


def _warrants_for(
    work: Work, me: Office, to: int | None, about: Collection[int]
) -> tuple[Warrant, ...]:
    """Return the chain of the province, and what it vouches for of the recipient's PCs."""
    if not me.is_province:
        return ()
    told = {PROVINCE_NUMBER, *about, *(() if to is None else {to, *predecessors(work, to)})}
    return tuple(o for o in work.book.warrants() if o.signature and o.certificate.office in told)


def _inheritances_for(
    work: Work, me: Office, to: int | None, about: Collection[int]
) -> tuple[Inheritance, ...]:
    """Return who took over from whom, so far as it touches the recipient."""
    if not me.is_province or to is None:
        return ()
    told = {to, *about, *predecessors(work, to)}
    return tuple(o for o in work.book.inheritances() if {o.predecessor, o.heir} & told)


def _enrolled(work: Work, me: Office) -> Enrolment | None:
    """Return by what this office joined; the province has only given such away."""
    made = [one for one in work.book.enrolments() if one.office.number == me.number]
    return made[-1] if made and not me.is_province else None


def _kind(me: Office, to: int | None, *, full: bool) -> BundleKind:
    if me.is_province and to is None:
        return BundleKind.REFERENCE
    return BundleKind.FULL if full else BundleKind.DELTA


def _sums(streams: Iterable[OpStream]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for one in streams:
        sums.update(one.counts)
    return dict(sums)
