"""Bundles that come in parts, copies of what was sent, and which files others lack."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from thidua_desktop.storage.rows.book import LOCAL

part = Table(
    "part",
    LOCAL,
    Column("place", Integer, primary_key=True),
    Column("whole", Text, nullable=False),
    Column("piece", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("whole", "piece", "number"),
)
joined = Table(
    "joined",
    LOCAL,
    Column("whole", Text, primary_key=True),
    Column("bundle", LargeBinary, nullable=False),
)
# The copy of a bundle that was sent, until all in it is acknowledged: `ends` is JSON, how far it
# goes in each origin.
sent_copy = Table(
    "sent_copy",
    LOCAL,
    Column("bundle", LargeBinary, primary_key=True),
    Column("ends", Text, nullable=False),
    Column("is_light", Boolean, nullable=False),
    Column("file", Text, nullable=False),
)
# Which files a replica said it lacks.
wanted = Table(
    "wanted",
    LOCAL,
    Column("replica", LargeBinary, primary_key=True),
    Column("sha", Text, primary_key=True),
)
