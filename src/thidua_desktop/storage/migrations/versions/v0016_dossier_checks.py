"""Papers of a dossier as evidence, and waivers of findings on dossiers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of a paper, and the table of waivers."""
    op.add_column("evidence", sa.Column("paper", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("submission_id", sa.LargeBinary(), nullable=True))
    op.add_column("evidence", sa.Column("document", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("date", sa.Text(), nullable=True))
    op.add_column("evidence", sa.Column("count", sa.BigInteger(), nullable=True))
    op.create_index("ix_evidence_proposal_id", "evidence", ["proposal_id"])
    op.create_index("ix_evidence_submission_id", "evidence", ["submission_id"])
    op.create_table(
        "waiver",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("about_kind", sa.Text(), nullable=True),
        sa.Column("about_id", sa.LargeBinary(), nullable=True),
        sa.Column("about_field", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("submission_id", sa.LargeBinary(), nullable=True),
        sa.Column("proposal_id", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_waiver_about_id", "waiver", ["about_id"])
