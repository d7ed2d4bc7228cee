"""Runs migrations on the connection, and in the transaction, that it is given."""

from __future__ import annotations

from alembic import context

from thidua_desktop.storage.schema import whole_schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_schema(),
    transaction_per_migration=False,
    transactional_ddl=False,  # the caller's transaction holds, and ends, everything
)
context.run_migrations()
