"""The memory of an export: what is needed does not grow with what is sent."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.export_bench import FULL, filled
from thidua_desktop.domain.bundles import OpSection
from thidua_desktop.formats.bundle import container, writing
from thidua_desktop.formats.bundle.writing import OpSpool
from thidua_desktop.storage.ledger import log

FEW, MANY = 200, 2_000
GROWTH = 300_000  # bytes; the lines of the many are about 1 MB


def growth(folder: Path) -> int:
    """Return how many bytes more an export of many records takes than one of few, at most."""
    peaks = []
    for name, rows in (("first", FEW), ("few", FEW), ("many", MANY)):  # the first makes what lasts
        (folder / name).mkdir()
        office = filled(folder / name, rows)
        tracemalloc.start()
        try:
            assert office.export(FULL) == rows
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    return peaks[-1] - peaks[-2]


def test_memory_does_not_grow_with_what_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_MANY", 100)
    monkeypatch.setattr(writing, "_IN_MEMORY", 4 * 1024)
    assert growth(tmp_path) < GROWTH


def test_an_export_that_keeps_all_lines_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooled = writing.spooled

    def at_once(
        sections: Iterable[OpSection], folder: Path | None, files: ExitStack
    ) -> tuple[OpSpool, ...]:
        return spooled(list(sections), folder, files)

    monkeypatch.setattr(container, "spooled", at_once)
    assert growth(tmp_path) > 2 * GROWTH
