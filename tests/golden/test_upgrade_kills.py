"""F13: killed in the middle of an upgrade. The file is the old one or the new one.

Kills fall at steps of SQLite's engine, all before the commit; and between any two writes, from the
backup that comes first to what is done after the commit.
"""

from __future__ import annotations

import hashlib
import os
import random
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
from golden.golden_files import VERSIONS, Golden, revision_of, unpacked
from reliability import jobs
from reliability.figures import Measured
from reliability.moments import AFTER, COMMIT, Moment, Work, lived, spread
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.services.integrity import digest
from thidua_desktop.storage.backups import BackupFolder
from thidua_desktop.storage.schema import REVISION

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
KILLS, NIGHTLY = 10, 500
MOMENTS = 10
BACKUP, UPGRADE = "backup", "upgrade"
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


@pytest.mark.parametrize("name", ["province", pytest.param("office", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("version", OLDER)
def test_a_killed_upgrade_leaves_the_old_or_the_new(
    version: str, name: str, tmp_path: Path, clock: Callable[[], datetime], measured: Measured
) -> None:
    golden = unpacked(version, tmp_path / "golden", clock)
    assert killed(golden.database(name), tmp_path, KILLS) <= {"old", "new"}
    measured("F13", kills=KILLS, lost=0)

    # What says the same is opened the same way, so one of them stands for all.
    shutil.copyfile(tmp_path / f"{KILLS // 2}.db", golden.database(name))
    assert digest(golden.open(name)).digest == golden.said["shown"][name]


@pytest.mark.nightly
def test_many_killed_upgrades(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    golden = unpacked("0.1.0", tmp_path / "golden", clock)
    assert killed(golden.database("office"), tmp_path, NIGHTLY) <= {"old", "new"}


def test_an_upgrade_in_pieces_is_found(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    golden = unpacked("0.1.0", tmp_path / "golden", clock)
    assert "between" in killed(golden.database("office"), tmp_path, KILLS, planted=True)


# between any two writes


class LostError(AssertionError):
    """A kill left something that is neither the old nor the new, or half a backup."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise LostError(what)


def part_of(moment: Moment) -> str:
    """Return in which part of an upgrade a moment lies."""
    if moment.phase in {COMMIT, AFTER}:
        return moment.phase
    return BACKUP if "/backups" in moment.file else UPGRADE


def kill_at_moments(golden: Golden, name: str, work: Work, kills: int) -> dict[str, int]:
    """Kill the opening of an old folder at moments of every part. Raises LostError."""
    origin, folder = golden.folder / name, golden.folder / "bị dừng"
    old = content(golden.database(name))
    shutil.copytree(origin, folder)
    met = lived(0, work, folder).met or []
    new = content(folder / "data" / "thidua.db")
    counts: dict[str, int] = {}
    for number in spread(met, part_of, kills):
        shutil.rmtree(folder)
        shutil.copytree(origin, folder)
        moment, part = met[number - 1], part_of(met[number - 1])
        must(lived(number, work, folder).was_killed, "it was not killed")
        right = new if part == AFTER else old
        must(content(folder / "data" / "thidua.db") == right, f"in between, at {moment}")
        backups = list((folder / "backups").glob("*.saoluu"))
        must(all(content(path) == old for path in backups), f"half a backup, at {moment}")
        must(part == BACKUP or len(backups) == 1, f"no backup was made before {moment}")
        if part not in counts:  # what says the same is opened the same way
            open_again(golden, name, folder)
        counts[part] = counts.get(part, 0) + 1
    return counts


def open_again(golden: Golden, name: str, folder: Path) -> None:
    """Open the folder as the next program does."""
    ports = make_ports(
        folder / "data",
        folder / "identity",
        now=golden.now,
        noise=random.Random("next").randbytes,
        keeps_backups=True,
    )
    must(digest(ports).digest == golden.said["shown"][name], "something else is shown")
    place = BackupFolder(folder / "data", folder / "backups", golden.now)
    kept = place.all()
    must(kept, "there is no backup")
    must(all(place.retry(one).is_good for one in kept), "a backup cannot be restored")
    found = {path.name for path in (folder / "backups").glob("*.saoluu")}
    must(found == {one.path.name for one in kept}, "a backup is not listed")


@pytest.mark.parametrize("name", ["office", pytest.param("province", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("version", OLDER)
def test_killed_between_any_two_writes(
    version: str,
    name: str,
    tmp_path: Path,
    clock: Callable[[], datetime],
    size: Size,
    measured: Measured,
) -> None:
    golden = unpacked(version, tmp_path / "golden", clock)
    counts = kill_at_moments(golden, name, jobs.upgrade, size(MOMENTS, NIGHTLY // len(OLDER) // 2))
    assert counts.keys() == {BACKUP, UPGRADE, COMMIT, AFTER}
    measured("F13", lost=0, **{f"kills_in_{part}": n for part, n in counts.items()})


@pytest.mark.parametrize("work", [jobs.upgrade_in_pieces, jobs.upgrade_after_a_careless_backup])
def test_an_upgrade_without_its_care_is_found(
    work: Work, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    golden = unpacked("0.1.0", tmp_path / "golden", clock)
    with pytest.raises(LostError):
        kill_at_moments(golden, "office", work, MOMENTS)
