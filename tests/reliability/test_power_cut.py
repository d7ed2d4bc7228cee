"""F2: the power goes. Whatever of the last writes reached the disk, no commit is lost or half.

A disk keeps what was synced; of what came since it keeps nothing, all, any half, or a piece of the
last write. From each of these states the next program must find exactly the commits that the
program had been told are done, or one more.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builders import an_identity, an_office
from reliability.figures import Measured
from reliability.jobs import opened, write_turn
from reliability.little import Little, found
from reliability.pragmas import SPILLING, said_to_all
from reliability.recorder import (
    Committed,
    Delete,
    Event,
    Recording,
    Script,
    Sync,
    Truncate,
    Write,
    listened,
    recorded,
)
from reliability.rows import digest
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.storage.store import DATABASE

Size = Callable[[int, int], int]
SECTOR = 512
WAYS = ("none", "all", "half", "torn")
JOURNAL = f"{DATABASE}-journal"


@dataclass
class Disk:
    """What is safe on a disk, and what was done since and may be there or not."""

    safe: dict[str, bytes]
    pending: dict[str, list[Event]] = field(default_factory=dict)

    def see(self, event: Event) -> None:
        match event:
            case Sync(file):
                self.safe[file] = _after(self.safe.get(file, b""), self.pending.pop(file, []))
            case Delete(file):
                self.safe.pop(file, None)
                self.pending.pop(file, None)
            case Write(file) | Truncate(file):
                self.pending.setdefault(file, []).append(event)

    def cut(self, way: str, chance: random.Random) -> dict[str, bytes]:
        """Return the files as the next program finds them."""
        names = self.safe.keys() | self.pending.keys()
        return {
            name: _after(self.safe.get(name, b""), _kept(self.pending.get(name, []), way, chance))
            for name in names
        }


def _kept(pending: list[Event], way: str, chance: random.Random) -> list[Event]:
    match way:
        case "none":
            return []
        case "half":
            return [one for one in pending if chance.random() < 0.5]
        case "torn":
            kept = pending[: chance.randint(0, len(pending))]
            if kept and isinstance(last := kept[-1], Write):
                sectors = chance.randint(0, len(last.data) // SECTOR)
                kept[-1] = Write(last.file, last.offset, last.data[: sectors * SECTOR])
            return kept
        case _:
            return pending


def _after(content: bytes, events: list[Event]) -> bytes:
    changed = bytearray(content)
    for one in events:
        if isinstance(one, Truncate):
            del changed[one.size :]
        elif isinstance(one, Write):
            changed.extend(bytes(max(0, one.offset - len(changed))))
            changed[one.offset : one.offset + len(one.data)] = one.data
    return bytes(changed)


def states(
    recording: Recording, chance: random.Random, most: int
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Return states after a cut, each with the number of the last commit the program knew of."""
    places = [(n, way) for n in range(len(recording.events)) for way in WAYS]
    wanted = Counter(chance.choices(places, k=most))
    disk, known = Disk({DATABASE: recording.beginning}), 0
    for place, one in enumerate(recording.events):
        if isinstance(one, Committed):
            known = one.number
        disk.see(one)
        for way in WAYS:
            for _ in range(wanted[place, way]):
                yield known, disk.cut(way, chance)


def fates(recording: Recording, folder: Path, chance: random.Random, most: int) -> Counter[str]:
    """Cut the power at so many moments and say what was found: kept, lost, corrupt."""
    commits = [one for one in recording.events if isinstance(one, Committed)]
    contents = [recording.beginning, *(one.content for one in commits)]
    right = []
    for content in contents:
        (folder / DATABASE).write_bytes(content)
        right.append(digest(folder / DATABASE))
    found_there: Counter[str] = Counter()
    for known, files in states(recording, chance, most):
        for name in (DATABASE, JOURNAL):
            (folder / name).unlink(missing_ok=True)
            if name in files:
                (folder / name).write_bytes(files[name])
        found_there["with_a_hot_journal"] += any(files.get(JOURNAL, b"")[:8])
        shown = digest(folder / DATABASE)
        if shown is None:
            found_there["corrupt"] += 1
        elif shown in right[known : known + 2]:
            found_there["kept"] += 1
        else:
            found_there["lost"] += 1
    return found_there


@dataclass(frozen=True)
class Worked:
    """A script of the program, and the database before it."""

    script: Script
    before: Path
    after: Path


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worked]:
    """Return what the program says for edits of an office, and for imports of the province."""
    folder = tmp_path_factory.mktemp("worked")
    return {"edits": _edits(folder), "imports": _imports(found(folder / "little", 1))}


def _edits(folder: Path) -> Worked:
    ports = opened(folder / "office")
    ports.store.create(an_office(), an_identity())
    write_turn(ports, 1)
    before = shutil.copy(folder / "office" / "data" / DATABASE, folder / "before.db")
    with said_to_all(SPILLING), listened() as script:
        for turn in range(2, 7):
            write_turn(ports, turn)
    return Worked(script, Path(before), folder / "office" / "data" / DATABASE)


def _imports(little: Little) -> Worked:
    (office,) = little.offices.values()
    before = shutil.copy(little.folder / "province/data" / DATABASE, little.folder / "before.db")
    paths = []
    for turn in range(1, 5):
        write_turn(office, turn)
        paths.append(export_bundle(office, path=little.folder / f"{turn}.tdkt").path)
    with said_to_all(SPILLING), listened() as script:
        merge_bundles(little.province, paths)
    return Worked(script, Path(before), little.folder / "province/data" / DATABASE)


def cut(
    worked: Worked, folder: Path, chance: random.Random, most: int, *instead: str
) -> Counter[str]:
    """Say a script again, cut the power so many times, and return what was found."""
    target = folder / "recorded" / DATABASE
    target.parent.mkdir()
    shutil.copy(worked.before, target)
    recording = recorded(worked.script, target, instead=instead)
    return fates(recording, folder, chance, most)


@pytest.mark.parametrize("work", ["edits", "imports"])
@pytest.mark.parametrize("part", range(2))
def test_no_commit_is_lost_and_none_is_half(
    work: str,
    part: int,
    worked: dict[str, Worked],
    tmp_path: Path,
    seed: int,
    size: Size,
    measured: Measured,
) -> None:
    chance = random.Random(seed + part)
    found_there = cut(worked[work], tmp_path, chance, size(375, 12_500))
    assert found_there["corrupt"] == found_there["lost"] == 0, found_there
    assert found_there["with_a_hot_journal"] > found_there["kept"] // 20
    measured("F2", states=found_there["kept"], lost=0, corrupt=0)


@pytest.mark.parametrize("pragma", ["synchronous = OFF", "journal_mode = OFF"])
def test_a_database_without_its_care_is_found_broken(
    pragma: str, worked: dict[str, Worked], tmp_path: Path
) -> None:
    found_there = cut(worked["edits"], tmp_path, random.Random(52), 60, pragma)
    assert found_there["corrupt"] + found_there["lost"] > 10


def test_what_is_said_again_is_what_the_program_did(
    worked: dict[str, Worked], tmp_path: Path
) -> None:
    """The recording is of the same work: it ends in the same rows."""
    for name, one in worked.items():
        target = tmp_path / name
        shutil.copy(one.before, target)
        recorded(one.script, target)
        assert digest(target) == digest(one.after)
