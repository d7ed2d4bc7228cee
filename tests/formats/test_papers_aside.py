"""Many files of papers are made by two processes; nobody sees it but by the time it takes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import spawn
from multiprocessing.process import BaseProcess
from pathlib import Path
from uuid import UUID

import pytest

from builders import a_dossier, a_letter
from thidua_desktop.__main__ import main
from thidua_desktop.app.paths import resources
from thidua_desktop.aside import Aside
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.told import Source, told_of
from thidua_desktop.formats import papers_aside
from thidua_desktop.formats.papers import Papers
from thidua_desktop.formats.papers_aside import Batch, Job, is_much

PAPERS = Papers(resources() / "fonts")
MERIT = "Vận động nhân dân hiến 800 m² đất làm đường."
PROGRAM = """
import sys
from pathlib import Path
sys.path += sys.argv[1:]
from thidua_desktop.formats import papers_aside
from formats.test_papers_aside import PAPERS, Awaited, jobs, the_children

def take(_place, _content):
    if the_children():
        print(len(the_children()), flush=True)
        sys.stdin.read()

papers_aside.Aside = Awaited
PAPERS.make_each(jobs(500), take)
"""


class Awaited(Aside):
    """A process that is waited for, so that it has its share."""

    def is_ready(self, _seconds: float = 0) -> bool:
        return super().is_ready(120)


@pytest.fixture(autouse=True)
def _every_batch_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(papers_aside, "_MUCH", 2)
    monkeypatch.setattr(papers_aside, "Aside", Awaited)
    yield
    assert the_children() == []


def the_children() -> list[BaseProcess]:
    return [one for one in multiprocessing.active_children() if one.name == "papers"]


def a_telling_dossier(number: int, words: str) -> Dossier:
    return a_dossier(a_letter(body=(f"Hồ sơ số {number}", words)))


def jobs(count: int) -> list[Job]:
    source = Source("proposal", UUID(int=1), "summary")
    dossiers = [a_telling_dossier(number, told_of(MERIT, source)) for number in range(count)]
    return [(one, list(PaperFormat)[place % 2]) for place, one in enumerate(dossiers)]


def alone(wanted: Sequence[Job]) -> dict[int, bytes]:
    return {place: PAPERS.made(*job) for place, job in enumerate(wanted)}


def test_two_processes_make_the_files_that_one_would_make() -> None:
    wanted, here, found = jobs(12), [], {}

    def make(dossier: Dossier, kind: PaperFormat) -> bytes:
        here.append(dossier)
        return PAPERS.made(dossier, kind)

    Batch(make, wanted, found.__setitem__, lambda: False).make(resources() / "fonts")
    assert found == alone(wanted)
    assert len(here) < len(wanted)
    # That free text knows whose it is came along: without, a Word file would be another one.
    assert found[1] != PAPERS.made(a_telling_dossier(1, MERIT), PaperFormat.DOCX)


def test_a_killed_process_loses_nothing() -> None:
    wanted, found = jobs(12), {}

    def take(place: int, content: bytes) -> None:
        assert place not in found
        found[place] = content
        for child in the_children():
            child.kill()

    PAPERS.make_each(wanted, take)
    assert found == alone(wanted)


def test_a_process_that_cannot_begin_is_done_without(capfd: pytest.CaptureFixture[str]) -> None:
    wanted, found = jobs(4), {}
    python = spawn.get_executable()
    multiprocessing.set_executable("/nowhere/python")
    try:
        PAPERS.make_each(wanted, found.__setitem__)
    finally:
        multiprocessing.set_executable(python)
    assert found == alone(wanted)
    assert capfd.readouterr() == ("", "")


def test_a_packed_program_begins_as_a_process_before_anything_else(monkeypatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(multiprocessing, "freeze_support", lambda: refuse(0, b""))
    with pytest.raises(OSError, match="full"):
        main()


def test_what_was_wished_stops_both() -> None:
    found: dict[int, bytes] = {}
    with pytest.raises(StoppedError):
        PAPERS.make_each(jobs(12), found.__setitem__, stop_wanted=lambda: len(found) >= 3)
    assert len(found) == 3
    with pytest.raises(OSError, match="full"):
        PAPERS.make_each(jobs(12), refuse)


def refuse(_place: int, _content: bytes) -> None:
    raise OSError("full")


def test_what_cannot_be_made_is_told_as_in_one_process() -> None:
    decomposed = (a_telling_dossier(1, "Hoa\u0300"), PaperFormat.PDF)
    with pytest.raises(ValueError, match="Tờ trình"):
        PAPERS.make_each([decomposed, *jobs(2)], {}.__setitem__)


def test_a_small_batch_begins_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    letter, word = a_dossier(a_letter()), PaperFormat.DOCX
    assert not is_much([(letter, PaperFormat.PDF)] * 499)
    assert is_much([(letter, PaperFormat.PDF)] * 500)
    assert is_much([(letter, word)] * 125)
    monkeypatch.setattr(papers_aside, "Aside", refuse)
    found: dict[int, bytes] = {}
    PAPERS.make_each(jobs(3), found.__setitem__)
    assert len(found) == 3


def test_a_process_ends_when_the_program_is_killed() -> None:
    tests = str(Path(__file__).parents[1])
    paths = [tests, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert running.stdout.readline() == b"1\n"
    running.send_signal(signal.SIGKILL)
    # The other process writes to the same end: it is at its end when both are gone.
    running.communicate(timeout=60)
