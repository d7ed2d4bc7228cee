"""F3: the disk is full in the middle. Nothing is kept in part, and the user is told.

Two ways to fill it: SQLite is given so many pages and no more (on every system), and the data lies
on a small file system of its own (where mounting one is allowed).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from builders import an_identity, an_office
from journeys.cli import Office
from reliability.figures import Measured
from reliability.jobs import opened, write_turn
from reliability.little import Little, found
from reliability.pragmas import said_to_all
from reliability.rows import digest
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import BundleRejectedError, DiskFullError, UnwritableFileError
from thidua_desktop.services.backups import retry_backups
from thidua_desktop.services.exchange import inspect_bundle, merge_bundles, plan_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.sending import Packing
from thidua_desktop.storage import scratch
from thidua_desktop.storage.store import DATABASE

pytestmark = pytest.mark.usefixtures("tables_made_anew")
Size = Callable[[int, int], int]
Work = Callable[[Path, Little], object]
KIB, PAGE = 1024, 4096
ROOM = 16 * KIB * KIB
MANY = 200
# That a program runs, and that it began to write: no part of what is kept.
PASSING = {".lock", ".marks"}
FULL = (DiskFullError, UnwritableFileError)
ATTACHED = bytes(range(256)) * 1_000


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Little:
    """Return a province, and an office with a bundle to be merged."""
    made = found(tmp_path_factory.mktemp("little"), 1)
    (office,) = made.offices.values()
    write_turn(office, 1, persons=MANY)
    with office.store.write() as work:
        work.records.share(work.records.drafts())
        work.commit()
    export_bundle(office, path=made.folder / "gói.tdkt")
    return made


def edit(folder: Path, _little: Little) -> None:
    write_turn(opened(folder), 9, persons=MANY)


def merge(folder: Path, little: Little) -> None:
    merge_bundles(opened(folder), [little.folder / "gói.tdkt"])


def plan(folder: Path, little: Little) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scratch, "_MUCH", 0)  # copied by a process of its own
        plan_bundles(opened(folder), [little.folder / "gói.tdkt"])


def attach(folder: Path, _little: Little) -> None:
    with opened(folder).store.write() as work:
        work.blobs.put(ATTACHED)
        work.commit()


def export(folder: Path, _little: Little) -> None:
    ports = opened(folder)
    inspect_bundle(
        ports, export_bundle(ports, path=folder / "gói.tdkt", packing=Packing(full=True)).path
    )


def make(folder: Path, _little: Little) -> None:
    opened(folder / "new").store.create(an_office(), an_identity())


def kept(folder: Path) -> dict[str, object]:
    """Return all that counts in a folder: rows of databases, bytes of files.

    A blob that no row names waits to be used or swept, and must be whole.
    """
    held: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if path.name == DATABASE:
            held[str(path)] = digest(path)
        elif path.parent.name == "blobs":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
        elif path.suffix == ".tdkt":
            inspect_bundle(opened(folder), path)  # written before it was to be entered, and whole
        elif path.is_file() and path.suffix not in PASSING and path.stat().st_size:
            held[str(path)] = path.read_bytes()
    return held


def spread(first: int, last: int, count: int) -> list[int]:
    """Return so many numbers from one up to another, evenly."""
    return sorted({first + (last - first) * place // count for place in range(count)})


# pages


def with_pages(most: int) -> AbstractContextManager[None]:
    return said_to_all(f"max_page_count = {most}")


def pages(folder: Path) -> int:
    return (folder / "data" / DATABASE).stat().st_size // PAGE


@pytest.mark.parametrize("work", [edit, merge])
def test_with_too_few_pages_nothing_is_kept(
    work: Work,
    little: Little,
    tmp_path: Path,
    size: Size,
    measured: Measured,
) -> None:
    whole = Path(shutil.copytree(little.folder / "province", tmp_path / "whole"))
    first = pages(whole)
    work(whole, little)
    limits = spread(first, pages(whole), size(30, 4_000))
    folder = Path(shutil.copytree(little.folder / "province", tmp_path / "province"))
    before = kept(folder)
    for most in limits:
        with with_pages(most), pytest.raises(DiskFullError):
            work(folder, little)
        assert kept(folder) == before
    work(folder, little)
    assert kept(folder) != before
    measured("F3", page_limits=len(limits), kept_in_part=0)


def test_the_user_is_told_and_the_command_ends_as_refused(
    little: Little, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(little.folder / "province", tmp_path / "province"))
    before = kept(folder)
    province = Office(folder, capsys)
    with with_pages(pages(folder)):
        said = province("bundle", "merge", little.folder / "gói.tdkt")
    assert said.code == 3
    assert json.loads(said.out)["code"] == "E-DISK"
    assert error_text(DiskFullError(str(folder / "data"))) in said.err
    backups = retry_backups(opened(folder)).backups
    assert [backup.is_good for backup in backups] == [True]  # made before the merge was tried
    shutil.rmtree(backups[0].path.parent)
    assert kept(folder) == before


# a small file system


@dataclass(frozen=True)
class SmallDisk:
    """A file system of its own whose size can be changed while it is in use."""

    path: Path

    def limit(self, size: int) -> None:
        _mount("-o", f"remount,size={size}", str(self.path))

    def used(self) -> int:
        return shutil.disk_usage(self.path).used

    def fill(self, folder: Path) -> Path:
        """Hold a copy of this folder and nothing else."""
        self.limit(ROOM)
        for path in self.path.iterdir():
            shutil.rmtree(path)
        return Path(shutil.copytree(folder, self.path / folder.name))


def _mount(*arguments: str) -> bool:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)  # noqa: S603, S607
    return done.returncode == 0


@contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk | None]:
    """Mount a file system in memory there, if that is allowed."""
    if sys.platform != "linux" or not _mount("-t", "tmpfs", "none", str(folder)):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def may_mount() -> bool:
    with TemporaryDirectory() as folder, mounted(Path(folder)) as disk:
        return disk is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    (tmp_path / "disk").mkdir()
    with mounted(tmp_path / "disk") as disk:
        assert disk
        yield disk


@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
@pytest.mark.parametrize(
    ("work", "most"),
    [(edit, 300), (merge, 600), (plan, 1_500), (attach, 300), (export, 40), (make, 700)],
)
def test_on_a_small_disk_nothing_is_kept_in_part(
    work: Work,
    most: int,
    small_disk: SmallDisk,
    little: Little,
    size: Size,
    measured: Measured,
) -> None:
    hits = 0
    for room in spread(0, most, size(12, 200)):
        folder = small_disk.fill(little.folder / "province")
        before = kept(folder)
        small_disk.limit(small_disk.used() + room * KIB)
        try:
            work(folder, little)
        except FULL:
            hits += 1
            small_disk.limit(ROOM)
            assert kept(folder) == before
            work(folder, little)
    assert hits
    measured("F3", sizes_of_a_disk=size(12, 200), full=hits, kept_in_part=0)


@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
def test_a_file_that_is_written_in_place_is_found(small_disk: SmallDisk, little: Little) -> None:
    """The control: what writes a file under its own name leaves a piece of it."""
    folder = small_disk.fill(little.folder / "province")
    small_disk.limit(small_disk.used() + 100 * KIB)
    with pytest.raises(OSError, match="No space"):
        (folder / "gói.tdkt").write_bytes(ATTACHED)
    with pytest.raises(BundleRejectedError):
        kept(folder)


def write_many(folder: Path) -> None:
    for turn in range(100):
        write_turn(opened(folder), turn)


def test_a_commit_in_parts_is_found(little: Little, tmp_path: Path) -> None:
    """The control: what commits as it goes leaves a piece when the pages are used up."""
    folder = Path(shutil.copytree(little.folder / "province", tmp_path / "province"))
    before = kept(folder)
    with with_pages(pages(folder) + 9), pytest.raises(DiskFullError):
        write_many(folder)
    assert kept(folder) != before
