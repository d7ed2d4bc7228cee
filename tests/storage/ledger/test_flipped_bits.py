"""F20: a bit that flips in the kept log is found, whichever it is."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from reliability.figures import Measured
from storage.ledger.test_ledger import bundle_of, share
from storage.ledger.world import Replica, World
from thidua_desktop.storage.ledger import mending

LINES = 30
COLUMNS = ("line", "line", "line", "row", "mask", "lam", "kind")  # the content weighs most


@pytest.fixture
def filled(world: World, office: Replica, province: Replica) -> Replica:
    """A province that holds what an office shared, line after line."""
    for number in range(LINES):
        share(office, note=f"Ghi chú {number}", verified_score=number)
    world._apply(province, bundle_of(world, office))
    return province


def flips(replica: Replica, chance: random.Random, number: int) -> int:
    """Flip bits, one at a time; return how many are found."""
    driver = replica.ledger._log.driver
    ids = [op.id for op in replica.log()]
    found = 0
    for _ in range(number):
        op, column = chance.choice(ids), chance.choice(COLUMNS)
        driver.execute("SAVEPOINT flipped")
        before = driver.execute(f"SELECT {column} FROM op WHERE id = ?", (op,)).fetchone()[0]  # noqa: S608 - of the list above
        after = _flipped(before, chance)
        driver.execute(f"UPDATE op SET {column} = ? WHERE id = ?", (after, op))  # noqa: S608 - the same
        found += bool(replica.ledger.check())
        replica.ledger.rebuild()  # is not stopped by what it cannot read
        driver.execute("ROLLBACK TO flipped")
        driver.execute("RELEASE flipped")
    return found


def _flipped(value: bytes | int, chance: random.Random) -> bytes | int:
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(40)
    content = bytearray(value)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def test_every_flipped_bit_is_found(
    filled: Replica, seed: int, size: Callable[[int, int], int], measured: Measured
) -> None:
    assert filled.ledger.check() == ()
    number = size(100, 10_000)
    found = flips(filled, random.Random(seed), number)
    measured("F20", bits=number, found=found)
    assert found == number


def test_without_the_chain_some_are_missed(
    filled: Replica, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "_broken_chains", lambda _: [])
    assert 0 < flips(filled, random.Random(seed), 100) < 100
