"""A new database, by the same line of history that upgrades an old one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from thidua_desktop import __version__
from thidua_desktop.domain.offices import Office
from thidua_desktop.storage import schema
from thidua_desktop.storage.database import writing_engine
from thidua_desktop.storage.repositories.book import office_row
from thidua_desktop.storage.rows.book import office as office_table
from thidua_desktop.storage.rows.book import setting
from thidua_desktop.storage.rows.lists import listing

MIGRATIONS = Path(__file__).parent / "migrations"
PROGRAM = "program"  # the setting that names the version which last changed the schema


def create_database(path: Path, office: Office, store: str) -> None:
    """Make the file with every table, and enter whom it belongs to."""
    with writing_engine(path).connect() as connection:
        connection.begin()
        migrate(connection)
        enter_office(connection, office, store)
        connection.commit()


def enter_office(connection: Connection, office: Office, store: str) -> None:
    """Say whom an empty database belongs to; it has no list yet that is to be put in order."""
    connection.execute(delete(listing))
    connection.execute(insert(office_table).values(office_row(office, store)))


def is_earlier(revision: object) -> bool:
    """Tell whether the program once needed this revision; one of a newer program is unknown."""
    history = _scripts(MIGRATIONS).walk_revisions("base", schema.REVISION)
    return revision in {script.revision for script in history}


def migrate(connection: Connection, revision: str = "") -> None:
    """Bring the schema to the revision that the program needs, in the transaction of the caller.

    The program enters its version: an older one that finds a newer file tells which it needs.
    """
    scripts, target = _scripts(MIGRATIONS), revision or schema.REVISION
    config = Config()
    config.attributes["connection"] = connection

    def steps(current: str, _context: object) -> list[Any]:
        return scripts._upgrade_revs(target, current)  # noqa: SLF001 - as alembic's own command

    with EnvironmentContext(config, scripts, fn=steps, destination_rev=target):
        scripts.run_env()
    said = upsert(setting).values(name=PROGRAM, value=__version__)
    connection.execute(said.on_conflict_do_update(set_={"value": __version__}))


@cache
def _scripts(place: Path) -> ScriptDirectory:
    """Return the line of history, read once in each program."""
    return ScriptDirectory(str(place))
