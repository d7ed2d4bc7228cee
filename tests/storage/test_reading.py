"""While a program holds its folder it reads over one connection; only the clock notices."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from builders import a_person
from thidua_desktop.domain.errors import NotFoundError, StoreBusyError
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
        with readings.transaction(), ThreadPoolExecutor(1) as other:
            # Who reads meanwhile, in another thread, has another.
            assert other.submit(driver_of, readings).result() is not first


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


def has_waiting_commit(path: Path) -> bool:
    """Tell whether a commit waits for readers: a new one is kept out then."""
    with closing(sqlite3.connect(path, timeout=0)) as other:
        try:
            other.execute("SELECT * FROM office").fetchall()
        except sqlite3.OperationalError:
            return True
        return False


def test_who_reads_may_ask_more_while_a_commit_waits_for_it(store: OfficeStore, path: Path) -> None:
    """Another connection would wait for the commit, and the commit for the first."""
    store.identity()
    with ThreadPoolExecutor(1) as pool:
        with store.read() as work:
            work.records.having(Person)
            writing = pool.submit(put, store, 2)
            while not has_waiting_commit(path):
                time.sleep(0.01)
            with pytest.raises(StoreBusyError), ThreadPoolExecutor(1) as other:
                other.submit(store.identity).result()  # a control: another thread is kept out
            assert store.identity().replica
            assert names(store) == {"Người 1"}
            assert not writing.done()
        writing.result()
    assert names(store) == {"Người 1", "Người 2"}


def test_an_error_in_an_inner_reading_ends_the_outer_one_only_if_it_gets_there(
    readings: Readings,
) -> None:
    with readings.transaction() as outer:
        with pytest.raises(ZeroDivisionError), readings.transaction():
            _ = 1 / 0
        assert outer.exec_driver_sql("SELECT 1").scalar_one() == 1
        assert readings.here() is outer
    assert readings.here() is None
