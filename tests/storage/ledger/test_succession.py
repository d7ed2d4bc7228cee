"""An office takes over the records of another: all come to the same, whenever they hear."""

from __future__ import annotations

import random
from collections import Counter
from uuid import UUID

import pytest

from storage.ledger.world import Replica, Style, World, WrongError
from thidua_desktop.domain.criteria import Score
from thidua_desktop.storage.ledger import mending
from thidua_desktop.storage.ledger.heads import HeadTable
from thidua_desktop.storage.ledger.log import Log

HISTORIES = 40
HEIR_AT_WORK = Style(who=(3, 1, 5, 2), moves=(9, 1, 2, 5, 9, 1))


def history_with_an_heir(seed: int, *, steps: int = 30) -> Counter[str]:
    """Play a history in which each replica hears of the inheritance at a moment of its own."""
    chance = random.Random(seed)
    world = World(chance, style=HEIR_AT_WORK)
    try:
        moments = {chance.randrange(steps): replica for replica in world.replicas}
        for moment in range(steps):
            if moment in moments:
                world.inherit(moments[moment])
                world.check(moments[moment], thorough=True)
            world.step()
        for replica in world.replicas:
            world.inherit(replica)
        world.finish()
    finally:
        world.close()
    return world.counts


def test_whenever_it_is_heard_everyone_comes_to_what_the_law_says() -> None:
    total: Counter[str] = Counter()
    for seed in range(HISTORIES):
        total += history_with_an_heir(seed)
    assert total["inheritances"] == 4 * HISTORIES
    assert min(total[name] for name in ("edits", "imports")) > HISTORIES


def test_a_relevel_that_forgets_the_heads_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: levels rise, and what they decide is not looked at again."""

    real = mending.relevel

    def only_levels(log: Log, heads: HeadTable, office: int) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(heads, "write", lambda *_of, **_how: None)
            real(log, heads, office)

    monkeypatch.setattr(mending, "relevel", only_levels)
    found = 0
    for seed in range(HISTORIES):
        try:
            history_with_an_heir(seed)
        except WrongError:
            found += 1
    assert found > 0


def test_what_the_heir_wrote_before_becomes_the_word_of_an_owner(world: World) -> None:
    office, _, heir, _ = world.replicas
    record = world.records[0]
    world.put(office, record, ["note"])
    office.ledger.promote(office.ledger.drafts())
    bundle = world._bundle(office, *world._whole(office, next(iter(office.ledger.own_origins()))))
    world._apply(heir, bundle)
    heir.ledger.put(Score, record, {"note": "của cơ quan kế thừa"})
    assert levels(heir, record) == [0, 1]
    world.inherit(heir)
    assert levels(heir, record) == [1, 1]
    assert [c.state.value for c in heir.ledger.differences()] == []
    assert heir.ledger.check() == ()


def levels(replica: Replica, record: UUID) -> list[int]:
    return sorted(op.lvl for op in replica.log() if op.row == record.bytes)
