"""What a line from outside must be (bundle.md 7.1, 7.4): its types, its numbers, its texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from thidua_desktop.domain.dates import from_iso
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ledger import seen_of, seen_text
from thidua_desktop.domain.records import DELETED, DELETED_BIT, FieldSpec, FieldType
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.lines import (
    Line,
    LineError,
    check_salt,
    decode,
    encode,
    id_bytes,
)

_XOA = 1 << DELETED_BIT
_VALUES = 5  # their place in a line
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHA = re.compile(r"[0-9a-f]{64}")
# The controls that JSON leaves as they are; those below the blank it escapes.
_BARE_CONTROL = re.compile("[\x7f-\x9f]")
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f]")

_Integer = Annotated[int, Meta(ge=-limits.LARGEST_INTEGER, le=limits.LARGEST_INTEGER)]
_Text = Annotated[str, Meta(max_length=limits.LONGEST_TEXT)]
_Any = _Text | _Integer | None


class CheckedLine(NamedTuple):
    """A line, its bytes, its record, the ops it points at, its values as a table holds them."""

    line: Line
    data: bytes
    row: bytes
    named: Sequence[tuple[bytes, int]]
    typed: Sequence[Stored]


class LineReader:
    """Reads the lines of one origin and kind. Whatever it raises is a LineError."""

    def __init__(self, origin: bytes, fields: Sequence[FieldSpec], names: Sequence[str]) -> None:
        self._origin = origin
        self._fields = tuple(fields)
        self._most = len(names)
        self._decode = _decoder(self._fields, self._most)
        self._checks = [
            (spec.bit, 1 << spec.bit, _CHECKS[spec.type]) for spec in fields if spec.type in _CHECKS
        ]
        self._refs = [spec.bit for spec in fields if spec.type is FieldType.REF]

    def read(self, data: bytes) -> CheckedLine:
        """Return the line, every rule of the format kept."""
        if len(data) > limits.LONGEST_LINE:
            raise LineError("length")
        line = self._decoded(data)
        if encode(line) != data:
            raise LineError("not canonical")
        _check_texts(line, data)
        self._check_mask(line)
        named = self._named(line) if line.prev else ()
        row = id_bytes(line.row)
        check_salt(line)
        mask, values = line.mask, line.values
        if mask == _XOA and (mark := values[DELETED_BIT]) is not None:
            _check_mark(mark)
        for bit, flag, check in self._checks:
            if mask & flag and (value := values[bit]) is not None:
                check(value)
        return CheckedLine(line, data, row, named, self._typed(values))

    def _typed(self, values: tuple[str | int | None, ...]) -> Sequence[Stored]:
        """Return a value for each declared field; those the line was too old for are blank."""
        width = len(self._fields)
        typed: list[Stored] = list(values[1 : width + 1])
        typed += [None] * (width - len(typed))
        for bit in self._refs:
            if (value := typed[bit - 1]) is not None:
                typed[bit - 1] = _ref(value)
        return typed

    def _decoded(self, data: bytes) -> Line:
        try:
            return self._decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass  # wrong, or written when the kind had fewer fields
        try:
            line = decode(data)
            if not 0 < len(line.values) < self._most:
                raise LineError("width")
            return _decoder(self._fields, len(line.values))(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise LineError(str(error)) from error

    @staticmethod
    def _check_mask(line: Line) -> None:
        if line.mask >> len(line.values):
            raise LineError("mask")
        if line.mask & 1 << DELETED_BIT and line.mask != 1 << DELETED_BIT:
            raise LineError("deletion is not alone")
        if any(line.values[bit] is not None for bit in _outside(line.mask, len(line.values))):
            raise LineError("value outside the mask")

    def _named(self, line: Line) -> Sequence[tuple[bytes, int]]:
        """Return the ops that a line points at, in the order that is the same for everyone."""
        if len(line.prev) > limits.MOST_POINTERS:
            raise LineError("too many pointers")
        named = []
        for pointer in line.prev:
            oid, number = (None, pointer) if isinstance(pointer, int) else pointer
            if not 0 < number <= limits.LARGEST_NUMBER:
                raise LineError("pointer")
            named.append((self._origin if oid is None else id_bytes(oid), number))
            if oid is not None and named[-1][0] == self._origin:
                raise LineError("own origin is not named")
        if any(a >= b for a, b in pairwise(named)):
            raise LineError("pointers not in order")
        return named


@lru_cache(maxsize=4_096)
def _outside(mask: int, width: int) -> tuple[int, ...]:
    """Return the bits that a mask leaves out; most lines of a bundle have one of a few masks."""
    return tuple(bit for bit in range(width) if not mask >> bit & 1)


def check_names(kind: str, names: Sequence[str]) -> None:
    """Check the head of a section: a kind and the names of its bits. Raises LineError."""
    if names[:1] != (DELETED,) or len(names) > limits.WIDEST or len(set(names)) < len(names):
        raise LineError("fields")
    for name in (kind, *names[1:]):
        if len(name) > limits.LONGEST_NAME or not _NAME.fullmatch(name):
            raise LineError("name")


def check_values(line: Line, fields: Sequence[FieldSpec]) -> None:
    """Check that a line of the log can be shown. Raises one of UNREADABLE.

    A value of a field that this program has only just learnt came in unchecked; of all others
    only decay can have spoilt it. Limits are not asked: those of another version were others.
    """
    types = {spec.bit: (_PLAIN.get(spec.type, str), _CHECKS.get(spec.type)) for spec in fields}
    types[DELETED_BIT] = (str, _check_mark)
    for bit, value in enumerate(line.values):
        if value is None or bit not in types:
            continue
        plain, check = types[bit]
        if not isinstance(value, plain) or not line.mask >> bit & 1:
            raise LineError("value")
        if check:
            check(value)
    if line.mask >> len(line.values):
        raise LineError("mask")


@cache
def _decoder(fields: tuple[FieldSpec, ...], width: int) -> Callable[[bytes], Line]:
    """Return what reads a line of this width in one step, each value of its declared type."""
    places = [(f.name, f.type) for f in msgspec.structs.fields(Line) if f.name != "values"]
    places.insert(_VALUES, ("values", _types(fields, width)))
    typed = msgspec.defstruct(
        "TypedLine", places, array_like=True, frozen=True, forbid_unknown_fields=True
    )
    decode_line: Callable[[bytes], Any] = msgspec.json.Decoder(typed).decode
    return decode_line


def _types(fields: tuple[FieldSpec, ...], width: int) -> Any:  # noqa: ANN401 - a type
    types: list[Any] = [_Any] * width
    types[DELETED_BIT] = _Text | None
    for spec in fields:
        if spec.bit < width:
            types[spec.bit] = _type_of(spec)
    return tuple[tuple(types)]  # type: ignore[misc] # made of the declaration


def _type_of(spec: FieldSpec) -> Any:  # noqa: ANN401 - a type
    match spec.type:
        case FieldType.BOOL:
            return Annotated[int, Meta(ge=0, le=1)] | None
        case FieldType.INTEGER:
            return _bounded(spec, 1)
        case FieldType.DECIMAL:
            return _bounded(spec, 10**spec.scale)
        case FieldType.TEXT | FieldType.ENUM:
            longest = min(spec.longest, limits.LONGEST_TEXT)
            return Annotated[str, Meta(max_length=longest)] | None
        case _:
            return _Text | None


def _bounded(spec: FieldSpec, unit: int) -> Any:  # noqa: ANN401 - a type
    least = -limits.LARGEST_INTEGER if spec.least is None else spec.least * unit
    most = limits.LARGEST_INTEGER if spec.most is None else spec.most * unit
    bounds = Meta(ge=least, le=min(most, limits.LARGEST_INTEGER))
    return Annotated[int, bounds] | None


def _check_texts(line: Line, data: bytes) -> None:
    """Check that every text is composed and without controls but line ends and tabs."""
    if data.isascii() and b"\\" not in data and b"\x7f" not in data:
        return
    whole = data.decode()
    if not unicodedata.is_normalized("NFC", whole) or _BARE_CONTROL.search(whole):
        raise LineError("text")
    if b"\\" in data:
        texts = (t for t in (*line.values, line.stamp[1]) if isinstance(t, str))
        if any(_ESCAPED.search(text) for text in texts):
            raise LineError("control character")


def _check_mark(mark: str | int) -> None:
    try:
        seen = seen_of(mark)
    except ValueError as error:
        raise LineError("mark of deletion") from error
    id_long = all(len(oid) == 16 for oid in seen)  # noqa: PLR2004 - bytes of an id
    in_range = all(0 < number <= limits.LARGEST_NUMBER for number in seen.values())
    if seen_text(seen) != mark or not id_long or not in_range:
        raise LineError("mark of deletion")


@lru_cache(maxsize=4_096)
def _check_date(value: str | int) -> None:
    try:
        right = from_iso(str(value)).iso() == value
    except ValueError:
        right = False
    if not right:
        raise LineError("date")


def _check_sha(value: str | int) -> None:
    if not _SHA.fullmatch(str(value)):
        raise LineError("file")


_ref = lru_cache(maxsize=4_096)(id_bytes)


def _check_ref(value: str | int) -> None:
    _ref(value)


_PLAIN = dict.fromkeys((FieldType.BOOL, FieldType.INTEGER, FieldType.DECIMAL), int)
UNREADABLE = (LineError, msgspec.MsgspecError, UnicodeDecodeError)
_CHECKS: dict[FieldType, Callable[[str | int], None]] = {
    FieldType.DATE: _check_date,
    FieldType.FILE: _check_sha,
    FieldType.REF: _check_ref,
}
