"""While a program holds its folder it reads over one connection; only the clock notices."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from builders import a_person
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.people import Person
from thidua_desktop.storage.reading import Readings
from thidua_desktop.storage.store import DATABASE, OfficeStore

LISTED = "SELECT one.name FROM sqlite_master one, sqlite_master two"


def put(store: OfficeStore, number: int) -> None:
    with store.write() as work:
        work.records.put(a_person(number, full_name=f"Người {number}"), shown=None)
        work.commit()


def names(store: OfficeStore) -> set[str]:
    with store.read() as work:
        return {person.full_name for person in work.records.having(Person)}


@pytest.fixture
def path(store: OfficeStore, tmp_path: Path) -> Path:
    put(store, 1)
    return tmp_path / "data" / DATABASE


@pytest.fixture
def readings(path: Path) -> Iterator[Readings]:
    made = Readings(path)
    with made.kept():
        yield made


def driver_of(readings: Readings) -> object:
    with readings.transaction() as connection:
        return connection.connection.driver_connection


def write_at_once(path: Path) -> None:
    """Commit as somebody who waits for no reader."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO setting(name, value) VALUES ('thử', '1')")
        other.execute("COMMIT")


def is_open(path: Path) -> bool:
    """Tell whether this program holds a file."""
    if sys.platform == "win32":
        try:
            path.rename(path)
        except PermissionError:
            return True
        return False
    return str(path) in {os.path.realpath(name) for name in Path("/proc/self/fd").iterdir()}


def test_while_the_folder_is_held_the_next_reader_has_the_same_connection(path: Path) -> None:
    readings = Readings(path)
    assert driver_of(readings) is not driver_of(readings)
    with readings.kept():
        first = driver_of(readings)
        assert driver_of(readings) is first
        with readings.transaction():  # who reads meanwhile has another
            assert driver_of(readings) is not first


def test_what_was_committed_last_is_read(store: OfficeStore, path: Path) -> None:
    with store.hold():
        for number in (2, 3):
            put(store, number)
            assert f"Người {number}" in names(store)
        with ThreadPoolExecutor(1) as other:
            other.submit(put, store, 4).result()
            assert other.submit(names, store).result() == names(store)
            assert len(names(store)) == 4


@pytest.mark.parametrize("is_read_out", [True, False])
def test_an_idle_connection_keeps_nobody_waiting(
    readings: Readings, path: Path, is_read_out: bool
) -> None:
    with readings.transaction() as connection:
        listed = connection.exec_driver_sql(LISTED)
        assert listed.fetchall() if is_read_out else listed.fetchone()
        with pytest.raises(sqlite3.OperationalError):
            write_at_once(path)
    write_at_once(path)


def test_nor_does_a_list_that_the_driver_was_asked_for_directly(
    readings: Readings, path: Path
) -> None:
    with readings.transaction() as connection:
        driver: Any = connection.connection.driver_connection
        listed = driver.execute(LISTED)
        assert listed.fetchone()
    write_at_once(path)
    with pytest.raises(sqlite3.ProgrammingError):
        listed.fetchone()


def test_after_an_error_nobody_waits_either(readings: Readings, path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as error:
        break_off(readings, path)
    assert error.traceback  # and with it the list that was left in the middle
    write_at_once(path)


def break_off(readings: Readings, path: Path) -> None:
    with readings.transaction() as connection:
        listed = connection.exec_driver_sql(LISTED)
        assert listed.fetchone()
        write_at_once(path)


def test_no_file_is_held_once_the_folder_is_not(store: OfficeStore, path: Path) -> None:
    with store.hold(), store.hold():
        names(store)
        assert is_open(path)
        with pytest.raises(NotFoundError), store.read() as work:
            work.records.get(Person, a_person(9).id)
        names(store)
    assert not is_open(path)
    with store.hold():
        last = store.read()
        last.__enter__()  # still reads when the hold ends
    last.__exit__(None, None, None)
    assert not is_open(path)


def test_another_file_in_its_place_is_noticed(
    store: OfficeStore, path: Path, readings: Readings
) -> None:
    before = driver_of(readings)
    other = path.with_name("khác.db")
    shutil.copyfile(path, other)
    write_at_once(other)
    other.replace(path)
    with readings.transaction() as connection:
        assert connection.connection.driver_connection is not before
        assert connection.exec_driver_sql("SELECT 1 FROM setting WHERE name = 'thử'").scalar()


def test_what_is_let_go_while_it_is_read_from_is_not_used_again(readings: Readings) -> None:
    with readings.transaction() as connection:
        before = connection.connection.driver_connection
        readings.drop()
    assert driver_of(readings) is not before
