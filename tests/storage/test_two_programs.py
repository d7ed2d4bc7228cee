"""Another program on the same data: one writes at a time, and one that dies leaves no harm."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builders import a_person
from reliability.figures import Measured
from thidua_desktop.domain.errors import StoreBusyError
from thidua_desktop.domain.people import Person
from thidua_desktop.storage.store import DATABASE

OPEN = """
import os, random, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from thidua_desktop.storage.store import OfficeStore

base = Path(sys.argv[1])
store = OfficeStore(base / "data", base / "identity", who="", noise=random.Random(9).randbytes,
                    now=lambda: datetime(2024, 11, 25, tzinfo=UTC), new_replica=None)
"""
HOLDS = """
with store.hold():
    print("held", flush=True)
    sys.stdin.read()
"""
DIES_WRITING = """
from thidua_desktop.domain.people import Person
with store.write() as work:
    work.exchange._log.run("PRAGMA cache_size = 5")  # so that it spills before the commit
    for number in range(2, 300):
        person = Person(id=UUID(int=number << 32 | 63), full_name="Dở dang", address="y" * 290)
        work.records.put(person, shown=None)
    os._exit(9)
"""
LOOKS = """
heavy = {"sqlalchemy", "alembic"}
assert store.exists()
print(sorted(heavy & set(sys.modules)))
with store.read() as work:
    work.book.me()
print(sorted(heavy & set(sys.modules)))
"""


def program(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", OPEN + code, str(folder)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def commit_one(store, number: int = 1) -> None:
    with store.write() as work:
        work.records.put(a_person(number, full_name="Đã ghi"), shown=None)
        work.commit()


def names(store) -> set[str]:
    with store.read() as work:
        return {person.full_name for person in work.records.having(Person)}


def test_while_one_program_holds_the_data_another_may_only_read(
    store, tmp_path, measured: Measured
) -> None:
    commit_one(store)
    with program(HOLDS, tmp_path) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError), store.write():
            pass
        with pytest.raises(StoreBusyError), store.hold():
            pass
        assert names(store) == {"Đã ghi"}
        other.communicate()
    commit_one(store, 2)
    measured("F21", second_programs=1, let_in=0)


def test_the_lock_of_a_program_that_was_killed_is_gone(store, tmp_path) -> None:
    with program(HOLDS, tmp_path) as other:
        other.stdout.readline()
        other.kill()
        other.wait()
        commit_one(store)
    assert names(store) == {"Đã ghi"}


def test_who_holds_the_data_may_write_it_again_and_again(store) -> None:
    with store.hold():
        commit_one(store, 1)
        commit_one(store, 2)


def test_a_stranger_who_writes_to_the_database_itself_keeps_it_busy(store, tmp_path) -> None:
    stranger = sqlite3.connect(tmp_path / "data" / DATABASE, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError), store.write():
        pass
    stranger.close()


def test_a_long_list_delays_a_commit_and_does_not_fail_it(store) -> None:
    commit_one(store, 1)
    with ThreadPoolExecutor(1) as writer:
        with store.read() as work:
            work.records.having(Person)
            saved = writer.submit(commit_one, store, 2)
            time.sleep(2.5)  # more than it waits for another program
            assert not saved.done()
        saved.result()
    with store.read() as work:
        assert work.records.count(Person) == 2


@pytest.mark.parametrize("first", ["read", "write", "identity", "is_locked", "has_phrase"])
def test_what_a_program_left_half_written_is_taken_back_by_whoever_comes_first(
    store, tmp_path, first: str
) -> None:
    commit_one(store)
    with program(DIES_WRITING, tmp_path) as other:
        assert other.wait() == 9
    journal = tmp_path / "data" / f"{DATABASE}-journal"
    assert journal.stat().st_size > 0, "nothing was half written"
    asked = getattr(store, first)()
    if first in {"read", "write"}:
        with asked as work:
            assert work.book.me().number == 63
    assert names(store) == {"Đã ghi"}
    commit_one(store, 2)


def test_looking_whether_data_is_there_costs_nothing_and_reading_imports_no_migrations(
    store, tmp_path
) -> None:
    with program(LOOKS, tmp_path) as other:
        said, _ = other.communicate()
    assert said.splitlines() == ["[]", "['sqlalchemy']"]
