"""Hostile sets of ops, in any order of arrival: the law holds all the same (L4, L5, L9)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

import pytest

from storage.ledger.world import FIELDS, RECORDS, SPECS, World, must
from thidua_desktop.domain.bundles import BundleContents, OpRange, OpSection
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.ledger import seen_text
from thidua_desktop.domain.records import DELETED, kind_spec
from thidua_desktop.storage.ledger.lines import START_HASH, Line, chained, encode, id_text

NAMES = (DELETED, *(spec.name for spec in kind_spec(Score).fields))


def hostile_bundles(world: World, records: Sequence[UUID] = tuple(RECORDS)) -> list[BundleContents]:
    """Return a bundle per author with ops over fields of two owners and pointers anywhere."""
    chance, made = world.chance, []
    authors = world.replicas[:3]
    origins = [author.ledger.channel(None) for author in authors]
    said: list[tuple[bytes, int, UUID, int]] = []
    for author, oid in zip(authors, origins, strict=True):
        lines, lam, chain = [], 0, START_HASH
        for seq in range(1, chance.randint(2, 5)):
            lam += chance.randint(1, 3)
            values: list[str | int | None] = [None] * len(NAMES)
            if chance.random() < 0.2:
                mask = 1
                seen = {oid: chance.randint(1, 5) for oid in chance.sample(origins, 2)}
                values[0] = chance.choice([None, seen_text(seen), seen_text(seen)])
            else:
                chosen = chance.sample(FIELDS, chance.randint(1, 4))
                mask = sum(1 << SPECS[name].bit for name in chosen)
                for name in chosen:
                    values[SPECS[name].bit] = world._value(name)
            targets = {(chance.choice(origins), chance.randint(1, 5)) for _ in range(3)}
            record = chance.choice(records)
            if said and chance.random() < 0.4:  # in place of all or a part of what another said
                older, number, record, fields = chance.choice(said)
                wider = fields if (mask | fields) & 1 else mask | fields
                mask = chance.choice([mask & fields or fields, wider])
                targets = {(older, number)}
                values = [
                    (values[bit] if values[bit] is not None else world._value(NAMES[bit]))
                    if bit and mask >> bit & 1
                    else None
                    for bit in range(len(NAMES))
                ]
            prev = tuple(n if o == oid else (id_text(o), n) for o, n in sorted(targets))
            line = Line(
                seq=seq,
                row=id_text(record.bytes),
                mask=mask,
                lam=lam,
                prev=prev[: chance.randint(0, 3)] if len(prev) > 1 else prev,
                values=tuple(values),
                stamp=(0, "kẻ lạ", id_text(chance.randbytes(16))),
            )
            chain = chained(chain, "score", line)
            lines.append(encode(line))
            said.append((oid, seq, record, mask))
        span = OpRange(0, len(lines), START_HASH, chain)
        section = OpSection(origin=oid, kind="score", fields=NAMES, lines=tuple(lines))
        made.append(world._bundle(author, {oid: span}, [section]))
    return made


def play_hostile(seed: int) -> None:
    """Let hostile bundles arrive in any order, be undone and arrive again. Raises WrongError."""
    world = World(random.Random(seed))
    world._check_seen = lambda _replica: None  # type: ignore[method-assign] # only writers owe W
    try:
        bundles = hostile_bundles(world)
        for replica in world.replicas:
            for bundle in world.chance.sample(bundles, len(bundles)):
                world._apply(replica, bundle)
                world.check(replica, thorough=True)
                if world.chance.random() < 0.3:
                    before = world._shown(replica)
                    if replica.ledger.undo(bundle.manifest.bundle).is_done:
                        world.imported[replica.name].remove(bundle.manifest.bundle)
                        world.check(replica, thorough=True)
                        world._apply(replica, bundle)
                        must(world._shown(replica) == before, "undo and again is not the same")
        shown = [world._shown(replica) for replica in world.replicas]
        must(all(one == shown[0] for one in shown), "the order of arrival mattered")
    finally:
        world.close()


@pytest.mark.parametrize("part", range(4))
def test_hostile_sets_break_no_law(part: int) -> None:
    for seed in range(part * 30, part * 30 + 30):
        play_hostile(seed)
