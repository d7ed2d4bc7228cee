"""Certificates by commands: a letter becomes a decision, numbers, sheets, a jam, the grid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed
from printed import texts_of
from thidua_desktop.app.entry import run
from thidua_desktop.services.submissions import draft_submission


@pytest.fixture
def said(pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    folder = tmp_path / "kien-xuong"

    def told(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        where = ["--data", str(folder / "data"), "--identity", str(folder / "identity")]
        assert run([*where, "--json", "dossier", *words]) == code
        return json.loads(capsys.readouterr().out or "null")

    return told


def test_certificates_from_a_letter_to_paper(pair: Pair, said: Any, tmp_path: Path) -> None:
    proposed = [a_person_proposed(pair.office), a_household_proposed(pair.office)]
    letter, _ = draft_submission(pair.office, proposed)
    begin = ("certificates", "begin", "--submission", str(letter.id))
    begun = said(*begin, "--number", "12/QĐ-UBND", "--date", "5/11/2024", "--book", "Sổ 2024")
    key = begun["id"]
    assert [one["number"] for one in begun["awards"]] == [None, None]
    assert said("certificates", "number", key, "--from", "37")["count"] == 2
    assert said("certificates", "number", key, code=3)["code"] == "E-SHEETS"

    pdf, word = tmp_path / "bằng.pdf", tmp_path / "bằng.docx"
    printing = ("certificates", "print", key, "--out")
    assert said(*printing, str(pdf), "--printed")["numbers"] == [37, 38]
    assert len(texts_of(pdf.read_bytes())) == 2
    assert said(*printing, str(pdf), code=3)["code"] == "E-SHEETS"
    assert said("certificates", "jam", key, "38")["count"] == 1
    assert said(*printing, str(word))["numbers"] == [38]
    assert said(*printing, str(pdf), "--range", "37-38")["numbers"] == [37, 38]
    measured = said("measure", str(pdf), str(word))["files"]
    assert [one["findings"] for one in measured] == [[], []]

    said("certificates", "offset", "HP 1020", "--x", "-1.5", "--y", "0.5")
    grid = tmp_path / "lưới.pdf"
    said(
        "certificates", "grid", "--stock", "phoi-in-san", "--printer", "HP 1020", "--out", str(grid)
    )
    assert "TỜ CĂN CHỈNH" in texts_of(grid.read_bytes())[0]
    stock = tmp_path / "phôi.toml"
    said("certificates", "stock-out", "phoi-in-san", "--out", str(stock))
    assert said("certificates", "stock-in", str(stock))["stock"] == "phoi-in-san"
    found = said("certificates", "stocks")
    assert found["offsets"] == {"HP 1020": {"x": -1.5, "y": 0.5}}
    assert [one["is_own"] for one in found["stocks"]] == [False, True]
    said("certificates", "stock-drop", "phoi-in-san")
    (listed,) = said("certificates", "list")["decisions"]
    assert (listed["next_number"], listed["lacking"]) == (39, ["signer_name"])
    assert said("certificates", "print", key, "--out", str(pdf), "--stock", "x", code=3) == {
        "code": "E-NOSTOCK",
        "message": "Máy này không có phôi “x”. Chưa in gì; hãy chọn phôi khác.",
    }
