"""What records say in the columns of a list: derived from the declaration of their kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload
from uuid import UUID

from thidua_desktop.domain.records import FieldSpec, FieldType, Record, kind_spec
from thidua_desktop.services.records import value_text
from thidua_desktop.services.titles import Find, title_by

_APART = {"same_as"}  # how records are joined has a page of its own


def columns_of(kind: type[Record], *, without: Sequence[str] = ()) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind that fit a column: no file, no long text."""
    return tuple(
        spec
        for spec in kind_spec(kind).fields
        if spec.name not in {*without, *_APART}
        and spec.type is not FieldType.FILE
        and not spec.lines
    )


def said_by(find: Find, record: Record, columns: Sequence[FieldSpec]) -> tuple[str, ...]:
    """Return the words of a record for each of these columns; another record by its name."""

    def said(spec: FieldSpec) -> str:
        value = getattr(record, spec.name)
        if isinstance(value, UUID) and spec.refers_to:
            return title_by(find, spec.refers_to, value)
        return value_text(value)

    return tuple(said(spec) for spec in columns)


class Cells(Sequence[str]):
    """The same, said when it is looked at: a long list shows few columns, and mostly none."""

    __slots__ = ("_columns", "_record", "_titles")

    def __init__(self, find: Find, record: Record, columns: Sequence[FieldSpec]) -> None:
        self._record, self._columns = record, columns
        # Another record is found only as long as it is read.
        self._titles = {
            spec.name: title_by(find, spec.refers_to, value)
            for spec in columns
            if spec.refers_to and isinstance(value := getattr(record, spec.name), UUID)
        }

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        name = self._columns[place].name
        return self._titles.get(name) or value_text(getattr(self._record, name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def nothing(_kind: str, _record_id: UUID) -> None:
    """Find no other record: where no column names one."""
