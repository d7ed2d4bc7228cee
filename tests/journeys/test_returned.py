"""`dossier read` as another program uses it: looked at first, then taken."""

from __future__ import annotations

import json
from pathlib import Path

from journeys.cli import Office
from returned_work import edited

ID = "00000000-0000-7000-8000-{:08}003f"


def test_an_edited_word_file_is_looked_at_and_then_taken(district: Office, tmp_path: Path) -> None:
    person = {"kind": "person", "id": ID.format(1), "fields": {"full_name": "Lê Văn An"}}
    fields = {"subject": "person", "person_id": ID.format(1), "summary": "Hiến đất làm đường."}
    proposal = {"kind": "proposal", "id": ID.format(2), "fields": fields}
    assert district.put(tmp_path / "a.jsonl", person, proposal).code == 0
    out = district.done(
        "dossier", "print", "--proposal", ID.format(2), "--format", "docx", "--out", tmp_path
    )
    path = Path(out["files"][0])
    path.write_bytes(edited(path.read_bytes(), *(("Hiến đất", "Hiến 120 m² đất"),) * 2))
    before = district.digest()

    looked = district("dossier", "read", path)
    assert looked.code == 4
    assert [one["said"] for one in looked.json["differences"]] == ["Hiến 120 m² đất làm đường."]
    assert looked.json["taken"] == []
    assert district.digest() == before
    assert district("dossier", "read", path, "--accept", "7").code == 2
    assert district("dossier", "read", path, "--accept", "một").code == 2

    taken = district("dossier", "read", path, "--accept", "all")
    assert (taken.code, taken.json["taken"]) == (0, [1])
    (stored,) = district("records", "dump", "--kind", "proposal").out.splitlines()
    assert json.loads(stored)["fields"]["summary"] == "Hiến 120 m² đất làm đường."

    path.write_bytes(b"%PDF-1.7")
    refused = district("dossier", "read", path)
    assert (refused.code, refused.json["code"]) == (3, "E-PDFBACK")
