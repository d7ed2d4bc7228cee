"""Questions, requests for missing bundles, and what is the same as what.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and the field that joins two records."""
    op.create_table(
        "question",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("about_kind", sa.Text(), nullable=True),
        sa.Column("about_id", sa.LargeBinary(), nullable=True),
        sa.Column("about_field", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Text(), nullable=True),
        sa.Column("is_closed", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "resend_request",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("replica", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("seen", sa.BigInteger(), nullable=True),
        sa.Column("asked_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "face",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("face", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row"),
    )
    op.create_table(
        "apart",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("one", sa.LargeBinary(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "one", "other"),
    )
    for kind in ("person", "collective", "household", "unit"):
        op.add_column(kind, sa.Column("same_as", sa.LargeBinary()))
        op.create_index(
            f"ix_{kind}_same_as", kind, ["same_as"], sqlite_where=sa.text("same_as IS NOT NULL")
        )
