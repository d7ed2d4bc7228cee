"""One op as a line of JSON: `[seq, row, mask, lam, prev, [values], [at, who, salt]]`.

Values stand at the place of their bit, ids and refs are base64url of their 16 bytes. A line is
stored, chained and sent on as the same bytes; what a line from outside must
be stands in `checking`.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import a2b_base64
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.records import DELETED_BIT, FieldSpec, FieldType
from thidua_desktop.storage.ledger import limits

START_HASH = bytes(32)
SALT_BYTES = 16
_STANDARD = str.maketrans("-_", "+/")
# 16 bytes: the last of the 22 characters carries but two bits.
_ID = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")
_HASH = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_SALT_LENGTH = 22

_Number = Annotated[int, Meta(ge=1, le=limits.LARGEST_NUMBER)]
_Mask = Annotated[int, Meta(ge=1, le=limits.LARGEST_MASK)]
_Integer = Annotated[int, Meta(ge=-limits.LARGEST_INTEGER, le=limits.LARGEST_INTEGER)]
_Text = Annotated[str, Meta(max_length=limits.LONGEST_TEXT)]
# Without bounds: a union of a bounded integer and a tuple crashes msgspec 0.22.
Pointer = int | tuple[str, int]


class Line(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A line, decoded. `prev` points at numbers of the same origin or at (origin, number)."""

    seq: _Number
    row: str
    mask: _Mask
    lam: _Number
    prev: tuple[Pointer, ...]
    values: tuple[_Text | _Integer | None, ...]
    stamp: tuple[_Integer, _Text, str]


class LineError(ValueError):
    """A line that breaks the rules of the format. Never leaves the ledger."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def encode(line: Line) -> bytes:
    """Return the bytes of a line."""
    return _encode(line)


def decode(data: bytes) -> Line:
    """Read a line that is in the log."""
    return _decode(data)


def chained(before: bytes, kind: str, line: Line) -> bytes:
    """Return the hash of the chain after a line.

    The values go in through a salted hash of their own, so that they can be redacted by law
    without breaking the chain (bundle.md 13).
    """
    at, who, salt = line.stamp
    shell = _encode([kind, line.seq, line.row, line.mask, line.lam, line.prev, at, who])
    values = (
        urlsafe_b64decode(salt + "=")
        if is_redacted(line)
        else hashlib.sha256(salt.encode() + _encode(line.values)).digest()
    )
    return hashlib.sha256(before + hashlib.sha256(shell).digest() + values).digest()


def is_redacted(line: Line) -> bool:
    """Tell whether the values of a line were taken out: their hash stands in place of the salt."""
    return len(line.stamp[2]) > _SALT_LENGTH


def redacted(line: Line) -> Line:
    """Return a line without its values and its salt; the chain over it stays what it is."""
    if is_redacted(line):
        return line
    at, who, salt = line.stamp
    values = hashlib.sha256(salt.encode() + _encode(line.values)).digest()
    return msgspec.structs.replace(
        line, values=(None,) * len(line.values), stamp=(at, who, id_text(values))
    )


def check_salt(line: Line) -> None:
    """Check the salt of a line from outside, or the hash that replaces it. Raises LineError."""
    if not is_redacted(line):
        id_bytes(line.stamp[2])
    elif (
        not _HASH.fullmatch(line.stamp[2])
        or line.mask == 1 << DELETED_BIT
        or any(value is not None for value in line.values)
    ):
        raise LineError("redacted")


def id_text(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def id_bytes(text: object) -> bytes:
    """Read 16 bytes back. Raises LineError for anything that is not exactly their text."""
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise LineError("id")
    return a2b_base64(text.translate(_STANDARD) + "==")


def stamp(at: datetime, who: str, salt: bytes) -> tuple[int, str, str]:
    """Return what a line says of its writing: the moment, the person, the salt."""
    return int(at.timestamp()), who, id_text(salt)


def moment(line: Line) -> datetime:
    """Return when the line says it was written; shown, never compared."""
    try:
        return datetime.fromtimestamp(line.stamp[0], UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def to_line(value: Stored) -> str | int | None:
    """Return a stored value as it stands in a line."""
    return id_text(value) if isinstance(value, bytes) else value


def from_line(spec: FieldSpec | None, value: str | int | None) -> Stored:
    """Return a value of a line as it is stored; of an unknown field as it stands."""
    if spec is not None and spec.type is FieldType.REF and value is not None:
        return id_bytes(value)
    return value
