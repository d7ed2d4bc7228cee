"""Random histories in which values are taken out: the law holds for what is left, on every PC."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
import pytest

from storage.ledger.world import (
    OFFICE,
    RECORDS,
    STYLES,
    Replica,
    World,
    WrongError,
    must,
    start_full,
)
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.redactions import Redaction
from thidua_desktop.storage.ledger import redacting
from thidua_desktop.storage.ledger.lines import Line, decode, is_redacted, redacted
from thidua_desktop.storage.ledger.log import OpRow
from thidua_desktop.storage.ledger.redacting import Redacting

HISTORIES, STEPS = 60, 30


@dataclass
class RedactingWorld(World):
    """The world, where the owner of the records and the province sometimes redact ops of one."""

    salts: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def step(self) -> None:
        if self.chance.random() < 0.12:
            replica = self.chance.choice([self.replicas[0], self.replicas[1], self.replicas[3]])
            self.redact(replica)
            self.check(replica)
        else:
            super().step()

    def redact(self, replica: Replica) -> None:
        record = self.chance.choice(self.records)
        numbered = [
            op
            for op in replica.log()
            if op.row == record.bytes and not op.is_private and op.mask != 1
        ]
        if not numbered:
            return
        chosen = self.chance.sample(numbered, self.chance.randint(1, min(3, len(numbered))))
        for op in chosen:
            self.salts[redacted(op.decoded()).stamp[2]] = self._uid(op)
        names = [_name(replica, op) for op in chosen]
        self.named |= set(names)
        decision = owned_by(
            UUID(int=(100 + next(self.bundles)) << 64), 0 if replica.is_province else OFFICE
        )
        about = {"about_kind": "score", "about_id": record.bytes, "about_field": "note"}
        replica.ledger.put(Redaction, decision, about | {"ops": "\n".join(names), "reason": "x"})
        replica.ledger.promote([("redaction", decision)])
        replica.ledger.redact("score", record, "note", names)
        self.counts["redactions"] += 1

    def finish(self) -> None:
        super().finish()
        for replica in self.replicas:
            for op in replica.log():
                is_gone = is_redacted(op.decoded())
                must(is_gone or _name(replica, op) not in self.named, "a value is still here")
                must(not is_gone or _name(replica, op) in self.named, "a value is gone unasked")

    def _uid(self, op: OpRow) -> str:
        said = super()._uid(op)
        return self.salts.get(said, said)

    def _is_same(self, first: bytes, now: bytes) -> bool:
        return redacted(decode(first)) == redacted(decode(now))


def _name(replica: Replica, op: OpRow) -> str:
    return f"{replica.ledger._log.origin(op.ono).oid.hex()}:{op.number}"


def play(seed: int) -> RedactingWorld:
    world = RedactingWorld(
        random.Random(seed), records=RECORDS[: 1 + seed % 2], style=STYLES[seed % len(STYLES)]
    )
    try:
        if seed % 2:
            start_full(world)
        for _ in range(STEPS):
            world.step()
        world.finish()
    finally:
        world.close()
    return world


def play_all() -> list[Counter[str]]:
    return [play(seed).counts for seed in range(HISTORIES)]


def test_histories_with_redactions_have_no_difference_from_the_law() -> None:
    counts = play_all()
    assert sum(one["redactions"] for one in counts) > HISTORIES
    assert sum(one["imports"] for one in counts) > HISTORIES


def with_salt(line: Line) -> Line:
    return msgspec.structs.replace(line, values=(None,) * len(line.values))


PLANTED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a redaction that comes by bundle is not carried out": lambda patch: patch.setattr(
        Redacting, "carry_out", lambda _self: None
    ),
    "no office may redact": lambda patch: patch.setattr(
        redacting, "may_redact", lambda _office, _record: False
    ),
    "the salt stays, and the chain breaks": lambda patch: patch.setattr(
        redacting, "redacted", with_salt
    ),
    "what is shown is not written anew": lambda patch: patch.setattr(redacting, "ALL", 0),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_found(name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        PLANTED[name](patch)
        with pytest.raises((WrongError, BundleRejectedError)):
            play_all()
