"""The merge desk: the bundles that lie on it, what was chosen; bundles get their fingerprints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the desk. Of bundles long gone nobody knows the fingerprint."""
    for name in ("sent", "received"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("digest", sa.Text(), nullable=False, server_default=""))
        with op.batch_alter_table(name) as table:  # the rows are copied with the default first
            table.alter_column("digest", server_default=None)
    op.create_table(
        "desk_file",
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha"),
    )
    op.create_table(
        "desk_choice",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("step", "record", "field"),
    )
