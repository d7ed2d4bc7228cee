"""What records say in the columns of a list: derived from the declaration of their kind."""

from __future__ import annotations

from collections.abc import Sequence
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


def nothing(_kind: str, _record_id: UUID) -> None:
    """Find no other record: where no column names one."""
