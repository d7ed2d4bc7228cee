"""Fields as people type and read them: one reading for forms, pasted blocks and kept texts."""

from __future__ import annotations

from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.field_values import NotKeptError, tidy, value_issue
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.numbers import decimal_text, read_decimal
from thidua_desktop.domain.records import FieldSpec, FieldType, UnknownChoice
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.words import word

_YES = {"co", "x", "dung", "1", "true", "yes"}
_NO = {"khong", "", "sai", "0", "false", "no"}


def read_typed(spec: FieldSpec, text: str) -> object:
    """Return the value that a text means in a field, as it is kept. Raises NotKeptError."""
    value = tidy(spec, _read(spec, text))
    if issue := value_issue(spec, value):
        raise NotKeptError(issue)
    return value


def typed_text(spec: FieldSpec, value: object) -> str:
    """Return a value as it stands in its field."""
    if value is None or value == spec.blank:
        return ""
    if isinstance(value, PartialDate):
        return shown(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if spec.type is FieldType.DECIMAL:
        return decimal_text(value)  # type: ignore[arg-type] # a decimal by its field
    if spec.choices and not isinstance(value, UnknownChoice):
        return word(value)  # type: ignore[arg-type] # a choice by its field
    return str(value)


def _read(spec: FieldSpec, text: str) -> object:
    if spec.type is FieldType.TEXT:
        return text
    squeezed = text.strip()
    if not squeezed:
        return spec.blank
    match spec.type:
        case FieldType.DATE:
            return _date(squeezed)
        case FieldType.INTEGER | FieldType.DECIMAL:
            return _number(spec, squeezed)
        case FieldType.BOOL:
            return _bool(squeezed)
        case FieldType.ENUM:
            return _choice(spec, squeezed)
        case _:
            raise NotKeptError(Issue.WRONG_TYPE)


def _date(text: str) -> PartialDate:
    try:
        return from_typed(text)
    except ValueError as error:
        raise NotKeptError(Issue.NOT_A_DATE) from error


def _number(spec: FieldSpec, text: str) -> object:
    try:
        number = read_decimal(text)
    except ValueError as error:
        raise NotKeptError(Issue.NOT_A_NUMBER) from error
    if spec.type is not FieldType.INTEGER:
        return number
    if number != int(number):
        raise NotKeptError(Issue.NOT_A_NUMBER)
    return int(number)


def _bool(text: str) -> bool:
    said = fold(text)
    if said not in _YES | _NO:
        raise NotKeptError(Issue.NOT_ALLOWED)
    return said in _YES


def _choice(spec: FieldSpec, text: str) -> object:
    said = fold(text)
    for choice in spec.choices:
        if said in {fold(word(choice)), fold(choice.value)}:
            return choice
    for choice in spec.choices:  # its words, without what they add in brackets
        if said == fold(word(choice).partition(" (")[0]):
            return choice
    raise NotKeptError(Issue.NOT_ALLOWED)
