"""An undo takes what stands alone out by statements; nothing else may come of it than op by op."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.ledger.test_hostile import hostile_bundles
from storage.ledger.world import FIELDS, MOVES, RECORDS, Replica, World, start_full
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.storage.ledger import mending

# More records than elsewhere: most ops are the only one of theirs then.
MANY = [*RECORDS, *(owned_by(UUID(int=n << 64), 7) for n in range(3, 25))]
OWN = FIELDS[:3]  # the office's: one op writes them all
BY_STATEMENTS = ("_drop_alone", "_give_back")
Step = tuple[int, str, int]
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(MOVES), st.integers(0, 2**16)), max_size=25
)


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(is_full=st.booleans(), steps=STEPS)
def test_after_any_history_both_ways_leave_the_same(*, is_full: bool, steps: list[Step]) -> None:
    assert differing(after_history(steps, is_full=is_full)) == []


@settings(max_examples=10, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 2**16))
@example(seed=46)  # an op names one of another record, which stands alone
def test_after_hostile_bundles_both_ways_leave_the_same(seed: int) -> None:
    assert differing(after_hostile(seed)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("o.prev IS NULL AND", ""), ("AND NOT EXISTS", "AND 1 OR 0 AND EXISTS")],
)
def test_an_undo_that_takes_too_much_for_alone_is_found(
    right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert right in mending._FIND_ALONE
    monkeypatch.setattr(mending, "_FIND_ALONE", mending._FIND_ALONE.replace(right, wrong))

    assert any(differing(after_hostile(seed)) for seed in range(40))


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        ("_FIND_BACK", "p.prev IS NULL AND", ""),
        ("_FIND_BACK", "AND o.prev = '[' || p.id || ']'", ""),
        ("_FIND_BACK", "AND p.row = o.row", ""),
        ("_FIND_BACK", "AND (o.mask | p.mask) & 1 = 0", ""),
        ("_FIND_BACK", "r.imp = ?4", "?4 < 0"),
        ("_FIND_BACK", "t._op IN (o.id, p.id)", "1"),
        ("_FIND_BACK", "AND h.op NOT IN (o.id, p.id)", "AND 0"),
        (
            "_GIVEN_BACK",
            "THEN json_extract(CAST(p.line AS TEXT), '$[{values}][{bit}]')",
            "THEN t.{name}",
        ),
        ("_SHOW_BACK", "_m = p.mask", "_m = t._m"),
    ],
)
def test_an_undo_that_gives_back_what_it_should_not_is_found(
    statement: str, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: str = getattr(mending, statement)
    assert right in said
    monkeypatch.setattr(mending, statement, said.replace(right, wrong))

    assert any(differing(world) for world in edited_or_hostile())


def test_records_that_stand_alone_go_by_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    count(taken, "_drop_alone", monkeypatch)
    with closing(after_history([], is_full=True)) as world:
        replica, bundle = next(imports(world))
        undone(replica, bundle)

    assert taken == [len(MANY)]


def test_edits_of_new_records_go_by_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    with closing(after_edits(5)) as world:
        count(taken, "_give_back", monkeypatch)
        for replica, bundle in imports(world):
            undone(replica, bundle)

    assert sum(taken) > len(MANY) // 2


def count(taken: list[int], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(mending, name)

    def counted(*args: Any) -> int:
        taken.append(original(*args))
        return taken[-1]

    monkeypatch.setattr(mending, name, counted)


@pytest.mark.parametrize("seed", range(12))
def test_after_edits_of_new_records_both_ways_leave_the_same(seed: int) -> None:
    assert differing(after_edits(seed)) == []


def after_edits(seed: int) -> World:
    """Let an office edit most of its new records; others edit a few, too, and some are deleted."""
    world = World(random.Random(seed), records=MANY)
    author = world.replicas[0]
    if seed % 4:  # the others have the records already; an edit may add a field
        start_full(world, OWN[: world.chance.choice((2, 3))])
    else:
        for record in MANY:
            world.put(author, record, list(OWN))
        author.ledger.promote(author.ledger.drafts())
    for _ in range(world.chance.choice((1, 1, 2))):
        for record in world.chance.sample(MANY, len(MANY) - 3):
            edit(world, world.chance.choices(world.replicas, (12, 3, 1, 1))[0], record)
        for author in world.chance.sample(world.replicas, len(world.replicas)):
            hand_round(world, author)
    return world


def edit(world: World, author: Replica, record: UUID) -> None:
    chance = world.chance
    if chance.random() < 0.1:  # in an op of its own
        world.put(author, record, chance.sample(OWN, 1))
        author.ledger.promote(author.ledger.drafts())
    if chance.random() < 0.05:
        author.ledger.delete(Score, record)
    else:
        world.put(author, record, chance.sample(OWN, chance.randint(1, 3)))


def hand_round(world: World, author: Replica) -> None:
    author.ledger.promote(author.ledger.drafts())
    for oid in author.ledger.own_origins():
        if author.ledger.origins()[oid].number:
            bundle = world._bundle(author, *world._whole(author, oid))
            for replica in world.replicas:
                if replica is not author:
                    world._apply(replica, bundle)


def edited_or_hostile() -> Iterator[World]:
    for seed in range(40):
        yield after_edits(seed)
        yield after_hostile(seed)
    yield after_hostile(150)  # a mark of deletion, taken back, is all that is here of a record


def after_history(steps: list[Step], *, is_full: bool) -> World:
    """Let replicas move at will, send all that they have, and the others receive it."""
    world = World(random.Random(0), records=MANY)
    if is_full:
        start_full(world, OWN)
    for place, move, chance in steps:
        world.chance.seed(chance)
        getattr(world, move)(world.replicas[place])
    for replica in world.replicas:
        world.send(replica)
    for replica in world.replicas:
        for bundle in world.chance.sample(world.pool, len(world.pool)):
            world._apply(replica, bundle)
    return world


def after_hostile(seed: int) -> World:
    """Let hostile bundles arrive everywhere, in any order."""
    world = World(random.Random(seed))
    bundles = hostile_bundles(world, records=MANY[: 2 + seed % len(MANY)])
    for replica in world.replicas:
        for bundle in world.chance.sample(bundles, len(bundles)):
            world._apply(replica, bundle)
    return world


def imports(world: World) -> Iterator[tuple[Replica, UUID]]:
    """Return what an office and the province took in."""
    for replica in world.replicas[::3]:
        for bundle in world.imported[replica.name]:
            yield replica, bundle


def differing(world: World) -> list[str]:
    """Take each import back on two copies, by statements and op by op; tell where they differ."""
    with closing(world):
        return [
            f"{replica.name}: {bundle}"
            for replica, bundle in imports(world)
            if undone(replica, bundle) != undone(replica, bundle, by_statements=False)
        ]


def undone(replica: Replica, bundle: UUID, *, by_statements: bool = True) -> tuple[object, ...]:
    """Return what an undo says and touches, and every table after it."""
    with closing(copied(replica)) as copy, pytest.MonkeyPatch.context() as patch:
        if not by_statements:
            for name in BY_STATEMENTS:
                patch.setattr(mending, name, lambda *_: 0)
        outcome = copy.ledger.undo(bundle)
        return outcome, copy.ledger._heads.touched.told(500), tables(copy)


def copied(replica: Replica) -> Replica:
    copy = Replica(replica.name, replica.office, random.Random(0))
    replica.ledger._log.driver.backup(copy.ledger._log.driver)
    return copy


def tables(replica: Replica) -> dict[str, list[str]]:
    """Return the rows of all tables that have any."""
    rows = replica.ledger._log.rows
    names = [name for (name,) in rows("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    found = {name: sorted(map(repr, rows(f'SELECT * FROM "{name}"'))) for name in names}  # noqa: S608
    return {name: of for name, of in found.items() if of}
