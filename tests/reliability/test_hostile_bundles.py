"""F4: whatever is in a file that is handed in, it is refused with a reason and changes nothing, or
it is taken whole and the laws hold; within two seconds and 300 MiB, and nothing breaks.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from reliability.figures import Measured
from reliability.hostile import Draft, Seals, by_meaning, draft_of, mutants, wrong_mask
from reliability.little import Little, found, opened
from reliability.rows import digest, digest_of
from thidua_desktop.domain.bundles import BundleState, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.people import Household, Person
from thidua_desktop.formats.bundle.signing import Ed25519
from thidua_desktop.services import opening
from thidua_desktop.services.exchange import (
    export_bundle,
    inspect_bundle,
    merge_bundles,
    never_stop,
    no_progress,
)
from thidua_desktop.services.keys import revoke
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.receiving import BundleReport, Receiving
from thidua_desktop.storage.ledger import checking
from thidua_desktop.storage.store import DATABASE

Size = Callable[[int, int], int]
PARTS = 5
SECONDS, MIB = 2, 300
MANY = 100
# What may change when a bundle is refused: that of a ghost is kept, to be looked at.
KEPT_BY = {False: "", True: "parked"}
CODES = {reason.value for reason in Rejection}


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


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Little:
    return found(tmp_path_factory.mktemp("little"), 1)


@pytest.fixture(scope="module")
def payload(little: Little) -> bytes:
    """Return a good bundle of the office, laid open: two kinds, edits, a deletion, a file."""
    (office,) = little.offices.values()
    with office.store.write() as work:
        number = work.book.me().number
        people = [
            work.records.put(Person(id=office.new_id(number), full_name=name), shown=None)
            for name in ("Đặng Thị Ngọc Ẩn", "Bùi Đình Chuyên", "Trịnh Văn Ổn")
        ]
        house = Household(id=office.new_id(number), head="Lò Thị Ý", address="Thôn Đông Hòa")
        work.records.put(house, shown=None)
        work.records.share(work.records.drafts())
        work.commit()
    # Of this much the province knows, so that another content under the same number is seen.
    merge_bundles(little.province, [export_bundle(office, path=little.folder / "1.tdkt").path])
    with office.store.write() as work:
        work.records.write(Person, people[0].id, {"full_name": "Đặng Thị Ẩn"})
        work.records.write(Household, house.id, {"address": "Thôn Đoài"})
        work.records.share(work.records.drafts())
        work.records.delete(Person, people[2].id)
        work.records.share(work.records.drafts())
        work.commit()
    path = export_bundle(office, path=little.folder / "tốt.tdkt", full=True).path
    with (
        little.province.store.read() as work,
        opening.opened(little.province, work, path, file_name=path.name) as laid_open,
    ):
        assert isinstance(laid_open, Path)
        return laid_open.read_bytes()


@pytest.fixture
def desk(little: Little, payload: bytes, tmp_path: Path) -> Desk:
    (office,) = little.offices.values()
    good = draft_of(payload, office.store.identity().seed)
    key = little.province.store.identity()
    sealing = little.province.sealing
    reader, other = (sealing.public_key(seed) for seed in (key.sealing_seed, bytes(32)))
    return Desk(
        tmp_path,
        little.folder / "province",
        good,
        (lambda data: sealing.seal(data, [reader]), lambda data: sealing.seal(data, [other])),
    )


def where_it_is_revoked(desk: Desk) -> Desk:
    """Return the same province after it revoked the only PC that ever sent it something."""
    template = Path(shutil.copytree(desk.template, desk.folder / "thu hồi"))
    ports = opened(template)
    with ports.store.read() as work:
        (sender,) = [one for one in work.book.certificates() if one.office]
    revoke(ports, sender.replica.hex())
    return Desk(desk.folder / "sau", template, desk.good, desk.seals)


def most_memory() -> int:
    """Return the most that this process has held since it was asked to forget, in MiB."""
    if sys.platform != "linux":
        return 0
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


def forget_memory() -> None:
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", "ascii")


def test_the_good_bundle_made_by_hand_is_taken(desk: Desk) -> None:
    """The control of all that follows."""
    desk.hand_in(desk.good.signed())
    desk.hand_in(desk.seals[0](desk.good.signed()))
    assert desk.codes == {"new": 2}


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_files(part: int, desk: Desk, seed: int, size: Size, measured: Measured) -> None:
    forget_memory()
    before = most_memory()
    count = size(10_000, 1_000_000) // PARTS
    files = mutants(desk.good, desk.seals, random.Random(seed + part), count)
    valid = 0
    while batch := list(islice(files, MANY)):
        valid += sum(is_signed for _, is_signed in batch)
        for data, _ in batch[:: MANY // 4]:
            desk.hand_in(data)
        for data, is_signed in batch:
            if not is_signed:
                desk.look_into(data)
        desk.hand_in_many(data for data, is_signed in batch if is_signed)
    assert desk.slowest < SECONDS
    assert most_memory() - before < MIB
    assert valid >= 0.4 * count
    late = where_it_is_revoked(desk)
    late.hand_in(desk.good.signed())
    late.hand_in_many(data for data, _ in mutants(desk.good, desk.seals, random.Random(part), MANY))
    assert BundleState.NEW.value not in late.codes
    assert (desk.codes + late.codes).keys() >= CODES
    measured("F4", files=count, signed=valid, exceptions=0, changed=0)


def test_a_check_that_is_left_out_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the checks of a line, what an office signs is taken and breaks the laws."""
    chance = random.Random(52)
    files = [by_meaning(desk.good, chance, [wrong_mask]) for _ in range(40)]
    desk.hand_in_many(files, checked=1)
    monkeypatch.setattr(checking, "_check_masks", lambda *_: None)
    with pytest.raises((BrokenError, ValueError, LookupError)):
        desk.hand_in_many(files, checked=1)


def test_a_signature_that_is_not_looked_at_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one file that a stranger signs in the name of an office."""
    draft = replace(desk.good, seed=bytes(32))
    desk.hand_in(draft.signed())
    monkeypatch.setattr(Ed25519, "fits", lambda *_: True)
    desk.hand_in(draft.signed())
    assert desk.codes == {"E-FORGED": 1, "new": 1}
