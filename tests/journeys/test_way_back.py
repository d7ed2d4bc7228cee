"""The way back, through the command line: question, office, answer, province, closed."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from journeys.cli import Office
from journeys.conftest import MakeOffice


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


def test_two_offices_enter_one_person_the_province_joins_and_parts_again(
    province: Office, district: Office, office: MakeOffice, tmp_path: Path
) -> None:
    province.done("office", "enrol", "--unit", "ubnd-342", "--out", tmp_path / "kia.dk")
    other = office("kia")
    other.done("office", "join", tmp_path / "kia.dk")
    ids = []
    for number, one in enumerate((district, other)):
        fields = {"full_name": "Trần Đức Vượng", "birth_date": "1984"}
        said = one.put(tmp_path / f"{number}.jsonl", {"kind": "person", "fields": fields})
        ids.append(said.json["records"][0]["id"])
        one.done("records", "submit", "--all")
        carry(one, province, tmp_path / f"lên-{number}.tdkt")
    province.done("office", "accept", "--all")
    before = province.digest()

    def states() -> list[str]:
        found = province.done("same", "list")["alike"]
        return [one["state"] for one in found if one["kind"] == "person"]

    assert states() == ["possible"]
    assert other("same", "join", "person", *ids).code == 3
    province.done("same", "join", "person", *ids)
    assert states() == ["joined"]
    assert province.digest() != before
    province.done("same", "part", "person", ids[0])
    assert (states(), province.digest()) == (["possible"], before)
    province.done("same", "apart", "person", *ids)
    assert states() == []


def test_a_lost_bundle_that_the_next_one_carries_is_not_missed(
    province: Office, district: Office, tmp_path: Path
) -> None:
    for name in ("Một", "Hai"):
        district.put(tmp_path / "in.jsonl", {"kind": "person", "fields": {"full_name": name}})
        district.done("records", "submit", "--all")
        district.done("bundle", "export", "--out", tmp_path / f"{name}.tdkt")
    province.done("bundle", "merge", tmp_path / "Hai.tdkt")
    province.done("office", "accept", "--all")
    said = province("bundle", "missing", "--ask", "--slips", tmp_path)
    assert (said.code, said.json) == (0, {"missing": []})
    people = province("records", "dump", "--kind", "person").out
    assert "Một" in people
    assert "Hai" in people
