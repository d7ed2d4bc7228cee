"""The tables of the change ledger (bundle.md 3). Ids of ops rise within an origin: ops append."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from thidua_desktop.storage.ledger.op_ids import FIRST_NUMBERED

LEDGER = MetaData()

# Which origins are known, whose they are, and how far each is held. `office` NULL: only pointed at.
origin = Table(
    "origin",
    LEDGER,
    Column("ono", Integer, primary_key=True),
    Column("oid", LargeBinary, nullable=False),
    Column("office", Integer),
    Column("is_province", Integer, nullable=False, default=0),
    Column("is_own", Integer, nullable=False, default=0),
    Column("have", BigInteger, nullable=False, default=0),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("oid", name="uq_origin_oid"),
)
# The numbers of kinds in this database, and the names of bits that only newer programs know.
kind = Table(
    "kind",
    LEDGER,
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    UniqueConstraint("name", name="uq_kind_name"),
)
field = Table(
    "field",
    LEDGER,
    Column("kind", Integer, primary_key=True),
    Column("bit", Integer, primary_key=True),
    Column("name", Text, nullable=False),
)
op = Table(
    "op",
    LEDGER,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("row", LargeBinary, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("mask", BigInteger, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("lam", BigInteger, nullable=False),
    Column("lvl", Integer, nullable=False),
    Column("prev", Text),
)
# Drafts are found by their record; numbered ops through the pointers of the heads.
Index("ix_op_draft", op.c.row, sqlite_where=op.c.id < FIRST_NUMBERED)
# The heads of records that have several; the widest one stands in the typed row.
head = Table(
    "head",
    LEDGER,
    Column("kind", Integer, primary_key=True),
    Column("row", LargeBinary, primary_key=True),
    Column("op", BigInteger, primary_key=True),
    Column("mask", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
# Pointers to ops that are not here (yet): op `by` names op `op`.
dead = Table(
    "dead",
    LEDGER,
    Column("op", BigInteger, primary_key=True),
    Column("by", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
# Records that are deleted, as domain.ledger.is_hidden says.
hidden = Table(
    "hidden",
    LEDGER,
    Column("kind", Integer, primary_key=True),
    Column("row", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)
# What the chain of an origin is at some numbers, so that it need not be computed from the first.
checkpoint = Table(
    "checkpoint",
    LEDGER,
    Column("ono", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
# The largest Lamport number ever met.
clock = Table("clock", LEDGER, Column("one", Integer, primary_key=True), Column("lam", BigInteger))
# Which bundle brought which numbers.
imp = Table(
    "imp",
    LEDGER,
    Column("imp", Integer, primary_key=True),
    Column("bundle", LargeBinary, nullable=False),
    UniqueConstraint("bundle", name="uq_imp_bundle"),
)
imp_range = Table(
    "imp_range",
    LEDGER,
    Column("imp", Integer, primary_key=True),
    Column("ono", Integer, primary_key=True),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
)
