"""One op as a line of JSON: `[seq, row, mask, lam, prev, [values], [at, who, salt]]`.

Values stand at the place of their bit, ids and refs are base64url of their 16 bytes. A line is
stored, chained and sent on as the same bytes; what a line from outside must
be stands in `checking`.
"""

from __future__ import annotations

import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import a2b_base64, b2a_base64
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import repeat
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta
from msgspec.structs import astuple

from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.records import DELETED_BIT, FieldSpec, FieldType
from thidua_desktop.storage.ledger import limits

START_HASH = bytes(32)
SALT_BYTES = 16
# What stands for the last two of the 64 in an id; what usually does is none of an id.
_STANDARD = str.maketrans("-_+/", "+/..")
_ID_LENGTH = 22
_ID_AND_ZEROS = struct.Struct("16s2x")
_HASH = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")

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
_encode_lines = msgspec.json.Encoder().encode_lines
_decode = msgspec.json.Decoder(Line).decode


def encode(line: Line) -> bytes:
    """Return the bytes of a line."""
    return _encode(line)


def decode(data: bytes) -> Line:
    """Read a line that is in the log."""
    return _decode(data)


def encode_lines(lines: Sequence[object]) -> bytes:
    """Return the bytes of lines, a line end after each: there are none within."""
    return _encode_lines(lines)


class Parts(NamedTuple):
    """Lines taken apart: of each part those of all of them."""

    seq: Sequence[int]
    row: Sequence[str]
    mask: Sequence[int]
    lam: Sequence[int]
    prev: Sequence[tuple[Pointer, ...]]
    values: Sequence[tuple[str | int | None, ...]]
    at: Sequence[int]
    who: Sequence[str]
    salt: Sequence[str]


def parts_of(lines: Iterable[tuple[Any, ...]]) -> Parts:
    """Take lines apart, each of them a tuple of what stands in it."""
    *parts, stamps = zip(*lines, strict=True)
    return Parts(*parts, *zip(*stamps, strict=True))


def links(kind: str, parts: Parts) -> list[bytes]:
    """Return what each line adds to the chain of hashes.

    The values go in through a salted hash of their own, so that they can be redacted by law
    without breaking the chain (bundle.md 13).
    """
    seq, row, mask, lam, prev, values, at, who, salt = parts
    shells = _encoded(list(zip(repeat(kind), seq, row, mask, lam, prev, at, who, strict=False)))
    salted = _salted(salt, values)
    return [sha256(shell).digest() + of for shell, of in zip(shells, salted, strict=True)]


def linked(chain: bytes, links: Iterable[bytes]) -> bytes:
    """Return the hash of the chain after the lines that add these to it."""
    for link in links:
        chain = sha256(chain + link).digest()
    return chain


def chained(before: bytes, kind: str, line: Line) -> bytes:
    """Return the hash of the chain after a line."""
    return linked(before, links(kind, parts_of((astuple(line),))))


def is_redacted(line: Line) -> bool:
    """Tell whether the values of a line were taken out: their hash stands in place of the salt."""
    return len(line.stamp[2]) > _ID_LENGTH


def redacted(line: Line) -> Line:
    """Return a line without its values and its salt; the chain over it stays what it is."""
    if is_redacted(line):
        return line
    (values,) = _salted((line.stamp[2],), (line.values,))
    return msgspec.structs.replace(
        line, values=(None,) * len(line.values), stamp=(*line.stamp[:2], id_text(values))
    )


def _salted(salts: Sequence[str], values: Sequence[object]) -> list[bytes]:
    """Return the salted hash of each line's values, or the one that stands in their place."""
    return [
        sha256(salt.encode() + of).digest()
        if len(salt) <= _ID_LENGTH
        else urlsafe_b64decode(salt + "=")
        for salt, of in zip(salts, _encoded(values), strict=True)
    ]


def _encoded(values: Sequence[object]) -> list[bytes]:
    """Return the bytes of each value: what the library writes has no line ends within."""
    return _encode_lines(values).split(b"\n")[:-1]


def check_salts(parts: Parts) -> None:
    """Check the salts of lines from outside, or the hash that replaces one. Raises LineError."""
    salts: Sequence[str] = parts.salt
    if max(map(len, salts)) > _ID_LENGTH:
        for salt, mask, values in zip(salts, parts.mask, parts.values, strict=True):
            if len(salt) > _ID_LENGTH and (
                not _HASH.fullmatch(salt)
                or mask == 1 << DELETED_BIT
                or any(value is not None for value in values)
            ):
                raise LineError("redacted")
        salts = [salt for salt in salts if len(salt) <= _ID_LENGTH]
    _ids_and_zeros(salts)


def id_text(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def id_bytes(text: object) -> bytes:
    """Read 16 bytes back. Raises LineError for anything that is not exactly their text."""
    if not isinstance(text, str):
        raise LineError("id")
    return ids_bytes((text,))[0]


def ids_bytes(texts: Collection[str]) -> list[bytes]:
    """Read ids back, 16 bytes each, all at once. Raises LineError as soon as one is none."""
    return [one for (one,) in _ID_AND_ZEROS.iter_unpack(_ids_and_zeros(texts))]


def _ids_and_zeros(texts: Collection[str]) -> bytes:
    """Read ids back: 16 bytes of each and two that are zero. Raises LineError."""
    if not set(map(len, texts)) <= {_ID_LENGTH}:
        raise LineError("id")
    # Two more characters make each of them whole bytes: 16 of the id, and two that are zero.
    standard = "AA".join((*texts, "")).translate(_STANDARD)
    try:
        read = a2b_base64(standard)
    except ValueError as error:
        raise LineError("id") from error
    if b2a_base64(read, newline=False) != standard.encode() or any(read[16::18]):
        raise LineError("id")
    return read


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
