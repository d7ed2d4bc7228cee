"""Certificates are signed and carry the key that seals; offices may inherit records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of signed certificates, of closed enrolments, and the inheritances."""
    for column in (
        sa.Column("receiving_key", sa.LargeBinary()),
        sa.Column("last", sa.BigInteger()),
        sa.Column("valid_from", sa.Text()),
        sa.Column("valid_to", sa.Text()),
        sa.Column("signer", sa.LargeBinary()),
        sa.Column("signature", sa.LargeBinary()),
    ):
        op.add_column("certificate", column)
    op.add_column("enrolment", sa.Column("root_key", sa.LargeBinary()))
    op.add_column(
        "enrolment",
        sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "inheritance",
        sa.Column("predecessor", sa.Integer(), nullable=False),
        sa.Column("heir", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("signer", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("predecessor", "heir"),
    )
