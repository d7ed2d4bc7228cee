"""The values of a field in their three dresses: in the program, in the ledger, in JSON.

In the program a decimal is a `Decimal` and a date a `PartialDate`; in the ledger (and so in tables
and bundles) everything is text, an integer, 16 bytes of an id, or nothing; in JSON decimals are
texts with a point and refs are texts of a UUID. A blank value is nothing in the ledger and in JSON.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import TypeAlias
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate, from_iso
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.records import FieldSpec, FieldType, Sha256, UnknownChoice
from thidua_desktop.domain.text import clean, clean_lines

Stored: TypeAlias = str | int | bytes | None
LARGEST_INTEGER = 2**53 - 1
_SHA_DIGITS = 64


class NotKeptError(ValueError):
    """A value that the field cannot hold. Never leaves the functions that check fields."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue


def tidy(spec: FieldSpec, value: object) -> object:
    """Return the value as it is stored: texts composed (NFC), with blanks squeezed."""
    if spec.type is not FieldType.TEXT or not isinstance(value, str):
        return value
    return clean_lines(value) if spec.lines else clean(value)


def to_stored(spec: FieldSpec, value: object) -> Stored:  # noqa: PLR0911 - one line per type
    """Return the value as the ledger keeps it; a blank one is None."""
    if value is None or value == spec.blank:
        return None
    match value:
        case bool():
            return int(value)
        case Decimal():
            return int(value.scaleb(spec.scale))
        case PartialDate():
            return value.iso()
        case UUID():
            return value.bytes
        case StrEnum() | UnknownChoice():
            return value.value
        case int():
            return value
        case str():
            return str(value)  # a plain one: a hash is a text of its own kind in the program
        case _:
            raise TypeError(value)


def from_stored(spec: FieldSpec, stored: Stored) -> object:  # noqa: PLR0911 - one line per type
    """Return the value that the ledger keeps; nothing is the declared blank."""
    if stored is None:
        return spec.blank
    match spec.type:
        case FieldType.BOOL:
            return bool(stored)
        case FieldType.DECIMAL:
            return Decimal(int(stored)).scaleb(-spec.scale)
        case FieldType.DATE:
            return from_iso(str(stored))
        case FieldType.REF if isinstance(stored, bytes):
            return UUID(bytes=stored)
        case FieldType.ENUM:
            return _choice(spec, str(stored))
        case FieldType.FILE:
            return Sha256(stored)
        case _:
            return stored


def to_json(spec: FieldSpec, value: object) -> str | int | bool | None:
    """Return the value as the command line writes it; a blank one is None."""
    if value is None or value == spec.blank:
        return None
    match value:
        case bool() | int():
            return value
        case PartialDate():
            return value.iso()
        case StrEnum() | UnknownChoice():
            return value.value
        case Decimal():
            return f"{value:.{spec.scale}f}"
        case _:
            return str(value)


def from_json(spec: FieldSpec, given: object) -> object:
    """Read a value as the command line takes it, tidied. Raises NotKeptError."""
    if given is None:
        return spec.blank
    value = _typed(spec, given)
    if issue := value_issue(spec, value):
        raise NotKeptError(issue)
    return value


def value_issue(spec: FieldSpec, value: object) -> Issue | None:  # noqa: PLR0911 - one per rule
    """Return what is wrong with a value of the right type, if anything."""
    match value:
        case Decimal() if value != round(value, spec.scale):
            return Issue.TOO_PRECISE
        case bool():
            return None
        case int() | Decimal():
            return _bounds_issue(spec, value)
        case StrEnum() | UUID() | PartialDate() | None:
            return None
        case UnknownChoice():
            return Issue.NOT_ALLOWED
        case str() if len(value) > spec.longest:
            return Issue.TOO_LONG
        case str() if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value):
            return Issue.CONTROL_CHARACTER
    return None


def _bounds_issue(spec: FieldSpec, value: int | Decimal) -> Issue | None:
    least = -LARGEST_INTEGER if spec.least is None else spec.least
    most = LARGEST_INTEGER if spec.most is None else spec.most
    if value < least:
        return Issue.TOO_SMALL
    if value > most or abs(value) * 10**spec.scale > LARGEST_INTEGER:
        return Issue.TOO_LARGE
    return None


def _typed(spec: FieldSpec, given: object) -> object:  # noqa: PLR0911 - one line per type
    try:
        match spec.type, given:
            case FieldType.TEXT, str():
                return tidy(spec, given)
            case FieldType.INTEGER, int() if not isinstance(given, bool):
                return given
            case FieldType.DECIMAL, str():
                return _decimal(given)
            case FieldType.DATE, str():
                return from_iso(given)
            case FieldType.BOOL, bool():
                return given
            case FieldType.REF, str():
                return UUID(given)
            case FieldType.ENUM, str():
                return _choice(spec, given)
            case FieldType.FILE, str() if len(given) == _SHA_DIGITS:
                bytes.fromhex(given)
                return Sha256(given)
    except (ValueError, InvalidOperation) as error:
        raise NotKeptError(_READING_ISSUES.get(spec.type, Issue.WRONG_TYPE)) from error
    raise NotKeptError(Issue.WRONG_TYPE)


_READING_ISSUES = {
    FieldType.DATE: Issue.NOT_A_DATE,
    FieldType.DECIMAL: Issue.NOT_A_NUMBER,
    FieldType.REF: Issue.NOT_AN_ID,
}


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise InvalidOperation(text)
    return number


def _choice(spec: FieldSpec, text: str) -> StrEnum | UnknownChoice:
    known = _by_value(type(spec.choices[0])).get(text)
    return UnknownChoice(text) if known is None else known


@cache
def _by_value(kind: type[StrEnum]) -> dict[str, StrEnum]:
    return {choice.value: choice for choice in kind}
