"""Bundles between offices: made, looked into, tried and merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleKind,
    BundleState,
    Certificate,
    Held,
    Manifest,
    OpRange,
    OpSection,
    Request,
)
from thidua_desktop.domain.error_text import error_text, parked_text
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    NotForRoleError,
    StoppedError,
    ThiduaError,
    UnreadableFileError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import (
    Office,
    ParkedBundle,
    ReceivedBundle,
    SentBundle,
    certificate_of,
)
from thidua_desktop.domain.units import Unit, UnitRole, unit_by_code
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.receiving import (
    BundleReport,
    Receiving,
    counts_json,
    proof_of,
    sender_name,
)


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def never_stop() -> bool:
    """Nobody stops the work."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMade:
    """A bundle as it was written."""

    path: Path
    bundle: UUID
    number: int
    to: int | None
    ops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesMerged:
    """What became of each bundle, and what was touched."""

    reports: tuple[BundleReport, ...]
    changes: Changes

    def __iter__(self) -> Iterator[BundleReport]:
        return iter(self.reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleBook:
    """The registers of bundles: sent, received, waiting; with the names of the offices."""

    sent: tuple[SentBundle, ...]
    received: tuple[ReceivedBundle, ...]
    parked: tuple[ParkedBundle, ...]
    names: Mapping[int, str]

    def name(self, office: int | None) -> str:
        """Return the name of an office; None is everyone."""
        return "tất cả" if office is None else self.names.get(office, f"cơ quan số {office}")

    def to_json(self) -> dict[str, Any]:
        """Return the registers for the command line."""
        return {
            "sent": [
                {"number": b.number, "to": b.to, "file": b.file_name, "ops": b.ops}
                | _when(b.bundle, b.at)
                for b in self.sent
            ],
            "received": [
                {"number": b.number, "sender": self.name(b.sender.office), "import": str(b.id)}
                | {"file": b.file_name, "counts": counts_json(b.counts)}
                | _when(b.bundle, b.at)
                for b in self.received
            ],
            "parked": [
                {"number": b.number, "sender": self.name(b.sender.office), "code": b.code}
                | {"file": b.file_name, "replica": b.sender.replica.hex()}
                | _when(b.bundle, b.at)
                for b in self.parked
            ],
        }

    def lines(self) -> tuple[str, ...]:
        """Return the registers for people."""
        sent = (f"gửi · số {b.number} · {self.name(b.to)} · {b.file_name}" for b in self.sent)
        received = (
            f"nhận · số {b.number} · {self.name(b.sender.office)} · {b.file_name}"
            for b in self.received
        )
        parked = (
            f"chờ · số {b.number} · {self.name(b.sender.office)} · {parked_text(b.code)}"
            for b in self.parked
        )
        return (*sent, *received, *parked)


def bundle_name(office: int, number: int, day: datetime) -> str:
    """Return the name of a bundle's file: numbers only, no personal data."""
    return f"TDKT_{office}_{number}_{day:%Y%m%d}.tdkt"


def export_bundle(
    ports: Ports,
    *,
    path: Path | None,
    folder: Path | None = None,
    full: bool = False,
    for_unit: str | None = None,
) -> BundleMade:
    """Write a bundle with what its recipient has not said to hold; `full` with everything.

    The province's bundle without `for_unit` is its common channel, for all. Without a path the
    file gets its usual name in the folder.

    Raises:
        UnknownUnitError: `for_unit` is no unit.
        UnwritableFileError: the file cannot be written; nothing was entered as sent.
    """
    with ports.store.write() as work:
        to = _recipient(work, for_unit)
        contents = make_bundle(ports, work, to=to, full=full)
        made = _write(ports, work, contents, path, folder)
        work.commit()
        return made


def export_for_all(ports: Ports, *, folder: Path, full: bool = False) -> tuple[BundleMade, ...]:
    """Write a bundle for each accepted office into a folder (province)."""
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        offices = sorted({one.office for one in work.book.certificates()} - {me.number})
        made = tuple(
            _write(ports, work, make_bundle(ports, work, to=to, full=full), None, folder)
            for to in offices
        )
        work.commit()
        return made


def make_bundle(ports: Ports, work: Work, *, to: int | None, full: bool) -> BundleContents:
    """Return the contents of the next bundle for a recipient (a province's None is all)."""
    me, identity = work.book.me(), ports.store.identity()
    own = certificate_of(me, identity)
    held = work.exchange.origins()
    ranges: dict[bytes, OpRange] = {}
    sections: list[OpSection] = []
    for oid in sorted(_outgoing(work, me, own, to) & held.keys()):
        above = 0 if full else min(_acknowledged(work, me, to, oid), held[oid].number)
        if held[oid].number > above:
            ranges[oid], found = work.exchange.read(oid, above)
            sections += found
    named = sorted(work.exchange.named_blobs(ranges))
    blobs = {sha: content for sha in named if (content := work.blobs.get(sha)) is not None}
    manifest = Manifest(
        bundle=ports.new_id(me.number),
        number=1 + max((b.number for b in work.book.sent() if b.to == to), default=0),
        kind=_kind(me, to, full=full),
        sender=own,
        to=to,
        at=ports.now(),
        program=ports.program,
        ranges=ranges,
        have=_held_of(work, me, to, held),
        certificates=_certificates_for(work, me, to),
        request=_request(work, me, own),
        blobs=tuple(blobs),
        sums=_sums(sections),
    )
    return BundleContents(manifest=manifest, sections=tuple(sections), blobs=blobs)


def inspect_bundle(ports: Ports, file: Path) -> dict[str, Any]:
    """Return what a bundle says of itself, checked whole; nothing is written."""
    contents = ports.bundles.unpack(ports.files.read(file), file_name=file.name)
    manifest = contents.manifest
    with ports.store.read() as work:
        known = manifest.sender in work.book.certificates()
        sender = sender_name(work, manifest.sender)
    return {
        "file": file.name,
        "bundle": str(manifest.bundle),
        "number": manifest.number,
        "kind": manifest.kind.value,
        "sender": sender,
        "office": manifest.sender.office,
        "replica": manifest.sender.replica.hex(),
        "known_sender": known,
        "to": manifest.to,
        "at": manifest.at.isoformat(),
        "program": manifest.program,
        "ranges": {oid.hex(): [s.start, s.end] for oid, s in manifest.ranges.items()},
        "kinds": dict(manifest.sums),
        "blobs": len(contents.blobs),
    }


def plan_bundles(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> tuple[BundleReport, ...]:
    """Return what merging these bundles would do: the merge itself, in a transaction that is
    never committed.
    """
    with ports.store.write() as work:
        receiving = Receiving(ports, work, progress=progress, stop_wanted=stop_wanted)
        reports: list[BundleReport] = []
        for file in files:
            reports += _received(ports, work, receiving, file)
        return tuple(reports)


def merge_bundles(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> BundlesMerged:
    """Merge bundles in the order given, each in a transaction of its own.

    A bundle that is refused changes nothing and stops no other. What waited for one of these
    bundles is merged right after it.
    """
    reports: list[BundleReport] = []
    touched: frozenset[tuple[str, UUID]] = frozenset()
    for done, file in enumerate(files):
        progress(done, len(files))
        if stop_wanted():
            break
        with ports.store.write() as work:
            receiving = Receiving(ports, work, progress=no_progress, stop_wanted=stop_wanted)
            reports += _received(ports, work, receiving, file)
            touched |= work.commit().touched
    return BundlesMerged(reports=tuple(reports), changes=Changes(touched))


def list_bundles(ports: Ports) -> BundleBook:
    """Return the registers of bundles."""
    with ports.store.read() as work:
        book = work.book
        known = [*book.certificates(), *(parked.sender for parked in book.parked())]
        names = {one.office: sender_name(work, one) for one in known}
        return BundleBook(
            sent=book.sent(), received=book.received(), parked=book.parked(), names=names
        )


def _received(ports: Ports, work: Work, receiving: Receiving, file: Path) -> list[BundleReport]:
    def first() -> list[BundleReport]:
        return [receiving.receive(ports.files.read(file), file_name=file.name)]

    reports = _attempted(work, file, first)
    if reports[0].state is BundleState.NEW:
        reports += receiving.receive_parked()
    return reports


def _attempted(work: Work, file: Path, job: Callable[[], list[BundleReport]]) -> list[BundleReport]:
    try:
        with work.attempt():
            return job()
    except StoppedError:
        raise
    except (BundleRejectedError, UnreadableFileError) as error:
        return [refused(file.name, error)]


def refused(file_name: str, error: ThiduaError) -> BundleReport:
    """Return the report on a bundle that was refused."""
    return BundleReport(
        file=file_name,
        sender="",
        number=0,
        state=BundleState.REFUSED,
        code=error.code,
        message=error_text(error),
    )


def _write(
    ports: Ports, work: Work, contents: BundleContents, path: Path | None, folder: Path | None
) -> BundleMade:
    manifest = contents.manifest
    place = PROVINCE_NUMBER if manifest.to is None else manifest.to
    office = place if work.book.me().is_province else manifest.sender.office
    name = bundle_name(office, manifest.number, manifest.at)
    target = path if path is not None else (folder or Path()) / name
    ports.files.write(target, ports.bundles.pack(contents, ports.store.identity().seed))
    ops = sum(span.end - span.start for span in manifest.ranges.values())
    work.book.add_sent(
        SentBundle(
            bundle=manifest.bundle,
            number=manifest.number,
            to=manifest.to,
            at=manifest.at,
            file_name=target.name,
            ops=ops,
        )
    )
    return BundleMade(
        path=target, bundle=manifest.bundle, number=manifest.number, to=manifest.to, ops=ops
    )


def _recipient(work: Work, for_unit: str | None) -> int | None:
    me = work.book.me()
    if not me.is_province:
        if for_unit is not None:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        return PROVINCE_NUMBER
    if for_unit is None:
        return None
    return unit_by_code(work.records.having(Unit), for_unit).number


def _outgoing(work: Work, me: Office, own: Certificate, to: int | None) -> set[bytes]:
    if me.is_province:
        return {work.exchange.channel(None)} | ({work.exchange.channel(to)} if to else set())
    known = work.book.certificates()
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


def _acknowledged(work: Work, me: Office, to: int | None, origin: bytes) -> int:
    """Return how far every replica of the recipient holds an origin: the one that is furthest
    behind counts.
    """
    readers = [
        one.replica
        for one in work.book.certificates()
        if one.office != me.number and to in {None, one.office}
    ]
    said = [work.book.acknowledged(replica).get(origin, 0) for replica in readers]
    return min(said, default=0)


def _held_of(
    work: Work, me: Office, to: int | None, held: Mapping[bytes, Held]
) -> dict[bytes, Held]:
    if to is None:
        return {}
    senders = [one for one in work.book.certificates() if one.office == to]
    origins = {oid for one in senders for oid in work.exchange.origins_of(one, (me.number,))}
    return {oid: held[oid] for oid in origins & held.keys()}


def _certificates_for(work: Work, me: Office, to: int | None) -> tuple[Certificate, ...]:
    if not me.is_province or to is None:
        return ()
    return tuple(one for one in work.book.certificates() if one.office == to)


def _request(work: Work, me: Office, own: Certificate) -> Request | None:
    made = [one for one in work.book.enrolments() if one.office.number == me.number]
    if me.is_province or not made:
        return None
    return Request(certificate=own, proof=proof_of(made[-1].secret, own))


def _kind(me: Office, to: int | None, *, full: bool) -> BundleKind:
    if me.is_province and to is None:
        return BundleKind.REFERENCE
    return BundleKind.FULL if full else BundleKind.DELTA


def _sums(sections: list[OpSection]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for section in sections:
        sums[section.kind] = sums.get(section.kind, 0) + len(section.lines)
    return sums


def _when(bundle: UUID, at: datetime) -> dict[str, str]:
    return {"bundle": str(bundle), "at": at.isoformat()}


def report_line(report: BundleReport) -> str:
    """Return a report for people, in one line."""
    counts = report.counts
    found = (
        f"{counts.new} mới, {counts.changed} sửa, {counts.differences} khác nhau, "
        f"{counts.suggestions} đề nghị sửa"
    )
    return f"{report.file}: {word(report.state)} · {report.message or found}"


def kinds_line(kinds: Mapping[str, int]) -> str:
    """Return what a bundle carries, for people."""
    return ", ".join(f"{kind_label(kind)}: {count}" for kind, count in sorted(kinds.items()))
