"""The merge desk: which bundles lie on it, and what was chosen, step by step."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, Table, Text

from thidua_desktop.storage.rows.book import LOCAL

desk_file = Table(
    "desk_file",
    LOCAL,
    Column("sha", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", DateTime, nullable=False),
)
desk_choice = Table(
    "desk_choice",
    LOCAL,
    Column("step", Integer, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("said", Text, nullable=False),
)
