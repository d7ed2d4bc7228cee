"""The hash of the file that a bundle came in: the same file is known again before it is opened.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("received", sa.Column("file_sha", sa.Text(), nullable=True))
