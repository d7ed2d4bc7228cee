from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from exchange_work import Exchange, an_exchange, found_exchange
from office_work import Pair
from thidua_desktop.services.ports import Ports


@pytest.fixture
def office(pair: Pair) -> Ports:
    """Return the ports of an office that holds what the province published."""
    return pair.office


@pytest.fixture(scope="session")
def new_exchange(new_province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folders of a province and offices that have just joined, to copy."""
    folder = tmp_path_factory.mktemp("new_exchange")
    shutil.copytree(new_province, folder / "province")
    seconds = count()
    eve = datetime(2024, 11, 24, tzinfo=UTC)
    found_exchange(folder, lambda: eve + timedelta(seconds=next(seconds)))
    return folder


@pytest.fixture
def world(new_exchange: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Exchange:
    folder = tmp_path / "exchange"
    shutil.copytree(new_exchange, folder)
    return an_exchange(folder, clock)
