"""A large database is copied by a process of its own: as it stood between two commits, or not."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import FileIO
from multiprocessing import spawn
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from builders import an_identity, an_office
from reliability.children import READY, child
from reliability.jobs import PERSONS, edits, opened, write_turn
from thidua_desktop.aside import Aside, GoneError
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.people import Person
from thidua_desktop.storage import copying, scratch
from thidua_desktop.storage.data_folder import SCRATCH
from thidua_desktop.storage.scratch import copy_database
from thidua_desktop.storage.store import DATABASE

COMMITS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN EXCLUSIVE")
except sqlite3.OperationalError as error:
    print(error)
"""
DIES_COPYING = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from reliability.jobs import opened
from thidua_desktop.storage import scratch
scratch._MUCH = 0
with opened(Path(sys.argv[1])).store.scratch(
    stop_wanted=lambda: os.kill(os.getpid(), signal.SIGKILL)
):
    pass
"""
LOCKED = "database is locked"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return one whose copy is worth a process."""
    monkeypatch.setattr(scratch, "_MUCH", 0)
    opened(tmp_path).store.create(an_office(), an_identity())
    write_turn(opened(tmp_path), 0, persons=PERSONS)
    return tmp_path / "data" / DATABASE


def go_on() -> None:
    """Stop nothing."""


def turns_in(path: Path) -> set[int]:
    """Return the turns that a sound database shows: what is whole shows one."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = connection.execute("SELECT DISTINCT full_name FROM person").fetchall()
    return {int(name.removeprefix("Lần ")) for (name,) in names}


def commit_elsewhere(path: Path) -> str:
    """Let another program try to commit; return what it complains of."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", COMMITS, path], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def hooked(monkeypatch: pytest.MonkeyPatch, hook: Callable[[Aside[copying.Wish]], None]) -> None:
    """Let this be done when the other process has copied, and nobody knows it yet."""

    class Hooked(Aside[copying.Wish]):
        def receive(self, meanwhile: Callable[[], None]) -> bytes:
            answer = super().receive(meanwhile)
            hook(self)
            return answer

    monkeypatch.setattr(copying, "Aside", Hooked)


def test_while_another_program_commits_each_copy_is_of_one_commit(
    database: Path,
    tmp_path: Path,
    size: Callable[[int, int], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart: list[bool] = []
    copied = copying.is_copied_apart

    def noted(live: Path, copy: Path, pause: Callable[[], None]) -> bool:
        apart.append(copied(live, copy, pause))
        return apart[-1]

    monkeypatch.setattr(scratch, "is_copied_apart", noted)
    shown, copies = [], size(8, 200)
    with child(edits, database.parent.parent) as (_, said):
        assert said.recv() == READY
        least = said.recv()
        for number in range(copies):
            while said.poll():
                least = said.recv()
            copy = tmp_path / f"{number}.db"
            copy_database(database, copy, go_on)
            (turn,) = turns_in(copy)
            assert turn >= least
            shown.append(turn)
            copy.unlink()
    assert shown == sorted(shown)
    assert len(set(shown)) > copies / 4  # the other one did commit meanwhile
    assert all(apart)


def test_a_copy_into_which_a_commit_came_is_torn_and_not_taken(
    database: Path, tmp_path: Path
) -> None:
    """The control: so it would be without the transaction that keeps commits away."""

    class Interrupted(FileIO):
        pieces = 0

        def readinto(self, piece: memoryview) -> int:  # type: ignore[override]
            self.pieces += 1
            if self.pieces == 2:
                write_turn(opened(database.parent.parent), 1, persons=PERSONS)
            return super().readinto(piece)

    with Interrupted(database) as live, FileIO(tmp_path / "copy.db", "wb") as copy:
        assert not copying._copy(live, copy)
    with pytest.raises((AssertionError, ValueError, sqlite3.DatabaseError)):
        (_,) = turns_in(tmp_path / "copy.db")


def test_nobody_commits_before_the_other_process_has_copied(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    hooked(monkeypatch, lambda _: said.append(commit_elsewhere(database)))
    copy_database(database, tmp_path / "copy.db", go_on)
    assert said == [LOCKED]
    assert commit_elsewhere(database) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="locks belong to who opened the file there")
def test_a_file_that_is_read_here_loses_the_lock(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control, and the reason for a process of its own."""
    said: list[str] = []

    def read_here(_: object) -> None:
        database.read_bytes()
        said.append(commit_elsewhere(database))

    hooked(monkeypatch, read_here)
    copy_database(database, tmp_path / "copy.db", go_on)
    assert said == [""]


def kill(aside: Aside[copying.Wish]) -> None:
    aside._process.kill()
    raise GoneError


def test_whatever_goes_wrong_it_is_copied_all_the_same(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"

    def cut(_: object) -> None:
        with copy.open("r+b") as file:
            file.truncate(4096)

    for hook in (kill, cut):
        with monkeypatch.context() as patch:
            hooked(patch, hook)
            assert not copying.is_copied_apart(database, copy, go_on)
            copy_database(database, copy, go_on)
        assert turns_in(copy) == {0}


def test_a_process_that_cannot_begin_is_done_without(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = spawn.get_executable()
    spawn.set_executable("/nowhere/python")
    try:
        copy_database(database, tmp_path / "copy.db", go_on)
    finally:
        spawn.set_executable(python)
    assert turns_in(tmp_path / "copy.db") == {0}


def test_what_cannot_be_written_is_told_by_the_process(database: Path, tmp_path: Path) -> None:
    assert copying.is_copied_apart(database, tmp_path / "copy.db", go_on)
    assert not copying.is_copied_apart(database, tmp_path / "nowhere" / "copy.db", go_on)
    assert not copying.is_copied_apart(tmp_path / "nowhere.db", tmp_path / "copy.db", go_on)


def test_the_page_of_the_locks_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows it cannot be while another program writes; SQLite keeps nothing in it."""
    page = 4096
    header = bytearray(random.Random(52).randbytes(40 * page))
    header[16:18] = page.to_bytes(2)
    live, copy = tmp_path / "live", tmp_path / "copy"
    live.write_bytes(header)
    monkeypatch.setattr(copying, "_LOCK_PAGE", 35 * page)

    class Locked(FileIO):
        def readinto(self, piece: memoryview) -> int:  # type: ignore[override]
            start = self.tell()
            assert start + len(piece) <= 35 * page or start >= 36 * page
            return super().readinto(piece)

    with Locked(live) as source, FileIO(copy, "wb") as target:
        assert copying._copy(source, target)
    header[35 * page : 36 * page] = bytes(page)
    assert copy.read_bytes() == header


@contextmanager
def mounted(folder: Path) -> Iterator[Path | None]:
    """Mount a file system that shares blocks, where there is one and that is allowed."""
    image, place = folder / "image", folder / "btrfs"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(200 << 20)
    for order in (["mkfs.btrfs", "-q", image], ["mount", "-o", "loop", image, place]):
        if shutil.which(order[0]) is None or subprocess.run(order, check=False).returncode:  # noqa: S603
            yield None
            return
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)  # noqa: S603, S607


def may_share_blocks() -> bool:
    with TemporaryDirectory() as folder, mounted(Path(folder)) as place:
        return place is not None


@pytest.mark.skipif(not may_share_blocks(), reason="no file system that shares blocks is here")
def test_blocks_are_shared_where_the_file_system_can(database: Path, tmp_path: Path) -> None:
    with mounted(tmp_path) as place:
        assert place
        live, copy = Path(shutil.copy(database, place)), place / "copy.db"
        with FileIO(live) as source, FileIO(copy, "wb") as target:
            assert copying._share_blocks(source, target)
        copy.unlink()
        copy_database(live, copy, go_on)
        assert turns_in(copy) == {0}
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE person SET full_name = 'Lần 1'")
        assert turns_in(copy) == {1}
        assert live.read_bytes() == database.read_bytes()


def test_a_small_database_begins_no_process(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "_MUCH", database.stat().st_size + 1)
    monkeypatch.setattr(scratch, "is_copied_apart", None)
    copy_database(database, tmp_path / "copy.db", go_on)
    assert turns_in(tmp_path / "copy.db") == {0}


@pytest.mark.parametrize("much", [0, 1 << 40])
def test_a_copy_that_is_stopped_leaves_nothing(
    much: int, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "_MUCH", much)
    monkeypatch.setattr(scratch, "_PAGES", 1)
    asked: list[bool] = []

    def stop_wanted() -> bool:
        asked.append(True)
        return True

    store = opened(database.parent.parent).store
    with pytest.raises(StoppedError), store.scratch(stop_wanted=stop_wanted):
        raise AssertionError
    assert len(asked) == 1
    assert not (database.parent / SCRATCH).exists()
    assert commit_elsewhere(database) == ""
    with store.scratch() as copy, copy.read() as work:
        assert len(work.records.having(Person)) == PERSONS


def test_what_a_program_left_that_was_killed_while_it_copied_is_swept(database: Path) -> None:
    folder = database.parent.parent
    before = database.read_bytes()
    done = subprocess.run(  # noqa: S603 - our own program; the other process has its ends too
        [sys.executable, "-c", DIES_COPYING, folder, *filter(None, sys.path)],
        capture_output=True,
        check=False,
    )
    assert done.returncode < 0
    assert (database.parent / SCRATCH).exists()
    with opened(folder).store.hold():
        assert not (database.parent / SCRATCH).exists()
    assert database.read_bytes() == before
