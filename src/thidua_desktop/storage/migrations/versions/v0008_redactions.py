"""Values taken out by law.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of redactions."""
    op.create_table(
        "redaction",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("about_kind", sa.Text(), nullable=True),
        sa.Column("about_id", sa.LargeBinary(), nullable=True),
        sa.Column("about_field", sa.Text(), nullable=True),
        sa.Column("ops", sa.Text(), nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
