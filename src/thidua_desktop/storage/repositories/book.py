"""What is known of offices and bundles, from the tables that never travel."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from thidua_desktop.domain.bundles import Certificate, MergeCounts
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.offices import (
    Enrolment,
    Office,
    ParkedBundle,
    ReceivedBundle,
    SentBundle,
)
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.memory import Memory
from thidua_desktop.storage.parked import ParkedFolder
from thidua_desktop.storage.prepared import Prepared
from thidua_desktop.storage.repositories.sent import BOOK, COPIES
from thidua_desktop.storage.rows import book as rows

T = TypeVar("T")
_MANY = 2_000  # certificates in a province of many years
# What every bundle asks, made once: to make a statement costs five times what it takes to run it.
_OWN = select(rows.office)
_SETTING = Prepared(select(rows.setting.c.value).where(rows.setting.c.name == bindparam("name")))
_NO_SETTING = delete(rows.setting).where(rows.setting.c.name == bindparam("name"))
_setting = upsert(rows.setting)
_SET = Prepared(
    _setting.on_conflict_do_update(index_elements=["name"], set_={"value": _setting.excluded.value})
)
_WARRANTS = select(rows.certificate).order_by(rows.certificate.c.office, rows.certificate.c.replica)
_INHERITANCES = select(rows.inheritance).order_by(
    rows.inheritance.c.predecessor, rows.inheritance.c.heir
)
_ACKNOWLEDGED = select(rows.acknowledged.c.origin, rows.acknowledged.c.number).where(
    rows.acknowledged.c.replica == bindparam("replica")
)
_acknowledging = upsert(rows.acknowledged)
_ACKNOWLEDGE = _acknowledging.on_conflict_do_update(
    index_elements=["replica", "origin"], set_={"number": _acknowledging.excluded.number}
)
_HAS_RECEIVED = Prepared(
    select(rows.received.c.place).where(
        rows.received.c.bundle == bindparam("bundle"), rows.received.c.undone_at.is_(None)
    )
)
_UNPARK = delete(rows.parked).where(rows.parked.c.bundle == bindparam("bundle"))
_ALL = {
    table: select(table).order_by(table.c.place)
    for table in (rows.sent, rows.received, rows.parked)
}
_ADD = {
    table: Prepared(
        insert(table).values({c.name: bindparam(c.name) for c in table.c if not c.primary_key})
    )
    for table in _ALL
}


class BookRepository:
    """Fits the Book of services.ports; what every bundle asks it reads once."""

    def __init__(self, connection: Connection, data: Path, files: Path, memory: Memory) -> None:
        self._connection = connection
        self._parked_files = ParkedFolder(data, files)
        self._has_moved_files = False
        self._known = memory.part(BOOK)

    def _once(self, about: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer that is known, or ask for it."""
        known: T
        if about in self._known:
            known = self._known[about]
        else:
            known = self._known[about] = ask()
        return known

    def me(self) -> Office:
        return self._once("me", lambda: _office(self._own_row()))

    def store(self) -> str:
        """Return the random id of this database, by which its identity is found."""
        return str(self._own_row().store)

    def set_store(self, store: str) -> None:
        """Give this database another id."""
        self._known.pop("own", None)
        self._connection.execute(update(rows.office).values(store=store))

    def _own_row(self) -> Row[Any]:
        return self._once("own", lambda: self._connection.execute(_OWN).one())

    def setting(self, name: str) -> str | None:
        return self._once(("setting", name), lambda: self._read_setting(name))

    def _read_setting(self, name: str) -> str | None:
        return next((value for (value,) in _SETTING.run(self._connection, {"name": name})), None)

    def set_setting(self, name: str, value: str | None) -> None:
        if value is None:
            self._connection.execute(_NO_SETTING, {"name": name})
        else:
            _SET.run(self._connection, {"name": name, "value": value})
        self._known["setting", name] = value

    def certificates(self) -> tuple[Certificate, ...]:
        return self._once("certificates", lambda: tuple(one.certificate for one in self.warrants()))

    def warrants(self) -> tuple[Warrant, ...]:
        return self._once(
            "warrants",
            lambda: tuple(_warrant(tuple(row)) for row in self._connection.execute(_WARRANTS)),
        )

    def _forget_warrants(self) -> None:
        for about in ("warrants", "certificates"):
            self._known.pop(about, None)

    def add_certificate(self, certificate: Certificate) -> None:
        self._forget_warrants()
        row = asdict(certificate) | {"unit_id": certificate.unit_id.bytes}
        self._connection.execute(
            upsert(rows.certificate)
            .values(row)
            .on_conflict_do_update(
                index_elements=["replica"], set_={"receiving_key": certificate.receiving_key}
            )
        )

    def keep_warrant(self, warrant: Warrant) -> None:
        self._forget_warrants()
        row = asdict(warrant)
        row |= row.pop("certificate") | {"unit_id": warrant.certificate.unit_id.bytes}
        for name in ("valid_from", "valid_to"):
            moment = row[name]
            row[name] = moment.isoformat() if moment else None
        table = rows.certificate
        gone = delete(table).where(table.c.replica == warrant.certificate.replica)
        self._connection.execute(gone)
        self._connection.execute(insert(table).values(row))

    def inheritances(self) -> tuple[Inheritance, ...]:
        return self._once("inheritances", self._read_inheritances)

    def _read_inheritances(self) -> tuple[Inheritance, ...]:
        found = self._connection.execute(_INHERITANCES)
        return tuple(
            Inheritance(
                predecessor=row.predecessor,
                heir=row.heir,
                since=date.fromisoformat(row.since),
                signer=row.signer,
                signature=row.signature,
            )
            for row in found
        )

    def add_inheritance(self, inheritance: Inheritance) -> None:
        self._known.pop("inheritances", None)
        row = asdict(inheritance) | {"since": inheritance.since.isoformat()}
        adding = upsert(rows.inheritance).values(row)
        told = {name: row[name] for name in ("since", "signer", "signature")}
        self._connection.execute(
            adding.on_conflict_do_update(index_elements=["predecessor", "heir"], set_=told)
        )

    def enrolments(self) -> tuple[Enrolment, ...]:
        return self._once("enrolments", self._read_enrolments)

    def _read_enrolments(self) -> tuple[Enrolment, ...]:
        table = rows.enrolment
        found = self._connection.execute(select(table).order_by(table.c.made_at, table.c.number))
        return tuple(
            Enrolment(
                office=_office(row),
                secret=row.secret,
                made_at=_utc(row.made_at),
                root_key=row.root_key,
                closed=row.closed,
            )
            for row in found
        )

    def add_enrolment(self, enrolment: Enrolment) -> None:
        self._known.pop("enrolments", None)
        row = _office_row(enrolment.office) | {
            "secret": enrolment.secret,
            "made_at": _naive(enrolment.made_at),
            "root_key": enrolment.root_key,
            "closed": enrolment.closed,
        }
        changed = {"root_key": enrolment.root_key, "closed": enrolment.closed}
        self._connection.execute(
            upsert(rows.enrolment)
            .values(row)
            .on_conflict_do_update(index_elements=["number", "secret"], set_=changed)
        )

    def acknowledged(self, replica: bytes) -> Mapping[bytes, int]:
        return self._once(("acknowledged", replica), lambda: self._read_acknowledged(replica))

    def _read_acknowledged(self, replica: bytes) -> Mapping[bytes, int]:
        found = self._connection.execute(_ACKNOWLEDGED, {"replica": replica})
        return {row.origin: row.number for row in found}

    def acknowledge(self, replica: bytes, held: Mapping[bytes, int]) -> None:
        if not held:
            return
        self._known.pop(("acknowledged", replica), None)
        said = [
            {"replica": replica, "origin": origin, "number": number}
            for origin, number in held.items()
        ]
        self._connection.execute(_ACKNOWLEDGE, said)

    def apart(self, kind: str) -> frozenset[frozenset[UUID]]:
        table = rows.apart
        wanted = select(table.c.one, table.c.other).where(table.c.kind == kind)
        return frozenset(
            frozenset({UUID(bytes=one), UUID(bytes=other)})
            for one, other in self._connection.execute(wanted)
        )

    def set_apart(self, kind: str, one: UUID, other: UUID, *, are_apart: bool) -> None:
        first, second = sorted((one.bytes, other.bytes))
        table, row = rows.apart, {"kind": kind, "one": first, "other": second}
        if are_apart:
            self._connection.execute(upsert(table).values(row).on_conflict_do_nothing())
            return
        this = (table.c[name] == value for name, value in row.items())
        self._connection.execute(delete(table).where(*this))

    def sent(self) -> tuple[SentBundle, ...]:
        return tuple(
            SentBundle(
                bundle=UUID(bytes=row.bundle),
                number=row.number,
                to=row.to,
                at=_utc(row.at),
                file_name=row.file_name,
                ops=row.ops,
                digest=row.digest,
            )
            for row in self._all(rows.sent)
        )

    def add_sent(self, bundle: SentBundle) -> None:
        self._known.pop(COPIES, None)
        self._add(rows.sent, asdict(bundle))

    def received(self) -> tuple[ReceivedBundle, ...]:
        return tuple(map(_received, self._all(rows.received)))

    def taken_files(self) -> frozenset[str]:
        table = rows.received
        wanted = select(table.c.file_sha).where(
            table.c.file_sha.is_not(None), table.c.undone_at.is_(None)
        )
        return frozenset(self._connection.scalars(wanted))

    def received_from(self, file_sha: str) -> ReceivedBundle | None:
        table = rows.received
        wanted = select(table).where(table.c.file_sha == file_sha, table.c.undone_at.is_(None))
        found = self._connection.execute(wanted).first()
        return _received(found) if found else None

    def forget_files(self) -> None:
        """Know no file again by its hash: what was applied from it may be here no more."""
        self._connection.execute(update(rows.received).values(file_sha=None))

    def has_received(self, bundle: UUID) -> bool:
        return bool(_HAS_RECEIVED.run(self._connection, {"bundle": bundle.bytes}))

    def add_received(self, bundle: ReceivedBundle) -> None:
        counts = json.dumps(asdict(bundle.counts))
        row = {
            name: getattr(bundle, name)
            for name in (
                "id",
                "bundle",
                "number",
                "at",
                "file_name",
                "undone_at",
                "digest",
                "file_sha",
            )
        }
        self._add(rows.received, row | {"sender": _sender_text(bundle.sender), "counts": counts})

    def mark_undone(self, bundle: UUID, at: datetime) -> None:
        table = rows.received
        self._connection.execute(
            update(table)
            .where(table.c.bundle == bundle.bytes, table.c.undone_at.is_(None))
            .values(undone_at=_naive(at))
        )

    def parked(self) -> tuple[ParkedBundle, ...]:
        return self._once("parked", self._read_parked)

    def _read_parked(self) -> tuple[ParkedBundle, ...]:
        return tuple(
            ParkedBundle(
                bundle=UUID(bytes=row.bundle),
                number=row.number,
                sender=_sender(row.sender),
                at=_utc(row.at),
                file_name=row.file_name,
                code=row.code,
            )
            for row in self._all(rows.parked)
        )

    def park(self, bundle: ParkedBundle, source: Path | BinaryIO) -> None:
        self.unpark(bundle.bundle)
        names = ("bundle", "number", "at", "file_name", "code")
        row = {name: getattr(bundle, name) for name in names}
        self._has_moved_files = True
        self._known.pop("parked", None)
        said = {"sender": _sender_text(bundle.sender), "sha": self._parked_files.keep(source)}
        self._add(rows.parked, row | said)

    def parked_file(self, bundle: UUID) -> Path:
        wanted = select(rows.parked.c.sha).where(rows.parked.c.bundle == bundle.bytes)
        return self._parked_files.place(self._connection.execute(wanted).scalar_one())

    def sweep_parked_files(self) -> None:
        """Drop the files that no row names, when the transaction is over, however it ended."""
        if self._has_moved_files:
            named = self._connection.scalars(select(rows.parked.c.sha)).all()
            self._parked_files.sweep(set(named))

    def unpark(self, bundle: UUID) -> None:
        if all(one.bundle != bundle for one in self.parked()):
            return
        self._known.pop("parked", None)
        self._connection.execute(_UNPARK, {"bundle": bundle.bytes})
        self._has_moved_files = True

    def _all(self, table: Table) -> list[Row[Any]]:
        return list(self._connection.execute(_ALL[table]))

    def _add(self, table: Table, row: Mapping[str, Any]) -> None:
        plain = {name: _plain(value) for name, value in row.items()}
        _ADD[table].run(self._connection, plain)


def _received(row: Row[Any]) -> ReceivedBundle:
    return ReceivedBundle(
        id=UUID(bytes=row.id),
        bundle=UUID(bytes=row.bundle),
        number=row.number,
        sender=_sender(row.sender),
        at=_utc(row.at),
        file_name=row.file_name,
        counts=MergeCounts(**json.loads(row.counts)),
        undone_at=row.undone_at and _utc(row.undone_at),
        digest=row.digest,
        file_sha=row.file_sha,
    )


def office_row(office: Office, store: str) -> dict[str, Any]:
    """Return the row that says whom a database belongs to."""
    return _office_row(office) | {"one": 1, "store": store}


def _office_row(office: Office) -> dict[str, Any]:
    return asdict(office) | {"unit_id": office.unit_id.bytes, "role": office.role.value}


def _office(row: Row[Any]) -> Office:
    return Office(
        unit_id=UUID(bytes=row.unit_id),
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        number=row.number,
        role=UnitRole(row.role),
    )


@lru_cache(_MANY)  # the same ones with every bundle
def _warrant(row: tuple[Any, ...]) -> Warrant:
    replica, office, unit_id, role, public_key, receiving_key, *said = row
    last, valid_from, valid_to, signer, signature = said
    return Warrant(
        certificate=Certificate(
            replica=replica,
            office=office,
            unit_id=UUID(bytes=unit_id),
            role=role,
            public_key=public_key,
            receiving_key=receiving_key,
        ),
        last=last,
        valid_from=datetime.fromisoformat(valid_from) if valid_from else None,
        valid_to=datetime.fromisoformat(valid_to) if valid_to else None,
        signer=signer,
        signature=signature,
    )


def _sender_text(sender: Certificate) -> str:
    said = {
        "replica": sender.replica.hex(),
        "office": sender.office,
        "unit_id": sender.unit_id.hex,
        "role": sender.role,
        "public_key": sender.public_key.hex(),
        "receiving_key": sender.receiving_key.hex() if sender.receiving_key else None,
    }
    return json.dumps(said)


def _sender(text: str) -> Certificate:
    said = json.loads(text)
    return Certificate(
        replica=bytes.fromhex(said["replica"]),
        office=said["office"],
        unit_id=UUID(said["unit_id"]),
        role=said["role"],
        public_key=bytes.fromhex(said["public_key"]),
        receiving_key=bytes.fromhex(key) if (key := said.get("receiving_key")) else None,
    )


def _plain(value: object) -> object:
    match value:
        case UUID():
            return value.bytes
        case datetime():
            return _naive(value)
        case _:
            return value


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _naive(moment: datetime) -> datetime:
    """Return the moment as SQLite keeps it: UTC, and no zone said."""
    return moment.astimezone(UTC).replace(tzinfo=None)
