"""A new database, by the same line of history that upgrades an old one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert

from thidua_desktop.domain.offices import Office
from thidua_desktop.storage.database import writing_engine
from thidua_desktop.storage.repositories.book import office_row
from thidua_desktop.storage.rows.book import office as office_table
from thidua_desktop.storage.schema import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"


def create_database(path: Path, office: Office, store: str) -> None:
    """Make the file with every table, and enter whom it belongs to."""
    engine = writing_engine(path)
    with engine.connect() as connection:
        connection.begin()
        migrate(connection)
        connection.execute(insert(office_table).values(office_row(office, store)))
        connection.commit()
    engine.dispose()


def migrate(connection: Connection) -> None:
    """Bring the schema to the revision that the program needs, in the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)
