"""Random histories: what the database shows is what the law says, on every replica, always."""

from __future__ import annotations

from collections import Counter

import pytest

from storage.ledger.world import run_history

HISTORIES, NIGHTLY = 500, 20_000
PARTS = 5


def play(first: int, last: int, *, steps: int) -> Counter[str]:
    total: Counter[str] = Counter()
    for seed in range(first, last):
        total += run_history(seed, steps=steps)
    return total


@pytest.mark.parametrize("part", range(PARTS))
def test_random_histories_have_no_difference_from_the_law(
    part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    size = HISTORIES // PARTS
    total = play(part * size, (part + 1) * size, steps=30)

    with capsys.disabled():
        print(f"\n  {size} histories, 0 differences: {dict(total)}")  # noqa: T201 - the measure
    assert min(total[name] for name in ("edits", "imports", "undos", "deletes", "gaps")) > 0


@pytest.mark.nightly
@pytest.mark.timeout(0)
def test_many_long_random_histories_have_no_difference_from_the_law() -> None:
    assert play(HISTORIES, HISTORIES + NIGHTLY, steps=60)["edits"] > NIGHTLY
