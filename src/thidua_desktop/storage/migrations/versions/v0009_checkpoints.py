"""Checkpoints of the hash chains, and an index by which persons that look alike are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, which fills as bundles come and go, and the index."""
    op.create_index("ix_person_unit_id", "person", ["unit_id", "birth_date"])
    op.create_table(
        "checkpoint",
        sa.Column("ono", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ono", "number"),
        sqlite_with_rowid=False,
    )
