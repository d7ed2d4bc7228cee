"""The register on the command line: a merger reaches an office, and is taken back there too."""

from __future__ import annotations

from pathlib import Path

from journeys.cli import Office

MERGE = (
    *("units", "change", "--way", "merge", "--old", "12577", "--old", "12826"),
    *("--new", "19001=Xã Quỳnh Vạn", "--on", "2026-01-01"),
    *("--resolution", "12/NQ-UBTVQH16", "--resolution-date", "1/12/2025"),
)


def labels(office: Office, day: str) -> dict[str, str]:
    found = office.done("units", "list", "--on", day)["units"]
    assert len({one["id"] for one in found}) == len(found)
    return {one["code"]: one["label"] for one in found}


def test_what_an_khe_is_today_is_answered(province: Office) -> None:
    units = province.done("units", "list", "--on", "4/4/2023")["units"]
    an_khe = next(one["id"] for one in units if one["label"] == "Xã An Khê")
    life = province.done("units", "lineage", an_khe, "--on", "1/7/2025")

    assert life["answer"] == "Nay là Xã A Sào, tỉnh Hưng Yên."
    assert [step["resolution"] for step in life["steps"]] == ["1666/NQ-UBTVQH15"]
    assert province("units", "lineage", "khong-co").json["code"] == "E-UNIT"


def test_namesakes_carry_their_district(province: Office) -> None:
    names = labels(province, "4/4/2023").values()

    assert len(set(names)) == len(list(names))
    assert {"Xã Hòa Bình, huyện Hưng Hà", "Xã Hòa Bình, huyện Vũ Thư"} <= set(names)


def test_a_merger_is_looked_at_made_carried_and_taken_back(
    province: Office, district: Office, tmp_path: Path
) -> None:
    digest = province.digest()
    seen = province.done(*MERGE, "--dry-run")
    assert seen["written"] is False
    assert province.digest() == digest

    made = province.done(*MERGE)
    assert made["parts"] == seen["parts"]
    assert labels(province, "1/1/2026")["19001"] == "Xã Quỳnh Vạn"
    assert "19001" not in labels(province, "31/12/2025")
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "ve.tdkt")
    district.done("bundle", "merge", tmp_path / "ve.tdkt")
    assert labels(district, "1/1/2026") == labels(province, "1/1/2026")
    refused = district("units", "undo", made["step"])
    assert (refused.code, refused.json["code"]) == (3, "E-ROLE")

    province.done("units", "undo", made["step"])
    assert province.digest() == digest
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "ve2.tdkt")
    district.done("bundle", "merge", tmp_path / "ve2.tdkt")
    assert labels(district, "1/1/2026") == labels(province, "1/1/2026")
    assert "19001" not in labels(district, "1/1/2026")


def test_what_is_wrong_is_refused_and_nothing_is_written(province: Office) -> None:
    digest = province.digest()
    for words, field in (
        ((*MERGE, "--old", "hy-snv"), "old"),
        ((*MERGE, "--into", "12862"), "new"),
    ):
        said = province(*words)
        assert (said.code, said.json["code"]) == (3, "E-INPUT")
        assert said.json["issues"][0]["field"] == field
    assert province("units", "list", "--on", "hôm qua").code == 2
    assert province.digest() == digest


def test_a_group_put_by_a_line_is_shown_with_its_members(province: Office, tmp_path: Path) -> None:
    units = province.done("units", "list", "--on", "1/1/2026")["units"]
    inside = [one for one in units if one["code"] in {"12577", "12826"}]
    owner = next(one["id"] for one in units if one["code"] == "33")
    group = province.put(
        tmp_path / "cum.jsonl",
        {
            "kind": "peer_group",
            "fields": {"name": "Cụm số 1", "form": "cluster", "unit_id": owner},
        },
    ).json["records"][0]["id"]
    said = province.put(
        tmp_path / "thanh-vien.jsonl",
        *(
            {
                "kind": "peer_group_member",
                "fields": {"group_id": group, "unit_id": one["id"], "valid_from": "2026-01-01"},
            }
            for one in inside
        ),
    )
    assert said.code == 0

    (found,) = province.done("units", "groups", "--on", "1/1/2026")["groups"]
    assert {one["label"] for one in found["members"]} == {one["label"] for one in inside}
    (before,) = province.done("units", "groups", "--on", "31/12/2025")["groups"]
    assert before["members"] == []
