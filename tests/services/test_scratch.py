"""A copy to try things in: whole, apart, held up by nobody, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from builders import a_person
from exchange_work import Exchange, everything, files_of, names, put
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.services.exchange import plan_bundles

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from exchange_work import open_folder
ports = open_folder(Path(sys.argv[1]), lambda: None)
with ports.store.scratch():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_written_to_a_copy_stays_in_it(world: Exchange) -> None:
    before = everything(world.province)
    with world.province.store.scratch() as scratch, scratch.write() as work:
        assert work.book.me() == _me(world)
        assert scratch.identity() == world.province.store.identity()
        work.book.set_setting("thử", "có")
        work.commit()
        with scratch.read() as seen:
            assert seen.book.setting("thử") == "có"
    assert everything(world.province) == before
    with world.province.store.read() as work:
        assert work.book.setting("thử") is None


def test_a_plan_waits_for_no_writer_and_holds_none_up(world: Exchange) -> None:
    put(world.district, "Một")
    path = world.made(world.district)
    with world.province.store.write() as work:
        work.book.set_setting("giữa chừng", "có")
        (planned,) = plan_bundles(world.province, [path])
        work.commit()
    assert planned.state is BundleState.NEW
    with world.province.store.scratch() as scratch:
        put(world.province, "Hai")
        with scratch.read() as work:
            assert work.book.setting("giữa chừng") == "có"
        assert "Hai" in names(world.province)


def test_nothing_is_left_of_a_copy(world: Exchange) -> None:
    folder = world.folder / "province"
    before = files_of(world.province, folder)
    with pytest.raises(RuntimeError), world.province.store.scratch():
        raise RuntimeError
    assert files_of(world.province, folder) == before
    assert not (folder / "data" / "ban-thu").exists()


def test_what_a_killed_program_left_goes_with_the_next_copy_and_no_other(world: Exchange) -> None:
    folder = world.folder / "province"
    paths = [str(Path(__file__).parents[1]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", KILLED, str(folder), *paths], check=False
    )
    assert done.returncode < 0
    (left,) = (folder / "data" / "ban-thu").iterdir()
    with world.province.store.scratch(), world.province.store.scratch():
        assert not left.exists()
        assert len(list((folder / "data" / "ban-thu").iterdir())) == 2


def _me(world: Exchange) -> object:
    with world.province.store.read() as work:
        return work.book.me()


def test_of_a_copy_is_told_what_kinds_were_written_and_no_record(world: Exchange) -> None:
    for store, named in ((world.province.store, 1), (None, 0)):
        with ExitStack() as stack:
            own = store or stack.enter_context(world.province.store.scratch())
            work = stack.enter_context(own.write())
            work.records.put(a_person(id=world.province.new_id(0)), shown=None)
            touched = work.commit().touched
        assert {kind for kind, _ in touched} == {"person"}
        assert sum(record is not None for _, record in touched) == named
