"""A desk at which hostile files are handed in, and that knows what none of them may do."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reliability.hostile import Draft, Seals
from reliability.little import opened
from reliability.rows import digest, digest_of
from thidua_desktop.domain.bundles import BundleState, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.exchange import (
    inspect_bundle,
    merge_bundles,
    never_stop,
    no_progress,
)
from thidua_desktop.services.keys import revoke
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.receiving import Receiving
from thidua_desktop.storage.store import DATABASE

# What may change when a bundle is refused: that of a ghost is kept, to be looked at.
KEPT_BY = {False: "", True: "parked"}


class BrokenError(AssertionError):
    """A hostile file did what none may do."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise BrokenError(what)


class TakenError(Exception):
    """A file was taken; this takes it back."""


@dataclass
class Desk:
    """A province at which files are handed in."""

    folder: Path
    template: Path
    good: Draft
    seals: Seals
    ports: Ports = field(init=False)
    codes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0

    def __post_init__(self) -> None:
        self.file = self.folder / "gói.tdkt"
        self.start_again()

    def start_again(self) -> None:
        """Begin with the province as it was before anything was handed in."""
        shutil.rmtree(self.folder / "province", ignore_errors=True)
        shutil.copytree(self.template, self.folder / "province")
        self.database = self.folder / "province" / "data" / DATABASE
        self.ports = opened(self.folder / "province")
        self.rows = {
            without: digest(self.database, without=without) for without in KEPT_BY.values()
        }

    def hand_in(self, data: bytes) -> None:
        """Merge a file as a person does."""
        with self._timed(data):
            (report,) = merge_bundles(self.ports, [self.file]).reports
        self._enter(report)
        if report.state is BundleState.REFUSED:
            kept = KEPT_BY[report.code == Rejection.FORK]
            left = digest(self.database, without=kept)
            must(left == self.rows[kept], "a refused bundle left a trace")
            if kept:
                self.start_again()
        else:
            with self.ports.store.read() as work:
                must(work.exchange.check() == (), "what was taken breaks the laws")
            self.start_again()

    def look_into(self, data: bytes) -> None:
        """Open a file and read all of it, which is as far as one comes without a signature."""
        with self._timed(data):
            try:
                inspect_bundle(self.ports, self.file)
                self.codes["read"] += 1
            except BundleRejectedError as error:
                self.codes[error.code] += 1

    def hand_in_many(self, files: Iterable[bytes], *, checked: int = 8) -> None:
        """Receive files in one transaction that is never committed; each begins as the first."""
        with self.ports.store.write() as work:
            driver: Any = work._connection.connection.driver_connection
            receiving = Receiving(self.ports, work, progress=no_progress, stop_wanted=never_stop)
            pages = driver.serialize()
            for data in files:
                with suppress(TakenError), work.attempt():
                    with self._timed(data):
                        report = receiving.take(self.file, file_name=self.file.name)
                    self._enter(report)
                    if report.code == Rejection.FORK:
                        kept = KEPT_BY[True]
                        left = digest_of(driver, without=kept)
                        must(left == self.rows[kept], "a fork left more than itself")
                        raise TakenError
                    if report.state is not BundleState.REFUSED:
                        if sum(self.codes.values()) % checked == 0:
                            must(work.exchange.check() == (), "what was taken breaks the laws")
                        raise TakenError
                now = driver.serialize()
                if now != pages:
                    must(digest_of(driver) == self.rows[""], "a refused bundle left a trace")
                    pages = now

    @contextmanager
    def _timed(self, data: bytes) -> Iterator[None]:
        self.file.write_bytes(data)
        began = time.process_time()
        yield
        self.slowest = max(self.slowest, time.process_time() - began)

    def _enter(self, report: BundleReport) -> None:
        self.codes[report.code or report.state.value] += 1
        must(report.state is not BundleState.REFUSED or report.message.endswith("."), "no sentence")


def where_it_is_revoked(desk: Desk) -> Desk:
    """Return the same province after it revoked the only PC that ever sent it something."""
    template = Path(shutil.copytree(desk.template, desk.folder / "thu hồi"))
    ports = opened(template)
    with ports.store.read() as work:
        (sender,) = [one for one in work.book.certificates() if one.office]
    revoke(ports, sender.replica.hex())
    return Desk(desk.folder / "sau", template, desk.good, desk.seals)
