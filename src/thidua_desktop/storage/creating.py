"""A new database, by the same line of history that upgrades an old one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from thidua_desktop import __version__
from thidua_desktop.domain.offices import Office
from thidua_desktop.storage import schema
from thidua_desktop.storage.database import writing_engine
from thidua_desktop.storage.repositories.book import office_row
from thidua_desktop.storage.rows.book import office as office_table
from thidua_desktop.storage.rows.book import setting

MIGRATIONS = Path(__file__).parent / "migrations"
PROGRAM = "program"  # the setting that names the version which last changed the schema


def create_database(path: Path, office: Office, store: str) -> None:
    """Make the file with every table, and enter whom it belongs to."""
    with writing_engine(path).connect() as connection:
        connection.begin()
        migrate(connection)
        connection.execute(insert(office_table).values(office_row(office, store)))
        connection.commit()


def is_earlier(revision: object) -> bool:
    """Tell whether the program once needed this revision; one of a newer program is unknown."""
    history = ScriptDirectory(str(MIGRATIONS)).walk_revisions("base", schema.REVISION)
    return revision in {script.revision for script in history}


def migrate(connection: Connection, revision: str = "") -> None:
    """Bring the schema to the revision that the program needs, in the transaction of the caller.

    The program enters its version: an older one that finds a newer file tells which it needs.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision or schema.REVISION)
    said = upsert(setting).values(name=PROGRAM, value=__version__)
    connection.execute(said.on_conflict_do_update(set_={"value": __version__}))
