"""How a proposal is made: for a movement, for merit, for a sudden deed.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("proposal", sa.Column("basis", sa.Text(), nullable=True))
