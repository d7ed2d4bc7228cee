"""The way back, through the command line: question, office, answer, province, closed."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from journeys.cli import Office


def carry(sender: Office, receiver: Office, path: Path, *words: str) -> None:
    sender.done("bundle", "export", "--out", path, *words)
    receiver.done("bundle", "merge", path)


def test_a_question_is_answered_and_closed(
    province: Office, district: Office, tmp_path: Path
) -> None:
    said = district.put(
        tmp_path / "in.jsonl", {"kind": "person", "fields": {"full_name": "Trần Đức Vượng"}}
    )
    person = said.json["records"][0]["id"]
    district.done("records", "submit", "--all")
    carry(district, province, tmp_path / "1.tdkt")
    province.done("office", "accept", "--all")

    cell = f"{person}.address"
    asked = province.done("questions", "ask", "person", cell, "Ông ở thôn nào?", "--by", "Ban")
    carry(province, district, tmp_path / "2.tdkt", "--for", "ubnd-343")

    waits = district("questions", "list")
    assert waits.code == 4
    (row,) = waits.json["questions"]
    assert (row["id"], row["question"], row["about"]) == (
        asked["id"],
        "Ông ở thôn nào?",
        "Trần Đức Vượng",
    )
    assert (row["kind"], row["record"], row["field"]) == ("person", person, "address")
    district.done("questions", "answer", row["id"], "Thôn Đông Hòa.", "--by", "Mơ")
    carry(district, province, tmp_path / "3.tdkt")

    said = province("questions", "list")
    assert said.code == 0
    (row,) = said.json["questions"]
    assert (row["state"], row["answer"], row["answered_by"]) == (
        "answered",
        "Thôn Đông Hòa.",
        "Mơ",
    )
    province.done("questions", "close", row["id"])
    carry(province, district, tmp_path / "4.tdkt", "--for", "ubnd-343")
    assert district.done("questions", "list")["questions"][0]["state"] == "closed"
    # What was asked and answered is a record as any other, the same on both sides.
    lines = {one("records", "dump", "--kind", "question").out for one in (province, district)}
    assert len(lines) == 1


def test_a_question_that_cannot_be_asked_changes_nothing(province: Office) -> None:
    before = province.digest()
    nobody = f"{UUID(int=7)}.address"
    said = province("questions", "ask", "person", nobody, "Ở đâu?")
    assert (said.code, said.json["code"]) == (3, "E-NOTFOUND")
    assert province("questions", "close", "không phải mã").code == 2
    assert province.digest() == before
