"""The log of ops and what surrounds it: kinds by number, origins, pointers, the Lamport number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import SQLITE_INTERRUPT, OperationalError
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from thidua_desktop.domain.certificates import inherited_by
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.kinds import KIND_BY_NAME, fields_of, kind_number
from thidua_desktop.domain.ledger import level_of
from thidua_desktop.domain.records import (
    DELETED,
    DELETED_BIT,
    FieldSpec,
    Owner,
)
from thidua_desktop.storage.ledger.lines import START_HASH, Line, Pointer, decode, id_bytes, id_text
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, NUMBER_MASK, PRIVATE_ONO
from thidua_desktop.storage.memory import Memory
from thidua_desktop.storage.pieces import in_pieces

_MANY = 5_000
_STEPS = 500_000  # of the database's machine, between two questions whether to stop
# Kinds of newer programs are numbered above: they never stand where a kind of ours will come.
FIRST_UNKNOWN = 1 << 20


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes here: the replica, its office, the person; moment and chance come from outside."""

    replica: bytes
    office: int
    is_province: bool
    who: str
    now: Callable[[], datetime]
    noise: Callable[[int], bytes]


class OpRow(msgspec.Struct, frozen=True):
    """An op as the log holds it; `prev` are ids of this database, sorted."""

    id: int
    row: bytes
    kind: int
    mask: int
    line: bytes
    lam: int
    lvl: int
    prev: tuple[int, ...]

    @property
    def ono(self) -> int:
        """Return the number of its origin in this database."""
        return self.id >> NUMBER_BITS

    @property
    def number(self) -> int:
        """Return its number in its origin."""
        return self.id & NUMBER_MASK

    @property
    def is_private(self) -> bool:
        """Tell whether it never left and may still be amended."""
        return self.ono == PRIVATE_ONO

    def decoded(self) -> Line:
        """Return its line, read."""
        return decode(self.line)


@dataclass(slots=True)
class OriginRow:
    """An origin as this database knows it; `office` is None while it is only pointed at."""

    ono: int
    oid: bytes
    office: int | None
    is_province: bool
    is_own: bool
    have: int
    hash: bytes


def origin_id(replica: bytes, label: bytes) -> bytes:
    """Return the id of a replica's channel, so that everyone can tell whose an origin is."""
    return hashlib.sha256(replica + label).digest()[:16]


PRIVATE, COMMON = b"private", b"common"


def to_office(office: int) -> bytes:
    """Return the label of the province's channel to an office."""
    return b"to" + office.to_bytes(2)


def may_replace(newer: OpRow, older: OpRow) -> bool:
    """Tell whether an op that names another may replace it (section 4, `rep`)."""
    same = newer.row == older.row and newer.kind == older.kind
    return same and newer.lam > older.lam and newer.lvl >= older.lvl


class Log:
    """The rows of the log, with what is asked of them again and again kept in memory."""

    def __init__(
        self, connection: Connection, writer: Writer, memory: Memory | None = None
    ) -> None:
        memory = memory or Memory()
        # Straight to the driver, in the transaction that the connection holds: a merge asks
        # thousands of small questions.
        self.driver: Any = connection.connection.driver_connection
        self.writer = writer
        self._kinds: dict[str, int] = memory.part("kinds by name")
        self._names: dict[int, str] = memory.part("kinds by number")
        self._specs: dict[int, tuple[FieldSpec, ...]] = memory.part("fields")
        self._by_bit: dict[int, dict[int, FieldSpec]] = memory.part("fields by bit")
        self._origins: dict[int, OriginRow] = memory.part("origins by number")
        self._by_oid: dict[bytes, OriginRow] = memory.part("origins by id")
        self._inherited: dict[int, frozenset[int]] = {}
        self._bits: dict[int, tuple[str, ...]] = memory.part("names of bits")

    def rows(self, sql: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """Run a query through the driver and return all rows."""
        found: list[tuple[Any, ...]] = self.driver.execute(sql, values).fetchall()
        return found

    def chunks(self, sql: str, *values: object) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Run a query through the driver and return its rows, so many at a time."""
        cursor = self.driver.execute(sql, values)
        while found := cursor.fetchmany(_MANY):
            yield found

    def run(self, sql: str, *values: object) -> int:
        """Run a statement through the driver, and tell how many rows it wrote."""
        return int(self.driver.execute(sql, values).rowcount)

    def many(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement for many rows."""
        self.driver.executemany(sql, rows)

    @contextmanager
    def stoppable(self, stop_wanted: Callable[[], bool]) -> Iterator[None]:
        """Let a wish to stop end even a long statement. Raises StoppedError.

        The database has taken the whole transaction back then.
        """
        self.driver.set_progress_handler(lambda: int(stop_wanted()), _STEPS)
        try:
            yield
        except OperationalError as error:
            if error.sqlite_errorcode == SQLITE_INTERRUPT:
                raise StoppedError from error
            raise
        finally:
            self.driver.set_progress_handler(None, 0)

    # kinds

    def kind_no(self, name: str) -> int:
        """Return the number of a kind in this database; one of a newer program gets a new one."""
        if not self._kinds:
            self._read_kinds()
        if name not in self._kinds:
            number = max((*self._names, FIRST_UNKNOWN)) + 1
            self.run("INSERT INTO kind(no, name) VALUES (?, ?)", number, name)
            self._keep_kind(number, name)
        return self._kinds[name]

    def is_named(self, number: int) -> bool:
        """Tell whether there is a kind of this number; only decay can have made another."""
        if not self._names:
            self._read_kinds()
        return number in self._names

    def kind_name(self, number: int) -> str:
        """Return the name of a kind."""
        if not self._names:
            self._read_kinds()
        return self._names[number]

    def fields(self, kind: int) -> tuple[FieldSpec, ...]:
        """Return the fields of a kind that this program knows."""
        if kind not in self._specs:
            self._specs[kind] = fields_of(self.kind_name(kind))
        return self._specs[kind]

    def fields_by_bit(self, kind: int) -> Mapping[int, FieldSpec]:
        """Return the same fields by the bits they have in a mask."""
        if kind not in self._by_bit:
            self._by_bit[kind] = {spec.bit: spec for spec in self.fields(kind)}
        return self._by_bit[kind]

    def is_known(self, kind: int) -> bool:
        """Tell whether this program knows the kind, so that it has a table."""
        return self.kind_name(kind) in KIND_BY_NAME

    def known_mask(self, kind: int) -> int:
        """Return the bits of a kind that this program knows; none of an unknown kind."""
        return (2 << len(self.fields(kind))) - 1 if self.is_known(kind) else 0

    def field_names(self, kind: int) -> tuple[str, ...]:
        """Return the names of all bits of a kind, also of those only a newer program knows."""
        if kind not in self._bits:
            names = [DELETED, *(spec.name for spec in self.fields(kind))]
            newer = self.rows("SELECT bit, name FROM field WHERE kind = ? ORDER BY bit", kind)
            self._bits[kind] = (*names, *(name for bit, name in newer if bit >= len(names)))
        return self._bits[kind]

    def learn_fields(self, kind: int, names: Sequence[str]) -> bool:
        """Keep the names of bits of a newer program; False: a bit has another name here."""
        ours = self.field_names(kind)
        if any(a != b for a, b in zip(ours, names, strict=False)):
            return False
        fresh = [(kind, bit, names[bit]) for bit in range(len(ours), len(names))]
        if fresh:
            self.many("INSERT INTO field(kind, bit, name) VALUES (?, ?, ?)", fresh)
            self._bits.pop(kind, None)
        return True

    def _read_kinds(self) -> None:
        for name in KIND_BY_NAME:
            self._keep_kind(kind_number(name), name)
        for number, name in self.rows("SELECT no, name FROM kind"):
            self._keep_kind(number, name)

    def _keep_kind(self, number: int, name: str) -> None:
        self._kinds[name], self._names[number] = number, name

    # origins

    def origins(self) -> tuple[OriginRow, ...]:
        """Return all origins."""
        self._read_origins()
        return tuple(self._origins.values())

    def origin(self, ono: int) -> OriginRow:
        """Return an origin by its number in this database."""
        if ono not in self._origins:
            self._read_origins()
        return self._origins[ono]

    def find_origin(self, oid: bytes) -> OriginRow | None:
        """Return an origin by its id, if it was ever met."""
        self._read_origins()
        return self._by_oid.get(oid)

    def meet_origin(self, oid: bytes) -> OriginRow:
        """Return an origin by its id, entered as only pointed at when it is new."""
        found = self.find_origin(oid)
        if found is None:
            ono = max(self._origins, default=PRIVATE_ONO) + 1
            found = self._enter(OriginRow(ono, oid, None, False, False, 0, START_HASH))
        return found

    def own_origin(self, label: bytes) -> OriginRow:
        """Return an origin of this replica, entered when it is new."""
        oid = origin_id(self.writer.replica, label)
        found = self.find_origin(oid)
        if label == PRIVATE:  # one database has one, whatever replica it now is
            found = self._origins.get(PRIVATE_ONO)
        if found is None or found.office is None:
            writer = self.writer
            ono = PRIVATE_ONO if label == PRIVATE else max(self._origins, default=PRIVATE_ONO) + 1
            ono = found.ono if found else ono
            row = OriginRow(ono, oid, writer.office, writer.is_province, True, 0, START_HASH)
            found = self._enter(row)
        return found

    def private_ids(self) -> frozenset[bytes]:
        """Return the ids of the origin that never leaves; no bundle may name it."""
        self._read_origins()
        ids = {origin_id(self.writer.replica, PRIVATE)}
        if PRIVATE_ONO in self._origins:
            ids.add(self._origins[PRIVATE_ONO].oid)
        return frozenset(ids)

    def count_origins(self) -> int:
        """Return how many origins were ever met."""
        self._read_origins()
        return len(self._origins)

    def save_origin(self, row: OriginRow) -> None:
        """Keep what changed in an origin."""
        self.run(
            "UPDATE origin SET office=?, is_province=?, is_own=?, have=?, hash=? WHERE ono=?",
            row.office,
            int(row.is_province),
            int(row.is_own),
            row.have,
            row.hash,
            row.ono,
        )

    def _enter(self, row: OriginRow) -> OriginRow:
        self.run("DELETE FROM origin WHERE ono = ?", row.ono)
        self.run(
            "INSERT INTO origin(ono, oid, office, is_province, is_own, have, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            row.ono,
            row.oid,
            row.office,
            int(row.is_province),
            int(row.is_own),
            row.have,
            row.hash,
        )
        self._origins[row.ono] = self._by_oid[row.oid] = row
        return row

    def _read_origins(self) -> None:
        if self._origins:
            return
        sql = "SELECT ono, oid, office, is_province, is_own, have, hash FROM origin"
        for ono, oid, office, is_province, is_own, have, chain in self.rows(sql):
            row = OriginRow(ono, oid, office, bool(is_province), bool(is_own), have, chain)
            self._origins[ono] = self._by_oid[oid] = row

    # the Lamport number

    def largest_lam(self) -> int:
        """Return the largest Lamport number ever met."""
        return int(self.rows("SELECT max(lam) FROM clock")[0][0] or 0)

    def raise_lam(self, lam: int) -> None:
        """Keep a Lamport number that was met."""
        self.run(
            "INSERT INTO clock(one, lam) VALUES (1, ?) "
            "ON CONFLICT(one) DO UPDATE SET lam = max(lam, excluded.lam)",
            lam,
        )

    def next_lam(self) -> int:
        """Return a Lamport number above all others."""
        lam = self.largest_lam() + 1
        self.raise_lam(lam)
        return lam

    # ops

    def ops(self, ids: Collection[int]) -> dict[int, OpRow]:
        """Return those of these ops that are here."""
        found: dict[int, OpRow] = {}
        for part in in_pieces(sorted(ids)):
            marks = ",".join("?" * len(part))
            found |= {op.id: op for op in self._select(f"id IN ({marks})", *part)}
        return found

    def ops_between(self, first: int, last: int) -> Iterator[OpRow]:
        """Return the ops of a range of ids, in order."""
        return self._select("id BETWEEN ? AND ? ORDER BY id", first, last)

    def drafts_of(self, kind: int, row: bytes) -> list[OpRow]:
        """Return the private ops of a record, in order of their writing."""
        found = self._select(
            "row = ? AND kind = ? AND id < ?", row, kind, (PRIVATE_ONO + 1) << NUMBER_BITS
        )
        return sorted(found, key=lambda op: op.lam)

    def all_ops(self) -> Iterator[OpRow]:
        """Return the whole log, record by record."""
        return self._select("1 ORDER BY kind, row, id")

    def ops_of_office(self, office: int) -> list[OpRow]:
        """Return the ops on records that carry the number of an office."""
        return list(self._select("substr(row, 15) = ?", office.to_bytes(2)))

    def insert(self, ops: Iterable[OpRow]) -> None:
        """Add ops to the log."""
        self.many(
            "INSERT INTO op(id, row, kind, mask, line, lam, lvl, prev) VALUES (?,?,?,?,?,?,?,?)",
            [
                (op.id, op.row, op.kind, op.mask, op.line, op.lam, op.lvl, pointers_text(op.prev))
                for op in ops
            ],
        )

    def update(self, ops: Collection[OpRow]) -> None:
        """Write the columns of ops anew; their lines stay."""
        self.many(
            "UPDATE op SET row = ?, mask = ?, lam = ?, lvl = ?, prev = ? WHERE id = ?",
            [(op.row, op.mask, op.lam, op.lvl, pointers_text(op.prev), op.id) for op in ops],
        )

    def remove(self, ops: Collection[OpRow]) -> None:
        """Take drafts out of the log."""
        self.many("DELETE FROM op WHERE id = ?", [(op.id,) for op in ops])
        self.forget_pointers(ops)

    def forget_pointers(self, ops: Iterable[OpRow]) -> None:
        """Forget what ops that are taken out waited for."""
        if self.rows("SELECT 1 FROM dead LIMIT 1"):  # seldom any op is missing
            pointers = [(p, op.id) for op in ops for p in op.prev]
            self.many("DELETE FROM dead WHERE op = ? AND by = ?", pointers)

    def _select(self, where: str, *values: object) -> Iterator[OpRow]:
        sql = f"SELECT id, row, kind, mask, line, lam, lvl, prev FROM op WHERE {where}"  # noqa: S608
        for found in self.chunks(sql, *values):
            for number, row, kind, mask, line, lam, lvl, prev in found:
                pointers = _read_pointers(prev) if prev else ()
                yield OpRow(number, row, kind, mask, line, lam, lvl, pointers)

    def level(self, kind: int, row: bytes, mask: int, origin: OriginRow) -> int:
        """Return the level of an op: 1 when its author owns every known field it writes."""
        owners = [spec.owner for spec in self.fields(kind) if mask >> spec.bit & 1]
        if mask >> DELETED_BIT & 1:
            owners.append(Owner.OFFICE)
        if origin.office is None:
            return 0
        return level_of(
            owners,
            record_id=UUID(bytes=row),
            office=origin.office,
            is_province=origin.is_province,
            inherited=self._inherited_by(origin.office),
        )

    def forget_inheritances(self) -> None:
        """Ask anew who inherited from whom when a level is wanted next."""
        self._inherited.clear()

    def _inherited_by(self, office: int) -> frozenset[int]:
        if office not in self._inherited:
            pairs = frozenset(self.rows("SELECT predecessor, heir FROM inheritance"))
            self._inherited[office] = inherited_by(office, pairs)
        return self._inherited[office]

    # pointers

    def to_pointers(self, ono: int, prev: Iterable[int]) -> tuple[Pointer, ...]:
        """Return ids of this database as a line of this origin says them, sorted for everyone."""
        named = sorted((self.origin(p >> NUMBER_BITS).oid, p & NUMBER_MASK) for p in prev)
        own = self.origin(ono).oid
        return tuple(n if oid == own else (id_text(oid), n) for oid, n in named)

    def from_pointers(self, ono: int, prev: Iterable[Pointer]) -> tuple[int, ...]:
        """Return what a line points at as ids of this database, sorted."""
        ids = []
        for pointer in prev:
            oid, number = (None, pointer) if isinstance(pointer, int) else pointer
            target = ono if oid is None else self.meet_origin(id_bytes(oid)).ono
            ids.append(target << NUMBER_BITS | number)
        return tuple(sorted(ids))


_read_pointers = msgspec.json.Decoder(tuple[int, ...]).decode


def pointers_text(prev: tuple[int, ...]) -> str | None:
    """Return what an op points at as its row says it."""
    return json.dumps(prev) if prev else None
