"""Files that prove something, from one office's disk to the province's."""

from __future__ import annotations

from pathlib import Path

from attachment_files import EXE_BYTES, PDF_BYTES
from journeys.cli import Office


def an_evidence(office: Office, tmp_path: Path) -> str:
    line = {"kind": "evidence", "fields": {"wording": "Biên bản hiến đất"}}
    said = office.put(tmp_path / "minh-chung.jsonl", line)
    return said.json["records"][0]["id"]


def test_a_file_goes_to_the_province(province: Office, district: Office, tmp_path: Path) -> None:
    (tmp_path / "biên bản.pdf").write_bytes(PDF_BYTES)
    evidence = an_evidence(district, tmp_path)
    added = district.done("files", "add", tmp_path / "biên bản.pdf", "--evidence", evidence)
    assert (added["name"], added["state"]) == ("biên bản.pdf", "here")
    district.done("records", "submit", "--all")
    district.done("bundle", "export", "--out", tmp_path / "goi.tdkt")
    province.done("bundle", "merge", tmp_path / "goi.tdkt")
    province.done("office", "accept", "--all")

    assert province.done("files", "list")["files"] == [added]
    province.done("files", "save", added["id"], "--out", tmp_path / "ra.pdf")
    assert (tmp_path / "ra.pdf").read_bytes() == PDF_BYTES
    assert district.digest() == province.digest()

    (province.data / "blobs" / added["sha"]).unlink()
    lost = province("files", "list", "--missing")
    assert (lost.code, [one["state"] for one in lost.json["files"]]) == (4, ["missing"])
    refused = province("files", "save", added["id"], "--out", tmp_path / "b.pdf")
    assert (refused.code, refused.json["code"]) == (3, "E-NOTHERE")


def test_a_program_in_the_clothes_of_a_document(district: Office, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(EXE_BYTES)
    evidence = an_evidence(district, tmp_path)
    before = district.digest()
    said = district("files", "add", tmp_path / "a.pdf", "--evidence", evidence)
    assert (said.code, said.json["code"]) == (3, "E-ATTACH")
    assert district.digest() == before
    path = {"evidence_id": evidence, "name": "../../a.pdf"}
    put = district.put(tmp_path / "b.jsonl", {"kind": "attachment", "fields": path})
    assert (put.code, put.json["issues"][0]["field"]) == (3, "name")
