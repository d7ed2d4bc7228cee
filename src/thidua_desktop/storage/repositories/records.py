"""Records in, records out, whatever their kind; rows and ops stay in here."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from thidua_desktop.domain.errors import NotFoundError, StaleEditError
from thidua_desktop.domain.field_values import Stored, from_stored, to_json, to_stored
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.kinds import KIND_BY_NAME, kind_number
from thidua_desktop.domain.records import (
    FieldSpec,
    FieldType,
    Record,
    kind_name,
    kind_spec,
    specs,
    values,
)
from thidua_desktop.storage.faces import edges_of, faces_of_kind
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.tables import hidden
from thidua_desktop.storage.pieces import in_pieces
from thidua_desktop.storage.prepared import Prepared
from thidua_desktop.storage.projection import table_of
from thidua_desktop.storage.repositories.journal import Recorder

R = TypeVar("R", bound=Record)
_KEPT_AS_THEY_ARE = {FieldType.TEXT, FieldType.INTEGER}


class RecordRepository:
    """The records as one transaction sees them: read from the projection, written as ops."""

    def __init__(self, connection: Connection, ledger: Ledger, recorder: Recorder) -> None:
        self._connection = connection
        self._ledger = ledger
        self._recorder = recorder

    def get(self, kind: type[R], record_id: UUID) -> R:
        found = self.find(kind, record_id)
        if found is None:
            raise NotFoundError(kind_name(kind), record_id)
        return found

    def find(self, kind: type[R], record_id: UUID | None) -> R | None:
        if record_id is None:
            return None
        rows = _by_id(kind_name(kind)).run(self._connection, {"id": record_id.bytes})
        return self._made(kind, rows[0]) if rows else None

    def among(self, kind: type[R], ids: Collection[UUID]) -> tuple[R, ...]:
        wanted = table_of(kind_name(kind)).c.id.in_([one.bytes for one in ids])
        return self._read(kind, _by(kind_name(kind)).where(wanted)) if ids else ()

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        return self._read(kind, _by(kind_name(kind), *wanted), self._stored(kind, wanted))

    def columns(
        self, kind: type[Record], names: Sequence[str], ids: Collection[UUID] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        return values_in(kind, names, self._columns(kind_name(kind), tuple(names), ids))

    def _columns(
        self, kind: str, names: tuple[str, ...], ids: Collection[UUID] | None
    ) -> Iterator[Sequence[Any]]:
        if ids is None:
            yield from self._connection.execute(_columns_of(kind, names)).all()
            return
        for part in in_pieces([one.bytes for one in ids]):
            yield from self._connection.execute(_columns_among(kind, names), {"ids": part}).all()

    def count(self, kind: type[Record], **wanted: object) -> int:
        return (
            self._connection.scalar(_count(kind_name(kind), *wanted), self._stored(kind, wanted))
            or 0
        )

    def put(self, record: R, *, shown: R | None) -> R:
        kind = type(record)
        old = values(shown or kind(id=record.id))
        now = values(self.get(kind, record.id)) if shown else old
        # What is there already, by whomever, need not be written again.
        written = {
            name: value
            for name, value in values(record).items()
            if value != old[name] and value != now[name]
        }
        if changed := tuple(name for name in written if now[name] != old[name]):
            raise StaleEditError(kind_name(kind), record.id, changed)
        if written or shown is None:
            self.write(kind, record.id, written or values(record))
        return self.get(kind, record.id)

    def write(self, kind: type[Record], record_id: UUID, fields: Mapping[str, object]) -> bool:
        spec = kind_spec(kind)
        stored = {name: to_stored(spec.field(name), value) for name, value in fields.items()}
        self._recorder.note(self.find, kind, record_id)
        return self._ledger.put(kind, record_id, stored)

    def delete(self, kind: type[Record], record_id: UUID) -> None:
        self._recorder.note(self.find, kind, record_id, goes=True)
        self._ledger.delete(kind, record_id)

    def restore(self, kind: type[Record], record_id: UUID) -> None:
        self._recorder.note(self.find, kind, record_id)
        self._ledger.restore(kind, record_id)

    def deleted(self, kind: type[R], record_id: UUID) -> R | None:
        found = self._read(kind, _even_hidden(kind_name(kind)), {"id": record_id.bytes})
        return found[0] if found and self.find(kind, record_id) is None else None

    def share(self, records: Collection[tuple[str, UUID]]) -> None:
        self._ledger.promote(records)

    def drafts(self) -> tuple[tuple[str, UUID], ...]:
        return self._ledger.drafts()

    def differences(self) -> tuple[CellDifference, ...]:
        return self._ledger.differences()

    def settle(self, kind: str, record_id: UUID, field: str, value: Stored) -> None:
        if kind in KIND_BY_NAME:
            self._recorder.note(self.find, KIND_BY_NAME[kind], record_id)
        self._ledger.settle(kind, record_id, field, value)

    def history(self, record_id: UUID) -> tuple[FieldVersion, ...]:
        return self._ledger.history(record_id)

    def edges(self, kind: type[Record]) -> Mapping[UUID, UUID]:
        return edges_of(self._connection, kind_name(kind))

    def faces(self, kind: type[Record]) -> Mapping[UUID, UUID]:
        return faces_of_kind(self._connection, kind_name(kind))

    def dump(self, kind: type[Record] | None = None) -> Iterator[bytes]:
        for name in sorted(KIND_BY_NAME):
            one = KIND_BY_NAME[name]
            if kind in {None, one}:
                yield from (_dumped(name, record) for record in self.having(one))

    def _read(
        self, kind: type[R], query: Select[Any], asked: Mapping[str, Stored] | None = None
    ) -> tuple[R, ...]:
        found = self._connection.execute(query, asked).all()
        return tuple(self._made(kind, row) for row in found)

    @staticmethod
    def _made(kind: type[R], row: Sequence[Any]) -> R:
        return kind(id=UUID(bytes=row[0]), **_cells(_readers(kind_name(kind)), row[1:]))

    @staticmethod
    def _stored(kind: type[Record], wanted: Mapping[str, object]) -> dict[str, Stored]:
        spec = kind_spec(kind)
        return {name: to_stored(spec.field(name), value) for name, value in wanted.items()}


def values_in(
    kind: type[Record], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[tuple[Any, ...]]:
    """Yield the id and the values of rows of a table, given with their id and these fields."""
    spec = kind_spec(kind)
    fields = [spec.field(name) for name in names]
    read_as = [(_reader(one), one.blank) for one in fields]
    for row_id, *cells in rows:
        yield (
            UUID(bytes=row_id),
            *(
                blank if cell is None else read(cell) if read else cell
                for cell, (read, blank) in zip(cells, read_as, strict=True)
            ),
        )


# A question is made once and asked with other values: making it costs more than its answer.


@cache
def _by(kind: str, *names: str) -> Select[Any]:
    """Return the question for the records of a kind that have in these fields what is asked."""
    query = _visible(_cells_of(kind), kind).where(*_conditions(kind, names))
    return query.order_by(table_of(kind).c.id)


def _cells_of(kind: str) -> Select[Any]:
    table = table_of(kind)
    return select(table.c.id, *(table.c[spec.name] for spec in specs(KIND_BY_NAME[kind])))


@cache
def _by_id(kind: str) -> Prepared:
    return Prepared(_by(kind).where(table_of(kind).c.id == bindparam("id")))


@cache
def _even_hidden(kind: str) -> Select[Any]:
    return _cells_of(kind).where(table_of(kind).c.id == bindparam("id"))


@cache
def _columns_of(kind: str, names: tuple[str, ...]) -> Select[Any]:
    table = table_of(kind)
    return _visible(select(table.c.id, *(table.c[name] for name in names)), kind)


@cache
def _columns_among(kind: str, names: tuple[str, ...]) -> Select[Any]:
    wanted = table_of(kind).c.id.in_(bindparam("ids", expanding=True))
    return _columns_of(kind, names).where(wanted)


@cache
def _count(kind: str, *names: str) -> Select[Any]:
    counted = select(func.count()).select_from(table_of(kind))
    return _visible(counted, kind).where(*_conditions(kind, names))


def _conditions(kind: str, names: Iterable[str]) -> list[ColumnElement[bool]]:
    table = table_of(kind)
    return [table.c[name].is_not_distinct_from(bindparam(name)) for name in names]


def _visible(query: Select[Any], kind: str) -> Select[Any]:
    gone = select(hidden.c.row).where(hidden.c.kind == kind_number(kind))
    return query.where(table_of(kind).c.id.not_in(gone))


@cache
def _readers(kind: str) -> tuple[tuple[str, Callable[[Stored], object] | None], ...]:
    return tuple((spec.name, _reader(spec)) for spec in specs(KIND_BY_NAME[kind]))


def _reader(spec: FieldSpec) -> Callable[[Stored], object] | None:
    """Return how a cell becomes a value; None: it is one, as most are."""
    return None if spec.type in _KEPT_AS_THEY_ARE else partial(from_stored, spec)


def _cells(readers: Sequence[tuple[str, Any]], stored: Sequence[Any]) -> dict[str, Any]:
    """Return what is written; a cell that is not is left to the declared blank."""
    return {
        name: read(value) if read else value
        for (name, read), value in zip(readers, stored, strict=True)
        if value is not None
    }


def _dumped(kind: str, record: Record) -> bytes:
    fields = {
        spec.name: said
        for spec in specs(type(record))
        if (said := to_json(spec, getattr(record, spec.name))) is not None
    }
    said_of = {"fields": fields, "id": str(record.id), "kind": kind}
    return json.dumps(said_of, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
