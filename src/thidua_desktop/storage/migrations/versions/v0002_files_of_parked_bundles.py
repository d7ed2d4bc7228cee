"""Bundles that wait lie in files; a bundle that was undone may be received again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from thidua_desktop.storage.files import write_whole

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move what waits out of its rows, and let a bundle have several lines in the journal."""
    with op.batch_alter_table("received") as received:
        received.drop_constraint("uq_received_bundle", type_="unique")
        received.add_column(sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.add_column("parked", sa.Column("sha", sa.Text(), nullable=True))
    _move_contents()
    with op.batch_alter_table("parked") as parked:
        parked.drop_column("content")
        parked.alter_column("sha", existing_type=sa.Text(), nullable=False)


def _move_contents() -> None:
    connection = op.get_bind()
    places = connection.execute(sa.text("SELECT place FROM parked")).scalars().all()
    for place in places:
        found = sa.text("SELECT content FROM parked WHERE place = :place")
        content = bytes(connection.execute(found, {"place": place}).scalar_one())
        sha = hashlib.sha256(content).hexdigest()
        folder = Path(str(connection.engine.url.database)).parent / "parked"
        folder.mkdir(exist_ok=True)
        write_whole(folder / sha, content)
        said = sa.text("UPDATE parked SET sha = :sha WHERE place = :place")
        connection.execute(said, {"sha": sha, "place": place})
