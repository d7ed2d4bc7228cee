"""What this data folder knows of itself, of other offices, and of the bundles between them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

NAMING = {
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}
LOCAL = MetaData(naming_convention=NAMING)

office = Table(
    "office",
    LOCAL,
    Column("one", Integer, primary_key=True),
    Column("store", Text, nullable=False),
    Column("unit_id", LargeBinary, nullable=False),
    Column("unit_code", Text, nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("role", Text, nullable=False),
)
setting = Table(
    "setting",
    LOCAL,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
certificate = Table(
    "certificate",
    LOCAL,
    Column("replica", LargeBinary, primary_key=True),
    Column("office", Integer, nullable=False),
    Column("unit_id", LargeBinary, nullable=False),
    Column("role", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("receiving_key", LargeBinary),
    Column("last", BigInteger),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("signer", LargeBinary),
    Column("signature", LargeBinary),
)
enrolment = Table(
    "enrolment",
    LOCAL,
    Column("number", Integer, primary_key=True),
    Column("secret", LargeBinary, primary_key=True),
    Column("unit_id", LargeBinary, nullable=False),
    Column("unit_code", Text, nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("root_key", LargeBinary),
    Column("closed", Boolean, nullable=False, server_default=false()),
)
inheritance = Table(
    "inheritance",
    LOCAL,
    Column("predecessor", Integer, primary_key=True),
    Column("heir", Integer, primary_key=True),
    Column("since", Text, nullable=False),
    Column("signer", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
acknowledged = Table(
    "acknowledged",
    LOCAL,
    Column("replica", LargeBinary, primary_key=True),
    Column("origin", LargeBinary, primary_key=True),
    Column("number", BigInteger, nullable=False),
)
sent = Table(
    "sent",
    LOCAL,
    Column("place", Integer, primary_key=True),
    Column("bundle", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),
    Column("to", Integer),
    Column("at", DateTime, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("ops", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
received = Table(
    "received",
    LOCAL,
    Column("place", Integer, primary_key=True),
    Column("id", LargeBinary, nullable=False),
    Column("bundle", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sender", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone_at", DateTime),
    Column("digest", Text, nullable=False),
    Column("file_sha", Text),
)
# Asked with every bundle, of all that came in years.
Index("ix_received_bundle", received.c.bundle)
Index("ix_received_file_sha", received.c.file_sha)
parked = Table(
    "parked",
    LOCAL,
    Column("place", Integer, primary_key=True),
    Column("bundle", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sender", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("sha", Text, nullable=False),
    UniqueConstraint("bundle"),
)
blob = Table(
    "blob",
    LOCAL,
    Column("sha", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
)
# Which record stands for those that are the same (domain.same_as); made anew from their fields.
face = Table(
    "face",
    LOCAL,
    Column("kind", Text, primary_key=True),
    Column("row", LargeBinary, primary_key=True),
    Column("face", LargeBinary, nullable=False),
)
# Records that look alike and are not the same, so that nobody is asked again; `one` < `other`.
apart = Table(
    "apart",
    LOCAL,
    Column("kind", Text, primary_key=True),
    Column("one", LargeBinary, primary_key=True),
    Column("other", LargeBinary, primary_key=True),
)
