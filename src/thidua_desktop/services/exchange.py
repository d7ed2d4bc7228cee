"""Bundles between offices: made, looked into, tried and merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleState,
    MergeCounts,
    fingerprint,
)
from thidua_desktop.domain.error_text import parked_text
from thidua_desktop.domain.errors import (
    NoCopyError,
    NotForRoleError,
    StoppedError,
    UnknownUnitError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.missing import GAP
from thidua_desktop.domain.offices import ParkedBundle, ReceivedBundle, SentBundle
from thidua_desktop.domain.parts import WaitingParts, part_name
from thidua_desktop.domain.recovery import plain_phrase
from thidua_desktop.domain.units import Unit, UnitRole, unit_by_code
from thidua_desktop.services.acknowledging import keep_copy, unacknowledged
from thidua_desktop.services.backups import back_up_before_import
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.keys import certify_operations
from thidua_desktop.services.opening import AskPhrase, no_phrase, opened, readers
from thidua_desktop.services.parts import PART, receive_part
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Store, Work
from thidua_desktop.services.receiving import (
    BundleReport,
    Receiving,
    counts_json,
    sender_name,
)
from thidua_desktop.services.sending import bundle_name, make_bundle
from thidua_desktop.services.standing import gaps_of, note_sent

# How finely the progress of one bundle among several is told.
_STEPS = 1_000


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
    sealed: bool
    files: tuple[Path, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Tell whether data of one office lies open, for want of a key to seal it."""
        return self.to is not None and not self.sealed


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
    parts: tuple[WaitingParts, ...] = ()
    unacknowledged: frozenset[UUID] = frozenset()
    gaps: Mapping[str, str] = field(default_factory=dict)

    def waiting_text(self, parked: ParkedBundle) -> str:
        """Return why a bundle waits, with what is missing where that is known."""
        said = self.gaps.get(parked.sender.replica.hex()) if parked.code == GAP else None
        return said or parked_text(parked.code)

    def name(self, office: int | None) -> str:
        """Return the name of an office; None is everyone."""
        return "tất cả" if office is None else self.names.get(office, f"cơ quan số {office}")

    def to_json(self) -> dict[str, Any]:
        """Return the registers for the command line."""
        return {
            "sent": [
                {"number": b.number, "to": b.to, "file": b.file_name, "ops": b.ops}
                | {"copy_kept": b.bundle in self.unacknowledged}
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
            "parts": [
                {"file": p.file_name, "received": list(p.received), "count": p.count}
                | {"missing": list(p.missing), "whole": p.whole, "code": PART}
                for p in self.parts
            ],
        }


def export_bundle(  # noqa: PLR0913 - what a person may choose about one bundle
    ports: Ports,
    *,
    path: Path | None,
    folder: Path | None = None,
    full: bool = False,
    light: bool = False,
    restore: bool = False,
    part_size: int | None = None,
    for_unit: str | None = None,
    phrase: str | None = None,
) -> BundleMade:
    """Write a bundle with what its recipient has not said to hold; `full` with everything.

    The province's bundle without `for_unit` is its common channel, for all. Without a path the
    file gets its usual name in the folder. `light` leaves attachments out; what is longer than
    `part_size` is written in parts. The province's bundle to `restore` an office brings back all
    that the office ever sent. A `phrase` seals it in place of the keys: for a recipient who lost
    his.

    Raises:
        UnknownUnitError: `for_unit` is no office, or `restore` names none.
        NotForRoleError: only the province restores.
        BundleTooLargeError: there is more to send than one bundle holds.
        UnwritableFileError: the file cannot be written; nothing was entered as sent.
    """
    with ports.store.write() as work:
        to = _recipient(work, for_unit)
        _certify_province(ports, work)
        if restore and not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        if restore and to is None:
            raise UnknownUnitError(for_unit or "")
        contents = make_bundle(ports, work, to=to, full=full, light=light, restore=restore)
        made = _write(
            ports, work, contents, path, folder, light=light, part_size=part_size, phrase=phrase
        )
        work.commit()
        return made


def export_for_all(
    ports: Ports,
    *,
    folder: Path,
    full: bool = False,
    light: bool = False,
    part_size: int | None = None,
) -> tuple[BundleMade, ...]:
    """Write a bundle for each accepted office into a folder (province)."""
    with ports.store.write() as work:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        _certify_province(ports, work)
        offices = sorted({one.office for one in work.book.certificates()} - {me.number})
        made = tuple(
            _write(
                ports,
                work,
                make_bundle(ports, work, to=to, full=full, light=light),
                None,
                folder,
                light=light,
                part_size=part_size,
            )
            for to in offices
        )
        work.commit()
        return made


def write_again(
    ports: Ports,
    number: int,
    *,
    path: Path | None = None,
    folder: Path | None = None,
    for_unit: str | None = None,
    part_size: int | None = None,
) -> BundleMade:
    """Write a bundle sent before once more, byte for byte: its stick was lost, or its mail.

    Raises:
        NoCopyError: its copy is kept no more; its reader said that he holds it, or a later one
            holds all of it.
        UnwritableFileError: the file cannot be written.
    """
    with ports.store.read() as work:
        to = _recipient(work, for_unit)
        entry = next((b for b in work.book.sent() if (b.number, b.to) == (number, to)), None)
    if entry is None:
        raise NoCopyError(number)
    return write_copy(ports, entry.bundle, path=path, folder=folder, part_size=part_size)


def write_copy(
    ports: Ports,
    bundle: UUID,
    *,
    path: Path | None = None,
    folder: Path | None = None,
    part_size: int | None = None,
) -> BundleMade:
    """Write a bundle sent before, by its id. Raises as `write_again`."""
    with ports.store.read() as work:
        entry = next(b for b in work.book.sent() if b.bundle == bundle)
        copy = work.sent.file(bundle)
        if copy is None:
            raise NoCopyError(entry.number)
        target = path if path is not None else (folder or Path()) / entry.file_name
        files = _deliver(ports, ports.files.read(copy), target, part_size)
        return BundleMade(
            path=target,
            bundle=bundle,
            number=entry.number,
            to=entry.to,
            ops=entry.ops,
            sealed=ports.sealing.is_sealed(copy),
            files=files,
        )


def inspect_bundle(ports: Ports, file: Path, *, ask: AskPhrase = no_phrase) -> dict[str, Any]:
    """Return what a bundle says of itself, every hash checked; nothing is written."""
    with (
        ports.store.read() as work,
        opened(ports, work, file, file_name=file.name, ask=ask) as payload,
        ports.bundles.open(payload, file_name=file.name) as contents,
    ):
        manifest, blobs = contents.manifest, len(contents.blobs)
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
        "blobs": blobs,
    }


def plan_bundles(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
    ask: AskPhrase = no_phrase,
) -> tuple[BundleReport, ...]:
    """Return what merging these bundles would do. Raises StoppedError."""
    with ports.store.scratch() as scratch:
        return try_bundles(
            ports, scratch, files, progress=progress, stop_wanted=stop_wanted, ask=ask
        )


def try_bundles(
    ports: Ports,
    scratch: Store,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
    ask: AskPhrase = no_phrase,
) -> tuple[BundleReport, ...]:
    """Merge bundles into a scratch copy, where what it does can be looked at. Raises StoppedError.

    No file that comes along is kept, for those lie beside the database and not in it.
    """
    trial = replace(ports, store=scratch)
    merged = _merged(
        trial, files, progress=progress, stop_wanted=stop_wanted, brought=set(), ask=ask
    )
    _refuse_stopped(stop_wanted)
    return merged.reports


def merge_bundles(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
    backup: bool = True,
    ask: AskPhrase = no_phrase,
) -> BundlesMerged:
    """Merge bundles in the order given, each in a transaction of its own.

    A bundle that is refused changes nothing and stops no other. What waited for one of these
    bundles is merged right after it. Who stops the work keeps what was merged whole before.

    Raises:
        StoppedError: the work was stopped before anything was merged.
        BackupFailedError: the backup that comes first could not be made; `backup` False goes
            without.
    """
    if backup:
        back_up_before_import(ports)
    return _merged(ports, files, progress=progress, stop_wanted=stop_wanted, brought=None, ask=ask)


def list_bundles(ports: Ports) -> BundleBook:
    """Return the registers of bundles."""
    with ports.store.read() as work:
        book = work.book
        known = [*book.certificates(), *(parked.sender for parked in book.parked())]
        names = {one.office.number: one.office.unit_name for one in book.enrolments()}
        names |= {one.office: sender_name(work, one) for one in known}
        gaps = {one.key: one.text for one in gaps_of(work, ports.now())}
        return BundleBook(
            sent=book.sent(),
            received=book.received(),
            parked=book.parked(),
            names=names,
            parts=work.parts.waiting(),
            unacknowledged=frozenset(one.bundle for one in unacknowledged(work)),
            gaps=gaps,
        )


def _merged(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress,
    stop_wanted: StopWanted,
    brought: set[str] | None,
    ask: AskPhrase,
) -> BundlesMerged:
    reports: list[BundleReport] = []
    touched: frozenset[tuple[str, UUID]] = frozenset()
    for place, file in enumerate(files):
        part = _part(progress, place, len(files))
        try:
            _refuse_stopped(stop_wanted)
            with ports.store.write() as work:
                receiving = Receiving(
                    ports, work, progress=part, stop_wanted=stop_wanted, brought=brought, ask=ask
                )
                fresh = _received(ports, work, receiving, file)
                touched |= work.commit().touched
        except StoppedError:
            if not reports:
                raise
            break
        _enter(reports, fresh)
        part(1, 1)
    return BundlesMerged(reports=tuple(reports), changes=Changes(touched))


def _received(ports: Ports, work: Work, receiving: Receiving, file: Path) -> list[BundleReport]:
    if ports.parts.is_part(file):
        report = receive_part(ports, work, receiving, file)
    else:
        report = receiving.take(file, file_name=file.name)
    waited = receiving.receive_parked() if report.state is BundleState.NEW else ()
    return [report, *waited]


def _enter(reports: list[BundleReport], fresh: Iterable[BundleReport]) -> None:
    """Add reports. What was parked a moment ago and is merged now is told once, in its place."""
    for report in fresh:
        if report.code != PART and report.part_of is not None:
            for place, one in enumerate(reports):
                if one.part_of == report.part_of:
                    reports[place] = replace(_once_more(report), file=one.file)
            reports.append(report)
            continue
        waited = [
            place
            for place, one in enumerate(reports)
            if one.state is BundleState.PARKED and one.bundle == report.bundle
        ]
        if report.state is BundleState.PARKED or not waited:
            reports.append(report)
            continue
        first, *again = waited
        reports[first] = replace(report, file=reports[first].file)
        for place in again:
            reports[place] = replace(_once_more(report), file=reports[place].file)


def _once_more(report: BundleReport) -> BundleReport:
    """Return what is to be said of a bundle that is handed in twice, the second time."""
    if report.state is not BundleState.NEW:
        return report
    return replace(report, state=BundleState.KNOWN, counts=MergeCounts(), import_id=None)


def _refuse_stopped(stop_wanted: StopWanted) -> None:
    if stop_wanted():
        raise StoppedError


def _part(progress: Progress, place: int, parts: int) -> Progress:
    """Return the progress of one part among several equal ones."""

    def tell(done: int, total: int) -> None:
        inner = _STEPS * done // total if total else 0
        progress(_STEPS * place + inner, _STEPS * parts)

    return tell


def _write(
    ports: Ports,
    work: Work,
    contents: BundleContents,
    path: Path | None,
    folder: Path | None,
    *,
    light: bool,
    part_size: int | None,
    phrase: str | None = None,
) -> BundleMade:
    manifest = contents.manifest
    place = PROVINCE_NUMBER if manifest.to is None else manifest.to
    office = place if work.book.me().is_province else manifest.sender.office
    name = bundle_name(office, manifest.number, manifest.at)
    target = path if path is not None else (folder or Path()) / name
    content = ports.bundles.pack(contents, ports.store.identity().seed)
    # What is for all is no secret.
    keys = () if manifest.to is None else readers(ports, work, manifest.to)
    written = ports.sealing.seal(content, keys) if keys else content
    if phrase is not None:
        written = ports.sealing.seal_by_phrase(content, plain_phrase(phrase))
    files = _deliver(ports, written, target, part_size)
    ops = sum(span.end - span.start for span in manifest.ranges.values())
    entry = SentBundle(
        bundle=manifest.bundle,
        number=manifest.number,
        to=manifest.to,
        at=manifest.at,
        file_name=target.name,
        ops=ops,
        digest=fingerprint(manifest),
    )
    note_sent(work, ((oid, span.end) for oid, span in manifest.ranges.items()))
    work.book.add_sent(entry)
    keep_copy(work, entry, manifest, written, light=light)
    return BundleMade(
        path=target,
        bundle=manifest.bundle,
        number=manifest.number,
        to=manifest.to,
        ops=ops,
        sealed=bool(keys) or phrase is not None,
        files=files,
    )


def _deliver(ports: Ports, content: bytes, target: Path, part_size: int | None) -> tuple[Path, ...]:
    """Write a bundle, in parts where it is too long for one; each file is read back."""
    if part_size is None or len(content) <= part_size:
        ports.files.write(target, content)
        return (target,)
    files: list[Path] = []
    for head, part in ports.parts.cut(content, part_size):
        path = target.with_name(part_name(target.name, head.index, head.count))
        ports.files.write(path, part)
        files.append(path)
    return tuple(files)


def _recipient(work: Work, for_unit: str | None) -> int | None:
    me = work.book.me()
    if not me.is_province:
        if for_unit is not None:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        return PROVINCE_NUMBER
    if for_unit is None:
        return None
    unit = unit_by_code(work.records.having(Unit), for_unit)
    if not unit.number:  # the province itself, or a unit that is no office
        raise UnknownUnitError(for_unit)
    return unit.number


def _certify_province(ports: Ports, work: Work) -> None:
    """See that offices will believe the province's PC."""
    if work.book.me().is_province:
        certify_operations(ports, work)


def _when(bundle: UUID, at: datetime) -> dict[str, str]:
    return {"bundle": str(bundle), "at": at.isoformat()}
