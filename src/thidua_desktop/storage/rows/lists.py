"""What long lists are read by: the order of the names.

Made from the typed tables and never more than a help: what is not here yet is `listing`.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from thidua_desktop.storage.rows.book import LOCAL

listed = Table(
    "listed",
    LOCAL,
    Column("kind", Integer, primary_key=True),
    Column("row", LargeBinary, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_listed_key", listed.c.kind, listed.c.key, listed.c.row)
# Kinds whose list is not whole: how far it was made anew, in order of id.
listing = Table(
    "listing",
    LOCAL,
    Column("kind", Integer, primary_key=True),
    Column("after", LargeBinary, nullable=False),
)
