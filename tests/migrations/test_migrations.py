"""One line of history: it yields the declared schema, and brings older files to it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, Table

from builders import an_identity, an_office, another_replica
from thidua_desktop.domain.backups import BackupReason
from thidua_desktop.domain.errors import BackupFailedError, StoreBusyError, StoreReadOnlyError
from thidua_desktop.storage import creating, schema
from thidua_desktop.storage.backups import BackupFolder
from thidua_desktop.storage.creating import MIGRATIONS, migrate
from thidua_desktop.storage.database import writing_engine
from thidua_desktop.storage.schema import REVISION
from thidua_desktop.storage.store import DATABASE, OfficeStore
from whole_schema import whole_schema

pytestmark = pytest.mark.usefixtures("tables_made_anew")
NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{before}", None, None


def upgrade():
    op.add_column("setting", sa.Column("since", sa.Text()))
    {then}
"""


def differences(path: Path, declared) -> list:
    with writing_engine(path).connect() as connection:
        connection.begin()
        migrate(connection)
        connection.commit()
        return compare_metadata(MigrationContext.configure(connection), declared)


def test_migrations_yield_the_declared_schema(tmp_path: Path) -> None:
    assert differences(tmp_path / "a.db", whole_schema()) == []


def test_a_field_without_a_migration_is_found(tmp_path: Path) -> None:
    declared = whole_schema()
    Table("person", declared, Column("shoe_size", Integer), extend_existing=True)
    assert len(differences(tmp_path / "a.db", declared)) == 1


def test_the_program_needs_the_last_revision() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [REVISION]


@pytest.fixture
def new_program(tmp_path: Path, clock, monkeypatch):
    """Return the store of today, opened by a program that needs one revision more."""
    store = OfficeStore(
        tmp_path / "data",
        tmp_path / "identity",
        who="",
        now=clock,
        noise=bytes,
        new_replica=another_replica,
    )
    store.create(an_office(), an_identity())
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")

    def become(then: str = "") -> OfficeStore:
        step = NEXT.format(before=REVISION, then=then)
        (tmp_path / "migrations" / "versions" / "next.py").write_text(step)
        monkeypatch.setattr(creating, "MIGRATIONS", tmp_path / "migrations")
        monkeypatch.setattr(schema, "REVISION", "next")
        return store

    return become


def ask(tmp_path: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(tmp_path / "data" / DATABASE)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("way", ["read", "write"])
def test_an_older_file_is_brought_up_to_date_when_it_is_opened(
    new_program, tmp_path, way: str
) -> None:
    with getattr(new_program(), way)() as work:
        assert work.book.me() == an_office()
    assert ask(tmp_path, "SELECT version_num FROM alembic_version") == [("next",)]
    assert {since for (since,) in ask(tmp_path, "SELECT since FROM setting")} <= {None}


def test_a_migration_that_fails_leaves_the_file_as_it_was(new_program, tmp_path) -> None:
    before = (tmp_path / "data" / DATABASE).read_bytes()
    store = new_program(then='raise ValueError("breaks half way")')
    with pytest.raises(ValueError, match="half way"), store.read():
        pass
    assert (tmp_path / "data" / DATABASE).read_bytes() == before


def test_an_older_file_is_not_changed_while_another_program_holds_it(
    new_program, tmp_path, clock
) -> None:
    older_program = OfficeStore(
        tmp_path / "data",
        tmp_path / "identity",
        who="",
        now=clock,
        noise=bytes,
        new_replica=another_replica,
    )
    with older_program.hold(), pytest.raises(StoreBusyError), new_program().read():
        pass
    assert ask(tmp_path, "SELECT version_num FROM alembic_version") == [(REVISION,)]


def test_an_older_file_that_may_not_be_written_is_refused(new_program, tmp_path) -> None:
    (tmp_path / "data" / DATABASE).chmod(0o444)
    with pytest.raises(StoreReadOnlyError), new_program().read():
        pass


def test_bundles_that_waited_in_rows_wait_in_files(tmp_path: Path) -> None:
    with writing_engine(tmp_path / "a.db").connect() as connection:
        connection.begin()
        migrate(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO parked(bundle, number, sender, at, file_name, code, content) "
            "VALUES (x'01', 1, '{}', '2024-11-25', 'a.tdkt', 'E-GAP', x'5444')"
        )
        migrate(connection)
        connection.commit()
        (sha,) = connection.exec_driver_sql("SELECT sha FROM parked").scalars()
    assert (tmp_path / "parked" / sha).read_bytes() == b"TD"


def test_the_registers_of_the_first_version_are_taken_along(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with writing_engine(path).connect() as connection:
        connection.begin()
        migrate(connection, "0001")
        connection.exec_driver_sql(
            'INSERT INTO sent(bundle, number, "to", at, file_name, ops) '
            "VALUES (x'00', 1, 0, '2024-11-25 01:00:00', 'a.tdkt', 2)"
        )
        connection.exec_driver_sql(
            "INSERT INTO received(id, bundle, number, sender, at, file_name, counts) "
            "VALUES (x'00', x'00', 1, '{}', '2024-11-25 01:00:00', 'a.tdkt', '{}')"
        )
        migrate(connection)
        connection.commit()
        for table in ("sent", "received"):
            found = connection.exec_driver_sql(f"SELECT number, digest FROM {table}")  # noqa: S608
            assert found.fetchall() == [(1, "")]


def test_a_backup_comes_before_an_upgrade_and_without_one_there_is_none(
    new_program, tmp_path: Path, clock
) -> None:
    store = new_program()
    store._backups = BackupFolder(tmp_path / "data", tmp_path / "backups", clock)
    (tmp_path / "backups").write_text("a file, and no folder")
    with pytest.raises(BackupFailedError), store.read():
        pass
    assert ask(tmp_path, "SELECT version_num FROM alembic_version") == [(REVISION,)]
    (tmp_path / "backups").unlink()
    with store.read():
        pass
    (made,) = store._backups.all()
    assert (made.reason, made.is_good) == (BackupReason.UPGRADE, True)
    assert ask(tmp_path, "SELECT version_num FROM alembic_version") == [("next",)]
