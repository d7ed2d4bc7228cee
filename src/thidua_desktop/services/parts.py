"""Bundles that come in parts: each kept until all are here, in any order and over days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.bundles import BundleState, Rejection
from thidua_desktop.domain.errors import BundleRejectedError, UnreadableFileError
from thidua_desktop.domain.parts import MOST_WAITING, PartHead, WaitingParts
from thidua_desktop.services.bundle_reports import BundleReport, refused
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.receiving import Receiving

PART = "E-PART"
# What another day may mend: then nobody has to send all parts again.
_MAY_STILL_FIT = frozenset({Rejection.NEWER, Rejection.UNKNOWN, Rejection.KEY})


def receive_part(ports: Ports, work: Work, receiving: Receiving, file: Path) -> BundleReport:
    """Keep a part; with the last one, receive the bundle. What is refused changes nothing."""
    try:
        with work.attempt():
            head = ports.parts.read(file, file_name=file.name)
            if (bundle := work.parts.joined(head.whole)) and _is_here(work, bundle):
                report = BundleReport(
                    file=file.name, sender="", number=0, state=BundleState.KNOWN, bundle=bundle
                )
                return replace(report, part_of=head.whole)
            waiting = _keep(ports, work, head, file)
    except (BundleRejectedError, UnreadableFileError) as error:
        return refused(file.name, error)
    if waiting.missing:
        return BundleReport(
            file=file.name,
            sender="",
            number=0,
            state=BundleState.PARKED,
            code=PART,
            message=f"Gói chia phần: {waiting.words()}. Các phần đã nhận được giữ lại.",
            part_of=head.whole,
        )
    return replace(_receive_whole(ports, work, receiving, head, file), part_of=head.whole)


def _receive_whole(
    ports: Ports, work: Work, receiving: Receiving, head: PartHead, file: Path
) -> BundleReport:
    paths = work.parts.files(head.whole, head.piece)
    try:
        with ports.store.private_folder() as folder:
            ports.parts.join(paths, folder / "goi", file_name=file.name)
            report = receiving.take(folder / "goi", file_name=file.name)
    except BundleRejectedError as error:
        report = refused(file.name, error)
    if report.state is not BundleState.REFUSED and report.bundle:
        work.parts.enter_joined(head.whole, report.bundle)
    if report.code not in _MAY_STILL_FIT:
        work.parts.drop(head.whole)
    return report


def _keep(ports: Ports, work: Work, head: PartHead, file: Path) -> WaitingParts:
    parts = work.parts
    waiting = parts.waiting()
    known = parts.sha_of(head)
    if known not in {None, head.sha}:
        # Two parts of one place: which is the true one shows only when all are here.
        raise BundleRejectedError(Rejection.DAMAGED, file.name)
    ours = [one for one in waiting if one.whole == head.whole]
    if any(one.total != head.total for one in ours):
        raise BundleRejectedError(Rejection.DAMAGED, file.name)
    if not ours and len(waiting) >= MOST_WAITING:
        raise BundleRejectedError(Rejection.SIZE, file.name)
    if known is None:
        parts.keep(head, file, file_name=file.name, at=ports.now())
    return next(
        one for one in parts.waiting() if (one.whole, one.piece) == (head.whole, head.piece)
    )


def _is_here(work: Work, bundle: UUID) -> bool:
    """Tell whether a bundle is applied, or waits itself; one that was undone may come again."""
    return work.book.has_received(bundle) or bundle in {one.bundle for one in work.book.parked()}
