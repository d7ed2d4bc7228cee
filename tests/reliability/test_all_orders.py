"""F6: in every order and with every repeat of a few bundles the same is shown, as the law says.

Fifty histories are written down as scripts. The bundles they make are delivered to a reader in all
orders: a walk through a tree, where each step is taken back to try the next one. F10 is measured
on the way: some steps are taken back by the undo of an import instead, which must come to the same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, product
from uuid import UUID

import pytest

from reliability.figures import Measured
from storage.ledger.test_seeded_bugs import BUGS
from storage.ledger.world import Replica, World, WrongError, must
from thidua_desktop.domain.bundles import BundleContents
from thidua_desktop.domain.criteria import Score
from thidua_desktop.storage.ledger.ledger import Ledger

pytestmark = pytest.mark.long
MOST_BUNDLES = 5
# Who does what: `a1:XY` writes fields X and Y, `a1:-` deletes, `a1:+` restores, `a1>` sends what is
# new, `a1>>` all, `a2<0` receives the first bundle. a1 and a2 are PCs of one office, b is another
# office, p the province. X, Y and Z are fields of the office, V is one of the province.
SCRIPTS = {
    "two PCs write one field": "a1:X a1> a2:X a2> a1:Y a1> a2:Y a2>",
    "one PC writes on and on": "a1:X a1> a1:X a1> a1:X a1> a1:X a1> a1:Y a1>",
    "a choice meets a new edit": "a1:X a1> a2:X a2> a1<1 a1:X a1> a2:X a2>",
    "a delete meets an edit": "a1:X a1> a2<0 a2:- a2> a1:X a1>",
    "deleted, restored, edited": "a1:X a1> a2<0 a2:- a2> a2:+ a2> a1<1 a1:Y a1>",
    "masks that overlap in part": "a1:XY a1> a2<0 a2:YZ a2> a1:XZ a1> a2:X a2>",
    "the province suggests": "a1:X a1> p<0 p:X p> a1:X a1> p:V p>",
    "three heads and a choice": "a1:X a1> a2:X a2> p:X p> a1<1 a1<2 a1:X a1>",
    "another office writes": "b:X b> a1:X a1> a1<0 a1:Y a1> b:XY b>",
    "bundles that overlap": "a1:X a1> a1:Y a1>> a1:X a1>> a2<2 a2:X a2>",
    "both delete": "a1:XY a1> a2<0 a2:- a2> a1:- a1> p<0 p:X p>",
    "one deletes its own of two": "a2:X a2> a1:X a1> a1:- a1> a2:Y a2> p:V p>",
    "an office writes what is the province's": "p:V p> a1:V a1> p<1 p:V p> a1<0 a1:V a1>",
    "both choose at once": "a1:X a1> a2:X a2> a1<1 a1:X a1> a2<0 a2:X a2> a2<2 a2:X a2>",
    "fields of two owners at once": "p:XV p> a1:X a1> a1<0 a1:XV a1> p<1 p<2 p:V p>",
    "a late writer": "a1:XYZ a1> a2<0 a2:X a2> a2:Y a2> a1:Z a1> a1<2 a1:X a1>",
    "a delete that saw half": "a1:X a1> a2:Y a2> a1:Z a1> p<0 a2<0 a2:- a2> p:V p>",
}
NAMES = (
    {"X": "note", "Y": "self_score", "Z": "assessment", "V": "verified_score"},
    {"X": "assessment", "Y": "note", "Z": "self_score", "V": "verified_note"},
    {"X": "self_score", "Y": "assessment", "Z": "note", "V": "verified_score"},
)
HISTORIES = list(islice(product(SCRIPTS, range(len(NAMES))), 50))
PARTS = 5


class Scripted(World):
    """A world in which nothing happens by chance but the values."""

    def __init__(self, script: str, names: dict[str, str], seed: int) -> None:
        super().__init__(random.Random(seed))
        self.sent: dict[tuple[str, bytes], int] = {}
        by_name = {replica.name: replica for replica in self.replicas}
        for move in script.split():
            who, what, rest = _MOVE.fullmatch(move).groups()  # type: ignore[union-attr]
            replica = by_name[who]
            match what, rest:
                case ":", "-" | "+":
                    self.mark(replica, rest)
                case ":", _:
                    self.put(replica, self.records[0], [names[one] for one in rest])
                case "<", _:
                    self._apply(replica, self.pool[int(rest)])
                case _:
                    self.send_on(replica, whole=rest == ">")
            self.check(replica)

    def mark(self, replica: Replica, way: str) -> None:
        act = replica.ledger.delete if way == "-" else replica.ledger.restore
        act(Score, self.records[0])
        self._saw_mark(replica, self.records[0])

    def send_on(self, replica: Replica, *, whole: bool) -> None:
        replica.ledger.promote(replica.ledger.drafts())
        ranges, sections = {}, []
        for oid in replica.ledger.own_origins():
            have = replica.ledger.origins()[oid].number
            start = 0 if whole else self.sent.get((replica.name, oid), 0)
            if have > start:
                ranges[oid], cut = self._cut(replica, oid, start, have)
                sections += cut
            self.sent[replica.name, oid] = have
        self.pool.append(self._bundle(replica, ranges, sections))


_MOVE = re.compile(r"(\w+)([:<>])(.*)")


@dataclass
class Walk:
    """A reader to whom the bundles of a world are delivered in every order."""

    world: Scripted
    reader: Replica
    ends: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def go(self, left: tuple[BundleContents, ...], arrived: tuple[BundleContents, ...]) -> None:
        if not left:
            self.counts["orders"] += 1
            self.ends.add(repr(self.world._shown(self.reader)))
        for place, bundle in enumerate(left):
            with self.step():
                self.deliver(bundle, arrived)
                self.world.check(self.reader)
                self.go(left[:place] + left[place + 1 :], (*arrived, bundle))

    def deliver(self, fresh: BundleContents, arrived: tuple[BundleContents, ...]) -> None:
        """Apply what just came; all that came before comes again, for it may have waited."""
        before = self.world._shown(self.reader)
        imported = list(self.imported)
        self.world._apply(self.reader, fresh)
        if self.imported == [*imported, fresh.manifest.bundle] and self.world.chance.random() < 0.3:
            self.undo(fresh, before)
        again = (*arrived, fresh)
        waits = True
        while waits:
            count = len(self.imported)
            for bundle in again:
                self.world._apply(self.reader, bundle)
                self.counts["repeats"] += 1
            waits = len(self.imported) > count

    def undo(self, bundle: BundleContents, before: object) -> None:
        shown = self.world._shown(self.reader)
        must(self.reader.ledger.undo(bundle.manifest.bundle).is_done, "the last cannot be undone")
        must(self.world._shown(self.reader) == before, "an undo does not restore")
        self.imported.pop()
        self.world._apply(self.reader, bundle)
        must(self.world._shown(self.reader) == shown, "undone and again is not the same")
        self.counts["undos"] += 1

    @property
    def imported(self) -> list[UUID]:
        return self.world.imported[self.reader.name]

    @contextmanager
    def step(self) -> Iterator[None]:
        """Take back what is done in here."""
        run, imported = self.reader.connection.exec_driver_sql, list(self.imported)
        run("SAVEPOINT step")
        yield
        run("ROLLBACK TO step")
        run("RELEASE step")
        self.reader.ledger = Ledger(self.reader.connection, self.reader.writer)
        self.world.imported[self.reader.name] = imported


def play(history: tuple[str, int]) -> Counter[str]:
    """Deliver the bundles of one history in every order. Raises WrongError."""
    name, fields = history
    world = Scripted(SCRIPTS[name], NAMES[fields], seed=fields)
    reader = Replica("reader", 0, world.chance)
    world.imported[reader.name] = []
    try:
        must(len(world.pool) <= MOST_BUNDLES, "more bundles than are tried in all orders")
        walk = Walk(world, reader)
        walk.go(tuple(world.pool), ())
        must(len(walk.ends) == 1, "the order of arrival mattered")
        return walk.counts
    finally:
        reader.close()
        world.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_the_order_of_arrival_and_repeats_change_nothing(part: int, measured: Measured) -> None:
    counts: Counter[str] = Counter()
    for history in HISTORIES[part::PARTS]:
        counts += play(history)
    assert min(counts.values()) > 0
    measured(
        "F6",
        histories=len(HISTORIES[part::PARTS]),
        orders=counts["orders"],
        repeats=counts["repeats"],
        differences=0,
    )
    measured("F10", undos=counts["undos"], differences=0)


def play_all() -> None:
    for history in HISTORIES:
        play(history)


@pytest.mark.parametrize(
    "planted",
    [
        "pointers to ops not here are forgotten",
        "an op that comes late does not ask who named it",
        "ties are broken by the order of arrival",
    ],
)
def test_what_depends_on_the_order_is_found(planted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    next(bug for bug in BUGS if bug.name == planted).plant(monkeypatch)
    with pytest.raises(WrongError):
        play_all()
