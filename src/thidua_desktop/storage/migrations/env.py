"""Runs migrations on the connection, and in the transaction, that it is given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

from thidua_desktop.storage.rows.book import NAMING

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MetaData(naming_convention=NAMING),  # how constraints are named
    transaction_per_migration=False,
    transactional_ddl=False,  # the caller's transaction holds, and ends, everything
)
context.run_migrations()
