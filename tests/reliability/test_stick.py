"""F23: a stick is pulled out at any moment, or lies. No half bundle is ever taken."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from reliability import jobs
from reliability.figures import Measured
from reliability.jobs import opened, write_turn
from reliability.little import Little
from reliability.moments import Moment, Work, lived, spread
from reliability.rows import digest
from reliability.test_killed import LostError, must
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import UnwritableFileError
from thidua_desktop.services.exchange import plan_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage.store import DATABASE

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
Desk = Callable[[Iterable[Path]], set[str]]


@pytest.fixture(scope="module")
def office(little: Little, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an office that has something to send."""
    (code,) = little.offices
    folder = tmp_path_factory.mktemp("gửi") / code
    shutil.copytree(little.folder / code, folder)
    write_turn(opened(folder), 1)
    return folder


@pytest.fixture
def desk(little: Little, tmp_path: Path) -> Desk:
    """Hand the province files, and tell which are taken; nothing is written by that."""
    place = tmp_path / "province"
    shutil.copytree(little.folder / "province", place)
    ports = opened(place)
    before = digest(place / "data" / DATABASE)

    def hand_in(files: Iterable[Path]) -> set[str]:
        planned = plan_bundles(ports, sorted(files))
        assert digest(place / "data" / DATABASE) == before
        return {one.file for one in planned if one.state is not BundleState.REFUSED}

    return hand_in


def on_the_stick(moment: Moment) -> bool:
    return "stick" in Path(moment.file).parts


def pull(work: Work, office: Path, place: Path, look: Callable[[Path], None], most: int) -> int:
    """Let a child write onto a stick, gone at one moment after another; return how often."""

    def once(last: int) -> list[Moment] | None:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(office, place / "office")
        (place / "stick").mkdir()
        return lived(last, work, place / "office", place / "stick").met

    met = once(0) or []
    numbers = [n for n, moment in enumerate(met, start=1) if on_the_stick(moment)]
    chosen = [numbers[n - 1] for n in spread([met[n - 1] for n in numbers], _kind, most)]
    for number in chosen:
        once(number)
        look(place / "stick")
    return len(chosen)


def _kind(moment: Moment) -> str:
    return moment.what


def whole_by(desk: Desk) -> Callable[[Path], None]:
    """See that whatever bears the name of a bundle is whole."""

    def look(stick: Path) -> None:
        named = set(stick.glob("*.tdkt"))
        must(desk(named) == {one.name for one in named}, "half a bundle bears its name")

    return look


def test_pulled_out_while_it_is_written(
    office: Path, tmp_path: Path, desk: Desk, measured: Measured
) -> None:
    moments = pull(jobs.export_once, office, tmp_path / "a", whole_by(desk), 12)
    measured("F23", moments=moments, half=0)


def test_a_program_that_names_it_too_early_would_be_found(
    office: Path, tmp_path: Path, desk: Desk
) -> None:
    with pytest.raises(LostError):
        pull(jobs.export_under_its_name, office, tmp_path / "a", whole_by(desk), 12)


def test_pulled_out_while_another_program_copies_it(
    office: Path,
    tmp_path: Path,
    desk: Desk,
    seed: int,
    size: Size,
    measured: Measured,
) -> None:
    """A file manager knows no drafts: every beginning of a bundle may lie there by its name."""
    sender = _copy(office, tmp_path)
    whole = export_bundle(sender, path=tmp_path / "1.tdkt").path.read_bytes()
    chance = random.Random(seed)
    cuts = {0, 1, len(whole) - 1, *chance.sample(range(len(whole)), size(47, 497))}
    stick = tmp_path / "stick"
    stick.mkdir()
    for number, cut in enumerate(sorted(cuts)):
        (stick / f"{number}.tdkt").write_bytes(whole[:cut])
    assert desk(stick.iterdir()) == set()
    (stick / "0.tdkt").write_bytes(whole)
    assert desk(stick.iterdir()) == {"0.tdkt"}
    measured("F23", cuts=len(cuts), half=0)


def test_a_stick_that_keeps_something_else_is_told_while_it_is_in(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    """Sticks that claim more room than they have lose what is written last."""
    sender = _copy(office, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    sync = os.fsync

    def lie(handle: int) -> None:
        sync(handle)
        name = Path(f"/proc/self/fd/{handle}").readlink()
        if name.parent == stick and name.is_file():
            length = name.stat().st_size
            os.truncate(name, length // 2)
            os.truncate(name, length)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lie)
        with pytest.raises(UnwritableFileError):
            export_bundle(sender, path=stick / "1.tdkt")
    assert list(stick.iterdir()) == []
    sent = export_bundle(sender, path=stick / "1.tdkt")  # nothing was entered, and it still goes
    assert list(stick.iterdir()) == [sent.path]
    measured("F23", lying_sticks=1)


def _copy(office: Path, folder: Path) -> Ports:
    shutil.copytree(office, folder / "office")
    return opened(folder / "office")
