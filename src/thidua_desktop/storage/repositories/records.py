"""Records in, records out, whatever their kind; rows and ops stay in here."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select

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
        found = self._select(kind, table_of(kind_name(kind)).c.id == record_id.bytes)
        return found[0] if found else None

    def among(self, kind: type[R], ids: Collection[UUID]) -> tuple[R, ...]:
        wanted = table_of(kind_name(kind)).c.id.in_([one.bytes for one in ids])
        return self._select(kind, wanted) if ids else ()

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        return self._select(kind, *self._conditions(kind, wanted))

    def columns(
        self, kind: type[Record], names: Sequence[str], ids: Collection[UUID] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        table, spec = table_of(kind_name(kind)), kind_spec(kind)
        fields = [spec.field(name) for name in names]
        blanks = [one.blank for one in fields]
        readers = [_reader(one) for one in fields]
        query = self._visible(select(table.c.id, *(table.c[name] for name in names)), kind)
        for part in [None] if ids is None else in_pieces([one.bytes for one in ids]):
            asked = query if part is None else query.where(table.c.id.in_(part))
            for row_id, *cells in self._connection.execute(asked).all():
                yield (
                    UUID(bytes=row_id),
                    *(
                        blank if cell is None else read(cell) if read else cell
                        for cell, read, blank in zip(cells, readers, blanks, strict=True)
                    ),
                )

    def count(self, kind: type[Record], **wanted: object) -> int:
        table = table_of(kind_name(kind))
        query = self._visible(select(func.count()).select_from(table), kind)
        return self._connection.scalar(query.where(*self._conditions(kind, wanted))) or 0

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
        table = table_of(kind_name(kind))
        found = self._read(kind, select(*_columns(kind)).where(table.c.id == record_id.bytes))
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

    def _select(self, kind: type[R], *wanted: ColumnElement[bool]) -> tuple[R, ...]:
        table = table_of(kind_name(kind))
        query = self._visible(select(*_columns(kind)), kind).where(*wanted).order_by(table.c.id)
        return self._read(kind, query)

    def _read(self, kind: type[R], query: Select[Any]) -> tuple[R, ...]:
        readers = tuple((spec.name, _reader(spec)) for spec in specs(kind))
        return tuple(
            kind(id=UUID(bytes=row[0]), **_cells(readers, row[1:]))
            for row in self._connection.execute(query).all()
        )

    @staticmethod
    def _conditions(kind: type[Record], wanted: Mapping[str, object]) -> list[ColumnElement[bool]]:
        table, spec = table_of(kind_name(kind)), kind_spec(kind)
        return [
            table.c[name].is_not_distinct_from(to_stored(spec.field(name), value))
            for name, value in wanted.items()
        ]

    @staticmethod
    def _visible(query: Select[Any], kind: type[Record]) -> Select[Any]:
        table = table_of(kind_name(kind))
        gone = select(hidden.c.row).where(hidden.c.kind == kind_number(kind_name(kind)))
        return query.where(table.c.id.not_in(gone))


def _columns(kind: type[Record]) -> tuple[ColumnElement[Any], ...]:
    table = table_of(kind_name(kind))
    return (table.c.id, *(table.c[spec.name] for spec in specs(kind)))


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
