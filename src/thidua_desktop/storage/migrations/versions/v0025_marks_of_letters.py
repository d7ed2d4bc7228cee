"""What stands beside the text of a letter: urgency, circulation, who drew it up; how the office is
reached.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for name in ("urgency", "circulation", "drafter"):
        op.add_column("submission", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("submission", sa.Column("copies", sa.BigInteger(), nullable=True))
    for name in ("fax", "email", "website"):
        op.add_column("unit", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("unit", sa.Column("shows_contact", sa.Integer(), nullable=True))
