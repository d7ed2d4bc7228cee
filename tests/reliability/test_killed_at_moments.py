"""F1: killed between any two writes of a backup, and of a merge that sets the next bundle down.

The moments are those at which something on the disk becomes another (`moments.py`), so that the
short ones are hit as surely as the long ones.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from reliability import jobs
from reliability.figures import Measured
from reliability.jobs import opened, turns_of, write_turn
from reliability.little import Little
from reliability.moments import Moment, Work, lived, spread
from reliability.rows import digest
from reliability.test_killed import LostError, must, must_hold_its_laws, must_show
from thidua_desktop.services.backups import back_up, restore_backup
from thidua_desktop.services.delivering import finish_deliveries
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.storage import scratch
from thidua_desktop.storage.data_folder import DATABASE, SCRATCH
from thidua_desktop.storage.lock import LOCK
from thidua_desktop.storage.store import STAGED

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
BUNDLES = 4
DROPPED = 12  # so many backups that the oldest of them are dropped
FILES = {DATABASE, f"{DATABASE}-journal", LOCK}
ENDINGS = {".saoluu", ".json", ".lock", ""}


@pytest.fixture(scope="module")
def many_backups(little: Little, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an office with files beside its database, and as many backups as are kept."""
    (code,) = little.offices
    folder = tmp_path_factory.mktemp("sao-luu") / code
    shutil.copytree(little.folder / code, folder)
    ports = opened(folder)
    for turn in range(1, DROPPED + 1):
        write_turn(ports, turn, persons=5)
        if turn % 4 == 0:
            export_bundle(ports, path=folder / f"{turn}.tdkt")
        if turn < DROPPED:
            back_up(ports)
    return folder


def kind_of_backup(moment: Moment) -> str:
    path = Path(moment.file)
    return f"{moment.what} {path.suffix or path.parent.name}"


def kill_backups(origin: Path, folder: Path, work: Work, kills: int) -> Counter[str]:
    """Kill a backup at moments of every kind. Raises LostError."""
    shutil.copytree(origin, folder)
    met = lived(0, work, folder).met or []
    counts: Counter[str] = Counter()
    for number in spread(met, kind_of_backup, kills):
        shutil.rmtree(folder)
        shutil.copytree(origin, folder)
        before = digest(folder / "data" / DATABASE)
        ended = lived(number, work, folder)
        must(ended.was_killed, "it was not killed")
        ports = opened(folder)
        ports.backups.place.mkdir(exist_ok=True)
        named = set(ports.backups.place.glob("*.saoluu"))
        listed = ports.backups.all()
        must({one.path for one in listed} == named, "a backup is not listed")
        must(named >= set(ended.said), "a backup that was told of is gone")
        must(all(ports.backups.retry(one).is_good for one in listed), "half a backup")
        must(len(listed) >= 10, "more was dropped than may be")
        must(digest(folder / "data" / DATABASE) == before, "the data is another")
        counts["kills"] += 1
        counts["drafts left"] += any(
            path.suffix == ".tmp" for path in ports.backups.place.iterdir()
        )
        back_up(ports)  # as the next program does
        left = {one.suffix for one in ports.backups.place.rglob("*") if one.is_file()}
        must(left <= ENDINGS, f"something is left: {left}")
        beside = {path.with_suffix("") for path in ports.backups.place.glob("*.json")}
        must(beside == set(ports.backups.place.glob("*.saoluu")), "a note of a backup is left")
    newest = opened(folder).backups.all()[0]
    restore_backup(opened(folder), newest.path, folder / "mới" / "data")
    must(turns_of(opened(folder / "mới")) == {DROPPED}, "what was restored is another")
    return counts


def test_backups(many_backups: Path, tmp_path: Path, size: Size, measured: Measured) -> None:
    counts = kill_backups(many_backups, tmp_path / "office", jobs.make_backup, size(24, 400))
    assert counts["drafts left"] > 0
    measured("F1", kills_in_a_backup=counts["kills"], half_backups=0)


def test_a_backup_that_is_named_too_early_is_found(many_backups: Path, tmp_path: Path) -> None:
    with pytest.raises(LostError):
        kill_backups(many_backups, tmp_path / "office", jobs.make_careless_backup, 24)


# a merge that sets the next bundle down ahead


@pytest.fixture(scope="module")
def bundles(little: Little, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return what an office sends, turn after turn; each shows its own turn."""
    (code,) = little.offices
    folder = tmp_path_factory.mktemp("gửi") / code
    shutil.copytree(little.folder / code, folder)
    ports, made = opened(folder), []
    for turn in range(1, BUNDLES + 1):
        write_turn(ports, turn)
        with ports.store.write() as work:
            work.records.share(work.records.drafts())
            work.commit()
        made.append(export_bundle(ports, path=folder / f"{turn}.tdkt").path)
    return made


def kind_of_merge(moment: Moment) -> str:
    """Tell apart what is set down ahead, what is laid open, and how far the transaction is."""
    path = Path(moment.file)
    if path.name == STAGED:
        return STAGED
    return SCRATCH if SCRATCH in path.parts else moment.phase


def start(folder: Path) -> None:
    """Do what every program does that is started."""
    ports = opened(folder)
    with ports.store.hold():
        finish_deliveries(ports)
    must(not (folder / "data" / SCRATCH).exists(), "a scratch folder is left")
    left = {path.name for path in (folder / "data").iterdir() if path.is_file()}
    must(left <= FILES, f"files are left: {left - FILES}")


def kill_merges(
    origin: Path, folder: Path, bundles: list[Path], work: Work, kills: int
) -> Counter[str]:
    """Kill a merge at moments of every kind. Raises LostError."""
    shutil.copytree(origin, folder)
    met = lived(0, work, folder, bundles).met or []
    counts: Counter[str] = Counter()
    for number in spread(met[: -BUNDLES * 5], kind_of_merge, kills):
        shutil.rmtree(folder)
        shutil.copytree(origin, folder)
        ended = lived(number, work, folder, bundles)
        counts["kills"] += 1
        counts["kills ahead"] += kind_of_merge(met[number - 1]) in {STAGED, SCRATCH}
        left = folder / "data" / SCRATCH
        counts["scratch left"] += left.exists()
        counts["half set down"] += any(left.rglob(STAGED))
        start(folder)
        acknowledged = max(ended.said, default=0)
        turn = must_show(folder, 0, acknowledged) if ended.was_killed else BUNDLES
        ports = opened(folder)
        with ports.store.read() as reading:
            entered = {one.file_name for one in reading.book.received()}
        must(entered >= {f"{n}.tdkt" for n in range(1, turn + 1)}, "not in the journal")
        merge_bundles(ports, bundles)
        must(turns_of(ports) == {BUNDLES}, "what was killed cannot be done again")
    must_hold_its_laws(folder)
    return counts


def test_merges_that_look_ahead(
    little: Little, bundles: list[Path], tmp_path: Path, size: Size, measured: Measured
) -> None:
    counts = kill_merges(
        little.folder / "province",
        tmp_path / "province",
        bundles,
        jobs.merge_ahead,
        size(25, 300),
    )
    assert counts["kills ahead"] > counts["kills"] // 5
    assert counts["half set down"] > 0
    measured(
        "F1",
        kills_in_a_merge_ahead=counts["kills"],
        scratch_folders_left_by_kills=counts["scratch left"],
        left_after_the_start=0,
    )


def test_a_start_that_sweeps_nothing_is_found(
    little: Little, bundles: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "sweep", lambda _place: None)
    with pytest.raises(LostError, match="scratch"):
        kill_merges(
            little.folder / "province", tmp_path / "province", bundles, jobs.merge_ahead, 24
        )


def test_a_merge_that_is_told_too_early_is_found(
    little: Little, bundles: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(LostError, match="acknowledged"):
        kill_merges(
            little.folder / "province",
            tmp_path / "province",
            bundles,
            jobs.merge_ahead_told_too_early,
            24,
        )
