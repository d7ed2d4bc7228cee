from __future__ import annotations

import shutil
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
def province(office: MakeOffice, new_province: Path, tmp_path: Path) -> Office:
    """The province with the plan in it: a copy of one that was made once."""
    shutil.copytree(new_province, tmp_path / "tinh")
    return office("tinh")


@pytest.fixture
def district(office: MakeOffice, province: Office, tmp_path: Path) -> Office:
    """An office that joined, and that the province has not accepted yet."""
    province.done("office", "enrol", "--unit", "ubnd-343", "--out", tmp_path / "kien-xuong.dk")
    made = office("kien-xuong")
    made.done("office", "join", tmp_path / "kien-xuong.dk")
    return made
