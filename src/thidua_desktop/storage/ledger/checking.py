"""What a line from outside must be (bundle.md 7.1, 7.4): its types, its numbers, its texts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise, zip_longest
from operator import itemgetter
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
    Parts,
    Pointer,
    check_salts,
    decode,
    encode_lines,
    id_bytes,
    ids_bytes,
    parts_of,
)

_XOA = 1 << DELETED_BIT
_DAY = len("2023-05-04")
_DATES = 16_384  # so many right ones are remembered: most are somebody's birth
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHA = re.compile(r"[0-9a-f]{64}")
# The controls that JSON leaves as they are, beside the last one of ASCII: U+0080 to U+009F.
_BARE_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
# U+0000 to U+027F and what may follow the first byte of a longer character; of those that begin
# with E1 or E2 only U+1E00 to U+1EFF and U+2002 to U+203F.
_USUAL = bytes((*range(0xCA), 0xE1, 0xE2))
_UNUSUAL_E1 = re.compile(rb"\xe1[^\xb8-\xbb]")
_UNUSUAL_E2 = re.compile(rb"\xe2(?!\x80[\x82-\xbf])")
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f]")

_Integer = Annotated[int, Meta(ge=-limits.LARGEST_INTEGER, le=limits.LARGEST_INTEGER)]
_Text = Annotated[str, Meta(max_length=limits.LONGEST_TEXT)]
_Any = _Text | _Integer | None
_Whole = tuple[Any, ...]  # what stands in a line, at the places that `Line` has


class CheckedLines(NamedTuple):
    """Lines that follow one another, their parts, their bytes, their records; the ops they point at
    by the place of the line, `own` where that is one of the same origin, `named` where it is any
    other or several; and the values as a table is given them of each declared field that has any.
    """

    parts: Parts
    data: Sequence[bytes]
    rows: Sequence[bytes]
    own: Mapping[int, int]
    named: Mapping[int, Sequence[tuple[bytes, int]]]
    columns: Mapping[str, Sequence[Stored | bytearray]]


class LineReader:
    """Reads the lines of one origin and kind. Whatever it raises is a LineError.

    Many at a time: each rule is asked of all of them at once, for Python to see only what is rare.
    """

    def __init__(self, origin: bytes, fields: Sequence[FieldSpec], names: Sequence[str]) -> None:
        self._origin = origin
        self._fields = tuple(fields)
        self._most = len(names)
        self._decoder = _decoder(self._fields, self._most)

    def read(self, data: Sequence[bytes]) -> CheckedLines:
        """Return the lines, every rule of the format kept."""
        if max(map(len, data)) > limits.LONGEST_LINE:
            raise LineError("length")
        whole = b"\n".join((*data, b""))
        lines = self._decoded(data, whole)
        if encode_lines(lines) != whole:
            raise LineError("not canonical")
        parts = parts_of(lines)
        _check_texts(parts, data, whole)
        check_salts(parts)
        # By bits; those a line was too old for are blank.
        values = list(zip_longest(*parts.values))
        filled = [bit for bit, of in enumerate(values) if _has_any(of)]
        _check_masks(parts, filled)
        own, named = self._pointing(parts.prev)
        return CheckedLines(
            parts=parts,
            data=data,
            rows=ids_bytes(parts.row),
            own=own,
            named=named,
            columns=self._columns({bit: values[bit] for bit in filled}),
        )

    def _columns(
        self, filled: Mapping[int, Sequence[str | int | None]]
    ) -> Mapping[str, Sequence[Stored | bytearray]]:
        """Return the values of the declared fields that have any, by what they have by bits."""
        for mark in _different(filled.get(DELETED_BIT, ())):
            _check_mark(mark)
        columns: dict[str, Sequence[Stored | bytearray]] = {}
        for spec in self._fields:
            if spec.bit not in filled:
                continue
            found = columns[spec.name] = filled[spec.bit]
            if spec.type is FieldType.REF:
                different = list(_different(found))
                refs = dict(zip(different, map(bytearray, ids_bytes(different)), strict=True))
                columns[spec.name] = list(map(refs.get, found))
            elif check := _CHECKS.get(spec.type):
                for value in _different(found):
                    check(value)
        return columns

    def _decoded(self, data: Sequence[bytes], whole: bytes) -> Sequence[_Whole]:
        try:
            lines = self._decoder.decode_lines(whole)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return [self._decoded_alone(one) for one in data]
        if len(lines) != len(data):
            raise LineError("not a line each")
        return lines

    def _decoded_alone(self, data: bytes) -> _Whole:
        """Read a line that was perhaps written when the kind had fewer fields."""
        try:
            width = len(decode(data).values)
            if not 0 < width <= self._most:
                raise LineError("width")
            return _decoder(self._fields, width).decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise LineError(str(error)) from error

    def _pointing(
        self, prev: Sequence[tuple[Pointer, ...]]
    ) -> tuple[dict[int, int], dict[int, Sequence[tuple[bytes, int]]]]:
        """Return at which ops the lines point that point at any: `own` and `named`."""
        own: dict[int, int] = {}
        named = {}
        for at, of in enumerate(prev):
            if len(of) == 1 and isinstance(of[0], int):
                own[at] = of[0]
            elif of:
                named[at] = self._named(of)
        if own and (min(own.values()) <= 0 or max(own.values()) > limits.LARGEST_NUMBER):
            raise LineError("pointer")
        return own, named

    def _named(self, prev: tuple[Pointer, ...]) -> Sequence[tuple[bytes, int]]:
        """Return the ops that a line points at, in the order that is the same for everyone."""
        if len(prev) > limits.MOST_POINTERS:
            raise LineError("too many pointers")
        named = []
        for pointer in prev:
            oid, number = (None, pointer) if isinstance(pointer, int) else pointer
            if not 0 < number <= limits.LARGEST_NUMBER:
                raise LineError("pointer")
            named.append((self._origin if oid is None else id_bytes(oid), number))
            if oid is not None and named[-1][0] == self._origin:
                raise LineError("own origin is not named")
        if any(a >= b for a, b in pairwise(named)):
            raise LineError("pointers not in order")
        return named


def _different(values: Iterable[Any]) -> set[Any]:
    return set(values) - {None}


def _has_any(values: Sequence[object]) -> bool:
    return values[0] is not None or values.count(None) < len(values)


def _check_masks(parts: Parts, filled: Sequence[int]) -> None:
    """Check that a line has values only where its mask says so. Most have one of a few masks."""
    of: dict[tuple[int, int], list[tuple[str | int | None, ...]]] = defaultdict(list)
    for mask, values in zip(parts.mask, parts.values, strict=True):
        of[mask, len(values)].append(values)
    for (mask, width), alike in of.items():
        if mask >> width:
            raise LineError("mask")
        if mask & _XOA and mask != _XOA:
            raise LineError("deletion is not alone")
        outside = [bit for bit in filled if bit < width and not mask >> bit & 1]
        if outside and set(map(itemgetter(*outside, outside[0]), alike)) != {
            (None,) * (len(outside) + 1)
        }:
            raise LineError("value outside the mask")


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
def _decoder(fields: tuple[FieldSpec, ...], width: int) -> msgspec.json.Decoder[_Whole]:
    """Return what reads lines of this width in one step, each value of its declared type."""
    types = {field.name: field.type for field in msgspec.structs.fields(Line)}
    types["values"] = _types(fields, width)
    return msgspec.json.Decoder(tuple[tuple(types.values())])  # type: ignore[misc] # made of them


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


def _check_texts(parts: Parts, data: Sequence[bytes], whole: bytes) -> None:
    """Check that every text is composed and without controls but line ends and tabs."""
    if not is_composed(whole):
        raise LineError("text")
    if b"\x7f" in whole or (b"\xc2" in whole and _BARE_CONTROL.search(whole)):
        raise LineError("text")
    if b"\\" not in whole:
        return
    for values, who, one in zip(parts.values, parts.who, data, strict=True):
        if b"\\" in one:
            texts = (text for text in (*values, who) if isinstance(text, str))
            if any(_ESCAPED.search(text) for text in texts):
                raise LineError("control character")


def is_composed(text: bytes) -> bool:
    """Tell whether a text in UTF-8 is in normal form C."""
    return is_usual(text) or unicodedata.is_normalized("NFC", text.decode())


def is_usual(text: bytes) -> bool:
    """Tell by the bytes of a text whether it is of usual characters only: Latin letters, those with
    Vietnamese marks, and punctuation are composed whatever stands beside them.
    """
    return text.isascii() or not (
        text.translate(None, _USUAL)
        or _UNUSUAL_E1.search(text)
        or (b"\xe2" in text and _UNUSUAL_E2.search(text))
    )


def _check_mark(mark: str | int) -> None:
    try:
        seen = seen_of(mark)
    except ValueError as error:
        raise LineError("mark of deletion") from error
    id_long = all(len(oid) == 16 for oid in seen)  # noqa: PLR2004 - bytes of an id
    in_range = all(0 < number <= limits.LARGEST_NUMBER for number in seen.values())
    if seen_text(seen) != mark or not id_long or not in_range:
        raise LineError("mark of deletion")


@lru_cache(maxsize=_DATES)
def _check_date(value: str | int) -> None:
    text = str(value)
    try:
        # Most are known to the day, and the standard library reads those at once.
        right = date.fromisoformat(text).isoformat() == value if len(text) == _DAY else False
        right = right or from_iso(text).iso() == value
    except ValueError:
        right = False
    if not right:
        raise LineError("date")


def _check_sha(value: str | int) -> None:
    if not _SHA.fullmatch(str(value)):
        raise LineError("file")


def _check_ref(value: str | int) -> None:
    id_bytes(value)


_PLAIN = dict.fromkeys((FieldType.BOOL, FieldType.INTEGER, FieldType.DECIMAL), int)
UNREADABLE = (LineError, msgspec.MsgspecError, UnicodeDecodeError)
_CHECKS: dict[FieldType, Callable[[str | int], None]] = {
    FieldType.DATE: _check_date,
    FieldType.FILE: _check_sha,
    FieldType.REF: _check_ref,
}
