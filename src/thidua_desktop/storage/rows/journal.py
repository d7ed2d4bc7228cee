"""What a clerk did and typed on this PC: undo, the bin, texts not kept yet, own notes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, Table, Text

from thidua_desktop.storage.rows.book import LOCAL

journal_step = Table(
    "journal_step",
    LOCAL,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("undone", Boolean, nullable=False),
)
# Values as JSON; no values at all: there was, or is, no such record.
journal_change = Table(
    "journal_change",
    LOCAL,
    Column("step", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("before", Text),
    Column("after", Text),
)
# A draft that is deleted is gone from the log: its values are kept here alone.
binned = Table(
    "binned",
    LOCAL,
    Column("kind", Text, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("deletion", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("said", Text, nullable=False),
)
typed = Table(
    "typed",
    LOCAL,
    Column("kind", Text, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
own_note = Table(
    "own_note",
    LOCAL,
    Column("kind", Text, primary_key=True),
    Column("record", LargeBinary, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
