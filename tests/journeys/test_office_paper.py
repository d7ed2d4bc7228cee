"""`dossier paper` as another program uses it: what is missing is said, no register is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.cli import Office
from written import paragraphs_of


def test_a_paper_says_what_is_missing_in_it(province: Office, tmp_path: Path) -> None:
    paper = tmp_path / "sang-kien.docx"
    asked = ("dossier", "paper", "F32", "--year", "2024", "--out", paper)
    said = province(*asked)
    assert (said.code, said.json["notes"]) == (0, ["Danh sách sáng kiến chưa có dòng nào."])
    assert [one["form"] for one in said.json["forms"]] == ["F32"]
    closed = [one for one in paragraphs_of(paper.read_bytes()) if one.endswith("./.")]
    assert len(closed) == 3  # letter, report and list

    fields = {"name": "Sổ theo dõi đóng góp", "year": 2024}
    province.put(tmp_path / "a.jsonl", {"kind": "initiative", "fields": fields})
    assert province.done(*asked)["notes"] == []


@pytest.mark.parametrize("form", ["F17", "F28"])
def test_an_office_whose_register_has_not_come_yet_is_told(
    office: Callable[[str], Office], form: str, tmp_path: Path
) -> None:
    alone = office("chua-co-danh-muc")
    alone.done("office", "create", "--unit", "ubnd-343", "--role", "office")
    paper = tmp_path / "bao-cao.pdf"
    said = alone("dossier", "paper", form, "--year", "2024", "--out", paper)
    assert (said.code, said.json["code"]) == (3, "E-NOTFOUND")
    assert "nhập gói của tỉnh" in said.json["message"]
    assert not paper.exists()
