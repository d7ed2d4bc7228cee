"""Scores that peers give each other.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _ID = sa.Text, sa.BigInteger, sa.LargeBinary
_Columns = dict[str, type[sa.types.TypeEngine[Any]]]
_TABLES: dict[str, _Columns] = {
    "peer_sheet": {
        "set_id": _ID,
        "unit_id": _ID,
        "period": _NUMBER,
        "closed_on": _TEXT,
    },
    "peer_score": {
        "sheet_id": _ID,
        "criterion_id": _ID,
        "points": _NUMBER,
        "reason": _TEXT,
    },
}


def upgrade() -> None:
    """Add the tables, and by what they are looked up."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.LargeBinary(), nullable=False),
            sa.Column("_op", sa.BigInteger(), nullable=False),
            sa.Column("_m", sa.BigInteger(), nullable=False),
            *(sa.Column(name, of_type(), nullable=True) for name, of_type in columns.items()),
            sa.PrimaryKeyConstraint("id"),
        )
    op.create_index("ix_peer_sheet_set_id", "peer_sheet", ["set_id"])
    op.create_index("ix_peer_score_sheet_id", "peer_score", ["sheet_id"])
