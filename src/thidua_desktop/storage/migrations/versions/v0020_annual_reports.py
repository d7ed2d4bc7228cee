"""Reports of units on the movement: of a year, or of the years up to a review.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TEXTS = (
    *("sort", "number", "issued_on"),
    *("steering", "infrastructure", "thrift", "exemplars", "inspections"),
    *("results", "shortcomings", "causes", "lessons", "against_plan", "tasks", "requests"),
)


def upgrade() -> None:
    """Add the table, and by whom it is looked up."""
    op.create_table(
        "annual_report",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.LargeBinary(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("obligation_id", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in _TEXTS),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_annual_report_unit_id", "annual_report", ["unit_id"])
