"""One op as a line of JSON: `[seq, row, mask, lam, prev, [values], [at, who, salt]]`.

Values stand at the place of their bit, ids and refs are base64url of their 16 bytes. A line is
stored, chained and sent on as the same bytes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from thidua_desktop.domain.dates import from_iso
from thidua_desktop.domain.field_values import Stored, from_stored, value_issue
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.ledger import seen_of, seen_text
from thidua_desktop.domain.records import DELETED_BIT, FieldSpec, FieldType

START_HASH = bytes(32)
LONGEST_LINE = 256 * 1024
LONGEST_TEXT = 65_536
MOST_POINTERS = 64
LARGEST_NUMBER = 2**40 - 1
SALT_BYTES = 16
_ID_BYTES = 16
_ID_CHARACTERS = 22

Pointer = int | tuple[str, int]


class Line(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A line, decoded. `prev` points at numbers of the same origin or at (origin, number)."""

    seq: int
    row: str
    mask: int
    lam: int
    prev: tuple[Pointer, ...]
    values: tuple[str | int | None, ...]
    stamp: tuple[int, str, str]


class LineError(ValueError):
    """A line that breaks the rules of the format. Never leaves the ledger."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def encode(line: Line) -> bytes:
    """Return the bytes of a line."""
    return _encode(line)


def decode(data: bytes) -> Line:
    """Read a line. Raises LineError when it has another shape or is too long."""
    if len(data) > LONGEST_LINE:
        raise LineError("length")
    try:
        return _decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LineError(str(error)) from error


def chained(before: bytes, kind: str, line: Line) -> bytes:
    """Return the hash of the chain after a line.

    The values go in through a salted hash of their own, so that they can be redacted by law
    without breaking the chain (bundle.md 13).
    """
    at, who, salt = line.stamp
    shell = _encode([kind, line.seq, line.row, line.mask, line.lam, line.prev, at, who])
    values = hashlib.sha256(salt.encode() + _encode(line.values)).digest()
    return hashlib.sha256(before + hashlib.sha256(shell).digest() + values).digest()


def id_text(raw: bytes) -> str:
    """Return 16 bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def id_bytes(text: object) -> bytes:
    """Read 16 bytes back. Raises LineError for anything that is not exactly their text."""
    if not isinstance(text, str) or len(text) != _ID_CHARACTERS or not text.isascii():
        raise LineError("id")
    try:
        raw = urlsafe_b64decode(text + "==")
    except ValueError as error:
        raise LineError("id") from error
    if len(raw) != _ID_BYTES or id_text(raw) != text:
        raise LineError("id")
    return raw


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


def check_shape(line: Line, *, width: int) -> None:
    """Check what holds for every kind. Raises LineError."""
    if not 0 < line.mask < 1 << width or len(line.values) != width:
        raise LineError("mask")
    if line.mask & 1 << DELETED_BIT and line.mask != 1 << DELETED_BIT:
        raise LineError("deletion is not alone")
    if any(v is not None and not line.mask >> bit & 1 for bit, v in enumerate(line.values)):
        raise LineError("value outside the mask")
    if not 0 < line.lam <= LARGEST_NUMBER or not 0 < line.seq <= LARGEST_NUMBER:
        raise LineError("number")
    if len(line.prev) > MOST_POINTERS:
        raise LineError("too many pointers")
    id_bytes(line.stamp[2])
    for text in (*line.values, line.stamp[1]):
        if isinstance(text, str):
            _check_text(text)
        elif text is not None and abs(text) >= 2**53:
            raise LineError("integer")


def check_values(line: Line, fields: Sequence[FieldSpec]) -> None:
    """Check the values of the fields that this program knows. Raises LineError."""
    mark = line.values[DELETED_BIT]
    if mark is not None:
        _check_mark(mark)
    for spec in fields:
        if spec.bit < len(line.values) and line.values[spec.bit] is not None:
            _check_value(spec, line.values[spec.bit])


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT or not unicodedata.is_normalized("NFC", text):
        raise LineError("text")
    if any((c < " " and c not in "\n\t") or c == "\x7f" for c in text):
        raise LineError("control character")


def _check_mark(mark: object) -> None:
    try:
        seen = seen_of(str(mark))
    except ValueError as error:
        raise LineError("mark of deletion") from error
    if seen_text(seen) != mark or any(len(oid) != _ID_BYTES for oid in seen):
        raise LineError("mark of deletion")


def _check_value(spec: FieldSpec, value: str | int | None) -> None:
    numeric = spec.type in {FieldType.INTEGER, FieldType.DECIMAL, FieldType.BOOL}
    if isinstance(value, int) is not numeric:
        raise LineError(spec.name)
    match spec.type:
        case FieldType.DATE if from_iso_or_none(str(value)) is None:
            raise LineError(spec.name)
        case FieldType.BOOL if value not in {0, 1}:
            raise LineError(spec.name)
        case FieldType.FILE if not _is_sha(str(value)):
            raise LineError(spec.name)
        case FieldType.ENUM if len(str(value)) > spec.longest:
            raise LineError(spec.name)
    issue = value_issue(spec, from_stored(spec, from_line(spec, value)))
    if issue not in {None, Issue.NOT_ALLOWED}:  # an unknown choice is a newer program's
        raise LineError(spec.name)


def from_iso_or_none(text: str) -> object:
    """Return the date, or None when the text is none."""
    try:
        return from_iso(text)
    except ValueError:
        return None


def _is_sha(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)  # noqa: PLR2004 - hex
