from __future__ import annotations

import gc
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from office_work import OFFICE, Clock, Pair
from reliability.figures import SEED, measured, pytest_terminal_summary, seed, size
from reliability.network import close_network
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.offices import create_office, enrol, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage import creating
from thidua_desktop.storage.database import writing_engine

__all__ = ["measured", "pytest_terminal_summary", "seed", "size"]  # pytest finds them here

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Folders of tests lie in memory where there is room: a third of all time was waiting for the disk
# to keep what is thrown away. A process that is killed leaves the same files in either place.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - the folder is made by pytest
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
close_network()
# The many objects of a test run make each round of the collector dear: a sixth of all time.
gc.set_threshold(50_000, 20, 20)
# How long an example takes is the machine's affair: a busy one finds no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
MakeOffice = Callable[[str], Ports]
_CREATE = creating.create_database
_PAIR = ("province", "kien-xuong")


def pytest_collection_finish() -> None:
    """Let the collector not look through all that was imported, round after round."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def tables_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the migrations make the tables of a new database once; the next ones are copies of it.

    Children that tests start, and `tables_made_anew`, do without.
    """
    made = tmp_path_factory.mktemp("tables") / "new.db"

    def create(path: Path, office: Office, store: str) -> None:
        if not made.exists():
            with writing_engine(made).connect() as connection, connection.begin():
                creating.migrate(connection)
        shutil.copyfile(made, path)
        with writing_engine(path).connect() as connection, connection.begin():
            creating.enter_office(connection, office, store)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creating, "create_database", create)
        yield


@pytest.fixture
def tables_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the migrations run whenever a database is made."""
    monkeypatch.setattr(creating, "create_database", _CREATE)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_folder(tmp_path: Path, clock: Clock) -> MakeOffice:
    """Return the ports of an empty data folder of this name; nothing is made there yet."""

    def make(name: str) -> Ports:
        noise = random.Random(name).randbytes
        return make_ports(
            tmp_path / name / "data", tmp_path / name / "identity", now=clock, noise=noise
        )

    return make


@pytest.fixture(scope="session")
def new_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a province just made, to copy: filling it with the plan takes time."""
    folder = tmp_path_factory.mktemp("new_province")
    ports = make_ports(
        folder / "data", folder / "identity", now=Clock(), noise=random.Random("new").randbytes
    )
    create_office(ports, "34", UnitRole.PROVINCE)
    return folder


@pytest.fixture
def province(make_folder: MakeOffice, new_province: Path, tmp_path: Path) -> Ports:
    """Return the ports of a province that holds the plan and nothing else."""
    shutil.copytree(new_province, tmp_path / "province")
    return make_folder("province")


@pytest.fixture(scope="session")
def new_pair(new_province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folders of a province and an office that has just joined, to copy."""
    folder = tmp_path_factory.mktemp("new_pair")
    shutil.copytree(new_province, folder / "province")
    province, office = (
        make_ports(
            folder / name / "data",
            folder / name / "identity",
            now=Clock(),
            noise=random.Random(f"new {name}").randbytes,
        )
        for name in _PAIR
    )
    join(office, enrol(province, OFFICE), file_name="kien-xuong.dk")
    return folder


@pytest.fixture
def pair(make_folder: Callable[[str], Ports], new_pair: Path, tmp_path: Path) -> Pair:
    for name in _PAIR:
        shutil.copytree(new_pair / name, tmp_path / name)
    province, office = (make_folder(name) for name in _PAIR)
    return Pair(province, office, tmp_path)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the long sizes")
    parser.addoption("--nightly-part", type=int, default=1, help="divide the long sizes by this")
    parser.addoption("--figures-seed", type=int, default=SEED, help="where chance begins")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # A long test that is begun last lets one core wait for the other.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if config.getoption("--nightly"):
        for item in items:
            item.add_marker(pytest.mark.timeout(0))
        return
    chosen = [item for item in items if item.get_closest_marker("nightly") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen
