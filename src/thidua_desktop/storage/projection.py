"""Typed tables, derived from the declared record kinds: what the ledger says, ready to be read.

The columns hold values as the ledger keeps them (`domain.field_values`): a decimal is an integer, a
ref its 16 bytes. `_op` and `_m` are one of the record's heads and the mask of its fields.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import FieldType, kind_spec
from thidua_desktop.domain.same_as import SAME_AS

TYPED = MetaData()
_TABLES: dict[str, Table] = {}
_BUILDING = Lock()

_COLUMN_TYPES: dict[FieldType, type[TypeEngine[Any]]] = {
    FieldType.TEXT: Text,
    FieldType.INTEGER: BigInteger,
    FieldType.DECIMAL: BigInteger,
    FieldType.DATE: Text,
    FieldType.BOOL: Integer,
    FieldType.ENUM: Text,
    FieldType.REF: LargeBinary,
    FieldType.FILE: Text,
}
# By what records are looked up again and again, also while a bundle is merged.
_LOOKED_UP: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("unit_id", "birth_date"),),
    "position": (("person_id",),),
    "achievement": (("person_id",), ("collective_id",), ("household_id",)),
    "initiative": (("person_id",), ("collective_id",)),
    "initiative_claim": (("proposal_id",), ("initiative_id",)),
    "yearly_rating": (("person_id",), ("collective_id",)),
    "prior_award": (("person_id",), ("collective_id",), ("household_id",)),
    "evidence": (("proposal_id",), ("submission_id",)),
    "waiver": (("about_id",),),
    "contribution": (("proposal_id",), ("person_id",), ("collective_id",), ("household_id",)),
    "plan_document": (("unit_id",),),
    "annual_report": (("unit_id",),),
    "savings_target": (("unit_id",),),
    "registration": (("unit_id",), ("person_id",), ("collective_id",)),
    "peer_sheet": (("set_id",),),
    "peer_score": (("sheet_id",),),
    "award": (("decision_id",), ("person_id",), ("collective_id",), ("household_id",)),
}


@cache
def table_of(kind: str) -> Table:
    """Return the table of a kind, by its name: a column for each field, and what the ledger needs.

    No UNIQUE, CHECK or FOREIGN KEY: a breach that arises only after merging is a finding for a
    person, never a failed import.
    """
    with _BUILDING:  # two workers may ask for the first time at once
        if kind not in _TABLES:
            _TABLES[kind] = _built(kind)
        return _TABLES[kind]


def _built(kind: str) -> Table:
    columns = (
        Column(field.name, _COLUMN_TYPES[field.type]())
        for field in kind_spec(KIND_BY_NAME[kind]).fields
    )
    head = (Column("_op", BigInteger, nullable=False), Column("_m", BigInteger, nullable=False))
    table = Table(kind, TYPED, Column("id", LargeBinary, primary_key=True), *head, *columns)
    if SAME_AS in table.c:  # few records have one, and they are asked for after every write
        said = table.c[SAME_AS]
        Index(f"ix_{kind}_{SAME_AS}", said, sqlite_where=said.is_not(None))
    for names in _LOOKED_UP.get(kind, ()):
        Index(f"ix_{kind}_{names[0]}", *(table.c[name] for name in names))
    return table


def all_tables() -> MetaData:
    """Return the metadata with the table of every kind."""
    for kind in KIND_BY_NAME:
        table_of(kind)
    return TYPED
