"""Peer groups with their members, and the day of the resolution behind a succession."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the kinds, and the column."""
    op.add_column("succession", sa.Column("resolution_date", sa.Text(), nullable=True))
    op.create_table(
        "peer_group",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.LargeBinary(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "peer_group_member",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.LargeBinary(), nullable=True),
        sa.Column("unit_id", sa.LargeBinary(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
