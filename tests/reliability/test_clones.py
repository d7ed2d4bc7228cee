"""F9: ghost images at random. Every real fork is seen, nothing else is, and nothing is lost.

Two databases go on from one state under one identity; a province receives from both in any order.
Whether a bundle is a real fork is read off the lines themselves, not off the hashes.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from reliability.figures import Measured
from storage.ledger.world import OFFICE, Replica, World, WrongError, must, read
from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.storage.ledger.incoming import Incoming
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.log import OpRow
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS


@dataclass
class Clones(World):
    """An office's PC, its ghost, and the province."""

    agreed: dict[str, int] = field(default_factory=lambda: {"a1": 0, "ghost": 0})

    def __post_init__(self) -> None:
        for name, office in (("a1", OFFICE), ("ghost", OFFICE), ("p", 0)):
            self.replicas.append(Replica(name, office, self.chance))
            self.imported[name] = []
        first = self.replicas[0]
        self.identity = first.replica
        (self.channel,) = first.ledger.origins_of(first.certificate, ())

    def _check_numbered(self, replica: Replica, log: list[OpRow]) -> None:
        """Say nothing: that a number means two things is what these histories are about."""

    def clone(self) -> None:
        """Let the ghost be what the first PC is at this moment."""
        first, ghost, _ = self.replicas
        raw(first).backup(raw(ghost))
        become(ghost, self.identity)
        self.agreed["ghost"] = self.agreed["a1"]

    def work(self, pc: Replica) -> None:
        """Write, and most often number what was written."""
        self.edit(pc)
        if self.chance.random() < 0.7:
            pc.ledger.promote(pc.ledger.drafts())

    def deliver(self, pc: Replica) -> None:
        """Carry a bundle to the province; a PC whose bundle is refused is numbered anew."""
        if not self._carry(pc):
            become(pc, f"new {pc.name}".encode().ljust(16, b"."))
            pc.ledger.give_up({self.channel: self.agreed[pc.name]}, cloned=True)
            self.check(pc, thorough=True)
            must(self._carry(pc), "what was numbered anew was refused")
        if self.chance.random() < 0.6:
            self._hear(pc)

    def _carry(self, pc: Replica) -> bool:
        """Carry what is new; False: the province refused it as forked."""
        channel = pc.ledger.channel(None)
        held = pc.ledger.origins().get(channel)
        start = self.chance.choice([0, self.agreed[pc.name]]) if channel == self.channel else 0
        if held is None or start >= held.number:
            return True
        province = self.replicas[2]
        pairs = zip(lines_of(pc, channel), lines_of(province, channel), strict=False)
        is_fork = any(ours != theirs for ours, theirs in pairs)
        span, sections = read(pc, channel, start)
        bundle = self._bundle(pc, {channel: span}, list(sections))
        raw(province).execute("SAVEPOINT received")
        try:
            self._apply(province, bundle)
        except BundleRejectedError as error:
            must(error.reason is Rejection.FORK, f"refused as {error.reason}")
            raw(province).execute("ROLLBACK TO received")
            become(province, province.replica)
            self.counts["seen" if is_fork else "false"] += 1
            return False
        finally:
            raw(province).execute("RELEASE received")
        self.counts["missed" if is_fork else "right"] += 1
        return True

    def _hear(self, pc: Replica) -> None:
        """Hear how far the province holds the first channel, where it holds the same."""
        theirs = self.replicas[2].ledger.origins().get(self.channel)
        ours = pc.ledger.origins().get(self.channel)
        if pc.replica != self.identity or not theirs or not ours or theirs.number > ours.number:
            return
        if pc.ledger.hash_at(self.channel, theirs.number) == theirs.hash:
            self.agreed[pc.name] = theirs.number

    def lost(self) -> int:
        """Count the numbered ops of the PCs that the province has not, by their salts."""
        *pcs, province = self.replicas
        written = {self._uid(op) for pc in pcs for op in pc.log() if not op.is_private}
        return len(written - {self._uid(op) for op in province.log()})


def raw(replica: Replica) -> object:
    return replica.ledger._log.driver


def lines_of(replica: Replica, channel: bytes) -> list[bytes]:
    log = replica.ledger._log
    origin = log.find_origin(channel)
    first = origin.ono << NUMBER_BITS if origin else 0
    return [op.line for op in log.ops_between(first + 1, first + origin.have)] if origin else []


def become(replica: Replica, identity: bytes) -> None:
    """Open the database of a replica anew, under this id."""
    replica.replica = identity
    replica.writer = replace(replica.writer, replica=identity)
    replica.ledger = Ledger(replica.connection, replica.writer)


def trial(seed: int) -> Counter[str]:
    """Play one history with a clone in it from its seed, and return what was found."""
    chance = random.Random(seed)
    world = Clones(chance)
    first, ghost, _ = world.replicas
    try:
        for _ in range(chance.randint(1, 4)):
            world.work(first)
            if chance.random() < 0.5:
                world.deliver(first)
        world.clone()
        for _ in range(chance.randint(2, 6)):
            pc = chance.choice([first, ghost])
            world.work(pc)
            if chance.random() < 0.5:
                world.deliver(pc)
        for pc in chance.sample([first, ghost], 2):
            pc.ledger.promote(pc.ledger.drafts())
            world.deliver(pc)
        world.counts["lost"] += world.lost()
        for replica in world.replicas:
            world.check(replica, thorough=True)
    except WrongError:
        world.counts["wrong"] += 1
    finally:
        world.close()
    return world.counts


def trials(seed: int, size: int) -> Counter[str]:
    return sum((trial(seed * 1_000_000 + n) for n in range(size)), Counter())


def test_clones_at_random(seed: int, size: Callable[[int, int], int], measured: Measured) -> None:
    number = size(300, 25_000)
    found = trials(seed, number)
    measured(
        "F9",
        trials=number,
        forks=found["seen"],
        missed=found["missed"],
        false=found["false"],
        lost=found["lost"],
        wrong=found["wrong"],
    )
    assert found["seen"] > number // 4
    assert found["right"] > number
    assert not any(found[name] for name in ("missed", "false", "lost", "wrong"))


def test_without_the_chain_forks_are_missed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a province that compares no hashes takes what it must not."""
    monkeypatch.setattr(
        Incoming, "_chain_there", lambda self, origin, span, _: self._chain_here(origin, span)
    )
    found = trials(seed, 40)
    assert found["seen"] == 0
    assert found["missed"] > 0
    assert found["lost"] > 0
    assert found["wrong"] > 0
