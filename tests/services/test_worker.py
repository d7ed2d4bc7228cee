"""Who works on this PC: the name that a value bears when somebody asks where it is from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exchange_work import Exchange, merged, open_folder, put
from thidua_desktop.app.account import account_name
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.services.provenance import where_from
from thidua_desktop.services.worker import LONGEST_NAME, name_worker, worker


def test_a_change_bears_the_name_of_its_day_at_every_office(world: Exchange) -> None:
    assert name_worker(world.district, "  Trần Thị   Vân ") == "Trần Thị Vân"
    person = put(world.district, "Người Một", position="Trưởng thôn")
    name_worker(world.district, "Lê Văn Ẩn")
    put(world.district, person, position="Bí thư chi bộ")
    merged(world.province, world.made(world.district))

    steps = where_from(world.province, "person", person.id, "position").steps

    assert [step.version.who for step in steps] == ["Trần Thị Vân", "Lê Văn Ẩn"]


def test_the_name_belongs_to_the_pc_and_not_to_the_data(world: Exchange, tmp_path: Path) -> None:
    name_worker(world.district, "Trần Thị Vân")
    assert worker(open_folder(world.folder / "district", world.now)) == "Trần Thị Vân"
    copy = tmp_path / "máy khác"
    shutil.copytree(world.folder / "district" / "data", copy / "data")
    assert worker(open_folder(copy, world.now)) == ""


def test_a_name_that_no_paper_would_bear_is_refused(world: Exchange) -> None:
    longest = "n" * LONGEST_NAME
    assert name_worker(world.district, longest) == longest
    with pytest.raises(InvalidInputError):
        name_worker(world.district, f"{longest}n")
    assert worker(world.district) == longest


@pytest.mark.parametrize(
    ("account", "name"),
    [("Nguyê\u0303n Văn Ả", "Nguyễn Văn Ả"), ("x\udc80y", "x?y"), ("n" * 300, "n" * 100)],
)
def test_the_name_of_an_account_is_one_that_a_bundle_takes(
    monkeypatch: pytest.MonkeyPatch, account: str, name: str
) -> None:
    monkeypatch.setattr("thidua_desktop.app.account.getuser", lambda: account)
    assert account_name() == name


def test_a_system_without_accounts_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("thidua_desktop.app.account.getuser", nobody)
    assert account_name() == ""
