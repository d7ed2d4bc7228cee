"""What came of the movement: documents, savings targets, registrations, and files of documents.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _ID = sa.Text, sa.BigInteger, sa.LargeBinary
_Columns = dict[str, type[sa.types.TypeEngine[Any]]]
_TABLES: dict[str, _Columns] = {
    "plan_document": {
        "unit_id": _ID,
        "sort": _TEXT,
        "number": _TEXT,
        "issued_on": _TEXT,
        "summary": _TEXT,
        "year": _NUMBER,
        "obligation_id": _ID,
        "note": _TEXT,
    },
    "savings_target": {
        "unit_id": _ID,
        "year": _NUMBER,
        "field": _TEXT,
        "name": _TEXT,
        "measure": _TEXT,
        "planned": _NUMBER,
        "reached": _NUMBER,
        "note": _TEXT,
    },
    "registration": {
        "unit_id": _ID,
        "year": _NUMBER,
        "person_id": _ID,
        "collective_id": _ID,
        "name": _TEXT,
        "position": _TEXT,
        "award_form_id": _ID,
        "title": _TEXT,
        "signed_on": _TEXT,
        "number": _TEXT,
        "note": _TEXT,
    },
}


def upgrade() -> None:
    """Add the tables, by whom they are looked up, and the fields that lead to them."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.LargeBinary(), nullable=False),
            sa.Column("_op", sa.BigInteger(), nullable=False),
            sa.Column("_m", sa.BigInteger(), nullable=False),
            *(sa.Column(name, of_type(), nullable=True) for name, of_type in columns.items()),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index(f"ix_{table}_unit_id", table, ["unit_id"])
    for name in ("person_id", "collective_id"):
        op.create_index(f"ix_registration_{name}", "registration", [name])
    op.add_column("attachment", sa.Column("document_id", sa.LargeBinary(), nullable=True))
    op.add_column("obligation", sa.Column("paper", sa.Text(), nullable=True))
