"""Copied folders and ghost images through the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.cli import Office

MakeOffice = Callable[[str], Office]


@pytest.fixture
def at_work(district: Office, province: Office, tmp_path: Path) -> Office:
    """A district that the province has accepted and that has heard of it."""
    district.done("bundle", "export", "--out", tmp_path / "1.tdkt")
    province("bundle", "merge", tmp_path / "1.tdkt")
    province.done("office", "accept", "--all")
    answered(province, district, tmp_path)
    return district


def answered(province: Office, office: Office, folder: Path) -> int:
    path = folder / "trả lời.tdkt"
    province.done("bundle", "export", "--for", "ubnd-343", "--out", path)
    return office("bundle", "merge", path).code


def person(office: Office, name: str, folder: Path) -> None:
    office.put(folder / "x", {"kind": "person", "fields": {"full_name": name}})
    office.done("records", "submit", "--all")


def sent(office: Office, province: Office, folder: Path) -> dict[str, object]:
    path = folder / "gói.tdkt"
    office.done("bundle", "export", "--out", path)
    (report,) = province("bundle", "merge", path).json["bundles"]
    return report


def test_a_copied_folder_says_so_once_and_asks_to_be_accepted(
    at_work: Office, province: Office, office: MakeOffice, tmp_path: Path
) -> None:
    shutil.copytree(at_work.data, tmp_path / "máy khác" / "data")
    copy = office("máy khác")
    first = copy("records", "dump")
    assert "máy được cấp mã mới" in first.err
    assert "mã mới" not in copy("records", "dump").err
    person(copy, "Ở máy khác", tmp_path)
    assert sent(copy, province, tmp_path)["code"] == "E-UNKNOWN"
    province.done("office", "accept", "ubnd-343")
    assert province.digest() == copy.digest()


def test_a_ghost_is_told_by_the_province_s_answer_and_renewed(
    at_work: Office, province: Office, office: MakeOffice, tmp_path: Path
) -> None:
    shutil.copytree(at_work.data.parent, tmp_path / "bóng")
    ghost = office("bóng")
    person(at_work, "Bản chính", tmp_path)
    person(ghost, "Bản bóng", tmp_path)
    assert sent(at_work, province, tmp_path)["state"] == "new"
    refused = sent(ghost, province, tmp_path)
    assert (refused["state"], refused["code"]) == ("refused", "E-FORK")
    assert [b["code"] for b in province.done("bundle", "list")["parked"]] == ["E-FORK"]
    assert answered(province, at_work, tmp_path) == 0
    said = ghost("bundle", "merge", tmp_path / "trả lời.tdkt")
    assert said.code == 4
    answered(province, ghost, tmp_path)
    before = ghost.digest()
    assert "mã mới" in ghost("office", "renew").err
    assert ghost.digest() == before
    assert sent(ghost, province, tmp_path)["code"] == "E-UNKNOWN"
    province.done("office", "accept", "--all")
    names = {one["fields"]["full_name"] for one in dumped(province)}
    assert {"Bản chính", "Bản bóng"} <= names


def dumped(office: Office) -> list[dict[str, dict[str, str]]]:
    import json  # noqa: PLC0415

    said = office("records", "dump", "--kind", "person").out
    return [json.loads(line) for line in said.splitlines()]


def test_a_backup_in_one_file_makes_a_new_folder_under_a_new_machine_id(
    at_work: Office, province: Office, office: MakeOffice, tmp_path: Path
) -> None:
    person(at_work, "Trước khi sao lưu", tmp_path)
    file = tmp_path / "bản sao.saoluu"
    assert at_work.done("store", "backup", "--out", file)["restorable"]
    again = office("khôi phục")
    said = again("store", "restore", file)
    assert said.code == 0
    assert said.json["digest"] == again.digest() == at_work.digest()
    assert "mã mới" in said.err
    assert again("store", "restore", file).json["code"] == "E-EXISTS"
    person(again, "Sau khi khôi phục", tmp_path)
    assert sent(again, province, tmp_path)["code"] == "E-UNKNOWN"


def test_a_merge_leaves_a_backup_that_was_tried(at_work: Office, tmp_path: Path) -> None:
    (backup,) = at_work.done("store", "backups")["backups"]
    assert (backup["reason"], backup["restorable"]) == ("import", True)
    Path(backup["file"]).write_bytes(b"x")
    said = at_work("store", "backups", "--try")
    assert (said.code, said.json["backups"][0]["restorable"]) == (4, False)


def test_a_backup_takes_the_place_of_damaged_data(at_work: Office, tmp_path: Path) -> None:
    person(at_work, "Trước khi hỏng", tmp_path)
    before = at_work.digest()
    at_work.done("store", "backup", "--out", tmp_path / "dự phòng.saoluu")
    database = at_work.data / "thidua.db"
    broken = b"x" * 5_000 + database.read_bytes()[5_000:]
    database.write_bytes(broken)
    assert at_work("store", "digest").json["code"] == "E-STORE"
    said = at_work("store", "restore", tmp_path / "dự phòng.saoluu", "--replace")
    assert said.code == 0
    assert (at_work.data / said.json["kept"]).read_bytes() == broken
    assert at_work.digest() == before
    kept = at_work.data / said.json["kept"]
    assert at_work("store", "restore", kept, "--replace").json["code"] == "E-BADBACKUP"
    assert at_work.digest() == before


def test_backups_at_the_chosen_place_are_told_of_while_the_data_are_damaged(
    at_work: Office, tmp_path: Path
) -> None:
    person(at_work, "Ở ổ ngoài", tmp_path)
    before, stick = at_work.digest(), tmp_path / "ổ ngoài"
    at_work.done("store", "backups", "--place", stick)
    database = at_work.data / "thidua.db"
    database.write_bytes(b"x" * 5_000)
    listed, asked = at_work("store", "backups"), at_work("store", "restore")
    assert (listed.code, asked.code) == (4, 2)
    assert listed.json["backups"] == asked.json["backups"]
    newest = Path(listed.json["backups"][0]["file"])
    assert newest.parent == stick
    assert "bị hỏng" in listed.err
    assert "--replace" in asked.err
    for more in (("--now",), ("--place", tmp_path / "nơi khác")):
        assert at_work("store", "backups", *more).json["code"] == "E-STORE"

    stick.rename(tmp_path / "đã rút")
    gone = at_work("store", "backups")
    assert f"“{stick}”" in gone.err
    (tmp_path / "đã rút").rename(stick)
    at_work.done("store", "restore", newest, "--replace")
    assert at_work.digest() == before
