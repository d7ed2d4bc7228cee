"""The order of long lists, which is made when they are first looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PERSON, _COLLECTIVE, _HOUSEHOLD = 4, 5, 6


def upgrade() -> None:
    """Create the tables; every list is still to be made."""
    op.create_table(
        "listed",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listed_key", "listed", ["kind", "key", "row"])
    listing = op.create_table(
        "listing",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.bulk_insert(
        listing, [{"kind": kind, "after": b""} for kind in (_PERSON, _COLLECTIVE, _HOUSEHOLD)]
    )
