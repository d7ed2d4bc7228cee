"""Keys and seals, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from journeys.cli import Office

A_PERSON = {"kind": "person", "fields": {"full_name": "Đặng Thị Ngọc Ẩn", "birth_date": "1984"}}
SEALED = b"age-encryption.org/v1\n"


def test_what_an_office_sends_is_sealed_for_the_province(
    province: Office, district: Office, tmp_path: Path
) -> None:
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    district.done("records", "submit", "--all")
    said = district.done("bundle", "export", "--out", tmp_path / "lên.tdkt")
    assert said["bundles"][0]["sealed"] is True
    assert (tmp_path / "lên.tdkt").read_bytes().startswith(SEALED)
    assert province("bundle", "merge", tmp_path / "lên.tdkt").code == 4
    assert province.done("office", "accept", "ubnd-343")["bundles"][0]["state"] == "new"
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "về.tdkt")
    assert (tmp_path / "về.tdkt").read_bytes().startswith(SEALED)
    assert district.done("bundle", "merge", tmp_path / "về.tdkt")["bundles"][0]["state"] == "new"


def test_an_office_that_knows_no_province_is_told_that_its_bundle_lies_open(
    office: Callable[[str], Office], province: Office, tmp_path: Path
) -> None:
    alone = office("sxd")
    alone.done("office", "create", "--unit", "sxd", "--role", "department")
    said = alone("bundle", "export", "--out", tmp_path / "lên.tdkt")
    assert said.code == 0
    assert said.json["bundles"][0]["sealed"] is False
    assert "Chưa niêm phong" in said.err
    (refused,) = province("bundle", "merge", tmp_path / "lên.tdkt").json["bundles"]
    assert refused["code"] == "E-UNKNOWN"
