"""Bundles in the wrong order: each waits for those before it, and is read once meanwhile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks.merge_bench import Province, found_province

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.services.exchange import BundlesMerged, merge_bundles
from thidua_desktop.services.waiting import WaitingBundles

BUNDLES = 8


def backwards(folder: Path) -> tuple[Province, list[Path]]:
    province = found_province(folder)
    files = [province.new_records(1, 3, []) for _ in range(BUNDLES)]
    return province, files[::-1]


def merged_and_watched(
    province: Province, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> tuple[BundlesMerged, Counter[str]]:
    """Merge, and count how often the manifest of each bundle that waits was read."""
    read: Counter[str] = Counter()
    peek = type(province.ports.bundles).peek

    def watched(bundles: Any, source: Any, *, file_name: str) -> Any:
        read[file_name] += 1
        return peek(bundles, source, file_name=file_name)

    monkeypatch.setattr(type(province.ports.bundles), "peek", watched)
    return merge_bundles(province.ports, files), read


def test_the_last_one_lets_all_of_them_in_each_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province, files = backwards(tmp_path)
    merged, read = merged_and_watched(province, files, monkeypatch)
    assert [one.state for one in merged.reports] == [BundleState.NEW] * BUNDLES
    assert read == {file.name: 1 for file in files[:-1]}
    with province.ports.store.read() as work:
        assert work.exchange.check() == ()
        assert work.book.parked() == ()


def test_without_remembering_they_are_read_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province, files = backwards(tmp_path)
    may_come = WaitingBundles.may_come

    def anew(waiting: WaitingBundles, *asked: Any) -> bool:
        waiting._starts.clear()
        return may_come(waiting, *asked)

    monkeypatch.setattr(WaitingBundles, "may_come", anew)
    _, read = merged_and_watched(province, files, monkeypatch)
    assert max(read.values()) > BUNDLES // 2


def test_a_file_that_was_damaged_while_it_waited_lets_nothing_in(tmp_path: Path) -> None:
    province, (*late, first) = backwards(tmp_path)
    merge_bundles(province.ports, late)
    (one, *_) = (tmp_path / "data" / "parked").iterdir()
    one.write_bytes(b"x")
    merged = merge_bundles(province.ports, [first])
    assert merged.reports[0].state is BundleState.NEW
    assert len(merged.reports) < BUNDLES
    with province.ports.store.read() as work:
        assert work.exchange.check() == ()
        assert work.book.parked()
