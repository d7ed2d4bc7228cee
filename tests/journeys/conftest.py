from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.cli import Office

MakeOffice = Callable[[str], Office]


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> MakeOffice:
    """Return the folder of this name, seen through the command line."""
    return lambda name: Office(tmp_path / name, capsys)


@pytest.fixture
def province(office: MakeOffice) -> Office:
    made = office("tinh")
    made.done("office", "create", "--unit", "34", "--role", "province")
    return made


@pytest.fixture
def district(office: MakeOffice, province: Office, tmp_path: Path) -> Office:
    """An office that joined, and that the province has not accepted yet."""
    province.done("office", "enrol", "--unit", "ubnd-343", "--out", tmp_path / "kien-xuong.dk")
    made = office("kien-xuong")
    made.done("office", "join", tmp_path / "kien-xuong.dk")
    return made
