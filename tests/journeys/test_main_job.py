"""The main job by command line: two offices and a second PC, a province, bundles both ways."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from journeys.cli import Office
from written import paragraphs_of

MakeOffice = Callable[[str], Office]


def joined(province: Office, office: MakeOffice, name: str, code: str, folder: Path) -> Office:
    file = folder / f"{code}.dk"
    if not file.exists():
        province.done("office", "enrol", "--unit", code, "--out", file)
    made = office(name)
    made.done("office", "join", file)
    return made


def dump(office: Office, kind: str) -> list[dict[str, Any]]:
    lines = office("records", "dump", "--kind", kind).out.splitlines()
    return [json.loads(line) for line in lines]


def one_of(office: Office, kind: str, **fields: Any) -> dict[str, Any]:
    found = [
        one
        for one in dump(office, kind)
        if all(one["fields"].get(name) == value for name, value in fields.items())
    ]
    assert len(found) == 1, found
    return found[0]


def a_dossier(office: Office, folder: Path, name: str) -> tuple[str, str]:
    """Put a person, a proposal and a letter; return the ids of proposal and letter."""
    award = one_of(office, "award_form", code="gk")["id"]
    unit = one_of(office, "unit", code="ubnd-343")["id"]
    file = folder / "hồ sơ.jsonl"
    person = office.put(
        file,
        {
            "kind": "person",
            "fields": {"full_name": name, "gender": "female", "birth_date": "1984-03"},
        },
    ).json["records"][0]["id"]
    letter = office.put(
        file,
        {
            "kind": "submission",
            "fields": {
                "unit_id": unit,
                "award_form_id": award,
                "place": "Kiến Xương",
                "recipient": "Hội đồng Thi đua - Khen thưởng huyện",
            },
        },
    ).json["records"][0]["id"]
    proposal = office.put(
        file,
        {
            "kind": "proposal",
            "fields": {
                "subject": "person",
                "person_id": person,
                "unit_id": unit,
                "award_form_id": award,
                "year": 2024,
                "summary": "Vận động hiến đất làm đường.",
                "submission_id": letter,
            },
        },
    ).json["records"][0]["id"]
    return proposal, letter


@pytest.fixture
def accepted(province: Office, district: Office, tmp_path: Path) -> Office:
    """The district, asked for and accepted."""
    district.done("bundle", "export", "--out", tmp_path / "xin.tdkt")
    said = province("bundle", "merge", tmp_path / "xin.tdkt")
    assert said.code == 4
    assert said.json["bundles"][0]["state"] == "parked"
    assert said.json["bundles"][0]["code"] == "E-UNKNOWN"
    assert said.err.startswith("xin.tdkt: ")
    (asking,) = province.done("office", "list")["offices"]
    assert asking["state"] == "waiting"
    province.done("office", "accept", "ubnd-343")
    assert province.done("office", "list")["offices"][0]["state"] == "accepted"
    return district


def test_a_dossier_goes_up_comes_back_with_a_reason_and_goes_up_again(
    province: Office, accepted: Office, tmp_path: Path
) -> None:
    proposal, letter = a_dossier(accepted, tmp_path, "Đặng Thị Ngọc Ẩn")
    submitted = accepted.done("records", "submit", "--all")
    assert submitted["submissions"] == [letter]
    locked = accepted.put(
        tmp_path / "x", {"kind": "proposal", "id": proposal, "fields": {"note": "muộn"}}
    )
    assert (locked.code, locked.json["code"]) == (3, "E-LOCKED")

    asked = ("dossier", "print", "--submission", letter, "--out", tmp_path / "in")
    pdf, word = accepted.done(*asked, "--format", "pdf,docx")["files"]
    assert Path(pdf).read_bytes().startswith(b"%PDF")
    assert "TỜ TRÌNH" in paragraphs_of(Path(word).read_bytes())

    accepted.done("bundle", "export", "--out", tmp_path / "1.tdkt")
    before = province.digest()
    planned = province.done("bundle", "plan", tmp_path / "1.tdkt")["bundles"][0]
    assert province.digest() == before
    merged = province.done("bundle", "merge", tmp_path / "1.tdkt")["bundles"][0]
    assert planned["counts"] == merged["counts"]
    assert merged["counts"]["new"] == 3
    assert merged["counts"]["missing_files"] == 0
    again = province.done("bundle", "merge", tmp_path / "1.tdkt")["bundles"][0]
    assert again["state"] == "known"

    digest = one_of(province, "submission")["fields"]["snapshot"]
    province.put(
        tmp_path / "trả lại.jsonl",
        {
            "kind": "review",
            "fields": {
                "proposal_id": proposal,
                "submission_id": letter,
                "digest": digest,
                "outcome": "returned",
                "reason": "Thiếu xác nhận của xã.",
            },
        },
    )
    province.done("records", "submit", "--all")
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "về.tdkt")
    accepted.done("bundle", "merge", tmp_path / "về.tdkt")
    assert one_of(accepted, "review")["fields"]["reason"] == "Thiếu xác nhận của xã."

    edit = {"kind": "proposal", "id": proposal, "fields": {"note": "Đã có xác nhận."}}
    assert accepted.put(tmp_path / "x", edit).code == 0
    accepted.done("records", "submit", letter)
    accepted.done("bundle", "export", "--out", tmp_path / "2.tdkt")
    province.done("bundle", "merge", tmp_path / "2.tdkt")
    assert one_of(province, "submission")["fields"]["snapshot"] != digest
    assert province.done("store", "check")["faults"] == []


def test_two_pcs_of_one_office_differ_and_the_office_chooses(
    province: Office, accepted: Office, office: MakeOffice, tmp_path: Path
) -> None:
    file = tmp_path / "x.jsonl"
    person = accepted.put(
        file, {"kind": "person", "fields": {"full_name": "Trịnh Văn Ổn", "gender": "male"}}
    ).json["records"][0]["id"]
    accepted.done("records", "submit", "--all")
    accepted.done("bundle", "export", "--out", tmp_path / "a1.tdkt")
    second = joined(province, office, "may-2", "ubnd-343", tmp_path)
    second.done("bundle", "merge", tmp_path / "a1.tdkt")
    for pc, position in ((accepted, "Trưởng thôn"), (second, "Bí thư chi bộ")):
        pc.put(file, {"kind": "person", "id": person, "fields": {"position": position}})
        pc.done("records", "submit", "--all")
    accepted.done("bundle", "export", "--out", tmp_path / "a2.tdkt")
    second.done("bundle", "export", "--out", tmp_path / "b.tdkt")

    accepted.done("bundle", "merge", tmp_path / "b.tdkt")
    listed = accepted("differences", "list")
    assert listed.code == 4
    (difference,) = listed.json["differences"]
    assert difference["state"] == "difference"
    assert {head["value"] for head in difference["heads"]} == {"Trưởng thôn", "Bí thư chi bộ"}
    loser = difference["heads"][1]
    accepted.done("differences", "settle", difference["cell"], "--take", loser["op"])
    accepted.done("bundle", "export", "--out", tmp_path / "a3.tdkt")

    for name in ("a2", "b", "a3"):
        province("bundle", "merge", tmp_path / f"{name}.tdkt")
    province.done("office", "accept", "--all")
    assert province.done("differences", "list")["differences"] == []
    assert one_of(province, "person")["fields"]["position"] == loser["value"]
    history = province.done("records", "history", person)["versions"]
    assert {v["value"] for v in history if v["field"] == "position"} == {
        "Trưởng thôn",
        "Bí thư chi bộ",
    }


def test_a_bundle_that_comes_too_early_waits_and_enters_by_itself(
    province: Office, accepted: Office, tmp_path: Path
) -> None:
    person = {"kind": "person", "fields": {"full_name": "Hà Thị Mỵ", "gender": "female"}}
    accepted.put(tmp_path / "x", person)
    accepted.done("records", "submit", "--all")
    accepted.done("bundle", "export", "--out", tmp_path / "1.tdkt")
    province.done("bundle", "merge", tmp_path / "1.tdkt")
    accepted.done("bundle", "export", "--out", tmp_path / "cũ.tdkt")
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "nhận.tdkt")
    accepted.done("bundle", "merge", tmp_path / "nhận.tdkt")  # the province holds number 1
    for number in (2, 3):
        accepted.put(tmp_path / "x", person | {"fields": {"full_name": f"Người thứ {number}"}})
        accepted.done("records", "submit", "--all")
        accepted.done("bundle", "export", "--out", tmp_path / f"{number}.tdkt")

    fresh = province.data.parent.parent / "tinh-khac"
    assert not fresh.exists()
    said = province("bundle", "merge", tmp_path / "3.tdkt", tmp_path / "2.tdkt")
    assert said.code == 0
    assert len(dump(province, "person")) == 3


def test_every_order_and_every_repeat_give_one_digest(
    province: Office, accepted: Office, office: MakeOffice, tmp_path: Path
) -> None:
    import shutil  # noqa: PLC0415

    bundles = []
    for number in range(3):
        name = f"Người thứ {number}"
        accepted.put(tmp_path / "x", {"kind": "person", "fields": {"full_name": name}})
        accepted.done("records", "submit", "--all")
        bundles.append(tmp_path / f"{number}.tdkt")
        accepted.done("bundle", "export", "--out", bundles[-1])
    digests = set()
    for place, order in enumerate(permutations(bundles)):
        copy = tmp_path / f"bản {place}"
        shutil.copytree(province.data.parent, copy)
        province_copy = office(f"bản {place}")
        province_copy("bundle", "merge", *order, order[0], order[-1])
        digests.add(province_copy.digest())
    assert len(digests) == 1
    assert digests != {province.digest()}


def test_a_list_comes_from_excel_all_or_nothing_and_twice_adds_nothing(
    accepted: Office, tmp_path: Path
) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    template = tmp_path / "mẫu.xlsx"
    accepted.done("excel", "template", "--out", template)
    book = load_workbook(template)
    sheet = book["Danh sách đề nghị"]
    rows = [
        ["1", "Cá nhân", "Khúc Thừa Ảnh", "Nam", "21/06/1990", "Kỹ sư", "", "", "Giấy khen",
         "2024", "Tiết kiệm 640 triệu đồng.", ""],
        ["2", "Hộ gia đình", "Đào Xuân Yểng", "", "1958", "", "", "Xã Quang Lịch", "Giấy khen",
         "2024", "Hiến 95 m² đất.", ""],
    ]  # fmt: skip
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(tmp_path / "đúng.xlsx")
    sheet.cell(5, 5).value = "31/2/1958"
    book.save(tmp_path / "sai.xlsx")
    before = accepted.digest()

    wrong = accepted("excel", "import", tmp_path / "sai.xlsx")
    assert (wrong.code, wrong.json["code"]) == (3, "E-INPUT")
    assert wrong.json["issues"][0]["line"] == 5
    dry = accepted.done("excel", "import", tmp_path / "đúng.xlsx", "--dry-run")
    assert [row["state"] for row in dry["rows"]] == ["new", "new"]
    assert accepted.digest() == before

    accepted.done("excel", "import", tmp_path / "đúng.xlsx")
    after = accepted.digest()
    again = accepted.done("excel", "import", tmp_path / "đúng.xlsx")
    assert [row["state"] for row in again["rows"]] == ["same", "same"]
    assert accepted.digest() == after != before


def test_joining_again_keeps_the_drafts(province: Office, district: Office, tmp_path: Path) -> None:
    district.put(tmp_path / "x", {"kind": "person", "fields": {"full_name": "Nháp"}})
    before = district.digest()
    district.done("office", "join", tmp_path / "kien-xuong.dk")
    assert district.digest() == before


def test_repair_makes_the_same_again(district: Office) -> None:
    said = district.done("store", "check", "--repair")
    assert said["digest"] == said["digest_before"]
