"""What the readers of our bundles said they hold: less is sent, copies are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from thidua_desktop.domain.attachments import Attachment, FileState
from thidua_desktop.domain.bundles import Certificate, Manifest, OpRange
from thidua_desktop.domain.offices import Office, SentBundle, SentCopy
from thidua_desktop.services.ports import Work

# A manifest has room for so many; the others are named by the next bundle.
MOST_WANTS = 500
_NO_HASH = b""


def sent_up_to(work: Work, origin: bytes) -> int:
    """Return how far an origin went out by bundles, as far as nobody took that out again."""
    return int(work.book.setting(_sent(origin)) or 0)


def note_sent(work: Work, ends: Iterable[tuple[bytes, int]]) -> None:
    """Keep how far each origin went out by bundles."""
    for origin, end in ends:
        work.book.set_setting(_sent(origin), str(max(end, sent_up_to(work, origin))))


def note_held(work: Work, manifest: Manifest, held: Mapping[bytes, int]) -> Mapping[bytes, int]:
    """Keep how far the sender of a bundle holds what it was sent: of what it names not, nothing.
    Return how far it did before; nothing, where this bundle says nothing.

    A number falls when the sender took an import out again: from there it is sent once more. A
    bundle that comes late says nothing of today.
    """
    book, name = work.book, f"heard.{manifest.sender.replica.hex()}"
    if manifest.to is None or manifest.number <= int(book.setting(name) or 0):
        return {}
    book.set_setting(name, str(manifest.number))
    before = book.acknowledged(manifest.sender.replica)
    said = {**dict.fromkeys(before.keys() - manifest.have.keys(), 0), **held}
    book.acknowledge(
        manifest.sender.replica,
        {origin: number for origin, number in said.items() if before.get(origin) != number},
    )
    for origin, number in said.items():
        if number < before.get(origin, 0) and book.setting(_sent(origin)):
            book.set_setting(_sent(origin), str(number))
    return before


def readers_of(work: Work, me: Office, to: int | None) -> tuple[Certificate, ...]:
    """Return the replicas that read what goes to an office (None: to all), or to the other PCs of
    the province that sends it.
    """
    known = [one.certificate for one in work.book.warrants() if not one.is_revoked]
    if me.number == to:
        return tuple(one for one in known if one.office == to and not _is_own(work, one))
    return tuple(one for one in known if one.office != me.number and to in {None, one.office})


def _is_own(work: Work, certificate: Certificate) -> bool:
    """Tell whether a certificate is this PC's."""
    return work.exchange.channel(None) in work.exchange.origins_of(certificate, ())


def acknowledged_by(work: Work, me: Office, to: int | None, origin: bytes) -> int:
    """Return how far every replica of the recipient holds an origin: the one that is furthest
    behind counts, and an office that was never heard of holds nothing.
    """
    readers = readers_of(work, me, to)
    wanted = {one.office.number for one in work.book.enrolments()} if to is None else {to}
    if not wanted <= {one.office for one in readers}:
        return 0
    said = [work.book.acknowledged(one.replica).get(origin, 0) for one in readers]
    return min(said, default=0)


def lacking(work: Work, me: Office, to: int | None) -> tuple[str, ...]:
    """Return the files that an office's records name and that are not here, to be asked for; a PC
    of the province asks another one for all.
    """
    if to is None:
        return ()
    if me.number == to:
        theirs = work.exchange.all_named_blobs()
    else:
        senders = [one for one in work.book.certificates() if one.office == to]
        origins = {oid for one in senders for oid in work.exchange.origins_of(one, (me.number,))}
        theirs = work.exchange.named_blobs(whole_ranges(work, origins))
    shown = {one.file for one in work.records.having(Attachment) if one.file}
    lost = (sha for sha in theirs & shown if work.blobs.state(sha) is not FileState.HERE)
    return tuple(sorted(map(str, lost))[:MOST_WANTS])


def asked_for(work: Work, me: Office, to: int | None, origins: set[bytes]) -> frozenset[str]:
    """Return the files that readers said they lack, as far as these origins name them: nobody is
    given what the ops that go to him do not speak of.
    """
    wanted = {sha for one in readers_of(work, me, to) for sha in work.sent.wanted(one.replica)}
    if not wanted:
        return frozenset()
    return work.exchange.named_blobs(whole_ranges(work, origins)) & wanted


def whole_ranges(work: Work, origins: set[bytes]) -> Mapping[bytes, OpRange]:
    """Return the ranges of all that is held of these origins."""
    held = work.exchange.origins()
    return {
        oid: OpRange(0, held[oid].number, _NO_HASH, held[oid].hash) for oid in origins & held.keys()
    }


def keep_copy(
    work: Work,
    entry: SentBundle,
    manifest: Manifest,
    file: Path,
    *,
    is_light: bool,
    is_next: bool = False,
) -> Path:
    """Keep what was sent until its reader says that he holds it; return where it lies now.

    One with all its files makes older ones to the same reader needless: it holds what they held.
    The next one of several written at once does not.
    """
    ends = {oid: span.end for oid, span in manifest.ranges.items()}
    if not (is_light or is_next):
        for older in work.sent.copies():
            if older.to == entry.to:
                work.sent.drop(older.bundle)
    return work.sent.keep(
        SentCopy(bundle=entry.bundle, to=entry.to, ends=ends, is_light=is_light), file
    )


def drop_acknowledged(work: Work, reader: Certificate) -> None:
    """Drop the copies of what every reader said he holds, now that this one has spoken."""
    me, held = work.book.me(), work.book.acknowledged(reader.replica)
    for copy in work.sent.copies():
        # All the others are asked only where it is up to him: there may be hundreds.
        if copy.to not in {None, reader.office} or not all(
            held.get(oid, 0) >= end for oid, end in copy.ends.items()
        ):
            continue
        if all(acknowledged_by(work, me, copy.to, oid) >= end for oid, end in copy.ends.items()):
            work.sent.drop(copy.bundle)


def _sent(origin: bytes) -> str:
    return f"sent.{origin.hex()}"


def unacknowledged(work: Work) -> tuple[SentBundle, ...]:
    """Return the bundles sent whose copies are kept, oldest first."""
    kept = {one.bundle for one in work.sent.copies()}
    return tuple(one for one in work.book.sent() if one.bundle in kept)
