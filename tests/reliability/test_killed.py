"""F1: the program is killed in the middle of work. What it acknowledged lasts, and nothing is half.

A child works in a loop with a cache of five pages, so that the database file is written long before
a commit and a kill leaves a hot journal behind; the parent kills it, opens the folder as the next
program would, and looks.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builders import an_identity, an_office
from reliability import jobs
from reliability.children import Job, killed
from reliability.figures import Measured
from reliability.jobs import opened, turns_of, write_turn
from reliability.little import Little
from thidua_desktop.services.delivering import finish_deliveries
from thidua_desktop.services.exchange import inspect_bundle
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage.store import DATABASE

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
BUNDLES = 25


class LostError(AssertionError):
    """Something acknowledged is not there, or something is there in part."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise LostError(what)


@dataclass
class Kills:
    """Kills one job over and over, and counts what it left."""

    chance: random.Random
    count: int = 0
    acknowledged: int = 0
    hot_journals: int = 0
    seen: list[int] = field(default_factory=list)

    def kill(self, job: Job, folder: Path, *arguments: object) -> int:
        """Kill the job; return the last number it acknowledged, or 0."""
        said = killed(self.chance, job, folder, *arguments)
        self.count += 1
        self.acknowledged += len(said)
        self.hot_journals += _is_hot(folder / "data" / f"{DATABASE}-journal")
        return max(said, default=0)

    def told(self, measured: Measured) -> None:
        measured(
            "F1",
            kills=self.count,
            acknowledged_commits=self.acknowledged,
            lost=0,
            hot_journals=self.hot_journals,
        )


def _is_hot(journal: Path) -> bool:
    return journal.exists() and any(journal.read_bytes()[:8])


def must_be_sound(folder: Path) -> None:
    """Let the next program open the folder, and SQLite look at every page."""
    with opened(folder).store.write():
        pass
    with closing(sqlite3.connect(folder / "data" / DATABASE)) as connection:
        must(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "integrity")


def must_show(folder: Path, before: int, acknowledged: int) -> int:
    """See that one turn is shown, whole, and none that was acknowledged is gone."""
    must_be_sound(folder)
    turns = turns_of(opened(folder))
    must(len(turns) <= 1, f"a transaction is half there: {turns}")
    turn = max(turns, default=0)
    last = max(before, acknowledged)
    must(last <= turn <= last + 1, f"turn {last} was acknowledged, {turn} is there")
    return turn


def must_hold_its_laws(folder: Path) -> None:
    with opened(folder).store.read() as work:
        must(work.exchange.check() == (), "the log and the tables disagree")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return the folder of an office that has written its first turn."""
    ports = opened(tmp_path / "office")
    ports.store.create(an_office(), an_identity())
    write_turn(ports, 1)
    return tmp_path / "office"


@pytest.fixture(scope="module")
def bundles(little: Little) -> list[Path]:
    """Return what an office sends, turn after turn; each shows its own turn."""
    (ports,) = little.offices.values()
    made = []
    for turn in range(1, BUNDLES + 1):
        write_turn(ports, turn)
        with ports.store.write() as work:
            work.records.share(work.records.drafts())
            work.commit()
        made.append(export_bundle(ports, path=little.folder / f"{turn}.tdkt").path)
    return made


def kill_edits(job: Job, office: Path, chance: random.Random, times: int) -> Kills:
    kills, turn = Kills(chance), 1
    for _ in range(times):
        turn = must_show(office, turn, kills.kill(job, office))
    must_hold_its_laws(office)
    return kills


@pytest.mark.parametrize("part", range(2))
def test_edits(part: int, office: Path, seed: int, size: Size, measured: Measured) -> None:
    kills = kill_edits(jobs.edits, office, random.Random(seed + part), size(40, 1_500))
    assert kills.hot_journals > kills.count // 20
    kills.told(measured)


@pytest.mark.parametrize("part", range(2))
def test_imports(
    part: int,
    little: Little,
    bundles: list[Path],
    tmp_path: Path,
    seed: int,
    size: Size,
    measured: Measured,
) -> None:
    kills, turn = Kills(random.Random(seed + part)), BUNDLES
    folder = tmp_path / "province"
    for _ in range(size(30, 1_000)):
        if turn == BUNDLES:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(little.folder / "province", folder)
            turn = 0
        turn = must_show(folder, turn, kills.kill(jobs.imports, folder, bundles))
        with opened(folder).store.read() as work:
            entered = {one.file_name for one in work.book.received()}
        must(entered >= {f"{n}.tdkt" for n in range(1, turn + 1)}, "not in the journal")
    must_hold_its_laws(folder)
    kills.told(measured)


def _entered(ports: Ports) -> int:
    """Return the number of the last bundle in the register of those sent."""
    with ports.store.read() as work:
        return max(bundle.number for bundle in work.book.sent())


def test_exports(little: Little, tmp_path: Path, seed: int, size: Size, measured: Measured) -> None:
    (code,) = little.offices
    folder, stick = tmp_path / code, tmp_path / "stick"
    shutil.copytree(little.folder / code, folder)
    stick.mkdir()
    ports = opened(folder)
    write_turn(ports, 1)
    kills = Kills(random.Random(seed))
    entered = _entered(ports)
    for _ in range(size(40, 600)):
        last = max(entered, kills.kill(jobs.exports, folder, stick))
        must_be_sound(folder)
        seen, entered = entered, _entered(ports)
        must(last <= entered <= last + 1, f"bundle {last} was acknowledged, {entered} is entered")
        finish_deliveries(ports)  # as every program does that is started
        named = {f"{number}.tdkt" for number in range(seen + 1, entered + 1)}
        found = {path.name for path in stick.glob("*.tdkt")}
        must(named <= found, "a bundle is gone")
        must(found <= named, "a bundle is in no register")
        for file in stick.glob("*.tdkt"):  # whatever bears the name of a bundle is whole
            inspect_bundle(ports, file)
            file.unlink()
    kills.told(measured)


@pytest.mark.usefixtures("tables_made_anew")
def test_foundings(tmp_path: Path, seed: int, size: Size, measured: Measured) -> None:
    """A data folder is made with every migration, or not at all and can be made then."""
    kills, made = Kills(random.Random(seed)), 0
    folders = tmp_path / "many"
    folders.mkdir()
    for _ in range(size(20, 400)):
        last = max(made, kills.kill(jobs.foundings, folders))
        for number in range(made + 1, last + 1):
            must_be_sound(folders / str(number))
            must(opened(folders / str(number)).store.identity() == an_identity(), "identity")
        made = last + 1
        half = opened(folders / str(made))
        if not half.store.exists():
            half.store.create(an_office(), an_identity())
        must_be_sound(folders / str(made))
    kills.told(measured)


@pytest.mark.parametrize("job", [jobs.edits_told_too_early, jobs.edits_in_two_transactions])
def test_a_promise_that_is_broken_is_found(job: Job, office: Path) -> None:
    with pytest.raises(LostError):
        kill_edits(job, office, random.Random(52), 100)
