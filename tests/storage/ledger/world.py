"""A small world of replicas that write, send, receive and take back at random.

After every step the database of the replica that moved must be what the law says of its set of ops.
The cell space is tiny on purpose: two records of four fields, that is what gives the test teeth.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from thidua_desktop.domain import ledger as law
from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleKind,
    Certificate,
    Manifest,
    OpRange,
    OpSection,
)
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.records import DELETED, kind_spec
from thidua_desktop.storage.ledger import heads as heads_module
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.lines import Line, decode, id_bytes
from thidua_desktop.storage.ledger.log import OpRow, Writer
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, PRIVATE_ONO
from whole_schema import whole_schema

FIELDS = ("assessment", "self_score", "note", "verified_score", "verified_note")
SPECS = {spec.name: spec for spec in kind_spec(Score).fields}
OFFICE, OTHER = 7, 8
RECORDS = [owned_by(UUID(int=n << 64), OFFICE) for n in (1, 2)]


def _template() -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:")
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with engine.begin() as connection:
        whole_schema().create_all(connection)
    return raw


TEMPLATE = _template()


class WrongError(AssertionError):
    """The database is not what the law says."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise WrongError(what)


class Replica:
    """One installation: an empty database in memory, and who writes in it."""

    def __init__(self, name: str, office: int, chance: random.Random) -> None:
        self.name, self.office, self.is_province = name, office, office == 0
        self.replica = name.encode().ljust(16, b".")
        salts = count(int.from_bytes(self.replica))
        engine = create_engine("sqlite://", poolclass=StaticPool)
        event.listen(engine, "connect", _prepare)
        self.connection = engine.connect()
        self.engine = engine
        self.writer = Writer(
            replica=self.replica,
            office=office,
            is_province=self.is_province,
            who=name,
            now=lambda: datetime.fromtimestamp(chance.randrange(10**9), UTC),
            # Salts tell ops apart: never the same twice, however chance is steered.
            noise=lambda size: next(salts).to_bytes(size),
        )
        self.ledger = Ledger(self.connection, self.writer)

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()

    @property
    def certificate(self) -> Certificate:
        return Certificate(
            replica=self.replica,
            office=self.office,
            unit_id=UUID(int=self.office),
            role="province" if self.is_province else "office",
            public_key=b"",
        )

    def log(self) -> list[OpRow]:
        return list(self.ledger._log.all_ops())


def _prepare(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None
    TEMPLATE.backup(raw)


RELAYS = 3
MOVES = ("edit", "delete", "promote", "send", "receive", "undo")


@dataclass(frozen=True)
class Style:
    """How often each replica moves, and each move is made."""

    who: tuple[int, int, int, int]
    moves: tuple[int, int, int, int, int, int]


# Two PCs of one office that keep taking back what they received, and a busy province.
STYLES = (
    Style(who=(4, 4, 1, 2), moves=(9, 2, 2, 5, 8, 4)),
    Style(who=(5, 5, 0, 0), moves=(9, 1, 1, 4, 9, 8)),
    Style(who=(3, 3, 1, 4), moves=(8, 1, 3, 6, 9, 2)),
)


def read(replica: Replica, oid: bytes, above: int) -> tuple[OpRange, tuple[OpSection, ...]]:
    """Return what a replica sends of an origin, all at once."""
    stream = replica.ledger.read(oid, above)
    return stream.span, tuple(stream.pieces)


@dataclass
class World:
    """The replicas, the bundles under way, and what must stay true."""

    chance: random.Random
    records: list[UUID] = field(default_factory=lambda: list(RECORDS))
    style: Style = STYLES[0]
    replicas: list[Replica] = field(default_factory=list)
    pool: list[BundleContents] = field(default_factory=list)
    imported: dict[str, list[UUID]] = field(default_factory=dict)
    numbered: dict[str, bytes] = field(default_factory=dict)
    seen_by: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    bundles: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for name, office in (("a1", OFFICE), ("a2", OFFICE), ("b", OTHER), ("p", 0)):
            self.replicas.append(Replica(name, office, self.chance))
            self.imported[name] = []

    def close(self) -> None:
        for replica in self.replicas:
            replica.close()

    # steps

    def step(self) -> None:
        replica = self.chance.choices(self.replicas, weights=self.style.who)[0]
        name = self.chance.choices(MOVES, weights=self.style.moves)[0]
        getattr(self, name)(replica)
        self.check(replica)

    def edit(self, replica: Replica) -> None:
        chosen = self.chance.sample(FIELDS, self.chance.randint(1, 3))
        self.put(replica, self.chance.choice(self.records), chosen)

    def put(self, replica: Replica, record: UUID, names: list[str]) -> None:
        values: dict[str, Stored] = {name: self._value(name) for name in names}
        before = self._cells(replica, record)
        known = {self._uid(op) for op in replica.log()}
        was_hidden = self._hidden(replica, record)
        replica.ledger.put(Score, record, values)
        self.counts["edits"] += 1
        after = self._cells(replica, record)
        own = [op for op in replica.log() if op.is_private and op.row == record.bytes]
        for name in names:
            bit = SPECS[name].bit
            writers = [op for op in own if op.mask >> bit & 1]
            latest = max(writers, key=lambda op: op.lam)
            # What its writer saw at an earlier writing of this cell he has seen, undone or not.
            self.seen_by.setdefault((self._uid(latest), bit), set()).update(known)
            must(latest.lvl == 0 or len(after[name]) == 1, "an edit did not choose")
            must(any(op.values[name] == values[name] for op in after[name]), "an edit was lost")
            must(latest.lvl == 0 or not self._hidden(replica, record), "an edit stayed hidden")
        if was_hidden and not self._hidden(replica, record) and self.owns(replica):
            self._saw_mark(replica, record)
            must(after.pop(DELETED)[0].values[DELETED] is None, "who wrote did not take back")
            del before[DELETED]
        elif was_hidden and not self.owns(replica) and before[DELETED][0].level == 0:
            self._saw_mark(replica, record)
            before.pop(DELETED)
        for name in before.keys() - set(names):
            must(_ids(before[name]) == _ids(after[name]), f"an edit chose in {name}")

    def delete(self, replica: Replica) -> None:
        record = self.chance.choice(self.records)
        cells = self._cells(replica, record)
        if DELETED in cells and self.chance.random() < 0.5:
            replica.ledger.restore(Score, record)
            self._saw_mark(replica, record)
        elif cells:
            only_drafts = all(op.is_private for op in replica.log() if op.row == record.bytes)
            replica.ledger.delete(Score, record)
            self._saw_mark(replica, record)
            must(not only_drafts or not self._cells(replica, record), "a draft was not deleted")
            own = self.owns(replica) and not only_drafts
            must(not own or self._hidden(replica, record), "a delete did not hide")
        self.counts["deletes"] += 1

    def promote(self, replica: Replica) -> None:
        drafts = replica.ledger.drafts()
        chosen = self.chance.sample(drafts, self.chance.randint(0, len(drafts)))
        hidden = [record for record in RECORDS if self._hidden(replica, record)]
        replica.ledger.promote(chosen)
        after = [record for record in RECORDS if self._hidden(replica, record)]
        must(hidden == after, "numbering changed what is hidden")
        left = {record for _, record in replica.ledger.drafts()}
        must(not left & {record for _, record in chosen}, "a draft stayed")
        self.counts["promotions"] += 1

    def send(self, replica: Replica) -> None:
        if self.chance.random() < 0.6:
            replica.ledger.promote(replica.ledger.drafts())
        held = {
            oid: at.number
            for oid, at in replica.ledger.origins().items()
            if at.number and self._may_carry(replica, oid)
        }
        ranges, sections = {}, []
        for oid, have in held.items():
            if self.chance.random() < 0.3:
                continue
            start = self.chance.randint(0, have)
            start = self.chance.choice([0, start])
            end = self.chance.choice([have, self.chance.randint(start, have)])
            if end > start:
                ranges[oid], cut = self._cut(replica, oid, start, end)
                sections += cut
        if ranges:
            self.pool.append(self._bundle(replica, ranges, sections))
            self.counts["bundles"] += 1

    def receive(self, replica: Replica) -> None:
        if self.pool:  # most often a fresh one: it finds drafts that have not seen it
            near = self.chance.choice([self.pool, self.pool[-3:], self.pool[-1:]])
            self._apply(replica, self.chance.choice(near))

    def undo(self, replica: Replica) -> None:
        done = self.imported[replica.name]
        if done:
            bundle = self.chance.choice(done)
            if replica.ledger.undo(bundle).is_done:
                done.remove(bundle)
                self.counts["undos"] += 1

    def inherit(self, replica: Replica) -> None:
        """Let a replica hear that the other office took over the records."""
        if replica.name in self.heard:
            return
        replica.connection.exec_driver_sql(
            "INSERT INTO inheritance(predecessor, heir, since, signer, signature) "
            "VALUES (?, ?, '2025-07-01', x'', x'')",
            (OFFICE, OTHER),
        )
        replica.ledger.relevel(OFFICE)
        self.heard.add(replica.name)
        self.counts["inheritances"] += 1

    def owns(self, replica: Replica) -> bool:
        """Tell whether the records are the replica's to write, as far as it has heard."""
        return OFFICE in {replica.office, *self._inherited(replica, replica)}

    def _inherited(self, reader: Replica, author: Replica) -> frozenset[int]:
        heard = reader.name in self.heard and author.office == OTHER
        return frozenset({OFFICE} if heard else ())

    def finish(self) -> None:
        """Let everyone receive everything, in orders of their own; all must show the same."""
        for replica in self.replicas:
            replica.ledger.promote(replica.ledger.drafts())
        full = [
            self._bundle(replica, *self._whole(replica, oid))
            for replica in self.replicas
            for oid in replica.ledger.own_origins()
            if replica.ledger.origins()[oid].number
        ]
        full += [self._together(replica) for replica in self.replicas]
        for replica in self.replicas:
            for bundle in self.chance.sample(full, len(full)):
                self._apply(replica, bundle)
            self.check(replica, thorough=True)
            before = self._shown(replica)
            replica.ledger.rebuild()
            must(self._shown(replica) == before, "a rebuild shows something else")
        shown = [self._shown(replica) for replica in self.replicas]
        must(all(one == shown[0] for one in shown), "replicas differ after a full exchange")

    # what must hold

    def check(self, replica: Replica, *, thorough: bool = False) -> None:
        log = replica.log()
        said = law.heads([self._law_op(replica, op) for op in log])
        for record in RECORDS:
            key = law.RecordKey("score", record)
            right = said.get(key, {})
            cells = self._cells(replica, record)
            must(_all_ids(right) == _all_ids(cells), "heads are not what the law says")
            shown = self._row(replica, record, cells)
            must(shown == (law.shown_values(right) if right else {}), "a value is not the winner's")
            hidden = self._hidden(replica, record)
            must(hidden == law.is_hidden(right), "hiding is not what the law says")
            reached = heads_module.closure(
                replica.ledger._log,
                replica.ledger._log.kind_no("score"),
                record.bytes,
                [op.id for op in log if _name(replica, op) in _head_names(cells)],
            )
            here = {op.id for op in log if op.row == record.bytes}
            must(set(reached) == here, "history is not reachable from the heads")
        if thorough or self.chance.random() < 0.25:
            self._check_waiting(replica, said)
        if thorough or self.chance.random() < 0.2:
            faults = replica.ledger.check()
            must(not faults, f"faults: {faults}")
        self._check_numbered(replica, log)
        self._check_seen(log)

    def _check_waiting(self, replica: Replica, said: law.Cells) -> None:
        """What waits for a person is what owners differ in, and what strangers want otherwise."""
        right = set()
        for record, cells in said.items():
            if law.is_hidden(cells):
                continue
            for name, found in cells.items():
                if name == DELETED:
                    continue
                strange = {op.values[name] for op in found if op.level < found[0].level}
                if law.needs_choice(name, found):
                    right.add((record.id, name, law.CellState.DIFFERENCE))
                elif strange - {found[0].values[name]}:
                    right.add((record.id, name, law.CellState.SUGGESTION))
            if any(op.values[DELETED] is not None for op in cells.get(DELETED, ())):
                right.add((record.id, DELETED, None))
        waiting = replica.ledger.differences()
        found_here = {(d.id, d.field, None if d.field == DELETED else d.state) for d in waiting}
        must(found_here == right, "what waits is not what the law says")
        for d in waiting:
            first = said[law.RecordKey("score", d.id)].get(d.field, ())[0].values[d.field]
            must(d.heads[0].value == (None if d.field == DELETED else first), "not shown first")
            must(d.field != DELETED or len(d.heads) > 1, "nobody keeps what was deleted")

    def _check_numbered(self, replica: Replica, log: list[OpRow]) -> None:
        before: dict[int, int] = {}
        for op in sorted(log, key=lambda op: op.id):
            if op.is_private:
                continue
            name = _name(replica, op)
            first = self.numbered.setdefault(name, op.line)
            must(self._is_same(first, op.line), "a numbered op changed")
            must(before.get(op.ono, 0) < op.lam, "lam does not rise inside an origin")
            before[op.ono] = op.lam
        for origin in replica.ledger._log.origins():
            if origin.ono != PRIVATE_ONO:
                held = [op.number for op in log if op.ono == origin.ono]
                must(sorted(held) == list(range(1, origin.have + 1)), "an origin has a gap")

    def _check_seen(self, log: list[OpRow]) -> None:
        """W: what an op replaces in a cell was there when the value of that cell was written."""
        ops = {op.id: op for op in log}
        for op in ops.values():
            for old in op.prev:
                if old not in ops:
                    continue
                both = op.mask & ops[old].mask
                for bit in range(both.bit_length()):
                    if both >> bit & 1:
                        seen = self.seen_by[self._uid(op), bit]
                        must(self._uid(ops[old]) in seen, "an op replaces what it never saw")

    # helpers

    def _hidden(self, replica: Replica, record: UUID) -> bool:
        sql = "SELECT 1 FROM hidden WHERE row = ?"
        return bool(replica.ledger._log.rows(sql, record.bytes))

    def _value(self, name: str) -> Stored:
        number = self.chance.randrange(2)
        if name == "assessment":
            return ("met", "not_met")[number]
        return number if name.endswith("score") else ("x", 'y "\\"\n\t😀')[number]

    def _is_same(self, first: bytes, now: bytes) -> bool:
        return first == now

    def _uid(self, op: OpRow) -> str:
        return op.decoded().stamp[2]

    def _saw_mark(self, replica: Replica, record: UUID) -> None:
        marks = [
            op for op in replica.log() if op.is_private and op.row == record.bytes and op.mask == 1
        ]
        if marks:
            latest = max(marks, key=lambda op: op.lam)
            self.seen_by[self._uid(latest), 0] = {self._uid(op) for op in replica.log()}

    def _law_op(self, replica: Replica, op: OpRow) -> law.Op:
        line = op.decoded()
        origin = replica.ledger._log.origin(op.ono)
        author = next(
            r
            for r in self.replicas
            if origin.oid in self._origins_of(r) or (r is replica and op.is_private)
        )
        names = [DELETED, *(spec.name for spec in kind_spec(Score).fields)]
        values = {name: line.values[bit] for bit, name in enumerate(names) if line.mask >> bit & 1}
        owners = [SPECS[name].owner for name in values if name != DELETED]
        owners += [SPECS["note"].owner] if DELETED in values else []
        return law.Op(
            id=law.OpId(origin.oid, op.number),
            record=law.RecordKey("score", UUID(bytes=op.row)),
            values=values,
            lamport=line.lam,
            level=law.level_of(
                owners,
                record_id=UUID(bytes=op.row),
                office=author.office,
                is_province=author.is_province,
                inherited=self._inherited(replica, author),
            ),
            replaces=frozenset(self._pointers(origin.oid, line)),
        )

    def _pointers(self, oid: bytes, line: Line) -> list[law.OpId]:
        return [
            law.OpId(oid, p) if isinstance(p, int) else law.OpId(id_bytes(p[0]), p[1])
            for p in line.prev
        ]

    def _origins_of(self, replica: Replica) -> frozenset[bytes]:
        return replica.ledger.origins_of(replica.certificate, (OFFICE, OTHER))

    def _author_of(self, oid: bytes) -> Replica:
        return next(r for r in self.replicas if oid in self._origins_of(r))

    def _may_carry(self, replica: Replica, oid: bytes) -> bool:
        return replica.is_province or self._author_of(oid).office == replica.office

    def _cells(self, replica: Replica, record: UUID) -> dict[str, tuple[law.Op, ...]]:
        table = replica.ledger._heads
        found = table.of(replica.ledger._log.kind_no("score"), record.bytes)
        ops = replica.ledger._log.ops(found)
        return table.cells(replica.ledger._log.kind_no("score"), found, ops)

    def _row(
        self, replica: Replica, record: UUID, written: dict[str, tuple[law.Op, ...]]
    ) -> dict[str, Stored]:
        columns = ", ".join(FIELDS)
        rows = replica.ledger._log.rows(
            f"SELECT {columns} FROM score WHERE id = ?",  # noqa: S608 - our own names
            record.bytes,
        )
        if not rows:
            return {}
        return {n: v for n, v in zip(FIELDS, rows[0], strict=True) if n in written}

    def _shown(self, replica: Replica) -> object:
        shown = []
        for record in RECORDS:
            cells = self._cells(replica, record)
            row = self._row(replica, record, cells)
            shown.append((self._hidden(replica, record), row, sorted(_all_ids(cells).items())))
        return shown

    def _cut(
        self, replica: Replica, oid: bytes, start: int, end: int
    ) -> tuple[OpRange, list[OpSection]]:
        _, sections = read(replica, oid, start)
        cut = []
        for section in sections:
            lines = tuple(line for line in section.lines if decode(line).seq <= end)
            if lines:
                cut.append(
                    OpSection(origin=oid, kind=section.kind, fields=section.fields, lines=lines)
                )
        hashes = (replica.ledger.hash_at(oid, n) for n in (start, end))
        return OpRange(start, end, *hashes), cut

    def _together(self, replica: Replica) -> BundleContents:
        """Return a bundle of all that a replica holds and may carry, of several authors."""
        ranges, sections = {}, []
        for oid, at in replica.ledger.origins().items():
            if at.number and self._may_carry(replica, oid):
                ranges[oid], found = read(replica, oid, 0)
                sections += found
        return self._bundle(replica, ranges, sections)

    def _whole(self, replica: Replica, oid: bytes) -> tuple[dict[bytes, OpRange], list[OpSection]]:
        span, sections = read(replica, oid, 0)
        return {oid: span}, list(sections)

    def _bundle(
        self, replica: Replica, ranges: dict[bytes, OpRange], sections: list[OpSection]
    ) -> BundleContents:
        manifest = Manifest(
            bundle=UUID(int=next(self.bundles)),
            number=1,
            kind=BundleKind.DELTA,
            sender=replica.certificate,
            to=None,
            at=datetime.fromtimestamp(0, UTC),
            program="test",
            ranges=ranges,
            have={},
        )
        return BundleContents(manifest=manifest, sections=tuple(sections), blobs={})

    def _apply(self, replica: Replica, bundle: BundleContents) -> None:
        have = {oid: at.number for oid, at in replica.ledger.origins().items()}
        spans = bundle.manifest.ranges
        if any(span.start > have.get(oid, 0) for oid, span in spans.items()):
            self.counts["gaps"] += 1
            return
        authors = {oid: self._author_of(oid).certificate for oid in spans}
        replica.ledger.apply(
            bundle,
            authors=authors,
            file_name="gói.tdkt",
            progress=lambda _done, _total: None,
            stop_wanted=lambda: False,
        )
        brought = any(span.end > have.get(oid, 0) for oid, span in spans.items())
        if brought:
            self.imported[replica.name].append(bundle.manifest.bundle)
        self.counts["imports" if brought else "repeats"] += 1


def _name(replica: Replica, op: OpRow) -> str:
    return f"{replica.ledger._log.origin(op.ono).oid.hex()}:{op.id & (1 << NUMBER_BITS) - 1}"


def _head_names(cells: dict[str, tuple[law.Op, ...]]) -> set[str]:
    return {f"{op.id.origin.hex()}:{op.id.number}" for found in cells.values() for op in found}


def _ids(found: tuple[law.Op, ...]) -> set[law.OpId]:
    return {op.id for op in found}


def _all_ids(cells: dict[str, tuple[law.Op, ...]]) -> dict[str, list[law.OpId]]:
    return {name: [op.id for op in found] for name, found in cells.items()}


def run_history(seed: int, *, steps: int) -> Counter[str]:
    """Play one history from its seed. Raises WrongError."""
    world = World(
        random.Random(seed),
        records=RECORDS[: 1 + seed % 5 // 3],
        style=STYLES[seed // 2 % len(STYLES)],
    )
    try:
        if seed % 2:
            start_full(world)
        if seed % 4 == 3:  # half of those that start full
            for _ in range(RELAYS):
                hand_on(world)
        for _ in range(steps):
            world.step()
        world.finish()
        world.counts["ops"] = len(world.replicas[-1].log())
        return world.counts
    finally:
        world.close()


def run_together(seed: int) -> None:
    """Two PCs of an office write only what is theirs, and one bundle carries what both wrote.

    In a quarrel a bundle seldom brings several authors at one level. Raises WrongError.
    """
    chance = random.Random(seed)
    world = World(chance)
    try:
        start_full(world, FIELDS[:3])
        for _ in range(6):
            author = chance.choice(world.replicas[:2])
            world.put(author, chance.choice(world.records), chance.sample(FIELDS[:3], 2))
            author.ledger.promote(author.ledger.drafts())
            for replica in chance.sample(world.replicas, 2):
                world._apply(replica, world._together(author))
                world.check(replica)
        world.finish()
    finally:
        world.close()


def start_full(world: World, fields: Sequence[str] = FIELDS) -> None:
    """Begin with full records that everyone knows, so that successors are met often."""
    author = world.replicas[0]
    for record in world.records:
        world.put(author, record, list(fields))
    author.ledger.promote(author.ledger.drafts())
    for oid in author.ledger.own_origins():
        bundle = world._bundle(author, *world._whole(author, oid))
        for replica in world.replicas[1:]:
            world._apply(replica, bundle)


def hand_on(world: World) -> None:
    """Let a PC of the office edit what all hold alike, and everyone hear of it at once.

    Ops that only replace what is shown are rare in a quarrel.
    """
    author = world.chance.choice(world.replicas[:2])
    world.edit(author)
    before = {oid: at.number for oid, at in author.ledger.origins().items()}
    author.ledger.promote(author.ledger.drafts())
    for oid in author.ledger.own_origins():
        have = author.ledger.origins()[oid].number
        if have > before.get(oid, 0):
            span, sections = world._cut(author, oid, before.get(oid, 0), have)
            bundle = world._bundle(author, {oid: span}, sections)
            for replica in world.replicas:
                if replica is not author:
                    world._apply(replica, bundle)
