"""Bundles received: looked into, tried and merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from thidua_desktop.domain.bundles import (
    BundleState,
    MergeCounts,
)
from thidua_desktop.domain.errors import (
    StoppedError,
)
from thidua_desktop.services.ahead import BundlesAhead, Opened
from thidua_desktop.services.backups import back_up_before_import
from thidua_desktop.services.bundle_reports import BundleReport, sender_name
from thidua_desktop.services.changes import Changes, Touched
from thidua_desktop.services.opening import AskPhrase, no_phrase, opened
from thidua_desktop.services.parts import PART, receive_part
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Store, Work, Writing
from thidua_desktop.services.receiving import Receiving
from thidua_desktop.services.waiting import WaitingBundles

# How finely the progress of one bundle among several is told.
_STEPS = 1_000


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def never_stop() -> bool:
    """Nobody stops the work."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesMerged:
    """What became of each bundle, and what was touched."""

    reports: tuple[BundleReport, ...]
    changes: Changes

    def __iter__(self) -> Iterator[BundleReport]:
        return iter(self.reports)


@dataclass(frozen=True, slots=True)
class BundlesTried:
    """What would become of each bundle, and the copy in which it was tried."""

    scratch: Store
    reports: tuple[BundleReport, ...]


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
    with tried_bundles(ports, files, progress=progress, stop_wanted=stop_wanted, ask=ask) as tried:
        return tried.reports


@contextmanager
def tried_bundles(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
    ask: AskPhrase = no_phrase,
) -> Iterator[BundlesTried]:
    """Merge bundles into a scratch copy, where what it does can be looked at. Raises StoppedError.

    No file that comes along is kept, for those lie beside the database and not in it.
    """
    with ExitStack() as stack:
        with BundlesAhead(ports, files, stop_wanted=stop_wanted) as ahead:
            # It is copied while the first are opened.
            scratch = stack.enter_context(ports.store.scratch(stop_wanted=stop_wanted))
            with scratch.writing() as writing:
                merged = _merged(
                    replace(ports, store=scratch),
                    files,
                    writing,
                    ahead,
                    progress=progress,
                    stop_wanted=stop_wanted,
                    brought=set(),
                    ask=ask,
                )
        _refuse_stopped(stop_wanted)
        yield BundlesTried(scratch, merged.reports)


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
    with (
        ports.store.writing() as writing,
        BundlesAhead(ports, files, stop_wanted=stop_wanted) as ahead,
    ):
        return _merged(
            ports,
            files,
            writing,
            ahead,
            progress=progress,
            stop_wanted=stop_wanted,
            brought=None,
            ask=ask,
        )


def _merged(
    ports: Ports,
    files: Sequence[Path],
    writing: Writing,
    ahead: BundlesAhead,
    *,
    progress: Progress,
    stop_wanted: StopWanted,
    brought: set[str] | None,
    ask: AskPhrase,
) -> BundlesMerged:
    reports: list[BundleReport] = []
    touched: frozenset[Touched] = frozenset()
    receiving = partial(
        Receiving,
        ports,
        stop_wanted=stop_wanted,
        brought=brought,
        waiting=WaitingBundles(),
        ask=ask,
    )
    for place, file in enumerate(files):
        part = _part(progress, place, len(files))
        try:
            _refuse_stopped(stop_wanted)
            opened = ahead.take(part)
            with opened.write(writing) as work:
                taking = receiving(work, progress=part)
                fresh = _received(ports, work, taking, opened, file.name)
                touched |= work.commit().touched
        except StoppedError:
            if not reports:
                raise
            break
        _enter(reports, fresh)
        part(1, 1)
    return BundlesMerged(reports=tuple(reports), changes=Changes(touched))


def _received(
    ports: Ports, work: Work, receiving: Receiving, opened: Opened, file_name: str
) -> list[BundleReport]:
    sha = opened.sha
    if sha and opened.is_taken:
        known = receiving.known_again(sha, file_name=file_name)
        if known is not None:
            return [known]
        sha = None  # of what will be read now nothing is known yet
    source = opened.source
    if opened.sha is None and isinstance(source, Path) and ports.parts.is_part(source):
        report = receive_part(ports, work, receiving, source)
    else:
        report = receiving.take(source, file_name=file_name, file_sha=sha)
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
