"""A file on a stick and its line in the register: both or neither, whenever the work ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange_work import Exchange, put
from thidua_desktop.domain.errors import DiskFullError, UnwritableFileError
from thidua_desktop.formats.files import PlainFiles
from thidua_desktop.services.delivering import finish_deliveries
from thidua_desktop.services.exchange import inspect_bundle
from thidua_desktop.services.packing import export_bundle, export_for_all
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing
from thidua_desktop.storage.work import UnitOfWork


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def numbers(world: Exchange) -> list[int]:
    return [one.number for one in list_bundles(world.district).sent]


def full_disk(_self: UnitOfWork) -> None:
    raise DiskFullError("data")


def no_stick(*_: object) -> None:
    raise UnwritableFileError("gói.tdkt")


def killed(*_: object) -> None:
    raise Killed


def test_a_full_disk_at_the_end_leaves_no_file(
    world: Exchange, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.district, "Một")
    before = numbers(world)
    with monkeypatch.context() as fault:
        fault.setattr(UnitOfWork, "commit", full_disk)
        with pytest.raises(DiskFullError):
            export_bundle(world.district, path=stick / "gói.tdkt")
    assert not list(stick.iterdir())
    assert numbers(world) == before
    assert export_bundle(world.district, path=stick / "gói.tdkt").number == before[-1] + 1


def test_for_all_no_file_is_left_when_one_cannot_be_written(
    world: Exchange, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, written = PlainFiles.draft, []

    def only_one(self: PlainFiles, path: Path, content: object) -> Path:
        if written:
            no_stick()
        written.append(path)
        return draft(self, path, content)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(PlainFiles, "draft", only_one)
    with pytest.raises(UnwritableFileError):
        export_for_all(world.province, folder=stick)
    assert written
    assert not list(stick.iterdir())


@pytest.mark.parametrize("written", [1, 2])
def test_a_stick_that_is_pulled_out_between_two_files_is_not_made_anew(
    world: Exchange, stick: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """A folder made where the stick was would lie on this PC's disk, and look like the stick."""
    draft, drafts = PlainFiles.draft, []

    def pulled_after(self: PlainFiles, path: Path, content: object) -> Path:
        drafts.append(draft(self, path, content))  # type: ignore[arg-type] # as it came
        if len(drafts) == written:
            stick.rename(stick.with_name("đã rút"))
        return drafts[-1]

    before = len(list_bundles(world.province).sent)
    with monkeypatch.context() as planted:
        planted.setattr(PlainFiles, "draft", pulled_after)
        with pytest.raises(UnwritableFileError):
            export_for_all(world.province, folder=stick)
    assert len(drafts) == written
    assert not stick.exists()
    assert len(list_bundles(world.province).sent) == before


@pytest.mark.parametrize("fault", [killed, no_stick])
def test_what_was_entered_gets_its_name_when_the_program_starts_again(
    world: Exchange, stick: Path, monkeypatch: pytest.MonkeyPatch, fault: object
) -> None:
    put(world.district, "Một")
    path, before = stick / "gói.tdkt", numbers(world)
    with monkeypatch.context() as planted:
        planted.setattr(PlainFiles, "settle", fault)
        with pytest.raises((Killed, UnwritableFileError)):
            export_bundle(world.district, path=path)
    assert numbers(world) == [*before, before[-1] + 1]
    assert not path.exists()
    assert finish_deliveries(world.district) == (path,)
    assert inspect_bundle(world.district, path)["number"] == before[-1] + 1
    assert finish_deliveries(world.district) == ()


def test_a_stick_that_is_out_is_waited_for(
    world: Exchange, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.district, "Một")
    path, away = stick / "gói.tdkt", stick.with_name("rút")
    with monkeypatch.context() as planted:
        planted.setattr(PlainFiles, "settle", killed)
        with pytest.raises(Killed):
            export_bundle(world.district, path=path)
    stick.rename(away)
    assert finish_deliveries(world.district) == ()
    export_bundle(world.district, path=away.with_name("khác.tdkt"))  # and it is not forgotten
    away.rename(stick)
    export_bundle(world.district, path=away.with_name("nữa.tdkt"), packing=Packing(full=True))
    assert [one.name for one in stick.iterdir()] == ["gói.tdkt"]
