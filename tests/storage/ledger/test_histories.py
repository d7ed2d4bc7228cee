"""Random histories: what the database shows is what the law says, on every replica, always."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from reliability.figures import Measured
from storage.ledger.world import MOVES, World, run_history, run_together, start_full
from thidua_desktop.storage.ledger.applying import Applying

pytestmark = pytest.mark.long
HISTORIES, NIGHTLY = 500, 20_000
PARTS = 5
CLASSES = ("_show_new", "_show_simple", "_settle")


def play(first: int, last: int, *, steps: int) -> Counter[str]:
    """Play histories, and count besides by which of the three classes ops were joined."""
    total: Counter[str] = Counter()

    def counted(patch: pytest.MonkeyPatch, name: str) -> None:
        original = getattr(Applying, name)

        def run(self: Applying, *args: Any) -> Any:
            found = original(self, *args)
            total[name] += len(args[1]) if name == "_settle" else found
            return found

        patch.setattr(Applying, name, run)

    with pytest.MonkeyPatch.context() as patch:
        for name in CLASSES:
            counted(patch, name)
        for seed in range(first, last):
            total += run_history(seed, steps=steps)
    return total


@pytest.mark.parametrize("part", range(PARTS))
def test_random_histories_have_no_difference_from_the_law(part: int, measured: Measured) -> None:
    """F5, and F10 on the way."""
    size = HISTORIES // PARTS
    total = play(part * size, (part + 1) * size, steps=25)

    measured("F5", histories=size, edits=total["edits"], imports=total["imports"], differences=0)
    measured("F10", undos=total["undos"], differences=0)
    assert min(total[name] for name in ("edits", "imports", "undos", "deletes", "gaps")) > 0
    assert min(total[name] for name in CLASSES) > size // 2


@pytest.mark.parametrize("seed", range(20))
def test_what_two_pcs_wrote_comes_in_one_bundle(seed: int) -> None:
    run_together(seed)


@pytest.mark.nightly
@pytest.mark.timeout(0)
def test_many_long_random_histories_have_no_difference_from_the_law() -> None:
    assert play(HISTORIES, HISTORIES + NIGHTLY, steps=60)["edits"] > NIGHTLY


class Histories(RuleBasedStateMachine):
    """The same world, steered by Hypothesis, which makes a history that fails as short as it can.

    Each move has a chance of its own, so that leaving one out leaves the others as they were.
    """

    def __init__(self) -> None:
        super().__init__()
        self.world = World(random.Random(0))

    @initialize(is_full=st.booleans())
    def begin(self, *, is_full: bool) -> None:
        if is_full:
            start_full(self.world)

    @rule(place=st.integers(0, 3), move=st.sampled_from(MOVES), chance=st.integers(0, 2**16))
    def move(self, place: int, move: str, chance: int) -> None:
        replica = self.world.replicas[place]
        self.world.chance.seed(chance)
        getattr(self.world, move)(replica)
        self.world.check(replica, thorough=True)

    def teardown(self) -> None:
        self.world.finish()
        self.world.close()


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, derandomize=True, database=None
)
