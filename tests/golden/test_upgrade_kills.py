"""The power goes in the middle of an upgrade: the file is the old one or the new one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

import thidua_desktop
from golden.golden_files import VERSIONS, revision_of, unpacked
from thidua_desktop.services.integrity import digest
from thidua_desktop.storage.schema import REVISION

KILLS, NIGHTLY = 20, 500
OLDER = [version for version in VERSIONS if revision_of(version) != REVISION]
# Upgrades each database named, in a child that kills itself at the step of SQLite's engine that is
# named with it (0: never), and tells how many steps there were. Forked, for importing takes long.
_CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.storage import creating, upgrading

EACH = 20
if sys.argv[1] == "planted":
    migrate = creating.migrate
    def in_pieces(connection, revision=""):
        migrate(connection, "0002")
        connection.commit()
        connection.begin()
        migrate(connection)
    upgrading.migrate = in_pieces

writing_engine = upgrading.writing_engine

def upgrade(path, last):
    steps = 0
    def tick():
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0
    def engine(of):
        made = writing_engine(of)
        event.listen(made, "connect", lambda raw, _: raw.set_progress_handler(tick, EACH))
        return made
    upgrading.writing_engine = engine
    upgrading.upgrade_database(Path(path))
    print(steps, flush=True)

for argument in sys.argv[2:]:
    path, last = argument.rsplit("=", 1)
    child = os.fork()
    if not child:
        upgrade(path, int(last))
        os._exit(0)
    os.waitpid(child, 0)
"""


def upgrade(*wanted: tuple[Path, int], planted: bool = False) -> list[int]:
    """Upgrade databases; return the steps of those that were not killed."""
    how = "planted" if planted else "sound"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _CHILD, how, *(f"{path}={last}" for path, last in wanted)],
        env=os.environ | {"PYTHONPATH": str(Path(thidua_desktop.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line) for line in done.stdout.split()]


def content(path: Path) -> str:
    """Return the digest of all that a database says; a hot journal is played back first."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        text = "\n".join(line for line in database.iterdump())
    return hashlib.sha256(text.encode()).hexdigest()


def killed(original: Path, folder: Path, kills: int, *, planted: bool = False) -> set[str]:
    """Return what databases are after kills spread over the whole upgrade: old, new or between."""
    whole = folder / "whole.db"
    shutil.copyfile(original, whole)
    (steps,) = upgrade((whole, 0), planted=planted)
    assert steps > kills
    copies = []
    for number in range(kills):
        copy = folder / f"{number}.db"
        shutil.copyfile(original, copy)
        copies.append((copy, 1 + (steps - 1) * number // (kills - 1)))
    assert upgrade(*copies, planted=planted) == []  # every one was killed
    known = {content(original): "old", content(whole): "new"}
    return {known.get(content(copy), "between") for copy, _ in copies}


@pytest.mark.parametrize("name", ["province", "office"])
@pytest.mark.parametrize("version", OLDER)
def test_a_killed_upgrade_leaves_the_old_or_the_new(
    version: str, name: str, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    golden = unpacked(version, tmp_path / "golden", clock)
    assert killed(golden.database(name), tmp_path, KILLS) <= {"old", "new"}

    for number in range(KILLS):
        shutil.copyfile(tmp_path / f"{number}.db", golden.database(name))
        shutil.rmtree(golden.folder / name / "data" / "parked", ignore_errors=True)
        assert digest(golden.open(name)).digest == golden.said["shown"][name]


@pytest.mark.nightly
def test_many_killed_upgrades(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    golden = unpacked("0.1.0", tmp_path / "golden", clock)
    assert killed(golden.database("office"), tmp_path, NIGHTLY) <= {"old", "new"}


def test_an_upgrade_in_pieces_is_found(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    golden = unpacked("0.1.0", tmp_path / "golden", clock)
    assert "between" in killed(golden.database("office"), tmp_path, KILLS, planted=True)
