"""Lists keep their order alone: what is typed above them is answered by the index in memory."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the words; the order that was made stays."""
    op.drop_column("listed", "folded")
