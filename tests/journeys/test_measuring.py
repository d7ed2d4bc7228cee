"""Finished papers are measured by the command line: ours are in order, a spoilt one is not."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.shared import Mm

from builders import a_dossier
from journeys.cli import Office
from thidua_desktop.app.paths import resources
from thidua_desktop.formats.papers import Papers


def test_papers_are_measured_and_nothing_is_written(district: Office, tmp_path: Path) -> None:
    before = district.digest()
    papers = Papers(resources() / "fonts")
    (tmp_path / "ho-so.pdf").write_bytes(papers.pdf(a_dossier()))
    (tmp_path / "ho-so.docx").write_bytes(papers.docx(a_dossier()))

    clean = district("dossier", "measure", tmp_path / "ho-so.pdf", tmp_path / "ho-so.docx")

    assert clean.code == 0, clean
    assert [one["findings"] for one in clean.json["files"]] == [[], []]

    document = Document(str(tmp_path / "ho-so.docx"))
    document.sections[0].left_margin = Mm(20)
    document.save(str(tmp_path / "hong.docx"))
    spoilt = district("dossier", "measure", tmp_path / "hong.docx")

    assert spoilt.code == 4
    told = {one["rule"]: one["message"] for one in spoilt.json["files"][0]["findings"]}
    assert told["margin_left"] == "Lề trái: 20,0 mm; quy định: 30–35 mm."
    (tmp_path / "van-ban.docx").write_text("không phải Word", "utf-8")
    refused = district("dossier", "measure", tmp_path / "van-ban.docx")
    assert (refused.code, refused.json["code"]) == (3, "E-PAPER")
    assert district.digest() == before
