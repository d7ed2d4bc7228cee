"""Decisions that award, and what they award.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _ID = sa.Text, sa.BigInteger, sa.LargeBinary
_Columns = dict[str, type[sa.types.TypeEngine[Any]]]
_TABLES: dict[str, _Columns] = {
    "decision": {
        "unit_id": _ID,
        "number": _TEXT,
        "date": _TEXT,
        "award_form_id": _ID,
        "title": _TEXT,
        "giver": _TEXT,
        "place": _TEXT,
        "signer_lines": _TEXT,
        "signer_name": _TEXT,
        "merit": _TEXT,
        "book": _TEXT,
        "note": _TEXT,
    },
    "award": {
        "decision_id": _ID,
        "person_id": _ID,
        "collective_id": _ID,
        "household_id": _ID,
        "proposal_id": _ID,
        "place": _NUMBER,
        "name": _TEXT,
        "about": _TEXT,
        "merit": _TEXT,
        "number": _NUMBER,
        "printed_on": _TEXT,
    },
}


def upgrade() -> None:
    """Add the tables, and by what awards are looked up."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.LargeBinary(), nullable=False),
            sa.Column("_op", sa.BigInteger(), nullable=False),
            sa.Column("_m", sa.BigInteger(), nullable=False),
            *(sa.Column(name, of_type(), nullable=True) for name, of_type in columns.items()),
            sa.PrimaryKeyConstraint("id"),
        )
    for name in ("decision_id", "person_id", "collective_id", "household_id"):
        op.create_index(f"ix_award_{name}", "award", [name])
