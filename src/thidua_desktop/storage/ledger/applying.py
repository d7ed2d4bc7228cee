"""Applying a bundle: its ops are checked line by line, then joined to the set (bundle.md 7.4, 8).

Two classes: the first and only op of a record needs no thought, and nearly every op is one; all
else is settled record by record. Both say what the law says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    MergeCounts,
    OpRange,
    OpSection,
    Rejection,
)
from thidua_desktop.domain.errors import BundleRejectedError, StoppedError
from thidua_desktop.domain.ledger import Op, needs_choice
from thidua_desktop.domain.records import DELETED
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.ledger.heads import Heads, HeadTable
from thidua_desktop.storage.ledger.lines import (
    START_HASH,
    Line,
    LineError,
    chained,
    check_shape,
    check_values,
    decode,
    id_bytes,
)
from thidua_desktop.storage.ledger.log import Log, OpRow, OriginRow, may_replace
from thidua_desktop.storage.ledger.tables import NUMBER_BITS

_CHUNK = 5_000
_FARTHEST_LAM = 10**9
Place = tuple[int, bytes]


@dataclass(slots=True)
class Incoming:
    """The ops of one origin in a bundle, in order of number, and where the chain stood before."""

    origin: OriginRow
    range: OpRange
    lines: list[tuple[int, Line, bytes]] = field(default_factory=list)


class Applying:
    """One bundle on its way into the log; the caller holds the transaction."""

    def __init__(
        self,
        log: Log,
        heads: HeadTable,
        *,
        file_name: str,
        progress: Callable[[int, int], None],
        stop_wanted: Callable[[], bool],
    ) -> None:
        self._log = log
        self._heads = heads
        self._file_name = file_name
        self._progress = progress
        self._stop_wanted = stop_wanted

    def read(self, contents: BundleContents, authors: Mapping[bytes, Certificate]) -> list[OpRow]:
        """Check every line and return the ops that are not here yet, in order of id."""
        incoming = {
            oid: Incoming(self._author(oid, authors[oid]), span)
            for oid, span in contents.manifest.ranges.items()
        }
        try:
            for section in contents.sections:
                self._read_section(section, incoming[section.origin])
            return [op for of in incoming.values() for op in self._fresh(of)]
        except (LineError, KeyError) as error:
            raise BundleRejectedError(Rejection.FORMAT, self._file_name) from error

    def join(self, fresh: list[OpRow]) -> MergeCounts:
        """Add these ops to the log and bring heads and tables up to the law."""
        self._log.insert(fresh)
        self._log.raise_lam(max((op.lam for op in fresh), default=0))
        by_place: dict[Place, list[OpRow]] = defaultdict(list)
        for op in fresh:
            by_place[op.kind, op.row].append(op)
        known = self._known(by_place)
        dead = self._waiting(fresh)
        hard: dict[Place, list[OpRow]] = {}
        for done, (place, ops) in enumerate(by_place.items()):
            if done % _CHUNK == 0:
                self._pause(done, len(by_place))
            if not self._is_new(place, ops, known, dead):
                hard[place] = ops
                continue
            self._heads.write(*place, {ops[0].id: ops[0].mask}, known={ops[0].id: ops[0]})
        differing = {place: self._open_cells(place) for place in hard if place in known}
        for done, (place, ops) in enumerate(hard.items()):
            if done % _CHUNK == 0:
                self._pause(done, len(hard))
            self.settle(place, ops, dead)
        return self._counts(by_place, known, differing)

    def settle(
        self, place: Place, ops: Iterable[OpRow], dead: Mapping[int, tuple[int, ...]]
    ) -> None:
        """Bring one record up to the law after these ops came (bundle.md 8, `settle`)."""
        heads = self._heads.of(*place)
        fresh = {op.id: op for op in ops}
        heads |= {op.id: op.mask for op in fresh.values()}
        named = {p for op in fresh.values() for p in op.prev}
        waiting = {by for number in fresh for by in dead.get(number, ())}
        known = fresh | self._log.ops((named | waiting | heads.keys()) - fresh.keys())
        for op in fresh.values():
            for old in op.prev:
                if old in known:
                    self._kill(heads, known[old], op)
            missing = [(old, op.id) for old in op.prev if old not in known]
            self._log.many("INSERT OR IGNORE INTO dead(op, by) VALUES (?, ?)", missing)
            for newer in dead.get(op.id, ()):
                self._kill(heads, op, known[newer])
            self._log.run("DELETE FROM dead WHERE op = ?", op.id)
        touched = 0
        for op in fresh.values():
            touched |= op.mask
        self._heads.write(*place, heads, fields=touched, known=known)

    @staticmethod
    def _kill(heads: Heads, older: OpRow, newer: OpRow) -> None:
        if older.id in heads and may_replace(newer, older):
            heads[older.id] &= ~newer.mask

    def _author(self, oid: bytes, certificate: Certificate) -> OriginRow:
        origin = self._log.meet_origin(oid)
        if origin.office is None:
            origin.office = certificate.office
            origin.is_province = certificate.role == UnitRole.PROVINCE
            self._log.save_origin(origin)
        return origin

    def _read_section(self, section: OpSection, incoming: Incoming) -> None:
        kind = self._log.kind_no(section.kind)
        if section.fields[:1] != (DELETED,) or not self._log.learn_fields(kind, section.fields):
            raise LineError("fields")
        specs = self._log.fields(kind)
        for data in section.lines:
            line = decode(data)
            if len(line.values) > len(section.fields):
                raise LineError("width")
            check_shape(line, width=len(line.values))
            check_values(line, specs)
            incoming.lines.append((kind, line, data))

    def _fresh(self, incoming: Incoming) -> list[OpRow]:
        origin, span = incoming.origin, incoming.range
        incoming.lines.sort(key=lambda one: one[1].seq)
        numbers = [line.seq for _, line, _ in incoming.lines]
        if numbers != list(range(span.start + 1, span.end + 1)) or span.start > origin.have:
            raise LineError("not dense")
        self._check_chain(incoming)
        fresh = [one for one in incoming.lines if one[1].seq > origin.have]
        self._check_lam(origin, fresh)
        return [self._op(origin, *one) for one in fresh]

    def _check_chain(self, incoming: Incoming) -> None:
        origin, span = incoming.origin, incoming.range
        chain = span.start_hash
        here = chain if span.start == origin.have else None
        for kind, line, _ in incoming.lines:
            chain = chained(chain, self._log.kind_name(kind), line)
            if line.seq == origin.have:
                here = chain
        if chain != span.end_hash:
            raise LineError("chain")
        ours = origin.hash
        if here is None:
            here, ours = chain, hash_at(self._log, origin, span.end)
        if here != ours:
            raise BundleRejectedError(Rejection.FORK, self._file_name)

    def _check_lam(self, origin: OriginRow, fresh: list[tuple[int, Line, bytes]]) -> None:
        last = self._log.ops([origin.ono << NUMBER_BITS | origin.have])
        before = max((op.lam for op in last.values()), default=0)
        most = self._log.largest_lam() + _FARTHEST_LAM
        for _, line, _ in fresh:
            if not before < line.lam <= most:
                raise LineError("lam")
            before = line.lam

    def _op(self, origin: OriginRow, kind: int, line: Line, data: bytes) -> OpRow:
        row = id_bytes(line.row)
        return OpRow(
            id=origin.ono << NUMBER_BITS | line.seq,
            row=row,
            kind=kind,
            mask=line.mask,
            line=data,
            lam=line.lam,
            lvl=self._log.level(kind, row, line.mask, origin),
            prev=self._log.from_pointers(origin.ono, line.prev),
        )

    def _known(self, places: Mapping[Place, object]) -> set[Place]:
        """Return which of these records had a head before."""
        rows: dict[int, list[bytes]] = defaultdict(list)
        for kind, row in places:
            rows[kind].append(row)
        found = {
            (kind, row)
            for kind, wanted in rows.items()
            if self._log.is_known(kind)
            for row in self._present(kind, wanted)
        }
        return found | {place for place in self._heads.several() if place in places}

    def _present(self, kind: int, rows: list[bytes]) -> Iterable[bytes]:
        table = self._log.kind_name(kind)
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            marks = ",".join("?" * len(part))
            sql = f'SELECT id FROM "{table}" WHERE id IN ({marks})'  # noqa: S608
            yield from (row for (row,) in self._log.rows(sql, *part))

    def _waiting(self, fresh: list[OpRow]) -> dict[int, tuple[int, ...]]:
        """Return which ops named these before they came."""
        ids = {op.id for op in fresh}
        found: dict[int, list[int]] = defaultdict(list)
        for old, by in self._log.rows("SELECT op, by FROM dead"):
            if old in ids:
                found[int(old)].append(int(by))
        return {old: tuple(by) for old, by in found.items()}

    @staticmethod
    def _is_new(
        place: Place, ops: list[OpRow], known: set[Place], dead: Mapping[int, object]
    ) -> bool:
        only = len(ops) == 1 and not ops[0].prev
        return only and place not in known and ops[0].id not in dead

    def _open_cells(self, place: Place) -> tuple[set[str], set[str]]:
        heads = self._heads.of(*place)
        cells = self._heads.cells(place[0], heads, self._log.ops(heads))
        return open_cells(cells)

    def _counts(
        self,
        by_place: Mapping[Place, list[OpRow]],
        known: set[Place],
        before: Mapping[Place, tuple[set[str], set[str]]],
    ) -> MergeCounts:
        counts = MergeCounts(
            new=sum(place not in known for place in by_place),
            changed=sum(place in known for place in by_place),
        )
        for place, ops in by_place.items():
            old = before.get(place, (set(), set()))
            different, suggested = self._open_cells(place)
            strange = sum(op.lvl == 0 for op in ops) if not suggested else 0
            counts = replace(
                counts,
                differences=counts.differences + len(different - old[0]),
                suggestions=counts.suggestions + len(suggested - old[1]),
                outside_authority=counts.outside_authority + strange,
            )
        return counts

    def _pause(self, done: int, total: int) -> None:
        self._progress(done, total)
        if self._stop_wanted():
            raise StoppedError


def open_cells(cells: Mapping[str, tuple[Op, ...]]) -> tuple[set[str], set[str]]:
    """Return the fields in which owners differ, and those in which somebody suggests otherwise."""
    fields = {name: found for name, found in cells.items() if name != DELETED}
    different = {name for name, found in fields.items() if needs_choice(name, found)}
    suggested = {name for name, found in fields.items() if _is_suggested(name, found)}
    return different, suggested


def _is_suggested(name: str, found: tuple[Op, ...]) -> bool:
    shown = found[0]
    return any(op.level < shown.level and op.values[name] != shown.values[name] for op in found)


def hash_at(log: Log, origin: OriginRow, number: int) -> bytes:
    """Return the hash of an origin's chain at a number that is held, computed from the log."""
    if number == origin.have:
        return origin.hash
    chain, first = START_HASH, origin.ono << NUMBER_BITS
    for op in log.ops_between(first + 1, first + number):
        chain = chained(chain, log.kind_name(op.kind), op.decoded())
    return chain
