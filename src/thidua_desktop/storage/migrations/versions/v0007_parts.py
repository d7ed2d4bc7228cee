"""Bundles that come in parts, copies of what was sent, and which files others lack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "part",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("piece", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("whole", "piece", "number", name=op.f("uq_part_whole_piece_number")),
    )
    op.create_table(
        "joined",
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("whole"),
    )
    op.create_table(
        "sent_copy",
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("is_light", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle"),
    )
    op.create_table(
        "wanted",
        sa.Column("replica", sa.LargeBinary(), nullable=False),
        sa.Column("sha", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("replica", "sha"),
    )
