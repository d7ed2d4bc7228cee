"""F4: whatever is in a file that is handed in, it is refused with a reason and changes nothing, or
it is taken whole and the laws hold; within two seconds and 300 MiB, and nothing breaks.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from reliability.desk import BrokenError, Desk, where_it_is_revoked
from reliability.figures import Measured
from reliability.hostile import by_meaning, mutants, wrong_mask
from thidua_desktop.domain.bundles import BundleState, Rejection
from thidua_desktop.formats.bundle.signing import Ed25519
from thidua_desktop.storage.ledger import checking

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
PARTS = 5
SECONDS, MIB = 2, 300
MANY = 100
CODES = {reason.value for reason in Rejection}


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
