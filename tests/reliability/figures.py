"""What each harness of the reliability figures measured, told at the end of a run.

A harness calls `measured("F1", kills=50, lost=0)`; the parts of a figure are added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Measured = Callable[..., None]
SEED = 52


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Measured:
    def tell(figure: str, **counts: int) -> None:
        record_property("figure", [figure, counts])

    return tell


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Return where chance begins; the same number plays the same run again."""
    return int(request.config.getoption("--figures-seed"))


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Choose between the size of every change and the size of the night."""
    is_night = bool(request.config.getoption("--nightly"))
    part = int(request.config.getoption("--nightly-part"))
    return lambda usual, nightly: max(usual, nightly // part) if is_night else usual


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    counts: dict[str, Counter[str]] = {}
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for figure, of in (value for name, value in report.user_properties if name == "figure"):
                counts.setdefault(figure, Counter()).update(of)
                seconds[figure] += report.duration
    if not counts:
        return
    terminalreporter.section(f"reliability, seed {config.getoption('--figures-seed')}")
    for figure in sorted(counts, key=lambda name: int(name.removeprefix("F"))):
        said = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in counts[figure].items())
        terminalreporter.write_line(f"{figure:4} {said} · {seconds[figure]:.0f} s")
