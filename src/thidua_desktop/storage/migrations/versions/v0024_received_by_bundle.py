"""Received bundles are found by their id and by their file, however many there are.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_received_bundle", "received", ["bundle"])
    op.create_index("ix_received_file_sha", "received", ["file_sha"])
