"""Ids of records: who owns a record can be read off its id (bundle.md 2)."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0c4f0e-52d5-4c0b-9d8a-202304040052")
PROVINCE_NUMBER = 0
MOST_OFFICES = 0xFFFF
_TIME_BITS = 48


def office_number(record_id: UUID) -> int:
    """Return the number of the office that owns the record: the last two bytes of its id."""
    return int.from_bytes(record_id.bytes[14:])


def owned_by(record_id: UUID, office: int) -> UUID:
    """Return the id with the last two bytes set to this office's number."""
    return UUID(bytes=record_id.bytes[:14] + office.to_bytes(2))


def time_id(milliseconds: int, noise: bytes, office: int) -> UUID:
    """Make a new id in the layout of UUIDv7, ten bytes of noise, the office's number last.

    The time part only keeps new records together in the index; nothing reads it as a time.
    (`uuid.uuid7` exists from Python 3.14 on.)
    """
    head = (milliseconds & (1 << _TIME_BITS) - 1).to_bytes(6)
    body = bytearray(head + noise[:10])
    body[6] = body[6] & 0x0F | 0x70
    body[8] = body[8] & 0x3F | 0x80
    return owned_by(UUID(bytes=bytes(body)), office)


def derived_id(kind: str, key: tuple[str, ...], office: int) -> UUID:
    """Make the id that follows from the key of a record, so that two PCs make the same record.

    >>> derived_id("unit", ("34",), 0) == derived_id("unit", ("34",), 0)
    True
    """
    return owned_by(uuid5(NAMESPACE, "\x1f".join((kind, *key))), office)
