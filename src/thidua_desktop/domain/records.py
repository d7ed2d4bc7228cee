"""How a record kind is declared: each field says once what everything else needs to know."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import PROVINCE_NUMBER, derived_id

DELETED = "_xoa"
DELETED_BIT = 0
MOST_FIELDS = 62


class Owner(StrEnum):
    """Whose word counts in a field; the merge law turns it into a level."""

    OFFICE = "office"
    DEPARTMENT = "department"
    PROVINCE = "province"


class FieldType(StrEnum):
    """The types of the contract (`records schema`)."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOL = "bool"
    ENUM = "enum"
    REF = "ref"
    FILE = "file"


class Sha256(str):
    """The SHA-256 of a blob, as 64 hexadecimal digits: the value of a `file` field."""

    __slots__ = ()


class UnknownChoice(str):
    """A value of an enum that only a newer program knows: kept, and shown as unknown."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """Return the text, as a member of an enum does."""
        return str(self)


_TYPES: dict[type, FieldType] = {
    str: FieldType.TEXT,
    int: FieldType.INTEGER,
    Decimal: FieldType.DECIMAL,
    PartialDate: FieldType.DATE,
    bool: FieldType.BOOL,
    UUID: FieldType.REF,
    Sha256: FieldType.FILE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What the ledger, the tables, Excel, the command line and the forms know of one field.

    `name` is for ever: it stands in bundles. So is `bit`, its place among the fields of its kind
    (bit 0 is the mark of deletion): new fields go to the end. A field that changes its meaning
    gets a new name.
    """

    name: str
    bit: int
    type: FieldType
    label: str
    owner: Owner
    blank: object
    required: bool
    longest: int
    lines: bool
    scale: int
    least: int | None
    most: int | None
    refers_to: str | None
    addresses: bool
    past: bool
    sticky: bool
    choices: tuple[StrEnum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """What is known of a record kind: its Vietnamese name, whose it is, what makes its id."""

    name: str
    label: str
    owner: Owner
    key: tuple[str, ...]
    fields: tuple[FieldSpec, ...]

    def field(self, name: str) -> FieldSpec:
        """Return the field of this name. Raises KeyError."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


def said(  # noqa: PLR0913 - one keyword for each thing a field says of itself
    label: str,
    *,
    blank: object = "",
    owner: Owner | None = None,
    required: bool = False,
    longest: int = 2_000,
    lines: bool = False,
    scale: int = 2,
    least: int | None = None,
    most: int | None = None,
    refers_to: str | None = None,
    addresses: bool = False,
    past: bool = False,
    sticky: bool = False,
) -> Any:  # noqa: ANN401 - like dataclasses.field, it stands where a value of any type will
    """Declare a field.

    `owner` is the kind's own unless said. `required` counts at submission only: a draft may lack
    anything. `lines` marks a text of several lines. `least` and `most` bound numbers. A province's
    record goes to the office whose record the `addresses` field refers to, else to all. What is
    `sticky` stands in the next record too when one is entered after the other.
    """
    declared = {"label": label, "owner": owner, "required": required, "longest": longest}
    declared |= {"lines": lines, "scale": scale, "least": least, "most": most}
    declared |= {"refers_to": refers_to, "addresses": addresses, "past": past, "sticky": sticky}
    return field(default=blank, metadata=declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it stands now. To change it, make another with `replace`."""

    id: UUID


R = TypeVar("R", bound=Record)
_DECLARED: dict[type[Record], tuple[str, Owner, tuple[str, ...]]] = {}


def record_kind(
    label: str, *, owner: Owner = Owner.OFFICE, key: tuple[str, ...] = ()
) -> Callable[[type[R]], type[R]]:
    """Declare a dataclass as a record kind.

    With a `key` the id follows from these fields; the key of a kind that the province owns makes
    the same record wherever it is typed.
    """

    def declare(kind: type[R]) -> type[R]:
        _DECLARED[kind] = (label, owner, key)
        return kind

    return declare


def kind_spec(kind: type[Record]) -> KindSpec:
    """Return the declaration of a kind."""
    return _kind_spec(cast("Hashable", kind))


@cache
def _kind_spec(kind: Hashable) -> KindSpec:
    assert isinstance(kind, type)  # noqa: S101 - mypy holds the type of a dataclass to be unhashable
    label, owner, key = _DECLARED[kind]
    hints = get_type_hints(kind)
    declared = [f for f in fields(kind) if f.metadata]
    specs = []
    for bit, f in enumerate(declared, start=DELETED_BIT + 1):
        said_of = dict(f.metadata)
        said_of["owner"] = said_of["owner"] or owner
        python = _python_type(hints[f.name])
        choices = tuple(python) if issubclass(python, StrEnum) else ()
        of_type = FieldType.ENUM if choices else _TYPES[python]
        specs.append(
            FieldSpec(
                name=f.name, bit=bit, type=of_type, blank=f.default, choices=choices, **said_of
            )
        )
    return KindSpec(name=kind_name(kind), label=label, owner=owner, key=key, fields=tuple(specs))


def specs(kind: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the declared fields of a kind, in order."""
    return kind_spec(kind).fields


def kind_name(kind: type[Record]) -> str:
    """Return what a kind is called in tables, bundles and JSON: CriteriaSet is `criteria_set`."""
    return _snake_case(kind.__name__)


@cache
def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def values(record: Record) -> dict[str, Any]:
    """Return the declared fields of a record with their values."""
    return {spec.name: getattr(record, spec.name) for spec in specs(type(record))}


def replace_values(record: R, changed: dict[str, Any]) -> R:
    """Return the record with other values in the fields of these names."""
    return replace(record, **changed)


def begun_like(record: R, record_id: UUID) -> R:
    """Return a new record with what stays from one to the next."""
    return replace_values(type(record)(id=record_id), stays(record))


def stays(record: Record) -> dict[str, Any]:
    """Return what stays from one record to the next that is entered after it."""
    return {spec.name: getattr(record, spec.name) for spec in specs(type(record)) if spec.sticky}


def missing(record: Record) -> tuple[str, ...]:
    """Return the fields that must be filled before the record can be submitted."""
    required = _required(cast("Hashable", type(record)))
    return tuple(spec.name for spec in required if getattr(record, spec.name) == spec.blank)


@cache
def _required(kind: Hashable) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in _kind_spec(kind).fields if spec.required)


def keyed_id(kind: type[Record], office: int, **key: object) -> UUID:
    """Return the id that follows from the key of a record of this office.

    Raises KeyError when a field of the key is not given.
    """
    spec = kind_spec(kind)
    parts = tuple(_key_text(key[name]) for name in spec.key)
    return derived_id(spec.name, parts, owner_number(spec, office))


def owner_number(spec: KindSpec, office: int) -> int:
    """Return the office number that a new record of this kind carries when this office makes it."""
    return PROVINCE_NUMBER if spec.owner is Owner.PROVINCE and spec.key else office


def _key_text(value: object) -> str:
    return value.iso() if isinstance(value, PartialDate) else "" if value is None else str(value)


def _python_type(hint: Any) -> type:  # noqa: ANN401 - a type or a union of types
    parts = [part for part in get_args(hint) or (hint,) if part not in {type(None), UnknownChoice}]
    (python,) = parts
    return python  # type: ignore[no-any-return] # get_type_hints gives classes
