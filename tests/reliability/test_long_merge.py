"""F16, F17 and the memory of a merge: while a large bundle comes in, others read on, a wish to stop
is heard at once and leaves nothing, and what is needed does not grow with the bundle.
"""

from __future__ import annotations

import random
import sqlite3
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.merge_bench import Province, figures, found_province
from exchange_work import dump
from reliability import jobs
from reliability.children import READY, Job, child
from reliability.figures import Measured
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.formats.bundle import sections
from thidua_desktop.services import ahead
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.storage.ledger import ledger, log, staging
from thidua_desktop.storage.ledger.touched import TouchedRecords
from thidua_desktop.storage.store import DATABASE

SMALL, RECORDS = 200, 2_000
FEW, MANY = 400, 2_400
GROWTH = 400_000  # bytes; the lines of the many are about 1 MB
LONGEST_STOP = 1.0
SELDOM = 20


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return found_province(tmp_path)


def stopped_after(province: Province, bundle: Path, calls: int) -> float | None:
    """Merge, and wish to stop when that was asked so often; return how long the stop took."""
    asked, wished = 0, 0.0

    def stop_wanted() -> bool:
        nonlocal asked, wished
        asked += 1
        if asked == calls:
            wished = time.perf_counter()
        return asked >= calls

    try:
        merge_bundles(province.ports, [bundle], stop_wanted=stop_wanted)
    except StoppedError:
        return time.perf_counter() - wished
    return None


def test_a_merge_stops_at_any_moment_and_leaves_nothing(
    province: Province,
    measured: Measured,
    seed: int,
    size: Callable[[int, int], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So that a small merge has as many moments as a large one.
    monkeypatch.setattr(log, "_STEPS", 1_000)
    bundle, before = province.new_records(1, SMALL, []), dump(province.ports)
    calls = times_asked(province, bundle)
    assert calls > SELDOM  # not only between the chunks of lines
    chance = random.Random(seed)
    moments = [chance.randint(1, calls) for _ in range(size(100, 1_000))]
    took = [stopped_after(province, bundle, moment) for moment in moments]
    slowest = max(one for one in took if one is not None)
    measured("F17", stops=len(took), slowest_ms=round(1_000 * slowest))
    assert slowest < LONGEST_STOP
    assert dump(province.ports) == before
    with province.ports.store.read() as work:
        assert work.exchange.check() == ()
        assert not work.book.received()
    province.merge(bundle)  # and it may still come


def test_a_merge_that_is_asked_only_between_statements_would_be_found(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_STEPS", 10**9)
    assert times_asked(province, province.new_records(1, RECORDS, [])) <= SELDOM


def times_asked(province: Province, bundle: Path) -> int:
    """Return how often a whole merge asks whether to stop; it is tried, and nothing is kept."""
    asked = 0

    def stop_wanted() -> bool:
        nonlocal asked
        asked += 1
        return False

    with province.ports.store.scratch() as scratch:
        trial = replace(province.ports, store=scratch)
        merge_bundles(trial, [bundle], stop_wanted=stop_wanted)
    return asked


def locked_out(province: Province) -> int:
    """Read with another connection at every step of a merge; return how often it could not."""
    bundle, refused = province.new_records(1, SMALL, []), 0
    path = province.folder.parent / "data" / DATABASE

    def look(_done: int, _total: int) -> None:
        nonlocal refused
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=0)) as reader:
            try:
                reader.execute("SELECT count(*) FROM unit").fetchone()
            except sqlite3.OperationalError:
                refused += 1

    merge_bundles(province.ports, [bundle], progress=look)
    return refused


def test_others_read_on_while_a_bundle_is_merged(province: Province, measured: Measured) -> None:
    refused = locked_out(province)
    measured("F16", reads_refused=refused)
    assert refused == 0


def test_a_merge_that_writes_before_its_commit_would_be_found(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_LARGE_CACHE", ("PRAGMA main.cache_size = 5",))
    assert locked_out(province) > 0


def read_elsewhere(province: Province, office: int, job: Job) -> Counter[str]:
    """Let a second process read while a bundle is merged; return what came of its readings."""
    bundle = province.new_records(office, RECORDS, [])
    with child(job, province.folder.parent) as (process, said):
        assert said.recv() == READY
        while said.poll():
            said.recv()
        merge_bundles(province.ports, [bundle])
        found: Counter[str] = Counter()
        while said.poll():
            found[said.recv()] += 1
        assert process.is_alive()
    return found


def test_a_second_program_reads_on_while_a_bundle_is_merged(
    province: Province, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read_elsewhere(province, 1, jobs.reads)
    measured("F16", reads_of_a_second_process=found[jobs.READ], refused_there=found[jobs.REFUSED])
    assert found[jobs.READ] > 0
    assert not found[jobs.REFUSED]

    # The control: a merge that writes before its commit, and a reader that does not wait.
    monkeypatch.setattr(ledger, "_LARGE_CACHE", ("PRAGMA main.cache_size = 5",))
    assert read_elsewhere(province, 2, jobs.reads_without_patience)[jobs.REFUSED]


def growth(province: Province) -> int:
    """Return how many bytes more a bundle of many records takes than one of few, at most."""

    def peak(office: int, records: int) -> int:
        bundle = province.new_records(office, records, [])
        tracemalloc.start()
        try:
            province.merge(bundle)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1, FEW)  # what is made once
    return peak(2, MANY) - peak(3, FEW)


def test_memory_does_not_grow_with_the_bundle(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_WORTH_IT", 0)
    monkeypatch.setattr(staging, "CHUNK", 20)
    monkeypatch.setattr(sections, "_PIECE", 4 * 1024)
    monkeypatch.setattr(TouchedRecords, "most_named", 100)
    assert growth(province) < GROWTH


def test_a_merge_that_keeps_all_lines_would_be_found(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10**9)
    monkeypatch.setattr(staging, "_CHUNK_BYTES", 10**9)
    assert growth(province) > 2 * GROWTH


@pytest.mark.nightly
@pytest.mark.timeout(0)
def test_the_benchmark_of_the_merge_runs() -> None:
    assert {name for name, _, _ in figures(300, 3, 60)} >= {"all new", "undo new / merge"}
