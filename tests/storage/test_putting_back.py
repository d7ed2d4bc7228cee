"""A backup in the place of damaged data: the one or the other is there, whenever a program dies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from thidua_desktop.domain.errors import BackupDamagedError, StoreBusyError
from thidua_desktop.storage import putting_back
from thidua_desktop.storage.lock import FolderLock
from thidua_desktop.storage.putting_back import put_back

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
KEPT = "thidua-hong-20261126-103000.db"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "thidua.db").write_bytes(b"torn")
    (folder / "thidua.db-journal").write_bytes(b"of the torn one")
    return folder


def restore(target: Path) -> None:
    (target / "blobs").mkdir(parents=True)
    (target / "blobs" / "abc").write_bytes(b"scan")
    with closing(sqlite3.connect(target / "thidua.db")) as made:
        made.execute("CREATE TABLE whole (one)")


def is_whole(data: Path) -> bool:
    with closing(sqlite3.connect(data / "thidua.db")) as found:
        return bool(found.execute("SELECT name FROM sqlite_master").fetchall())


def test_a_journal_of_the_old_database_never_meets_the_new_one(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError

    driver = SimpleNamespace(connect=refuse, Error=sqlite3.Error)
    monkeypatch.setattr(putting_back, "sqlite3", driver)
    put_back(data, restore, NOW)
    assert (data / f"{KEPT}-journal").read_bytes() == b"of the torn one"
    assert not (data / "thidua.db-journal").exists()
    assert is_whole(data)


def test_what_could_not_be_read_is_kept_beside(data: Path) -> None:
    assert put_back(data, restore, NOW) == data / KEPT
    assert is_whole(data)
    assert (data / "blobs" / "abc").read_bytes() == b"scan"
    assert (data / KEPT).read_bytes() == b"torn"
    again = put_back(data, restore, NOW)
    assert again is not None
    assert again.name == KEPT.replace(".db", "-1.db")


def test_data_that_can_be_read_are_kept_as_their_last_transaction_left_them(data: Path) -> None:
    database = data / "thidua.db"
    database.unlink()
    (data / "thidua.db-journal").unlink()
    with closing(sqlite3.connect(database, isolation_level=None)) as old:
        old.execute("CREATE TABLE kept (one)")
        old.execute("INSERT INTO kept VALUES ('xong')")
        before = database.read_bytes()
        old.execute("PRAGMA cache_size = 1")
        old.execute("BEGIN IMMEDIATE")
        old.executemany("INSERT INTO kept VALUES (?)", [("dở" * 400,)] * 200)
        torn, journal = database.read_bytes(), (data / "thidua.db-journal").read_bytes()
    database.write_bytes(torn)
    (data / "thidua.db-journal").write_bytes(journal)
    assert torn != before
    put_back(data, restore, NOW)
    with closing(sqlite3.connect(data / KEPT)) as kept:
        assert kept.execute("SELECT one FROM kept").fetchall() == [("xong",)]


def test_a_program_that_dies_leaves_the_old_database_or_the_new_one(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step fails once: a renaming that is not done is a program that ended before it."""
    put_in_place, steps = putting_back.put_in_place, 0

    def failing_at(step: int) -> Callable[[Path, Path], None]:
        calls = iter(range(step + 1))

        def put(draft: Path, path: Path) -> None:
            if next(calls) == step:
                raise KeyboardInterrupt
            put_in_place(draft, path)

        return put

    for step in range(2):
        monkeypatch.setattr(putting_back, "put_in_place", failing_at(step))
        with pytest.raises(KeyboardInterrupt):
            put_back(data, restore, NOW)
        assert (data / "thidua.db").read_bytes() == b"torn"
        steps += 1
    monkeypatch.setattr(putting_back, "put_in_place", put_in_place)
    put_back(data, restore, NOW)
    assert is_whole(data)
    assert steps == 2


def test_nothing_changes_where_the_backup_is_none_or_the_folder_is_open(data: Path) -> None:
    def refuse(_target: Path) -> None:
        raise BackupDamagedError("x.saoluu")

    before = {path: path.read_bytes() for path in data.iterdir()}
    with pytest.raises(BackupDamagedError):
        put_back(data, refuse, NOW)
    with FolderLock(data).held(), pytest.raises(StoreBusyError):
        put_back(data, restore, NOW)
    (data / "thidua.lock").unlink()
    assert {path: path.read_bytes() for path in data.iterdir()} == before
